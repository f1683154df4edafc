# SPDX-License-Identifier: Apache-2.0
"""Turns what the window system, the browser and the accessibility bus say into one scope decision over time.

Remembers a few seconds of desktops and pages, so that an event is judged against what was so at its own time.
Knows nothing of what is done with the decision.
"""

import msgspec

from handiwork.model.geometry import Box
from handiwork.model.policy import Policy, Watched
from handiwork.model.raw import (
    Raw,
    RawActed,
    RawDesktop,
    RawElement,
    RawKey,
    RawOpened,
    RawPage,
    RawSecretFocus,
    RawTab,
    RawWindow,
)
from handiwork.ports.interface import RawInterface
from handiwork.recorder.scope.answers import Answers
from handiwork.recorder.scope.front import Front, opened
from handiwork.recorder.scope.history import History
from handiwork.recorder.scope.list_keys import ListKeys
from handiwork.recorder.scope.native import NativeViews, is_focus
from handiwork.recorder.scope.page_acts import LEAVING, PageActs
from handiwork.recorder.scope.page_keys import PageKeys
from handiwork.rules.gate import ScopeTimeline
from handiwork.rules.participation import Participation
from handiwork.rules.policy import is_browser, watch_list
from handiwork.rules.scope import Decision, Surface, decide, denied
from handiwork.rules.visible import belongs_to, window_by_id, window_under

BOUNDS_TOLERANCE = 96
"""Pixels by which the browser's own idea of its window may differ from the window system's (frame and shadow)."""


