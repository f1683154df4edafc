# SPDX-License-Identifier: Apache-2.0
"""Clocks and cost, as Linux tells them."""

import resource
import time
from pathlib import Path

from handiwork.rules.hours import LocalTime


class SystemClock:
    """CLOCK_MONOTONIC, which Xorg and Xvfb also stamp their events with, and the wall clock."""

    def monotonic_ms(self) -> int:
        """Milliseconds since some point that never moves."""
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000

    def unix_ms(self) -> int:
        """Unix time in milliseconds."""
        return time.time_ns() // 1_000_000


class SystemCalendar:
    """The machine's time zone. Asked anew each time: who travels sets it."""

    def local(self, unix_ms: int) -> LocalTime:
        """Day and minute there."""
        time.tzset()
        shown = time.localtime(unix_ms // 1000)
        return LocalTime(shown.tm_wday, shown.tm_hour * 60 + shown.tm_min)


class ProcessMeter:
    """This process. `unlocked` is why its memory isn't locked, or ""."""

    def __init__(self, unlocked: str = "") -> None:
        self._unlocked = unlocked

    def unlocked(self) -> str:
        """See the port."""
        return self._unlocked

    def cpu_seconds(self) -> float:
        """User and system time."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    def peak_memory_bytes(self) -> int:
        """VmHWM of /proc/self/status. Not ru_maxrss: that remembers the process which forked this one."""
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024
