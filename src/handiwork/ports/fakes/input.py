# SPDX-License-Identifier: Apache-2.0
"""Input that a test makes up."""

import time

from handiwork.model.raw import RawLost
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
        taken = self._bell.take()
        self._lost += sum(event.count for event in taken if isinstance(event, RawLost))
        return taken

    def lost(self) -> int:
        """See the port."""
        return self._lost

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def put(self, event: RawInput) -> None:
        """An event happens."""
        self._bell.put(event)

    def lose(self, moves: int = 0, deeds: int = 0, time_ms: int | None = None) -> None:
        """So many events go missing, now, and the source notices."""
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000 if time_ms is None else time_ms
        self._bell.put(RawLost(now, now, moves, deeds))

    def hang_up(self) -> None:
        """The source goes away for good."""
        self._bell.hang_up()
