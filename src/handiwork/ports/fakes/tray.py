# SPDX-License-Identifier: Apache-2.0
"""A tray that a test clicks on."""

from handiwork.ports.fakes.bell import Bell
from handiwork.ports.indicator import State


class ScriptedTray:
    """Keeps what was shown, oldest first; docked until a test says otherwise."""

    def __init__(self) -> None:
        self._bell: Bell[int] = Bell()
        self.history: list[tuple[State, str]] = []
        self.docked = True

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def show(self, state: State, why: str = "") -> None:
        """See the port."""
        self.history.append((state, why))

    def read(self) -> list[int]:
        """See the port."""
        return self._bell.take()

    def is_docked(self) -> bool:
        """See the port."""
        return self.docked

    def close(self) -> None:
        """See the port."""
        self._bell.close()
        self.docked = False

    def click(self, time_ms: int) -> None:
        """The person clicks on it."""
        self._bell.put(time_ms)
