# SPDX-License-Identifier: Apache-2.0
"""Which keys went into the open popup of a page's own list. Knows times and places only, no key.

A native list's popup takes every key for itself, and no page hears of them. That the popup was up says that the key
was the list's; that nobody left it for the browser's own controls is known only from what came after: it stayed up for
as long as raw events wait, or the page told of a choice made in it. Throughout, the page kept the keyboard.
"""

from collections import deque

from handiwork.model.raw import RawActed, RawDesktop, RawPage
from handiwork.recorder.scope.history import History
from handiwork.recorder.scope.page_keys import NEAR_MS
from handiwork.rules.gate import HOLD_MS
from handiwork.rules.native_lists import open_list
from handiwork.rules.visible import window_by_id

_KEPT = 32


class ListKeys:
    """Looks back at desktops and pages once a key has waited HOLD_MS."""

    def __init__(self, desktops: History[RawDesktop], pages: History[RawPage]) -> None:
        self._desktops, self._pages = desktops, pages
        self._choices: deque[int] = deque(maxlen=_KEPT)

    def told(self, acted: RawActed) -> None:
        """A page's word on what was done in it; only a choice in a list matters here."""
        if acted.what == "select":
            self._choices.append(acted.time_ms)

    def clear(self) -> None:
        """Forgets every choice."""
        self._choices.clear()

    def vouch(self, xid: int, time_ms: int) -> bool:
        """Whether a key of that time surely went into the list that hangs on the focused field in window `xid`."""
        popup = self._popup(xid, time_ms)
        if not popup or self._popup(xid, time_ms - NEAR_MS) != popup or not self._page_keeps_keyboard(time_ms):
            return False
        after = self._desktops.during(time_ms, time_ms + HOLD_MS)
        return self._was_chosen(time_ms) or all(_is_up(popup, xid, desktop) for desktop in after)

    def _popup(self, xid: int, time_ms: int) -> int:
        """The list that was open then, 0 if that isn't certain."""
        desktop, page = self._desktops.at(time_ms), self._pages.at(time_ms)
        if desktop is None or page is None or desktop.active != xid:
            return 0
        popup = open_list(desktop, xid, page)
        return popup.xid if popup is not None and desktop.time_ms <= popup.time_ms <= time_ms else 0

    def _page_keeps_keyboard(self, time_ms: int) -> bool:
        if self._pages.at(time_ms + HOLD_MS) is None:
            return False
        return all(page.focused >= 0 for page in self._pages.during(time_ms, time_ms + HOLD_MS))

    def _was_chosen(self, time_ms: int) -> bool:
        return any(-NEAR_MS <= choice - time_ms <= HOLD_MS for choice in self._choices)


def _is_up(popup: int, xid: int, desktop: RawDesktop) -> bool:
    """Not where it is only known to have gone at some time from that moment on: then the window is an older one."""
    window = window_by_id(desktop, popup)
    return window is not None and window.time_ms >= desktop.time_ms and desktop.active == xid
