# SPDX-License-Identifier: Apache-2.0
"""Clocks and cost, as Linux tells them."""

import resource
import time


class SystemClock:
    """CLOCK_MONOTONIC, which Xorg and Xvfb also stamp their events with, and the wall clock."""

    def monotonic_ms(self) -> int:
        """Milliseconds since some point that never moves."""
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000

    def unix_ms(self) -> int:
        """Unix time in milliseconds."""
        return time.time_ns() // 1_000_000


class ProcessMeter:
    """This process, by getrusage(2)."""

    def cpu_seconds(self) -> float:
        """User and system time."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    def peak_memory_bytes(self) -> int:
        """ru_maxrss, which Linux gives in KiB."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
