# SPDX-License-Identifier: Apache-2.0
"""How long the window system takes to get to an event of another program, and what of that is our doing."""

from typing import Protocol

import msgspec


class Delay(msgspec.Struct, frozen=True, kw_only=True):
    """Over the last half minute, in milliseconds; zeros while too little is known.

    `beside` was measured while a frame was copied, `rest` while we did nothing to the window system.
    """

    beside_p50: float = 0.0
    beside_p99: float = 0.0
    rest_p50: float = 0.0
    rest_p99: float = 0.0
    added_ms: float = 0.0
    """What copying adds: the 90th percentile beside it less that at rest, never below zero."""


class DelayProbe(Protocol):
    """Sends events to a window of its own and times them."""

    def beside(self) -> None:
        """Measures once, now, while the caller goes on to copy a frame. Never blocks."""
        ...

    def rest(self) -> None:
        """Measures once, now, while the caller does nothing to the window system. Never blocks."""
        ...

    def delay(self) -> Delay:
        """What was found. Never blocks, never fails: a probe that can't measure tells zeros."""
        ...

    def close(self) -> None:
        """Stops. May be called twice."""
        ...
