# SPDX-License-Identifier: Apache-2.0
"""What the person's actions depend on: screens, scale, double-click settings, keyboard layout."""

from typing import Protocol

from handiwork.model.raw import RawSurroundings


class Surroundings(Protocol):
    """The desktop's own word on its settings."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when something may have changed."""
        ...

    def read(self) -> list[RawSurroundings]:
        """What has changed since the last call, oldest first, without blocking; the first call gives what holds now.

        Each is whole, and differs from the one before. Raises Lost when the server is gone.
        """
        ...

    def close(self) -> None:
        """Stops observing. May be called twice."""
        ...
