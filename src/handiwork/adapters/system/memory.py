# SPDX-License-Identifier: Apache-2.0
"""Keeps this process's memory, where raw events are, from core dumps, debuggers and the swap file.

What Python can't do: its own byte strings are never overwritten, only freed. Where memory is locked and never dumped,
they reach no disk for that.
"""

import ctypes
import os
import resource
from pathlib import Path

_PR_SET_DUMPABLE = 4
_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4
_CAP_IPC_LOCK = 14
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_PICTURE = 16 << 20
"""More than a picture of a full HD screen takes (8 MiB)."""
_ROOMY = 4 << 30
"""A lower limit would be met some day, and then every allocation fails: that costs the person their work."""


def forbid_dumps() -> None:
    """No core dump and no debugger of another process of the same user: raw events are in this memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def reuse_memory() -> bool:
    """Makes all threads allocate from one pool, to be called before there are any; whether the C library does so.

    A pool of each thread's own never shrinks: over a quarter of an hour of work, memory crept by 31 MiB an hour; with
    one pool it stayed (docs/decisions/0017). And a picture's memory is used for the next one, instead of being given
    back to the system and asked for anew, page by page: 360 to 500 page faults a second of work became 76 (0040).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's own; others have no such pools
    wanted = ((_M_ARENA_MAX, 1), (_M_MMAP_THRESHOLD, _PICTURE), (_M_TRIM_THRESHOLD, 2 * _PICTURE))
    return mallopt is not None and all(mallopt(option, value) for option, value in wanted)


def lock_memory() -> str:
    """Keeps all of it, now and later, from the swap file. "" if that is so, else why it isn't, in words."""
    if reason := why_not_lockable():
        return reason
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT):
        return f"the system refused ({os.strerror(ctypes.get_errno())})"
    return ""


def why_not_lockable() -> str:
    """Why this process may not lock its memory, in words, or "". Raises the limit as far as it may be raised."""
    soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    if hard == resource.RLIM_INFINITY or hard >= _ROOMY or _may_lock_all():
        return ""
    return f"the limit is {hard >> 20} MiB"


def swap_is_on() -> bool:
    """Whether this machine has any swap in use that isn't memory itself (zram)."""
    try:
        lines = Path("/proc/swaps").read_text("utf-8").splitlines()[1:]
    except OSError:
        return True  # unknown: say the worse
    return any("/zram" not in line.split()[0] for line in lines if line.strip())


def _may_lock_all() -> bool:
    """CAP_IPC_LOCK: no limit counts."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("CapEff:"):
            return bool(int(line.split()[1], 16) >> _CAP_IPC_LOCK & 1)
    return False
