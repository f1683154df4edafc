# SPDX-License-Identifier: Apache-2.0
"""Time."""

from typing import Protocol


class Clock(Protocol):
    """Two clocks: one that never jumps, and the one on the wall."""

    def monotonic_ms(self) -> int:
        """CLOCK_MONOTONIC in milliseconds: the X server's own time stamps."""
        ...

    def unix_ms(self) -> int:
        """Unix time in milliseconds; may jump."""
        ...
