# SPDX-License-Identifier: Apache-2.0
"""What processes cost, as /proc tells it: processor time and proportional memory of whole trees of processes."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on (field 3); none if it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(")")[2].split()
    return []


def tree(root: int) -> set[int]:
    """A process and everything that descends from it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            parents[int(entry.name)] = int(stat[1])
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def command_of(pid: int) -> str:
    """Its command line, for finding a process by its program."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text("latin-1").replace("\0", " ")
    return ""


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time so far, with that of children which have ended. Exact to a hundredth of a second each."""
    return sum(sum(int(field) for field in _stat(pid)[11:15]) for pid in pids) / _TICKS


def pss_bytes(pids: Iterable[int]) -> int:
    """Proportional set size: shared pages count in parts. What may not be read counts as its resident size."""
    return sum(_pss(pid) for pid in pids)


def _pss(pid: int) -> int:
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/{name}").read_text("latin-1").splitlines():
                if line.startswith(field):
                    return int(line.split()[1]) * 1024
    return 0
