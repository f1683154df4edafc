# SPDX-License-Identifier: Apache-2.0
"""Which keys went into the open popup of a page's own list. Knows which keys close a list, and keeps none.

A native list's popup takes every key for itself, and no page hears of them. So a key is the list's if the popup was up
and nothing had been pressed since it came that closes one: of several such things only the first is the list's, the
next may be anybody's, however long a browser that is held up leaves the popup on the screen. That no program took the
keyboard away meanwhile is known only from what came after: the popup stayed up for as long as raw events wait, or the
page told of a choice made in it, or that its list closed and still has the keyboard.
"""

from collections import deque

from handiwork.model.raw import Raw, RawActed, RawButton, RawDesktop, RawKey, RawLost, RawPage, RawWindow
from handiwork.model.raw_beside import RawList
from handiwork.recorder.scope.history import History
from handiwork.recorder.scope.page_keys import NEAR_MS
from handiwork.rules.gate import HOLD_MS
from handiwork.rules.native_lists import open_list
from handiwork.rules.visible import window_by_id

_KEPT = 32
_CLOSERS_KEPT = 256

_HARMLESS = frozenset({"Up", "Down", "Left", "Right", "Home", "End", "Prior", "Next", "Shift_L", "Shift_R"})
_COMMANDS = frozenset({"ctrl", "alt", "super"})

_BLIND_MS = 150
"""A page that asked its list less often was held up, maybe by a dialog that had the keyboard."""


class ListKeys:
    """Looks back at desktops and pages once a key has waited HOLD_MS."""

    def __init__(self, desktops: History[RawDesktop], pages: History[RawPage]) -> None:
        self._desktops, self._pages = desktops, pages
        self._ends: deque[int] = deque(maxlen=_KEPT)
        self._closers: deque[int] = deque(maxlen=_CLOSERS_KEPT)

    def told(self, acted: RawActed) -> None:
        """A page's word on what was done in it; only a choice in a list matters here."""
        if acted.what == "select":
            self._ends.append(acted.time_ms)

    def list_told(self, told: RawList) -> None:
        """A page's word on its list."""
        if not told.is_open and told.kept and told.time_ms - told.since_ms <= _BLIND_MS:
            self._ends.append(told.time_ms)

    def input(self, raw: Raw) -> None:
        """Every input, before it is judged: when something was pressed that may close a list."""
        if isinstance(raw, RawLost) and raw.deeds:
            self._closers += [raw.time_ms, raw.t_end]
        elif (isinstance(raw, RawKey) and _closes(raw)) or (isinstance(raw, RawButton) and raw.pressed):
            self._closers.append(raw.time_ms)

    def clear(self) -> None:
        """Forgets what pages told."""
        self._ends.clear()

    def vouch(self, xid: int, key: RawKey) -> bool:
        """Whether a key surely went into the list that hangs on the focused field in window `xid`."""
        popup, time_ms = self._popup(xid, key.time_ms), key.time_ms
        before = self._popup(xid, time_ms - NEAR_MS)
        if popup is None or before is None or before.xid != popup.xid or not self._page_keeps_keyboard(time_ms):
            return False
        if self._was_closing(popup.xid, key):
            return False
        after = self._desktops.during(time_ms, time_ms + HOLD_MS)
        return self._ended_well(time_ms) or all(_is_up(popup.xid, xid, desktop) for desktop in after)

    def _popup(self, xid: int, time_ms: int) -> RawWindow | None:
        """The list that was open then, if that is certain."""
        desktop, page = self._desktops.at(time_ms), self._pages.at(time_ms)
        if desktop is None or page is None or desktop.active != xid:
            return None
        popup = open_list(desktop, xid, page)
        return popup if popup is not None and desktop.time_ms <= popup.time_ms <= time_ms else None

    def _was_closing(self, popup: int, key: RawKey) -> bool:
        """Whether something else that closes a list had been pressed since it came up; in the same instant counts."""
        came_ms = key.time_ms
        for desktop in reversed(self._desktops.during(0, key.time_ms)):
            if window_by_id(desktop, popup) is None:
                break
            came_ms = desktop.time_ms
        else:
            came_ms = 0  # when it came is forgotten
        return sum(came_ms <= at <= key.time_ms for at in self._closers) > _closes(key)

    def _page_keeps_keyboard(self, time_ms: int) -> bool:
        if self._pages.at(time_ms + HOLD_MS) is None:
            return False
        return all(page.focused >= 0 for page in self._pages.during(time_ms, time_ms + HOLD_MS))

    def _ended_well(self, time_ms: int) -> bool:
        return any(-NEAR_MS <= end - time_ms <= HOLD_MS for end in self._ends)


def _closes(key: RawKey) -> bool:
    """Whether it does more than move about in a list, or look for a line by its letters."""
    if not key.pressed:
        return False
    if key.modifiers & _COMMANDS:
        return True
    return key.name not in _HARMLESS and (key.char in ("", " ") or not key.char.isprintable())


def _is_up(popup: int, xid: int, desktop: RawDesktop) -> bool:
    """Not where it is only known to have gone at some time from that moment on: then the window is an older one."""
    window = window_by_id(desktop, popup)
    return window is not None and window.time_ms >= desktop.time_ms and desktop.active == xid
