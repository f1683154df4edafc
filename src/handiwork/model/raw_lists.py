# SPDX-License-Identifier: Apache-2.0
"""What an allowed page says of its native lists, whose popups are windows that no page knows. Lives in memory only."""

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
