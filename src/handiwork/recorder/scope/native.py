# SPDX-License-Identifier: Apache-2.0
"""Ordinary programs: when to ask them for elements, and what they last said. Knows nothing of how they are asked.

A program is asked only while scope allows its window: a press is asked for its element at once, and the view is looked
at when what the person did has settled, and as an action begins if the last look is old. Nothing is asked by the clock.
"""

from collections.abc import Sequence
from typing import TypeGuard

from handiwork.model.raw import (
    Raw,
    RawActed,
    RawButton,
    RawElement,
    RawFocusMoved,
    RawKey,
    RawMove,
    RawPage,
    RawWheel,
    RawWindow,
)
from handiwork.ports.interface import Interface, RawInterface
from handiwork.recorder.scope.history import History

AFTER_MS = 200
"""What a program does upon a click or key is on the screen by then, mostly."""

APART_MS = 600
"""Between two looks: typing goes on for longer than a letter."""

OLD_MS = 1_000
"""A look older than this says little of what the person sees as an action begins."""

IDLE_MS = 250
"""A pointer at rest this long that moves again has begun something new."""

LATE_MS = 250
"""What is told of a press so long after it may be of something else by then: what came up is judged by the press's
time, and the scope is certain for no more than rules/gate.HOLD_MS after it."""


class NativeViews:
    """What windows of ordinary programs showed, and which of their fields had the keyboard, over time."""

    def __init__(self) -> None:
        self._views: dict[int, History[RawPage]] = {}
        self._focuses: dict[int, History[RawActed | RawFocusMoved]] = {}

    def told(self, told: RawInterface, xid: int) -> None:
        """News of one window."""
        if isinstance(told, RawPage):
            self._views.setdefault(told.xid, History()).add(told)
        elif is_focus(told):
            self._focuses.setdefault(xid, History()).add(told)

    def keep_only(self, xids: set[int]) -> None:
        """Forgets windows that are gone."""
        self._views = {xid: views for xid, views in self._views.items() if xid in xids}
        self._focuses = {xid: focuses for xid, focuses in self._focuses.items() if xid in xids}

    def view_at(self, xid: int, time_ms: int) -> RawPage | None:
        """What the window showed then."""
        views = self._views.get(xid)
        return views.at(time_ms) if views else None

    def field_at(self, xid: int, time_ms: int) -> RawElement | None:
        """The element that had the keyboard then, by the newest word on it; None where it is known to be another."""
        view, focuses = self.view_at(xid, time_ms), self._focuses.get(xid)
        focus = focuses.at(time_ms) if focuses else None
        held = focus.element if isinstance(focus, RawActed) else None
        if focus is not None and (view is None or focus.time_ms >= view.changed_ms):
            return held
        if view is not None and 0 <= view.focused < len(view.elements):
            return view.elements[view.focused]
        return held


def is_focus(told: RawInterface) -> TypeGuard[RawActed | RawFocusMoved]:
    """Whether it says that the keyboard went elsewhere in the window."""
    return isinstance(told, RawFocusMoved) or (isinstance(told, RawActed) and told.what == "focus")


class NativeAsking:
    """Decides when an Interface is asked, and for what."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        self._windows: tuple[RawWindow, ...] = ()
        self._told: list[RawInterface] = []
        self._look_at: int | None = None
        self._looked_ms = 0
        self._last_move = 0

    def aim(self, windows: Sequence[RawWindow], now_ms: int) -> None:
        """These may be asked from now on: an allowed window and its popups; none is nobody."""
        before, self._windows = self._windows, tuple(windows)
        if [_identity(window) for window in before] == [_identity(window) for window in windows]:
            return
        if [window.xid for window in before[:1]] != [window.xid for window in windows[:1]]:
            self._told = []  # of another window
        self._interface.watch(windows)
        self._look_at = None
        if windows:
            self._want(now_ms + AFTER_MS)

    def input(self, raw: Raw, flaw: str, now_ms: int) -> None:
        """An input event; `flaw` says why a press does not belong to the window, "" if it does."""
        if not self._windows:
            return
        if isinstance(raw, RawButton) and raw.pressed and not flaw and now_ms - raw.time_ms <= LATE_MS:
            self._interface.ask(raw.time_ms, (raw.x, raw.y))
        elif isinstance(raw, RawMove):
            if raw.time_ms - self._last_move >= IDLE_MS and raw.time_ms - self._looked_ms >= OLD_MS:
                self._want(raw.time_ms)
            self._last_move = raw.time_ms
        if isinstance(raw, RawButton | RawKey | RawWheel):
            self._want(raw.time_ms + AFTER_MS)

    @property
    def xid(self) -> int:
        """The window that is asked now, or 0."""
        return self._windows[0].xid if self._windows else 0

    def glance(self, now_ms: int) -> bool:
        """Whether the window has told anything: most of what its program says is no news. `read` takes it in."""
        self._told += self._heard(now_ms)
        return bool(self._told)

    def _heard(self, now_ms: int) -> list[RawInterface]:
        news = [told for told in self._interface.read() if not _is_late(told, now_ms)]
        for told in news:
            if isinstance(told, RawActed) and told.what == "click":
                told.seen_ms = max(told.time_ms, now_ms)  # at the latest: the program doesn't say when
        return news

    def read(self, now_ms: int) -> list[RawInterface]:
        """What was told since, by the window `xid`; asks for the look that is due."""
        news, self._told = self._told + self._heard(now_ms), []
        if self._look_at is not None and now_ms >= self._look_at:
            self._look_at, self._looked_ms = None, now_ms
            self._interface.ask(now_ms, None)
        return news

    def next_ms(self) -> int | None:
        """When a look is due."""
        return self._look_at

    def _want(self, at_ms: int) -> None:
        """A later wish replaces an earlier one: while the person goes on, nothing has settled."""
        self._look_at = max(at_ms, self._looked_ms + APART_MS)


def _is_late(told: RawInterface, now_ms: int) -> bool:
    return isinstance(told, RawActed) and told.what == "click" and now_ms - told.time_ms > LATE_MS


def _identity(window: RawWindow) -> tuple[object, ...]:
    return window.xid, window.pid, window.bounds, window.title
