# SPDX-License-Identifier: Apache-2.0
"""Takes in what desktop, browser, buses and programs say, and tells the scope. Judges nothing, keeps nothing."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import accumulate

from handiwork.model.raw import (
    Raw,
    RawActed,
    RawDesktop,
    RawFocusMoved,
    RawPage,
    RawPageKey,
    RawSecretFocus,
    RawSurroundings,
    RawTab,
)
from handiwork.model.raw_beside import RawList, RawVouched
from handiwork.recorder.kept.keeping import Keeping
from handiwork.recorder.person import Person
from handiwork.recorder.scope.native import NativeAsking
from handiwork.recorder.scope.unaided import Unaided
from handiwork.recorder.world import World


class News:
    """Everything that has news but input and the person's own commands."""

    def __init__(self, world: World, keeping: Keeping, native: NativeAsking, person: Person) -> None:
        self._world, self._keeping, self._watch = world, keeping, keeping.watch
        self._native, self._person = native, person
        self._unaided = Unaided(world.unaided)
        self._windows: list[RawDesktop] = []
        """What the desktop told at a glance, to be taken in with all else."""

    def filenos(self) -> set[int]:
        """Descriptors that become readable when the world has news, input and commands included."""
        world = self._world
        return {
            world.input.fileno(),
            world.desktop.fileno(),
            world.surroundings.fileno(),
            world.clipboard.fileno(),
            world.secrets.fileno(),
            world.interface.fileno(),
            self._unaided.fileno(),
            world.power.fileno(),
            world.tray.fileno(),
            *world.browser.filenos(),
            *world.control.filenos(),
        }

    def patient(self) -> set[int]:
        """Those of them whose news has a time of its own and no answer to give: a few milliseconds are nothing to it.

        Not among them: who was asked something, passwords, the person's orders, and a machine that falls asleep.
        """
        world = self._world
        sources = world.input, world.desktop, world.surroundings, world.clipboard
        return {*(source.fileno() for source in sources), *world.browser.filenos()}

    def talkers(self) -> set[int]:
        """Those of them that mostly say what is no news: a glance tells."""
        return {self._world.desktop.fileno(), self._world.interface.fileno()}

    def glance(self, ready: set[int], now_ms: int) -> bool:
        """Whether the windows, or what is in them, have changed at all. `read` takes it in."""
        if self._world.desktop.fileno() in ready:
            self._windows += self._world.desktop.read()
        return bool(self._windows) or (self._world.interface.fileno() in ready and self._native.glance(now_ms))

    def read(self) -> list[Raw]:
        """Tells the watch all of what is in front; gives what of it is also an event."""
        world, events = self._world, list[Raw]()
        windows, self._windows = self._windows, []
        windows += world.desktop.read()
        told = windows, world.surroundings.read(), world.secrets.read(), world.browser.read()
        for news in in_turn(*told):
            events += self._take(news)
        now = world.clock.monotonic_ms()
        self._watch.settle(now, self._person.now)
        self._of_unaided_browsers(now)
        return events + self._of_the_interface(now)

    def _take(self, news: Raw) -> list[Raw]:
        person = self._person.now
        match news:
            case RawDesktop():
                return [*self._watch.desktop_changed(news, person)]
            case RawSurroundings():
                self._keeping.surroundings.add(news)
                return []
            case RawSecretFocus():
                self._watch.secret_focus_changed(news, person)
                return []
            case RawTab():
                self._watch.tab_changed(news, person)
                self._unaided.interrupted()
                return []
            case RawPageKey():
                self._watch.page_keys.told(news)
                return []
            case RawVouched():
                self._watch.answers.told(news)
                return []
            case RawList():
                self._watch.list_keys.list_told(news)
                return []
            case RawPage():
                self._watch.page_changed(news, person)
            case RawActed():
                self._watch.acts.add(news)
                self._watch.list_keys.told(news)
        return [news]

    def input(self, raw: Raw, now_ms: int) -> None:
        """An input event, before it is judged: a browser without the extension is asked what it shows then."""
        self._watch.list_keys.input(raw)
        self._tell(self._unaided.input(raw, now_ms))

    def next_ms(self) -> int | None:
        """When `read` has something to do that nothing else would wake it for."""
        return self._unaided.next_ms()

    def _of_unaided_browsers(self, now_ms: int) -> None:
        """Nobody is asked while nothing may be kept; where a browser has the extension, that alone speaks."""
        silent = bool(self._person.now.refusal()) or self._world.browser.connected() > 0
        self._tell(self._unaided.aim(None if silent else self._watch.active_window(), self._watch.policy, now_ms))
        self._tell(self._unaided.read(now_ms))

    def _tell(self, news: Sequence[RawTab | RawPage]) -> None:
        for told in news:
            if isinstance(told, RawTab):
                self._watch.tab_changed(told, self._person.now)
            else:
                self._watch.page_changed(told, self._person.now)

    def _of_the_interface(self, now_ms: int) -> list[Raw]:
        """What the allowed program tells of its elements; from here on, only the window allowed now is asked."""
        self._native.aim(self._watch.may_be_asked(), now_ms)
        news = self._native.read(now_ms)
        for told in news:
            told.xid = self._native.xid
            self._watch.interface_told(told, self._native.xid, self._person.now)
        return [told for told in news if not isinstance(told, RawFocusMoved)]


def in_turn(*sources: Sequence[Raw]) -> list[Raw]:
    """News of several sources by time, each source's own in its order.

    A password field's focus that is read together with a later change of windows has to be taken in before it: it
    concerns the window that was in front by then.
    """
    telling = [source for source in sources if source]
    if len(telling) < 2:  # nearly always
        return [one for source in telling for one in source]
    dated = [
        [(time_ms, number, one) for time_ms, one in zip(_rising(source), source, strict=True)]
        for number, source in enumerate(telling)
    ]
    return [one for _, _, one in merge(*dated, key=lambda entry: entry[:2])]


def _rising(source: Sequence[Raw]) -> Iterator[int]:
    """Times by which a source's own order stays what it is."""
    return accumulate((one.time_ms for one in source), max)
