# SPDX-License-Identifier: Apache-2.0
"""Which windows there are, in what order, and which one has the keyboard."""

from typing import Protocol

from handiwork.model.raw import RawDesktop


class Desktop(Protocol):
    """The window system's own word on what is in front."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when the desktop may have changed."""
        ...

    def read(self) -> list[RawDesktop]:
        """Changes since the last call, oldest first, without blocking; the first call gives the present state.

        Each carries the time from which it holds, never later than the change. Raises Lost when the server is gone.
        """
        ...

    def now_ms(self) -> int:
        """The clock that stamps raw events: CLOCK_MONOTONIC in milliseconds on this machine."""
        ...

    def close(self) -> None:
        """Stops observing. May be called twice."""
        ...
