# SPDX-License-Identifier: Apache-2.0
"""Notices when this process was held up. What is heard then may be as old as the hold-up, and nobody tells its time."""

import threading
import time

BEAT_MS = 100
HELD_UP_MS = 400
"""Between two beats: more than a busy machine makes of 100 ms, and well below what the scope's guard allows for."""


def monotonic_ms() -> int:
    """The clock of all raw events."""
    return time.monotonic_ns() // 1_000_000


class Pulse:
    """Beats in a thread of its own, from when it is made until `stop`."""

    def __init__(self, late_ms: int) -> None:
        self._late_ms = late_ms
        self._beat_ms = monotonic_ms()
        self._doubtful_until_ms = 0
        self._stopped = threading.Event()
        threading.Thread(target=self._run, name="handiwork-pulse", daemon=True).start()

    def is_doubtful(self, now_ms: int) -> bool:
        """Whether what is heard now may be older than `late_ms`: during a hold-up, and for that long after it."""
        if now_ms - self._beat_ms > HELD_UP_MS:
            self._doubtful_until_ms = now_ms + self._late_ms
        return now_ms < self._doubtful_until_ms

    def stop(self) -> None:
        """May be called twice."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(BEAT_MS / 1000):
            now = monotonic_ms()
            self.is_doubtful(now)
            self._beat_ms = now
