# SPDX-License-Identifier: Apache-2.0
"""A browser in memory. Keeps the port's promise by itself: what no allowed site covers is told as rule -1 only."""

import os
from collections.abc import Sequence

from handiwork.model.geometry import Box
from handiwork.model.policy import Watched
from handiwork.model.raw import RawActed, RawElement, RawPage, RawPageKey, RawTab
from handiwork.model.raw_beside import RawList, RawVouched
from handiwork.ports.browser import RawBrowser
from handiwork.rules.accounts import account_fits
from handiwork.rules.site import site_matches

_NOWHERE = Box(0, 0, 0, 0)


class ScriptedBrowser:
    """Tells what a test makes it show. `time_ms` of every event is what the test says; nothing has a clock here."""

    def __init__(self) -> None:
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._waiting: list[RawBrowser] = []
        self._watched: tuple[Watched, ...] = ()
        self._denied: tuple[str, ...] = ()
        self._account, self._profile = "", ""
        self._shown: RawPage | None = None
        self._told = -1  # the rule under which the present page was told
        self._running = True
        self._silently: RawPage | None = None
        self.asked = 0
        """How often anybody asked."""
        self.held_up = False
        """Whether the page is too busy to answer."""
        self.busy_until_ms = 0
        """When it last came to itself, as its answers say."""

    def filenos(self) -> list[int]:
        """One descriptor, which is readable while something waits."""
        return [self._bell] if self._bell >= 0 else []

    def read(self) -> list[RawBrowser]:
        """Everything since the last call."""
        told, self._waiting = self._waiting, []
        if told:
            os.eventfd_read(self._bell)
        return told

    def allow(self, watched: Sequence[Watched], denied: Sequence[str] = ()) -> None:
        """Drops what waits, and tells the present page anew if it is allowed now."""
        self._watched, self._denied = tuple(watched), tuple(denied)
        self.read()
        if self._shown is not None:
            self.show(self._shown)

    def ask(self) -> int:
        """Tells of what has changed without a word, and answers, unless the page is held up."""
        if self._told < 0 or self._shown is None:
            return 0
        self.asked += 1
        if self.held_up:
            return self.asked
        if self._silently is not None:
            page, self._silently = self._silently, None
            self.change(page)
        self._tell(RawVouched(self._shown.time_ms, self.asked, self.busy_until_ms))
        return self.asked

    def connected(self) -> int:
        """1 until the browser goes away."""
        return int(self._running and self._bell >= 0)

    def close(self) -> None:
        """Hangs up."""
        if self._bell >= 0:
            self._waiting.clear()
            os.close(self._bell)
            self._bell = -1

    def show(self, page: RawPage) -> None:
        """The person goes to this page: uncertain first, then told if a site allows it."""
        self._shown, self._told = page, self._rule_of(page.url)
        self._tell(RawTab(page.time_ms, -1, "", False, page.window_bounds))
        if self._told >= 0:
            self._tell(page)
        url = page.url if self._told >= 0 else ""
        self._tell(RawTab(page.time_ms, self._told, url, True, page.window_bounds))

    def sign_in(self, account: str, profile: str = "") -> None:
        """Who is signed in on every page from now on, in a browser profile of that label."""
        self._account, self._profile = account, profile
        if self._shown is not None:
            self.show(self._shown)

    def change(self, page: RawPage) -> None:
        """The present page looks different now."""
        self._shown = page
        if self._told >= 0:
            self._tell(page)

    def change_silently(self, page: RawPage) -> None:
        """The present page looks different now, and only whoever asks will know."""
        self._silently = page

    def act(self, time_ms: int, what: str, element: RawElement) -> None:
        """The person does something to an element of the present page."""
        if self._told >= 0:
            self._tell(RawActed(time_ms, what, element))

    def key(self, time_ms: int) -> None:
        """A key comes to the present page, of which no field has the keyboard."""
        if self._told >= 0:
            self._tell(RawPageKey(time_ms))

    def list_news(self, told: RawList) -> None:
        """A native list of the present page has opened or closed."""
        if self._told >= 0:
            self._tell(told)

    def leave(self, time_ms: int) -> None:
        """Another program's window comes to the front."""
        self._shown, self._told = None, -1
        self._tell(RawTab(time_ms, -1, "", True, _NOWHERE))

    def quit(self, time_ms: int) -> None:
        """The browser ends."""
        self._running = False
        self.leave(time_ms)

    def _rule_of(self, url: str) -> int:
        if any(site_matches(site, url) for site in self._denied):
            return -1
        return next((number for number, entry in enumerate(self._watched) if self._fits(entry, url)), -1)

    def _fits(self, entry: Watched, url: str) -> bool:
        return (
            site_matches(entry.site, url)
            and (not entry.account or account_fits(entry.account, self._account))
            and entry.profile in ("", self._profile)
        )

    def _tell(self, event: RawBrowser) -> None:
        if self._bell < 0:
            return
        if not self._waiting:
            os.eventfd_write(self._bell, 1)
        self._waiting.append(event)
