# SPDX-License-Identifier: Apache-2.0
"""The audit that runs by itself beside a recording: a real process, by the person's wish, gone with the recorder."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, refuses

from handiwork.cli.demo.stage import wait_until
from handiwork.cli.device import open_device
from handiwork.cli.second_look import SampleProcess
from handiwork.ports.leak_audit import audited, untold
from handiwork.ports.second_look import SecondLook
from handiwork.rules.audit_times import DAY_S

EMAIL = "jane.roe@example.org"


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device").ready()


@contextmanager
def second_look(device: PersonsDevice) -> Iterator[SecondLook]:
    with open_device(device.home) as opened:
        look = SampleProcess(device.home, opened.store)
        try:
            yield look
        finally:
            look.end()


def state_of(pid: int) -> str:
    """R, S, T (stopped), Z; "" if there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


def pid_of(look: SecondLook) -> int:
    assert isinstance(look, SampleProcess)
    assert look._child is not None
    return look._child.pid


def has_been_told(device: PersonsDevice) -> int:
    with open_device(device.home) as opened:
        return untold(opened.store)


def test_it_is_due_once_in_the_persons_own_time_and_only_for_what_nobody_has_read(device: PersonsDevice) -> None:
    now_ms = int(time.time() * 1000)
    with second_look(device) as look:
        assert not look.is_due(now_ms + 2 * DAY_S * 1000)  # nothing was kept
        device.keep("harmless")
        assert not look.is_due(now_ms)
        assert look.is_due(now_ms + DAY_S * 1000 + 60_000)
        assert device.run("audit", "every", "2d").returncode == 0
        assert not look.is_due(now_ms + DAY_S * 1000 + 60_000)
        assert device.run("audit", "every", "never").returncode == 0
        assert not look.is_due(now_ms + 90 * DAY_S * 1000)
        device.run("audit", "every", "1h")
        look.begin()
        wait_until(lambda: not look.is_running(), "It did not end", 60)
        device.keep("more that is harmless")
        assert not look.is_due(int(time.time() * 1000) + 1_800_000)


def test_it_reads_tells_by_counts_alone_and_is_told_once(device: PersonsDevice) -> None:
    device.keep(f"to {EMAIL}")
    with second_look(device) as look:
        look.begin()
        wait_until(lambda: not look.is_running(), "It did not end", 60)
    assert has_been_told(device) == 1
    assert not any(b"jane" in path.read_bytes() for path in device.root.rglob("*") if path.is_file())
    device.run("audit", "leaks", "--last")
    assert has_been_told(device) == 0


def test_it_rests_without_taking_any_time_and_goes_on(device: PersonsDevice) -> None:
    device.keep(EMAIL)
    with second_look(device) as look:
        look.begin()
        look.rest(still=True)
        wait_until(lambda: state_of(pid_of(look)) == "T", "It did not rest")
        assert look.is_running()
        look.rest(still=False)
        wait_until(lambda: not look.is_running(), "It did not end", 60)
    with open_device(device.home) as opened:
        assert len(audited(opened.store)) == 1


def test_ending_it_ends_one_that_rests_too(device: PersonsDevice) -> None:
    device.keep(EMAIL)
    with second_look(device) as look:
        look.begin()
        look.rest(still=True)
        pid = pid_of(look)
        look.end()
        assert not look.is_running()
        assert state_of(pid) == ""
        look.end()
    device.is_whole()


def test_a_recorder_that_is_killed_leaves_none_behind_not_even_one_that_rests(device: PersonsDevice) -> None:
    for number in range(3):
        device.keep(*(f"note {number} {place} about nothing much at all, at length" * 40 for place in range(120)))
    code = (
        "import sys, time; from handiwork.cli.paths import home; from handiwork.cli.device import open_device\n"
        "from handiwork.cli.second_look import SampleProcess\n"
        "with open_device(home()) as d:\n"
        "    look = SampleProcess(d.home, d.store); look.begin(); print(look._child.pid, flush=True); time.sleep(60)\n"
    )
    recorder = subprocess.Popen([sys.executable, "-c", code], env=device.env, stdout=subprocess.PIPE, text=True)
    assert recorder.stdout is not None
    child = int(recorder.stdout.readline())
    ties = "--with"
    wait_until(lambda: ties in Path(f"/proc/{child}/cmdline").read_text().split("\0"), "It did not begin")
    with open_device(device.home) as opened:
        wait_until(lambda: bool(audited(opened.store)), "It read nothing", 60)  # tied by now
    os.kill(child, 19)
    recorder.kill()
    recorder.communicate()
    wait_until(lambda: state_of(child) in ("", "Z"), "It was left behind")


def test_the_wish_is_said_and_nonsense_is_refused(device: PersonsDevice) -> None:
    assert "every 24 hours" in device.run("audit", "every").stdout
    assert "every 12 hours" in device.run("audit", "every", "12h").stdout
    assert "Nothing is read again by itself" in device.run("audit", "every", "never").stdout
    for nonsense in ("0h", "soon", "1.5d", "1000000d"):
        refuses(device.run("audit", "every", nonsense), 2, "nothing was changed")
