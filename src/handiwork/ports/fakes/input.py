# SPDX-License-Identifier: Apache-2.0
"""Input that a test makes up."""

from handiwork.ports.fakes.bell import Bell
from handiwork.ports.input import EVERYTHING, Knows, RawInput


class ScriptedInput:
    """Gives what was `put`; can lose events and can go away."""

    def __init__(self, knows: Knows = EVERYTHING) -> None:
        self._bell: Bell[RawInput] = Bell()
        self._lost = 0
        self.knows = knows

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawInput]:
        """See the port."""
        return self._bell.take()

    def lost(self) -> int:
        """See the port."""
        return self._lost

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def put(self, event: RawInput) -> None:
        """An event happens."""
        self._bell.put(event)

    def lose(self, count: int) -> None:
        """So many events go missing, and the source notices."""
        self._lost += count

    def hang_up(self) -> None:
        """The source goes away for good."""
        self._bell.hang_up()
