# SPDX-License-Identifier: Apache-2.0
"""Raw events that wait, in memory only, until their scope is certain. Bounded: what doesn't fit is counted as lost.

What went missing waits as well, as marks of how much and when: those of one moment are one mark, and none is ever shed.
"""

import heapq
from itertools import count

from handiwork.model.raw import Raw, RawActed, RawClipboard, RawLost, RawMove, RawPage
from handiwork.rules.gate import HOLD_MS

CAPACITY = 20_000
"""Raw events. At 8,000 events a second this is more than two seconds, seven times the hold."""

MOMENT_MS = 100
"""Losses this near each other are told as one."""


class Waiting:
    """A queue by time. Its length is that of the events, without marks."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._heap: list[tuple[int, int, Raw]] = []
        self._marks: dict[int, RawLost] = {}
        self._numbers = count()
        self._capacity = capacity
        self.overflowed = 0

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def is_empty(self) -> bool:
        """Whether neither an event nor a mark waits."""
        return not self._heap and not self._marks

    def put(self, raw: Raw) -> None:
        """Adds an event. When full, pointer moves are shed first; what is shed is counted and marked."""
        if isinstance(raw, RawLost):
            self._mark(raw.time_ms, raw.t_end, raw.moves, raw.deeds)
            return
        if len(self._heap) >= self._capacity:
            if isinstance(raw, RawMove):
                self._drop(raw)
                return
            self._shed()
        heapq.heappush(self._heap, (_seen_ms(raw), next(self._numbers), raw))

    def due(self, now_ms: int) -> list[Raw]:
        """Takes out everything that has waited long enough, oldest first."""
        found: list[Raw] = []
        while self._heap and self._heap[0][0] + HOLD_MS <= now_ms:
            found.append(heapq.heappop(self._heap)[2])
        found.sort(key=_order)
        if self._marks:
            over = [moment for moment, mark in self._marks.items() if mark.t_end + HOLD_MS <= now_ms]
            marks = sorted((self._marks.pop(moment) for moment in over), key=_time)
            return list(heapq.merge(marks, found, key=_time))
        return found

    def next_due_ms(self) -> int | None:
        """When the oldest will have waited long enough."""
        times = [mark.t_end for mark in self._marks.values()] + [entry[0] for entry in self._heap[:1]]
        return min(times) + HOLD_MS if times else None

    def are_pages(self) -> bool:
        """Whether nothing waits but what pages told: nobody did anything."""
        return not self._marks and all(isinstance(raw, RawPage) for _, _, raw in self._heap)

    def clear(self) -> int:
        """Drops every event; returns how many that were. Marks stay."""
        dropped = len(self._heap)
        self._heap.clear()
        return dropped

    def marks(self) -> list[RawLost]:
        """Takes out every mark, however short it has waited."""
        taken = sorted(self._marks.values(), key=_time)
        self._marks.clear()
        return taken

    def _shed(self) -> None:
        """Makes room: half of the waiting moves if there are any, else the oldest event."""
        moves = [entry for entry in self._heap if isinstance(entry[2], RawMove)]
        if not moves:
            self._drop(heapq.heappop(self._heap)[2])
            return
        shed = {number: raw for _, number, raw in moves[1::2] or moves}
        self._heap = [entry for entry in self._heap if entry[1] not in shed]
        heapq.heapify(self._heap)
        for raw in shed.values():
            self._drop(raw)

    def _drop(self, raw: Raw) -> None:
        self.overflowed += 1
        is_move = isinstance(raw, RawMove)
        self._mark(raw.time_ms, raw.time_ms, int(is_move), int(not is_move))

    def _mark(self, time_ms: int, t_end: int, moves: int, deeds: int) -> None:
        mark = self._marks.setdefault(t_end // MOMENT_MS, RawLost(time_ms, t_end, 0, 0))
        mark.time_ms, mark.t_end = min(mark.time_ms, time_ms), max(mark.t_end, t_end)
        mark.moves, mark.deeds = mark.moves + moves, mark.deeds + deeds


def _time(raw: Raw) -> int:
    return raw.time_ms


def _order(raw: Raw) -> tuple[int, bool]:
    """By time; within a millisecond the clipboard's use comes last: a program takes it when a key asks for it."""
    return raw.time_ms, isinstance(raw, RawClipboard)


def _seen_ms(raw: Raw) -> int:
    """From when on it waits: what a program said later of a deed may be of a state that only later news forbid."""
    return raw.seen_ms if isinstance(raw, RawActed) else raw.time_ms
