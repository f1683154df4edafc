# SPDX-License-Identifier: Apache-2.0
"""Turns what the window system, the browser and the accessibility bus say into one scope decision over time.

Remembers a few seconds of desktops and pages, so that an event is judged against what was so at its own time.
Knows nothing of what is done with the decision.
"""

from bisect import bisect_right
from typing import Generic, TypeVar

from handiwork.model.geometry import Box
from handiwork.model.policy import Policy, Watched
from handiwork.model.raw import Raw, RawDesktop, RawPage, RawSecretFocus, RawTab, RawWindow
from handiwork.rules.gate import ScopeTimeline
from handiwork.rules.participation import Participation
from handiwork.rules.policy import is_browser, watch_list
from handiwork.rules.scope import Decision, Surface, decide, denied
from handiwork.rules.visible import belongs_to, window_by_id, window_under

BOUNDS_TOLERANCE = 96
"""Pixels by which the browser's own idea of its window may differ from the window system's (frame and shadow)."""

_KEPT = 64

T = TypeVar("T", bound=Raw)


class History(Generic[T]):
    """The last few states of something, by the time from which each held."""

    def __init__(self) -> None:
        self._states: list[T] = []

    def add(self, state: T) -> None:
        """Keeps it in order of time; late news takes its place among the earlier ones."""
        times = [known.time_ms for known in self._states]
        self._states.insert(bisect_right(times, state.time_ms), state)
        del self._states[:-_KEPT]

    def at(self, time_ms: int) -> T | None:
        """What held at that time, if that is still known."""
        place = bisect_right([known.time_ms for known in self._states], time_ms)
        return self._states[place - 1] if place else None

    def next_after(self, time_ms: int) -> T | None:
        """The first state that began later."""
        place = bisect_right([known.time_ms for known in self._states], time_ms)
        return self._states[place] if place < len(self._states) else None

    def during(self, first_ms: int, last_ms: int) -> list[T]:
        """Everything that held at any time from the first to the last."""
        began = self.at(first_ms)
        later = [state for state in self._states if first_ms < state.time_ms <= last_ms]
        return later if began is None else [began, *later]

    def clear(self) -> None:
        """Forgets everything."""
        self._states.clear()


class ScopeWatch:
    """Feeds a ScopeTimeline."""

    def __init__(self, policy: Policy, late_ms: int = 0) -> None:
        self._policy = policy
        self._watched = watch_list(policy)
        self.timeline = ScopeTimeline(late_ms)
        self.desktops: History[RawDesktop] = History()
        self.pages: History[RawPage] = History()
        self._desktop: RawDesktop | None = None
        self._tab: RawTab | None = None
        self._sensitive = ""
        self._role: str | None = ""
        self._secret_pids: set[int] = set()

    def desktop_changed(self, desktop: RawDesktop, person: Participation) -> None:
        """News from the window system."""
        self._desktop = desktop
        self.desktops.add(desktop)
        self.reconsider(desktop.time_ms, person)

    def tab_changed(self, tab: RawTab, person: Participation) -> None:
        """News from the browser about which page is in front. Pages of another tab say nothing about this one."""
        if not tab.settled or tab.rule < 0:
            self.pages.clear()
            self._sensitive, self._role = "", ""
        self._tab = tab
        self.reconsider(tab.time_ms, person)

    def page_changed(self, page: RawPage, person: Participation) -> None:
        """News from an allowed page. A sensitive one closes the scope until the page says otherwise."""
        self.pages.add(page)
        self._sensitive, self._role = page.sensitive, _role_in(page)
        closes = not self._judged(person).allowed
        self.reconsider(page.changed_ms if closes else page.time_ms, person)

    def secret_focus_changed(self, focus: RawSecretFocus, person: Participation) -> None:
        """News from the accessibility bus about password fields."""
        if focus.focused:
            self._secret_pids.add(focus.pid)
        else:
            self._secret_pids.discard(focus.pid)
        self.reconsider(focus.time_ms, person)

    def reconsider(self, since_ms: int, person: Participation) -> Decision:
        """Decides anew, from that time on."""
        decision = self._judged(person)
        self.timeline.record(since_ms, decision)
        return decision

    def _judged(self, person: Participation) -> Decision:
        refusal = person.refusal()
        return denied(refusal) if refusal else decide(self._policy, self._surface())

    def active_window(self) -> RawWindow | None:
        """The window that has the keyboard now."""
        return window_by_id(self._desktop, self._desktop.active) if self._desktop else None

    def pointer_flaw(self, decision: Decision, time_ms: int, x: int, y: int) -> str:
        """Why the point does not belong to the allowed surface (a fixed word), or "" if it does."""
        desktop = self.desktops.at(time_ms)
        window = window_under(desktop, x, y) if desktop else None
        if desktop is None or window is None or not belongs_to(desktop, window, decision.xid):
            return "other window"
        if not decision.site or window.xid != decision.xid:
            return ""
        page = self.pages.at(time_ms)
        return "" if page is not None and page.bounds.contains(x, y) else "browser's own controls"

    def _surface(self) -> Surface:
        window = self.active_window()
        if window is None:
            return Surface(xid=0, app="", title="")
        browser = is_browser(window.app)
        return Surface(
            xid=window.xid,
            app=window.app,
            title=window.title,
            url=self._url(window) if browser else "",
            vouched=self._vouched() if browser else None,
            role=self._role if browser else None,
            protected=self._protected(window),
        )

    def _vouched(self) -> Watched | None:
        tab = self._tab
        return self._watched[tab.rule] if tab is not None and 0 <= tab.rule < len(self._watched) else None

    def _protected(self, window: RawWindow) -> str:
        if self._desktop is not None and self._desktop.locked:
            return "locked"
        if self._secret_pids & {window.pid, 0}:
            return "password field"
        return self._sensitive if is_browser(window.app) else ""

    def _url(self, window: RawWindow) -> str | None:
        """The page in that browser window: None if uncertain, "" if it's one that no rule allows."""
        tab = self._tab
        if tab is None or not tab.settled:
            return None
        if tab.rule < 0:
            return ""
        return tab.url if _is_same_window(tab.window_bounds, window.bounds) else None


def _is_same_window(told: Box, seen: Box) -> bool:
    return told.is_near(seen, BOUNDS_TOLERANCE)


def _role_in(page: RawPage) -> str | None:
    """The role of what has the keyboard; None if it may be among what the page left out."""
    if 0 <= page.focused < len(page.elements):
        return page.elements[page.focused].role
    return None if page.truncated else ""
