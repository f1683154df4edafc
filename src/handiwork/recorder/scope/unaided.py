# SPDX-License-Identifier: Apache-2.0
"""Browsers without the extension: when their windows are asked what they show, and what follows for the scope.

A window is asked at each piece of input and again a little later, and while its page changes; never by the clock alone.
What it says counts as long as every answer agrees with the one before. No answer in time, a disagreement, or an input
that was read late: uncertain, from the last agreeing answer on, which is before that input. All that is kept is pointer
input: nothing proves that a key came to the page. Knows nothing of how a window is asked.
"""

from handiwork.model.geometry import Box
from handiwork.model.policy import Policy
from handiwork.model.raw import Raw, RawBrowserWindow, RawButton, RawKey, RawMove, RawPage, RawTab, RawWheel, RawWindow
from handiwork.ports.unaided import UnaidedBrowser
from handiwork.rules.policy import is_browser
from handiwork.rules.unaided import NO_RULE, is_covered, is_sign_in, rule_of, shown_url

PATIENCE_MS = 120
"""Asked right at an input, and again AGAIN_MS after it: both are known, or overdue, before the input is judged."""
AGAIN_MS = 150
LATE_MS = 100
MOVES_APART_MS = 100
SETTLING_MS = (60, 150, 300, 600, 1_200, 2_500)
"""While no allowed page is certain, a window is asked so long after its last change or input, then no more."""

_NOWHERE = Box(0, 0, 0, 0)


