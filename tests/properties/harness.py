# SPDX-License-Identifier: Apache-2.0
"""A person's life at a computer, in memory and by a clock of its own, with the real recorder watching.

Everything that happens where nothing may be kept is marked: with a word, a letter, a key, a place and a colour that
happen nowhere else. The truth is known here at every instant; the recorder learns of it late, as in life. Whatever was
kept can then be searched for the marks. `MARKS` that turn up are leaks; `CONTROLS` that don't show a blind test.
"""

import heapq
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from handiwork.model.codec import canonical_json, encode_events
from handiwork.model.consent import Consent, SignedConsent, SignedWithdrawal, Withdrawal
from handiwork.model.errors import Damaged
from handiwork.model.event import Acted, Button, Clipboard, Element, Event, Frame, Moved, Observed, Wheel
from handiwork.model.geometry import Box
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.policy import Allow, Deny, Policy, Watched
from handiwork.model.raw import (
    RawButton,
    RawClipboard,
    RawDesktop,
    RawElement,
    RawFrame,
    RawKey,
    RawMove,
    RawPage,
    RawSecretFocus,
    RawWheel,
    RawWindow,
)
from handiwork.model.segment import Header
from handiwork.ports.control import Command, Status
from handiwork.ports.fakes.browser import ScriptedBrowser
from handiwork.ports.fakes.clipboard import ScriptedClipboard
from handiwork.ports.fakes.delay import ScriptedDelay
from handiwork.ports.fakes.desktop import ScriptedDesktop
from handiwork.ports.fakes.indicator import RecordedIndicator
from handiwork.ports.fakes.input import ScriptedInput
from handiwork.ports.fakes.interface import ScriptedInterface
from handiwork.ports.fakes.journal import MemoryJournal
from handiwork.ports.fakes.power import ScriptedPower
from handiwork.ports.fakes.screen import MemoryScreen
from handiwork.ports.fakes.sealing import InsecureSealing, fake_public
from handiwork.ports.fakes.second_look import ScriptedSecondLook
from handiwork.ports.fakes.secrets_watch import ScriptedSecretsWatch
from handiwork.ports.fakes.surroundings import ScriptedSurroundings
from handiwork.ports.fakes.tray import ScriptedTray
from handiwork.ports.fakes.unaided import ScriptedUnaided
from handiwork.ports.input import RawInput
from handiwork.ports.journal import CONSENT, WITHDRAWING
from handiwork.ports.sealed import open_segment, split, unwrap_device_key
from handiwork.recorder.daemon import Recorder
from handiwork.recorder.kept.keeping import Keeping
from handiwork.recorder.kept.segment_writer import SegmentWriter
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.recorder.terms import Terms
from handiwork.recorder.world import World
from handiwork.rules.hours import LocalTime
from handiwork.rules.participation import Participation

SITE = "https://work.example/desk"
OTHER = "https://elsewhere.example/quagga"
WINDOW, VIEW = Box(0, 0, 320, 240), Box(0, 24, 320, 216)
TEXT_MARK, CHAR_MARK, KEY_MARK, PLACE_MARK, NOTCH_MARK, COLOUR_MARK = "quagga", "ψ", "Print", 77, 7, (0x77, 0, 0x77)
TEXT, CHAR, KEY, PLACE, NOTCH, COLOUR = "heron", "a", "Insert", 33, 1, (255, 255, 255)
# No name of a key as short as "F9": its two bytes are also the instant 17,977 in the code of events.
USE, USE_MARK = "copy", "cut"
DEVICE_KEY = b"d" * 32

POLICY = Policy(
    name="attack",
    revision=1,
    purposes=("agent-training",),
    allow=(
        Allow(app="chromium", site=SITE, level="full", words="open"),
        Allow(app="notes", level="full", words="open"),
    ),
    deny=(Deny(title="salary"),),
)
SIGNED = SignedConsent(
    Consent(
        consent_id=ConsentId("c" * 32),
        version=1,
        participant=Participant("p" * 16),
        public_key="",
        notice_digest=Digest("n" * 64),
        policy_name=POLICY.name,
        purposes=POLICY.purposes,
        accepted_at="2026-11-21T00:00:00Z",
    ),
    "",
)
TEMPLATE = Header(
    segment_id=SegmentId(""),
    participant=SIGNED.consent.participant,
    consent_id=SIGNED.consent.consent_id,
    consent_version=1,
    notice_digest=SIGNED.consent.notice_digest,
    policy_digest=Digest("0" * 64),
    policy_name=POLICY.name,
    policy_revision=1,
    purposes=POLICY.purposes,
    recorder_version="0",
    redactor_version="0",
    epoch="",
    wrapped_for_device="",
)


