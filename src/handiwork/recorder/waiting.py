# SPDX-License-Identifier: Apache-2.0
"""Raw events that wait, in memory only, until their scope is certain. Bounded: what doesn't fit is counted as lost."""

import heapq
from itertools import count

from handiwork.model.raw import Raw, RawMove
from handiwork.rules.gate import HOLD_MS

CAPACITY = 20_000
"""Raw events. At 8,000 events a second this is more than two seconds, seven times the hold."""


class Waiting:
    """A queue by time."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._heap: list[tuple[int, int, Raw]] = []
        self._numbers = count()
        self._capacity = capacity
        self.overflowed = 0

    def __len__(self) -> int:
        return len(self._heap)

    def put(self, raw: Raw) -> None:
        """Adds an event. When full, pointer moves are shed first; what is shed is counted."""
        if len(self._heap) >= self._capacity:
            self.overflowed += 1
            if isinstance(raw, RawMove):
                return
            self._shed()
        heapq.heappush(self._heap, (raw.time_ms, next(self._numbers), raw))

    def _shed(self) -> None:
        """Makes room: half of the waiting moves if there are any, else the oldest event."""
        moves = [entry for entry in self._heap if isinstance(entry[2], RawMove)]
        if not moves:
            heapq.heappop(self._heap)
            return
        shed = {number for _, number, _ in moves[1::2] or moves}
        self._heap = [entry for entry in self._heap if entry[1] not in shed]
        heapq.heapify(self._heap)
        self.overflowed += len(shed) - 1  # the caller counts one

    def due(self, now_ms: int) -> list[Raw]:
        """Takes out everything that has waited long enough, oldest first."""
        found = []
        while self._heap and self._heap[0][0] + HOLD_MS <= now_ms:
            found.append(heapq.heappop(self._heap)[2])
        return found

    def next_due_ms(self) -> int | None:
        """When the oldest will have waited long enough."""
        return self._heap[0][0] + HOLD_MS if self._heap else None

    def clear(self) -> int:
        """Drops everything; returns how many that were."""
        dropped = len(self._heap)
        self._heap.clear()
        return dropped
