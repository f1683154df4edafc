# SPDX-License-Identifier: Apache-2.0
"""Waits until the world has news, a moment comes, or a signal handler says so. Knows nothing of what the news is."""

import os
import selectors
from collections.abc import Iterable


class Wakeup:
    """A selector over descriptors that may change, and a pipe that a signal handler may write to."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        # A signal handler only writes here: waiting would otherwise go on after it (PEP 475).
        self._wake_end, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector.register(self._wake_end, selectors.EVENT_READ)
        self._watched: set[int] = set()

    def wake(self) -> None:
        """Ends the present wait, or the next. Safe to call from a signal handler."""
        os.write(self._waker, b".")

    def wait(self, wanted: set[int], moments: Iterable[int | None], now_ms: int) -> None:
        """Until one of the descriptors is readable, or the earliest of the moments has come."""
        for number in self._watched - wanted:
            self._selector.unregister(number)
        for number in wanted - self._watched:
            self._selector.register(number, selectors.EVENT_READ)
        self._watched = wanted
        next_ms = min((moment for moment in moments if moment is not None), default=None)
        self._selector.select(None if next_ms is None else max(0.0, (next_ms - now_ms) / 1000))

    def close(self) -> None:
        """Afterwards nothing can be woken."""
        self._selector.close()
        os.close(self._wake_end)
        os.close(self._waker)