class SetClock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 10_000
        self.wall_jump = 0
        """By how much somebody has set the clock on the wall."""

    def monotonic_ms(self) -> int:
        return self.now

    def unix_ms(self) -> int:
        return 1_795_219_200_000 + self.now + self.wall_jump


class UtcCalendar:
    """A person at Greenwich, in winter."""

    def local(self, unix_ms: int) -> LocalTime:
        minutes = unix_ms // 60_000
        return LocalTime((minutes // 1440 + 3) % 7, minutes % 1440)  # the epoch was a Thursday


class SetMeter:
    """Costs nothing until it is told otherwise."""

    def __init__(self) -> None:
        self.cpu = 0.0

    def cpu_seconds(self) -> float:
        return self.cpu

    def peak_memory_bytes(self) -> int:
        return 0

    def unlocked(self) -> str:
        return ""


class SetTerms:
    """Terms as a test sets them."""

    def __init__(self, terms: Terms) -> None:
        self.terms = self._told = terms

    def read(self) -> Terms:
        self._told = self.terms
        return self.terms

    def changed(self) -> bool:
        return self.terms is not self._told


class Voice:
    """The control port. Its descriptor is always readable, so that the recorder never waits in real time."""

    def __init__(self) -> None:
        self._descriptor = os.eventfd(1, os.EFD_CLOEXEC)
        self._waiting: list[Command] = []
        self.answers: list[Status] = []

    def filenos(self) -> list[int]:
        return [self._descriptor]

    def say(self, command: Command) -> None:
        self._waiting.append(command)

    def read(self) -> list[tuple[Command, Callable[[Status], None]]]:
        said, self._waiting = self._waiting, []
        return [(command, self.answers.append) for command in said]

    def close(self) -> None:
        os.close(self._descriptor)


class PlainPictures:
    """Pictures as they are, behind their size."""

    def encode(self, pixels: NDArray[np.uint8]) -> bytes:
        height, width, _ = pixels.shape
        size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
        return b"".join((size, pixels.tobytes()))

    def decode(self, picture: bytes) -> NDArray[np.uint8]:
        height, width = int.from_bytes(picture[:2], "big"), int.from_bytes(picture[2:4], "big")
        if len(picture) != 4 + height * width * 3:
            raise Damaged("This is no picture.", data="Nothing was read.", do="Write another test.")
        return np.frombuffer(picture[4:], dtype=np.uint8).reshape(height, width, 3)


class SlowInput(ScriptedInput):
    """Input whose reader may be stopped for a while just before it reads: `meanwhile` happens then."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] | None = None

    def read(self) -> list[RawInput]:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()
        return super().read()


class TimedScreen(MemoryScreen):
    """A small screen whose copies are stamped by the life's own clock. `while_copying` happens before the last row."""

    def __init__(self, clock: SetClock) -> None:
        super().__init__(WINDOW.w, WINDOW.h)
        self._clock = clock
        self.while_copying: Callable[[], None] | None = None

    def grab(self, region: Box) -> RawFrame:
        began = self._clock.now
        happens, self.while_copying = self.while_copying, None
        if happens is not None:
            happens()
        frame = super().grab(region)
        frame.time_ms = began
        return frame


@dataclass(frozen=True)
class Truth:
    """How things stand, whether the recorder knows it yet or not."""

    front: str = "notes"
    """The window with the keyboard: notes (allowed), browser (by its page), mail (not allowed)."""
    tab: str = "work"
    """work (allowed), other (not allowed), signin (allowed site, sensitive page)."""
    secret: bool = False
    """A password field of the notes program has the keyboard."""
    paused: bool = False
    locked: bool = False
    salary: bool = False
    """The title of the window in front is one that the policy denies."""

    @property
    def allowed(self) -> bool:
        if self.paused or self.locked or self.salary or self.front == "mail":
            return False
        return self.tab == "work" if self.front == "browser" else not self.secret


@dataclass
class Shown:
    """What the page of the allowed site shows from one turn of the tabs to the next."""

    marked: bool
    told: bool = False
    """Whether the browser shows it by now, as far as the recorder can know."""


@dataclass(frozen=True)
class Lateness:
    """How late the recorder learns: the stamp's error and the way here, in milliseconds. Together under the hold."""

    early: int = 5
    """The window system may date a change a little before it happened."""
    desktop: int = 10
    stamp: int = 40
    """Browser and accessibility bus may date a change a little after it happened."""
    way: int = 60


PROMPT = Lateness(0, 0, 0, 0)


class Life:
    """Things happen, time passes, and the recorder gets its turns. Call `finish`, then search what was kept."""

    def __init__(
        self,
        late: Lateness = PROMPT,
        policy: Policy = POLICY,
        consented: bool = True,
        store: MemoryJournal | None = None,
    ) -> None:
        """`store`: what an earlier recorder left."""
        self.late, self.truth, self.clock = late, Truth(), SetClock()
        self.input, self.desktop, self.browser = SlowInput(), ScriptedDesktop(), ScriptedBrowser()
        self.interface, self.unaided = ScriptedInterface(), ScriptedUnaided()
        self.secrets, self.indicator, self.voice = ScriptedSecretsWatch(), RecordedIndicator(), Voice()
        self.screen, self.store, self.sealing = TimedScreen(self.clock), store or MemoryJournal(), InsecureSealing()
        self.clipboard = ScriptedClipboard()
        self.surroundings = ScriptedSurroundings(self.clock.now)
        self.power, self.calendar = ScriptedPower(), UtcCalendar()
        self.tray = ScriptedTray()
        self.meter, self.delay = SetMeter(), ScriptedDelay()
        self.store.put_value(CONSENT, canonical_json(SIGNED))
        self.skips, self.pictures = SkipCounter(), PlainPictures()
        self.desktop.read()  # its first state is dated by the real clock
        watch = ScopeWatch(policy)
        writer = SegmentWriter(self.store, self.sealing, fake_public(DEVICE_KEY), TEMPLATE, self.clock)
        world = World(
            input=self.input,
            desktop=self.desktop,
            surroundings=self.surroundings,
            clipboard=self.clipboard,
            screen=self.screen,
            secrets=self.secrets,
            browser=self.browser,
            unaided=self.unaided,
            interface=self.interface,
            indicator=self.indicator,
            tray=self.tray,
            control=self.voice,
            store=self.store,
            pictures=self.pictures,
            clock=self.clock,
            calendar=self.calendar,
            power=self.power,
            meter=self.meter,
            delay=self.delay,
        )
        self.terms = SetTerms(Terms(policy, TEMPLATE))
        self.own_words: tuple[str, ...] = ()
        """The person's own list; the recorder reads it again when it is told that it has changed."""
        keeping = Keeping(policy, watch, self.pictures, self.skips, writer, lambda: self.own_words)
        self.second_look = ScriptedSecondLook()
        self.recorder = Recorder(
            world, policy, Participation(consented=consented), keeping, self.skips, self.terms, self.second_look
        )
        self.browser.allow([Watched(site=SITE)])
        self._coming: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = count()
        self._paints = 0
        self._page = Shown(False)
        self.popups: tuple[RawWindow, ...] = ()
        self.tell_desktop()
        self.paint()

    # Time.

    def later(self, delay: int, happens: Callable[[], None]) -> None:
        heapq.heappush(self._coming, (self.clock.now + delay, next(self._numbers), happens))

    def pass_time(self, duration: int, every: int = 20, stalled: bool = False) -> None:
        """So much time passes. `stalled`: the recorder gets no turn in it."""
        end = self.clock.now + duration
        while self.clock.now < end:
            upto = min(end, self.clock.now + every)
            while self._coming and self._coming[0][0] <= upto:
                self.clock.now = max(self.clock.now, self._coming[0][0])
                heapq.heappop(self._coming)[2]()
            self.clock.now = upto
            if not stalled:
                self.recorder.turn()

    def finish(self) -> list[Event]:
        """The person stops the recorder in order; what it kept, opened."""
        self.pass_time(1_600)
        self.recorder.stop()
        self.recorder.run()
        self._leave()
        return self.kept()

    def _leave(self) -> None:
        """Gives every descriptor back: hundreds of lives are lived in one process."""
        doors = self.input, self.desktop, self.browser, self.interface, self.secrets, self.surroundings, self.unaided
        for door in (*doors, self.clipboard, self.power, self.tray, self.voice):
            door.close()

    # What happens.

    def become(self, **facts: str | bool) -> None:
        """The truth changes, and the news of it are on their way."""
        before, self.truth = self.truth, replace(self.truth, **facts)  # type: ignore[arg-type]
        now = self.clock.now
        self.paint()
        self.tell_desktop()
        if before.secret != self.truth.secret:
            focus = RawSecretFocus(now + self.late.stamp, self.truth.secret, 6)
            self.later(self.late.stamp + self.late.way, lambda: self.secrets.put(focus))
        if (before.front, before.tab) != (self.truth.front, self.truth.tab):
            self._tell_tab(now + self.late.stamp)
        elif self.truth.allowed:
            self._unmark()
        if before.paused != self.truth.paused:
            self._press("Pause", "", now)

    def work(self) -> None:
        """One thing on every stream that a person can move, marked by the truth of this instant."""
        now, fine = self.clock.now, self.truth.allowed
        place = PLACE if fine else PLACE_MARK
        self.input.put(RawMove(now, place, 100, False))
        self.input.put(RawButton(now, place, 100, 1, True, False))
        self.input.put(RawButton(now, place, 100, 1, False, False))
        self.input.put(RawWheel(now, PLACE, 100, 0, NOTCH if fine else NOTCH_MARK, False))
        front = {"browser": 5, "notes": 6, "mail": 7}[self.truth.front]
        self.clipboard.put(RawClipboard(now, USE if fine else USE_MARK, front))
        self._press("a" if fine else "Greek_psi", CHAR if fine else CHAR_MARK, now)
        self._press(*((KEY, "") if fine else (KEY_MARK, "")), now)

    def page_speaks(self) -> None:
        """The page changes and tells of a deed, in front or not. Marked while nothing may be kept of it."""
        now, word = self.clock.now, TEXT if self.truth.allowed else TEXT_MARK
        if self.truth.tab == "work" and self.truth.front == "browser":
            self.browser.change(page(now, word))
            self.browser.act(now, "click", element(now, f"{word} button"))
            if not self.truth.allowed:
                shown = self._page
                shown.marked = True
                self.later(20, lambda: self._unmark() if shown is self._page else None)

    def show_elements(self) -> None:
        """What the two ordinary programs tell when they are asked; the unlisted one's is marked always."""
        word = TEXT if self.truth.allowed else TEXT_MARK
        self.interface.show(2, [element(self.clock.now, f"{word} field", y=90)])
        self.interface.show(3, [element(self.clock.now, f"{TEXT_MARK} field", y=90)])

    def paint(self) -> None:
        self.show_elements()
        colour = COLOUR if self.truth.allowed else COLOUR_MARK
        self.screen.paint(WINDOW, colour[0] << 16 | colour[1] << 8 | colour[2])

    def screen_changes(self) -> None:
        """A corner of what is in front looks different: without it, a frame holds nothing new."""
        self._paints += 1
        self.screen.paint(Box(0, 0, 40, 40), 0x101010 + self._paints)

    def tell_desktop(self) -> None:
        """News of the windows as they are."""
        told = self._desktop(self.clock.now - self.late.early)
        self.later(self.late.desktop, lambda: self.desktop.tell(told))

    def withdraw(self) -> None:
        """The person takes the consent back at the desk, in another process."""
        taken = Withdrawal(
            consent_id=SIGNED.consent.consent_id,
            participant=SIGNED.consent.participant,
            public_key="",
            withdrawn_at="2026-11-21T00:01:00Z",
        )
        self.store.put_value(WITHDRAWING, canonical_json(SignedWithdrawal(taken, "")))

    def _press(self, name: str, char: str, now: int) -> None:
        for pressed in (True, False):
            self.input.put(RawKey(now, name, char, pressed, False, frozenset(), False))

    def _desktop(self, time_ms: int) -> RawDesktop:
        windows = [
            RawWindow(time_ms, xid, app, self._title(app), pid, WINDOW, False)
            for xid, app, pid in ((1, "chromium", 5), (2, "notes", 6), (3, "mail", 7))
        ]
        front = {"browser": 1, "notes": 2, "mail": 3}[self.truth.front]
        windows.sort(key=lambda window: window.xid == front)
        return RawDesktop(time_ms, (*windows, *self.popups), front, self.truth.locked)

    def _title(self, app: str) -> str:
        if app == "mail":
            return TEXT_MARK
        if self.truth.salary:
            return f"Salary of {TEXT_MARK}"
        return TEXT if self.truth.allowed else TEXT_MARK

    def _tell_tab(self, time_ms: int) -> None:
        truth = self.truth
        shown = self._page = Shown(not truth.allowed)

        def tell() -> None:
            shown.told = True
            if truth.front != "browser":
                self.browser.leave(time_ms)
            elif truth.tab == "other":
                self.browser.show(page(time_ms, TEXT_MARK, OTHER))
            elif truth.tab == "signin":
                self.browser.show(page(time_ms, TEXT_MARK, f"{SITE}/{TEXT_MARK}", "sign-in"))
            else:
                self.browser.show(page(time_ms, TEXT_MARK if shown.marked else TEXT))

        self.later(self.late.stamp + self.late.way, tell)

    def _unmark(self) -> None:
        """The page in front shows nothing of the forbidden time any more, from this instant on.

        What still stands on an allowed page when a pause, a lock or a denied title is over is the page's own, and may
        be kept: the recorder is told of it anew, or remembers it. Only what had gone by then is forbidden for good. So
        the marks stand until the very end, and no longer.
        """
        if self._page.marked and self._page.told and self.truth.tab == "work":
            self.browser.change(page(self.clock.now, TEXT))
        self._page.marked = False

    # What was kept.

    def kept(self) -> list[Event]:
        events: list[Event] = []
        for stored in self.store.segments():
            content = self.store.content(stored.header.segment_id)
            key = unwrap_device_key(self.sealing, DEVICE_KEY, split(content)[0])
            events += open_segment(self.sealing, key, content).events
        return events


def page(time_ms: int, word: str, url: str = "", sensitive: str = "") -> RawPage:
    """A page with a heading and a focused field. The harmless word is harmless in its address as well."""
    elements = (element(time_ms, f"{word} harvest", "heading", 40), element(time_ms, "Entry", "textbox", 80))
    return RawPage(time_ms, url or f"{SITE}/{word}", word, VIEW, WINDOW, elements, 1, False, sensitive)


def element(time_ms: int, name: str, role: str = "button", y: int = 120) -> RawElement:
    states = frozenset({"editable", "focused"}) if role == "textbox" else frozenset[str]()
    return RawElement(time_ms, role, name, "", Box(20, y, 120, 20), states, -1, "", ())


def streams_with(events: list[Event], pictures: PlainPictures, marked: bool) -> set[str]:
    """The streams in which a mark (or, if not `marked`, its harmless counterpart) was kept."""
    text = encode_events([event for event in events if not isinstance(event, Frame)]).decode("utf-8", "replace")
    place, notch = (PLACE_MARK, NOTCH_MARK) if marked else (PLACE, NOTCH)
    # The letter is looked for where it was typed: as a letter, the harmless one is everywhere.
    typed = "".join(getattr(event, "text", "") for event in events)
    found = {
        "words": (TEXT_MARK if marked else TEXT) in text,
        "elements": any(
            (TEXT_MARK if marked else TEXT) in one.name for event in events for one in told_elements(event)
        ),
        "typed": (CHAR_MARK if marked else CHAR) in typed,
        "keys": (KEY_MARK if marked else KEY) in text,
        "buttons": any(isinstance(event, Button) and event.x == place for event in events),
        "moves": any(isinstance(event, Moved) and any(x == place for _, x, _ in event.path) for event in events),
        "wheel": any(isinstance(event, Wheel) and event.dy == notch for event in events),
        "clipboard": any(
            isinstance(event, Clipboard) and event.operation == (USE_MARK if marked else USE) for event in events
        ),
        "pixels": (COLOUR_MARK if marked else COLOUR) in colours(events, pictures),
    }
    return {stream for stream, there in found.items() if there}


def told_elements(event: Event) -> tuple[Element, ...]:
    """Every element that an event tells of."""
    if isinstance(event, Acted):
        return (event.element, *event.ancestry)
    return event.elements if isinstance(event, Observed) else ()


def colours(events: list[Event], pictures: PlainPictures) -> set[tuple[int, ...]]:
    """Every colour in every kept frame."""
    frames = [event for event in events if isinstance(event, Frame)]
    seen: set[tuple[int, ...]] = set()
    for frame in frames:
        for tile in frame.tiles:
            if tile.image:
                red, green, blue = np.moveaxis(pictures.decode(tile.image).astype(np.uint32), -1, 0)
                packed = np.unique(red << 16 | green << 8 | blue)  # rows would be compared far more slowly
                seen |= {(one >> 16, one >> 8 & 0xFF, one & 0xFF) for one in packed.tolist()}
    return seen
