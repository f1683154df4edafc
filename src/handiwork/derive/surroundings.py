# SPDX-License-Identifier: Apache-2.0
"""What the desktop itself calls a double click, at each moment of a segment. Knows nothing of actions."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from handiwork.model.event import Event, Surroundings

MULTI_CLICK_MS = 500
MULTI_CLICK_PX = 5
"""Where the segment does not say."""


@dataclass(frozen=True)
class Clicking:
    """Two presses are one multi-click if they are at most so many milliseconds and pixels apart."""

    ms: int = MULTI_CLICK_MS
    px: int = MULTI_CLICK_PX


class Settings:
    """A segment's own word on it."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._told = sorted((one for one in events if isinstance(one, Surroundings)), key=lambda one: one.t)

    def clicking(self, t: int) -> Clicking:
        """What held at `t`; before anything was told, what was told first."""
        if not self._told:
            return Clicking()
        told = self._told[max(0, bisect_right(self._told, t, key=lambda one: one.t) - 1)]
        return Clicking(told.double_click_ms, told.double_click_px)