class Unaided:
    """Give it the window in front and every input; give what it returns to the watch, before anything is judged."""

    def __init__(self, browser: UnaidedBrowser) -> None:
        self._browser = browser
        self._policy = _NO_POLICY
        self._window: RawWindow | None = None
        self._flaw = ""
        self._standing: tuple[str, Box] | str = ""
        """Address and place of the page that is certain; else the word that was told last instead."""
        self._agreed_ms = 0
        self._asked: list[int] = []
        self._due: list[int] = []

    def aim(self, window: RawWindow | None, policy: Policy, now_ms: int) -> list[RawTab | RawPage]:
        """What is in front now, if it may be asked at all: None while nothing may be kept, or the extension speaks."""
        window = window if window is not None and is_browser(window.app) else None
        before, self._window = self._window, window
        changed, self._policy = policy is not self._policy, policy
        if window is None or before is None or changed or (before.xid, before.pid) != (window.xid, window.pid):
            news = self._end(now_ms)
            self._asked, self._due, self._flaw = [], [], ""
            return news + (self._begin(window, now_ms) if window is not None else [])
        if (before.title, before.bounds) != (window.title, window.bounds):
            self._settle(now_ms)
        return []

    def interrupted(self) -> None:
        """The scope was told otherwise by someone else: all has to be told anew."""
        self._window, self._standing = None, ""

    def input(self, raw: Raw, now_ms: int) -> list[RawTab | RawPage]:
        """An input event. What was read late was not asked about in time."""
        if self._window is None or self._flaw or not isinstance(raw, RawButton | RawKey | RawMove | RawWheel):
            return []
        if now_ms - raw.time_ms > LATE_MS:
            return self._doubt(now_ms)
        if isinstance(raw, RawMove):
            if self._is_certain and now_ms - max(self._asked, default=self._agreed_ms) >= MOVES_APART_MS:
                self._ask(now_ms)
            return []
        self._ask(now_ms)
        if not self._is_certain:
            self._follow(now_ms, AGAIN_MS)
        self._due = sorted({*self._due, raw.time_ms + AGAIN_MS})
        return []

    def read(self, now_ms: int) -> list[RawTab | RawPage]:
        """What follows from what was told, and from what wasn't; asks what is due."""
        news: list[RawTab | RawPage] = []
        for told in self._browser.read():
            if told.time_ms in self._asked and self._window is not None and told.xid == self._window.xid:
                self._asked.remove(told.time_ms)
                news += self._told(self._window, told, now_ms)
        overdue = [asked for asked in self._asked if now_ms - asked >= PATIENCE_MS]
        if overdue or (self._due and now_ms - self._due[0] > LATE_MS):
            self._asked = [asked for asked in self._asked if asked not in overdue]
            news += self._doubt(now_ms)
        if self._due and self._due[0] <= now_ms:
            self._due = [due for due in self._due if due > now_ms]
            self._ask(now_ms)
        return news

    def next_ms(self) -> int | None:
        """When `read` has something to do."""
        return min([*self._due[:1], *(asked + PATIENCE_MS for asked in self._asked)], default=None)

    def fileno(self) -> int:
        """Readable when a window has answered."""
        return self._browser.fileno()

    @property
    def _is_certain(self) -> bool:
        return not isinstance(self._standing, str)

    def _begin(self, window: RawWindow, now_ms: int) -> list[RawTab | RawPage]:
        self._flaw = self._browser.refusal(window) if is_covered(self._policy, window.app) else NO_RULE
        if self._flaw:
            return [self._nothing(now_ms, self._flaw)]
        self._settle(now_ms)
        return []

    def _settle(self, now_ms: int) -> None:
        if self._window is not None and not self._flaw:
            self._ask(now_ms)
            self._follow(now_ms)

    def _follow(self, now_ms: int, after_ms: int = 0) -> None:
        """What comes of an input may come late: a browser that was held up tells of the former page first."""
        owed = {due for due in self._due if due <= now_ms + AGAIN_MS}
        self._due = sorted({*owed, *(now_ms + later for later in SETTLING_MS if later > after_ms)})

    def _ask(self, now_ms: int) -> None:
        if self._window is not None and now_ms not in self._asked:
            self._asked.append(now_ms)
            self._browser.ask(self._window, now_ms)

    def _told(self, window: RawWindow, told: RawBrowserWindow, now_ms: int) -> list[RawTab | RawPage]:
        url = shown_url(told, window.app, window.title)
        if url is None or not told.bounds.area:
            return self._doubt(now_ms)
        rule = rule_of(self._policy, url)
        if rule < 0 or is_sign_in(url):
            return self._closed("unlisted site" if rule < 0 else "sign-in", told, now_ms)
        news: list[RawTab | RawPage] = []
        if self._standing != (url, told.bounds):
            news += self._doubt(now_ms)  # another page, or place: between the two answers nothing was certain
            page = RawPage(told.time_ms, url, told.title, told.bounds, window.bounds, (), -1, True, "")
            news += [page, RawTab(told.time_ms, rule, url, True, window.bounds, window.xid)]
        self._standing, self._agreed_ms = (url, told.bounds), told.time_ms
        return news

    def _closed(self, why: str, told: RawBrowserWindow, now_ms: int) -> list[RawTab | RawPage]:
        """A page that is certain, and of which nothing may be kept."""
        if self._standing == why:
            return []
        news, self._standing = self._doubt(now_ms), why
        return [*news, self._nothing(told.time_ms, why)]

    def _doubt(self, now_ms: int) -> list[RawTab | RawPage]:
        """Uncertain, since the last answer that agreed; it is asked until it has settled.

        So it is after a page of which nothing may be kept: the one that comes may be allowed.
        """
        if self._standing:
            self._settle(now_ms)
        return self._end(now_ms)

    def _end(self, now_ms: int) -> list[RawTab | RawPage]:
        was_certain, self._standing = self._is_certain, ""
        return [self._nothing(min(now_ms, self._agreed_ms + 1), "")] if was_certain else []

    def _nothing(self, time_ms: int, why: str) -> RawTab:
        xid, unlisted = self._window.xid if self._window is not None else 0, why == "unlisted site"
        return RawTab(time_ms, -1, "", unlisted, _NOWHERE, xid, "" if unlisted else why)


_NO_POLICY = Policy(name="", revision=0, purposes=())
