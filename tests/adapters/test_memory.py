# SPDX-License-Identifier: Apache-2.0
"""Memory with raw events in it: no dump, no debugger, no swap where the limit allows."""

import os
import resource
import subprocess
import sys

import pytest

from handiwork.adapters.system import memory

LOCK = "from handiwork.adapters.system.memory import forbid_dumps, lock_memory\n"


def run(code: str, limit: tuple[int, int] | None = None) -> str:
    """In a process of its own: what is locked stays so."""
    before = "" if limit is None else f"import resource; resource.setrlimit(resource.RLIMIT_MEMLOCK, {limit})\n"
    drop = "import ctypes\nctypes.CDLL(None).prctl(24, 14, 0, 0, 0)\n" if limit else ""
    done = subprocess.run(
        [sys.executable, "-c", before + drop + LOCK + code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def without_the_right(code: str, limit: tuple[int, int]) -> str:
    """Without CAP_IPC_LOCK, under that limit."""
    before = f"import resource; resource.setrlimit(resource.RLIMIT_MEMLOCK, {limit})\n"
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [*command, sys.executable, "-c", before + LOCK + code],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, check=False,
    )  # fmt: skip
    if "Permission denied" in done.stderr:
        pytest.skip("another user can't read this checkout")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_process_that_forbids_dumps_is_out_of_reach_for_others_of_the_same_user() -> None:
    told = run(
        "forbid_dumps(); import resource, pathlib, os, ctypes\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert told == "0 0"


@pytest.mark.skipif(os.geteuid() != 0, reason="locking all memory needs a right that this user may lack")
def test_where_it_may_all_memory_is_locked_and_later_memory_too() -> None:
    told = run(
        "print(repr(lock_memory()))\nkept = bytearray(b'x' * (20 << 20))\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmLck:')))"
    )
    reason, locked = told.splitlines()
    assert reason == "''"
    assert int(locked) >= 20 << 10


def test_under_a_small_limit_nothing_is_locked_nothing_breaks_and_it_is_said() -> None:
    told = without_the_right(
        "print(lock_memory())\nkept = bytearray(b'x' * (50 << 20))\nprint(len(kept))", (8 << 20, 8 << 20)
    )
    assert told.splitlines() == ["the limit is 8 MiB", str(50 << 20)]


def test_a_soft_limit_is_raised_as_far_as_it_may_be() -> None:
    told = without_the_right(
        "import resource\nlock_memory()\nprint(resource.getrlimit(resource.RLIMIT_MEMLOCK))", (1 << 20, 8 << 20)
    )
    assert told == str((8 << 20, 8 << 20))


def test_this_machine_s_own_answer_is_one_of_the_two() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    try:
        assert memory.why_not_lockable() in ("", f"the limit is {hard >> 20} MiB")
    finally:
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (soft, hard))
    assert memory.swap_is_on() in (True, False)


def test_all_threads_allocate_from_one_pool() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from handiwork.adapters.system.memory import reuse_memory\nprint(reuse_memory())",
        ],
        capture_output=True,
        text=True,
    )
    assert done.stdout == "True\n", done.stderr
