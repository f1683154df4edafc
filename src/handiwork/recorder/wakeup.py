# SPDX-License-Identifier: Apache-2.0
"""Waits until the world has news, a moment comes, or a signal handler says so. Knows nothing of what the news is."""

import os
import selectors
import time
from collections import deque
from collections.abc import Iterable

GIVE_WAY_S, QUIET_S = 0.010, 0.005
"""After a quiet time, news is for the application first: whoever reads it at once competes with the answer that the
person is waiting for, and a mouse that reports a hundred times a second wakes us half as often (decisions/0017)."""

THICK, THICK_S = 8, 0.040
"""So many times woken within such a time: news comes thick and fast, and is read as it comes."""


class Wakeup:
    """A selector over descriptors that may change, and a pipe that a signal handler may write to."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        # A signal handler only writes here: waiting would otherwise go on after it (PEP 475).
        self._wake_end, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector.register(self._wake_end, selectors.EVENT_READ)
        self._watched: set[int] = set()
        self._woken: deque[float] = deque([0.0] * THICK, maxlen=THICK)

    def wake(self) -> None:
        """Ends the present wait, or the next. Safe to call from a signal handler."""
        os.write(self._waker, b".")

    def wait(self, wanted: set[int], moments: Iterable[int | None], now_ms: int) -> set[int]:
        """Until a descriptor is readable, or the earliest of the moments has come; gives those that are readable."""
        for number in self._watched - wanted:
            self._selector.unregister(number)
        for number in wanted - self._watched:
            self._selector.register(number, selectors.EVENT_READ)
        self._watched = wanted
        next_ms = min((moment for moment in moments if moment is not None), default=None)
        return self._readable(None if next_ms is None else next_ms - now_ms)

    def wait_more(self, at_most_ms: int) -> set[int]:
        """The same descriptors as before, for so long at most."""
        return self._readable(at_most_ms)

    def rest(self, for_ms: int) -> None:
        """Lets that time pass, whatever comes."""
        if for_ms > 0:
            time.sleep(for_ms / 1000)

    def _readable(self, at_most_ms: int | None) -> set[int]:
        seconds = None if at_most_ms is None else max(0, at_most_ms) / 1000
        began = time.monotonic()
        found = self._selector.select(seconds)
        now = time.monotonic()
        thick = now - self._woken[0] < THICK_S
        self._woken.append(now)
        if found and now - began > QUIET_S and not thick:
            time.sleep(GIVE_WAY_S)
            found = self._selector.select(0)
        return {key.fd for key, _ in found}

    def close(self) -> None:
        """Afterwards nothing can be woken."""
        self._selector.close()
        os.close(self._wake_end)
        os.close(self._waker)