class ScopeWatch:
    """Feeds a ScopeTimeline."""

    def __init__(self, policy: Policy, late_ms: int = 0) -> None:
        self.policy = policy
        self._watched = watch_list(policy)
        self.timeline = ScopeTimeline(late_ms)
        self.desktops: History[RawDesktop] = History()
        self.pages: History[RawPage] = History()
        self.acts = PageActs()
        self.page_keys = PageKeys()
        self.list_keys = ListKeys(self.desktops, self.pages)
        self.answers = Answers()
        self.native = NativeViews()
        self._front = Front()
        self._desktop: RawDesktop | None = None
        self._tab: RawTab | None = None
        self._sensitive = ""
        self._role: str | None = ""
        self._secret_pids: set[int] = set()

    def revise(self, policy: Policy) -> None:
        """From now on another policy decides; what a browser said was said under the former one's list."""
        self.policy, self._watched = policy, watch_list(policy)
        self._tab = None
        self.pages.clear()
        self.page_keys.clear()
        self.list_keys.clear()
        self.timeline.restart("policy changed")

    def desktop_changed(self, desktop: RawDesktop, person: Participation) -> list[RawOpened]:
        """News from the window system. Gives what the allowed program has put up since."""
        before, self._desktop = self._desktop, desktop
        self.desktops.add(desktop)
        self._front.changed(desktop)
        self.native.keep_only({window.xid for window in desktop.windows})
        decision, owner = self.reconsider(desktop.time_ms, person), self._front.window
        if not decision.allowed or owner is None:
            return []
        came = [(kind, one) for kind, one in opened(before, desktop, owner) if self._may_be_told(one, owner)]
        return [RawOpened(desktop.time_ms, kind, window.bounds) for kind, window in came]

    def _may_be_told(self, came: RawWindow, owner: RawWindow) -> bool:
        """Of a program's windows some may be denied by their title: of those not even that they came is told."""
        if came.xid == owner.xid:
            return False
        return came.override_redirect or decide(self.policy, self._surface(came)).allowed

    def settle(self, now_ms: int, person: Participation) -> None:
        """Ends a doubt about the keyboard that has lasted too long, from its beginning on."""
        since = self._front.settle(now_ms)
        if since is not None:
            self.reconsider(since, person)

    def tab_changed(self, tab: RawTab, person: Participation) -> None:
        """News from the browser about which page is in front. Pages of another tab say nothing about this one."""
        if not tab.settled or tab.rule < 0:
            self.pages.end(tab.time_ms)
            self._sensitive, self._role = "", ""
        self._tab = tab
        self._told_late(tab.time_ms, person)

    def page_changed(self, page: RawPage, person: Participation) -> None:
        """News from an allowed page. A sensitive one closes the scope until the page says otherwise."""
        self.pages.add(page)
        self._sensitive, self._role = page.sensitive, _role_in(page)
        closes = not self._judged(person).allowed
        self._told_late(page.changed_ms if closes else page.time_ms, person)

    def secret_focus_changed(self, focus: RawSecretFocus, person: Participation) -> None:
        """News from the accessibility bus about password fields."""
        if focus.focused:
            self._secret_pids.add(focus.pid)
        else:
            self._secret_pids.discard(focus.pid)
        self._told_late(focus.time_ms, person)

    def interface_told(self, told: RawInterface, xid: int, person: Participation) -> None:
        """News from an ordinary program's window about its elements."""
        self.native.told(told, xid)
        if isinstance(told, RawPage) or is_focus(told):
            self._told_late(told.time_ms, person)

    def _told_late(self, since_ms: int, person: Participation) -> None:
        """Decides anew after news of a page or a field; another window may have come to the front since it was so.

        Then the news concerns the window that was in front before. What it forbids there is forbidden until the last
        change that is known: what was decided in between was decided without it.
        """
        desktop, front = self.desktops.at(since_ms), self._front.window
        window = window_by_id(desktop, desktop.active) if desktop is not None else None
        if window is not None and not window.override_redirect and (front is None or window.xid != front.xid):
            earlier, last_ms = decide(self.policy, self._surface(window)), self.timeline.since_ms()
            if not earlier.allowed:
                self.timeline.record(since_ms, earlier)
                since_ms = max(since_ms, last_ms)
        self.reconsider(since_ms, person)

    def reconsider(self, since_ms: int, person: Participation) -> Decision:
        """Decides anew, from that time on."""
        decision = self._judged(person)
        self.timeline.record(since_ms, decision)
        return decision

    def _judged(self, person: Participation) -> Decision:
        refusal = person.refusal()
        return denied(refusal) if refusal else decide(self.policy, self._surface(self._front.window))

    def verdict(self, raw: Raw) -> Decision:
        """The decision for an event. A view was gathered over a span, throughout which the window must be allowed.

        So must it be until the element of a deed had been looked at.
        """
        decision = self.timeline.verdict(raw.time_ms)
        if not decision.allowed:
            return self._vouched_for(raw, decision)
        if isinstance(raw, RawActed) and raw.seen_ms > raw.time_ms:
            seen = self.timeline.verdict(raw.seen_ms)
            return decision if seen.allowed else seen
        if not isinstance(raw, RawPage) or not raw.xid:
            return decision
        began = self.timeline.verdict(raw.changed_ms)
        return decision if began == decision else denied(began.reason or "transition")

    def _vouched_for(self, raw: Raw, refused: Decision) -> Decision:
        """What a page's own word on a click says of the input just before: a link's click would be lost otherwise."""
        until = self.acts.vouches_until(raw) if refused.reason in LEAVING else None
        if until is None:
            return refused
        decision = self.timeline.verdict(min(raw.time_ms, until), until)
        return decision if decision.allowed and decision.site else refused

    def active_window(self) -> RawWindow | None:
        """The window that the person works in now."""
        return self._front.window

    def may_be_asked(self) -> list[RawWindow]:
        """The allowed window of an ordinary program and its popups; [] if nobody may be asked for elements now."""
        decision, window = self.timeline.now(), self._front.window
        if window is None or self._desktop is None:
            return []
        if decision.reason == "uncertain role":  # who has the keyboard there, only the program itself can say
            decision = decide(self.policy, msgspec.structs.replace(self._surface(window), role=""))
        if not decision.allowed or decision.level == "counts":
            return []
        return [] if decision.site or is_browser(window.app) else [window, *self._front.popups(self._desktop)]

    def pages_of(self, decision: Decision) -> History[RawPage]:
        """Pages that say what pixels are: none of a program, whose own word leaves out what it draws."""
        return self.pages if decision.site else History()

    def view_at(self, decision: Decision, time_ms: int) -> RawPage | None:
        """What the allowed surface showed then, page or window."""
        return self.pages.at(time_ms) if decision.site else self.native.view_at(decision.xid, time_ms)

    def field_at(self, decision: Decision, time_ms: int) -> RawElement | None:
        """The element of the allowed surface that had the keyboard then."""
        if not decision.site:
            return self.native.field_at(decision.xid, time_ms)
        return _focused(self.pages.at(time_ms))

    def came_to_page(self, decision: Decision, key: RawKey) -> bool:
        """Whether a key that no field of the page took is the page's all the same. Ask once a key."""
        return self.page_keys.take(key.time_ms) or self.list_keys.vouch(decision.xid, key)

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

    def _surface(self, window: RawWindow | None) -> Surface:
        if window is None:
            return Surface(xid=0, app="", title="")
        browser = is_browser(window.app)
        return Surface(
            xid=window.xid,
            app=window.app,
            title=window.title,
            url=self._url(window) if browser else "",
            untold=self._tab.flaw if browser and self._tab is not None else "",
            unaided=browser and self._tab is not None and self._tab.xid > 0,
            vouched=self._vouched() if browser else None,
            role=self._role if browser else self._native_role(window),
            protected=self._protected(window),
        )

    def _vouched(self) -> Watched | None:
        tab = self._tab
        return self._watched[tab.rule] if tab is not None and 0 <= tab.rule < len(self._watched) else None

    def _native_role(self, window: RawWindow) -> str | None:
        """Role of what has the keyboard; None as long as the program hasn't told."""
        element = self.native.field_at(window.xid, _NEWEST)
        return None if element is None else element.role

    def _protected(self, window: RawWindow) -> str:
        if self._desktop is not None and self._desktop.locked:
            return "locked"
        if self._secret_pids & {window.pid, 0} or (self._secret_pids and not window.pid):
            return "password field"  # what nobody knows the process of may be anyone's
        return self._sensitive if is_browser(window.app) else ""

    def _url(self, window: RawWindow) -> str | None:
        """The page in that browser window: None if uncertain, "" if it's one that no rule allows."""
        tab = self._tab
        if tab is None or not tab.settled or tab.xid not in (0, window.xid):
            return None
        if tab.rule < 0:
            return ""
        return tab.url if _is_same_window(tab.window_bounds, window.bounds) else None


_NEWEST = 1 << 62


def _focused(page: RawPage | None) -> RawElement | None:
    return page.elements[page.focused] if page is not None and 0 <= page.focused < len(page.elements) else None


def _is_same_window(told: Box, seen: Box) -> bool:
    return told.is_near(seen, BOUNDS_TOLERANCE)


def _role_in(page: RawPage) -> str | None:
    """The role of what has the keyboard; None if it may be among what the page left out."""
    if 0 <= page.focused < len(page.elements):
        return page.elements[page.focused].role
    return None if page.truncated else ""
