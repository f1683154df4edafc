# SPDX-License-Identifier: Apache-2.0
"""What an allowed page says beside what it shows and what is done to it. Lives in memory only."""

from handiwork.model.geometry import Box
from handiwork.model.raw import Raw


class RawList(Raw):
    """An allowed page says that its native list at `bounds` is open, or that it has closed and when it last wasn't.

    `kept`: the list still has the page's keyboard, and the page the browser's.
    """

    __slots__ = ("bounds", "is_open", "kept", "since_ms")

    def __init__(self, time_ms: int, is_open: bool, since_ms: int, kept: bool, bounds: Box) -> None:
        super().__init__(time_ms)
        self.is_open, self.since_ms, self.kept, self.bounds = is_open, since_ms, kept, bounds


class RawVouched(Raw):
    """The page in front has told of all that had changed when `question` came to it: 1 and up, see ports.browser.

    Before `since_ms` it was too busy to tell: what it showed then, and no longer shows, it never told.
    """

    __slots__ = ("question", "since_ms")

    def __init__(self, time_ms: int, question: int, since_ms: int = 0) -> None:
        super().__init__(time_ms)
        self.question, self.since_ms = question, since_ms
