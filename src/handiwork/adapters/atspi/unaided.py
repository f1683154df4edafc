# SPDX-License-Identifier: Apache-2.0
"""Which site a browser without our extension shows, over AT-SPI 2: asked of the window that scope asks about alone.

A connection of its own, so that answers about sites don't wait for a look at another program. Whether the browser's
windows can be trusted to be ordinary ones, another adapter knows (`refusal`).
"""

from collections.abc import Callable
from functools import partial

from handiwork.adapters.atspi.answers import Question
from handiwork.adapters.atspi.browser_window import Parts, find_parts, told_by
from handiwork.adapters.atspi.bus import accessibility_address, now_ms
from handiwork.adapters.atspi.conversation import Conversation
from handiwork.adapters.atspi.processes import Processes
from handiwork.model.raw import RawBrowserWindow, RawWindow

WITHIN_MS = 120
"""Whoever asked has given an answer up by then."""
FINDING_MS = 1_000
"""Some thirty rounds of questions, once for a window; meanwhile it is not answered for."""


class AtspiUnaided:
    """ports.unaided over AT-SPI 2. Raises MissingPiece if this machine has no accessibility bus."""

    def __init__(self, refusal: Callable[[RawWindow], str], session_bus_address: str | None = None) -> None:
        self.refusal = refusal
        self._bus = Conversation(accessibility_address(session_bus_address))
        self._processes = Processes(self._bus, left=self._ended)
        self._parts: dict[int, tuple[int, Parts]] = {}
        self._finding: dict[int, int] = {}
        self._news: list[RawBrowserWindow] = []

    def fileno(self) -> int:
        """See the port."""
        return self._bus.fileno()

    def read(self) -> list[RawBrowserWindow]:
        """See the port."""
        for message in self._bus.arrived():
            self._processes.signal(message)
        news, self._news = self._news, []
        return news

    def ask(self, window: RawWindow, time_ms: int) -> None:
        """See the port."""
        known, now = self._parts.get(window.xid), now_ms()
        if known is not None and known[0] == window.pid:
            question = told_by(known[1], window, time_ms)
            self._bus.ask(question, partial(self._was_told, window), WITHIN_MS)
        elif now >= self._finding.get(window.xid, 0):
            self._finding = {window.xid: now + FINDING_MS}
            self._bus.ask(self._found(window), partial(self._was_found, window, time_ms), FINDING_MS)

    def close(self) -> None:
        """See the port."""
        self._bus.close()

    def _found(self, window: RawWindow) -> Question[Parts | None]:
        for owner in self._processes.names_of(window.pid):
            parts = yield from find_parts(owner, window)
            if parts is not None:
                return parts
        return None

    def _was_found(self, window: RawWindow, time_ms: int, parts: Parts | None) -> None:
        self._finding.pop(window.xid, None)
        if parts is not None:
            self._parts[window.xid] = window.pid, parts
            self.ask(window, time_ms)

    def _was_told(self, window: RawWindow, told: RawBrowserWindow | None) -> None:
        if told is not None:
            self._news.append(told)
        if told is None or not told.url:  # another document's place, or a window made anew: found again next time
            self._parts.pop(window.xid, None)

    def _ended(self, pid: int) -> None:
        self._parts = {xid: parts for xid, parts in self._parts.items() if parts[0] != pid}
