# SPDX-License-Identifier: Apache-2.0
"""Time."""

from typing import Protocol

from handiwork.rules.hours import LocalTime


class Clock(Protocol):
    """Two clocks: one that never jumps, and the one on the wall."""

    def monotonic_ms(self) -> int:
        """CLOCK_MONOTONIC in milliseconds: the X server's own time stamps."""
        ...

    def unix_ms(self) -> int:
        """Unix time in milliseconds; may jump."""
        ...


class Calendar(Protocol):
    """What the clock on the person's wall shows: their own time zone, as it is now."""

    def local(self, unix_ms: int) -> LocalTime:
        """Day and minute at that moment."""
        ...
