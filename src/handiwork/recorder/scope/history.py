# SPDX-License-Identifier: Apache-2.0
"""The last few states of something over time. Knows nothing of what they mean."""

from bisect import bisect_left, bisect_right
from typing import Generic, TypeVar

from handiwork.model.raw import Raw

_KEPT = 64

T = TypeVar("T", bound=Raw)


class History(Generic[T]):
    """The last few states of something, by the time from which each held."""

    def __init__(self) -> None:
        self._states: list[T | None] = []
        self._times: list[int] = []  # asked for each pointer move: not to be gathered anew each time

    def add(self, state: T) -> None:
        """Keeps it in order of time; late news takes its place among the earlier ones."""
        place = bisect_right(self._times, state.time_ms)
        self._states.insert(place, state)
        self._times.insert(place, state.time_ms)
        del self._states[:-_KEPT]
        del self._times[:-_KEPT]

    def end(self, time_ms: int) -> None:
        """From then on nothing is known, whatever was told of a later time; what held before stays known."""
        place = bisect_left(self._times, time_ms)
        self._states[place:], self._times[place:] = [None], [time_ms]

    def at(self, time_ms: int) -> T | None:
        """What held at that time, if that is still known."""
        place = bisect_right(self._times, time_ms)
        return self._states[place - 1] if place else None

    def next_after(self, time_ms: int) -> T | None:
        """The first state that began later."""
        later = self._states[bisect_right(self._times, time_ms) :]
        return next((state for state in later if state is not None), None)

    def during(self, first_ms: int, last_ms: int) -> list[T]:
        """Everything that held at any time from the first to the last."""
        began = self.at(first_ms)
        known = (state for state in self._states if state is not None)
        later = [state for state in known if first_ms < state.time_ms <= last_ms]
        return later if began is None else [began, *later]

    def clear(self) -> None:
        """Forgets everything."""
        self._states.clear()
        self._times.clear()
