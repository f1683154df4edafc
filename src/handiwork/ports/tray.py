# SPDX-License-Identifier: Apache-2.0
"""An icon among the desktop's others, beside the indicator."""

from typing import Protocol

from handiwork.ports.indicator import State


class Tray(Protocol):
    """It adds to the mark on the screen and never stands for it: nothing done to the icon changes the mark.

    Where the desktop has no place for icons nothing fails; a place that comes later, or comes back, is taken.
    """

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to do."""
        ...

    def show(self, state: State, why: str = "") -> None:
        """From now on the icon is of that state. Never blocks on the desktop, never fails."""
        ...

    def read(self) -> list[int]:
        """When it was clicked since the last call, by the clock of raw events; meanwhile the icon is kept in order."""
        ...

    def is_docked(self) -> bool:
        """Whether the desktop has taken it in."""
        ...

    def close(self) -> None:
        """Takes the icon away. May be called twice."""
        ...
