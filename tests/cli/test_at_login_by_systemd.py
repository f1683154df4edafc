# SPDX-License-Identifier: Apache-2.0
"""The unit, run by a real systemd for a person who is logged in: it records in plain sight, ends in order, never loops.

A drop-in file makes systemd write what the unit says where the test can read it, and wait less before it tries again.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.person import POLICY
from tests.faults.test_shows_itself import mark_on
from tests.login import HOME, Login, why_no_login
from tests.windows import Program

from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.at_login import UNIT
from handiwork.cli.demo.stage import wait_until
from handiwork.model.geometry import Box

WHY_NOT = why_no_login()
pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120), pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]

TOLD = f"[Service]\nStandardOutput=append:{HOME}/told\nStandardError=append:{HOME}/told\nRestartSec=500ms\n"

KEPT = """
from handiwork.cli.paths import home
from handiwork.model.event import Typed
from tests.cli.person import PersonsDevice
device = PersonsDevice(home().root)
device.is_whole()
for segment in device.segments():
    print(segment.closing.recovered, [event.text for event in segment.events if isinstance(event, Typed)])
"""

TRIES = """
import ctypes, os, resource, socket
from contextlib import suppress

def may(what):
    with suppress(OSError):
        what()
        return True
    return False

def shut(flags):
    child = os.fork()
    if child == 0:
        os._exit(ctypes.CDLL(None).unshare(flags) != 0)
    return os.waitpid(child, 0)[1] == 0

print("internet", may(lambda: socket.socket(socket.AF_INET)) or may(lambda: socket.socket(socket.AF_INET6)))
print("local", may(lambda: socket.socket(socket.AF_UNIX)))
print("language model's own namespace", shut(0x50000000))
print("another namespace", shut(0x10000000 | 0x00020000))
print("privileges", "NoNewPrivs:\\t0" in open("/proc/self/status").read())
print("core", resource.getrlimit(resource.RLIMIT_CORE))
print("readable by others", bool(0o777 & ~os.umask(0) & 0o077))
hard = resource.prlimit(os.getppid(), resource.RLIMIT_MEMLOCK)[1]
print("locks what it may", resource.getrlimit(resource.RLIMIT_MEMLOCK) == (hard, hard))
"""


class Person:
    """Somebody who has agreed and installed, with an allowed window in front."""

    def __init__(self, login: Login) -> None:
        self.login = login
        (login.home / "policy.toml").write_text(POLICY, "utf-8")
        self.handiwork("record", "policy", f"{HOME}/policy.toml")
        self.handiwork("record", "consent", "--accept-as", "Test")
        self.handiwork("record", "install")
        folder = login.home / ".config/systemd/user" / f"{UNIT}.d"
        folder.mkdir()
        (folder / "told.conf").write_text(TOLD, "utf-8")
        login.systemctl("daemon-reload")
        self._window = Program(login.display)
        self._window.open("ledger", "Ledger", Box(40, 40, 500, 400))
        self.hands = X11Actuator(login.display)

    def handiwork(self, *words: str) -> str:
        done = self.login.run("handiwork", *words)
        return done.stdout + done.stderr

    def told(self) -> str:
        return (self.login.home / "told").read_text("utf-8")

    def asked(self, name: str) -> str:
        return self.login.systemctl("show", f"--property={name}", "--value", UNIT)

    def sees(self, state: str) -> None:
        """Waits for the mark on the screen to say so."""
        wait_until(lambda: mark_on(self.login.display).startswith(f"Handiwork: {state}"), f"It was never {state}")

    def kill(self) -> None:
        os.kill(int(self.asked("MainPID")), signal.SIGKILL)
        wait_until(lambda: not mark_on(self.login.display), "The mark stayed")

    def kept(self) -> list[str]:
        done = self.login.run(sys.executable, "-c", KEPT)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with Login(tmp_path_factory.mktemp("login")) as login:
        yield Person(login)


def test_at_login_it_records_in_plain_sight_and_stopped_by_systemd_it_ends_in_order(person: Person) -> None:
    person.login.begin_desktop()
    person.sees("recording")
    time.sleep(0.5)  # what comes while the scope is not yet certain is not kept, by design
    person.hands.write("march invoices", 5)
    time.sleep(2.0)  # a pause ends a run of typing, and what waits is judged
    seen = person.login.systemctl("status", UNIT)
    assert "active (running)" in seen
    assert "enabled" in seen
    person.login.systemctl("stop", UNIT)
    assert (person.asked("ActiveState"), person.asked("Result"), person.asked("ExecMainStatus")) == (
        "inactive", "success", "0",
    )  # fmt: skip
    assert person.kept() == ["False ['march invoices']"]
    assert "stopped" in person.told()
    assert "march" not in person.told() + seen


def test_killed_it_comes_back_in_sight_says_so_and_is_as_paused_as_it_was_but_not_for_ever(person: Person) -> None:
    person.login.systemctl("reset-failed", UNIT)
    person.login.systemctl("start", UNIT)
    person.sees("recording")
    assert person.handiwork("record", "pause").startswith("paused")
    person.kill()
    person.sees("paused")
    assert "It was killed, or the machine went off" in person.handiwork("record", "status")
    assert "paused, as you left it" in person.told()
    assert person.handiwork("record", "resume").startswith("recording")
    person.kill()
    person.sees("recording")
    assert person.asked("NRestarts") == "2"
    person.kill()
    wait_until(lambda: person.asked("ActiveState") == "failed", "systemd goes on trying")
    said = person.handiwork("record", "status")
    assert "No recorder is running: the last one ended by itself" in said
    assert "It was killed" in said


def test_a_stop_while_systemd_waits_to_start_it_again_is_one(person: Person) -> None:
    # Of drop-in files that say the same, the last by name holds: this comes after told.conf.
    later = person.login.home / ".config/systemd/user" / f"{UNIT}.d" / "waits-longer.conf"
    later.write_text("[Service]\nRestartSec=60\n", "utf-8")
    for words in (("daemon-reload",), ("reset-failed", UNIT), ("start", UNIT)):
        person.login.systemctl(*words)
    person.sees("recording")
    assert person.asked("RestartUSec") == "1min"
    person.kill()
    wait_until(lambda: person.asked("SubState") == "auto-restart", "systemd never waited")
    assert "won't until you log in again" in person.handiwork("record", "stop")
    assert person.asked("ActiveState") in ("inactive", "failed")
    later.unlink()


def test_what_the_unit_shuts_off_is_shut_off_and_what_it_needs_is_not(person: Person) -> None:
    (person.login.home / "tries.py").write_text(TRIES, "utf-8")
    probe = person.login.home / ".config/systemd/user" / f"{UNIT}.d" / "probe.conf"
    probe.write_text(f"[Service]\nExecStart=\nExecStart={sys.executable} {HOME}/tries.py\nType=oneshot\nRestart=no\n")
    (person.login.home / "told").unlink()
    for words in (("daemon-reload",), ("reset-failed", UNIT), ("start", UNIT)):
        person.login.systemctl(*words)
    probe.unlink()
    person.login.systemctl("daemon-reload")
    assert person.told().splitlines() == [
        "internet False",
        "local True",
        "language model's own namespace True",
        "another namespace False",
        "privileges False",
        "core (0, 0)",
        "readable by others False",
        "locks what it may True",
    ]


def test_without_an_agreement_it_ends_at_once_with_a_word_and_is_not_tried_again(person: Person) -> None:
    person.handiwork("desk", "withdraw")
    person.login.systemctl("reset-failed", UNIT)
    person.login.systemctl("start", UNIT)
    wait_until(lambda: person.asked("ActiveState") == "failed", "It did not end")
    time.sleep(1.0)  # longer than systemd would wait before another try
    assert (person.asked("ExecMainStatus"), person.asked("NRestarts")) == ("5", "0")
    assert "Recording is not allowed" in person.told()
    assert "Recording is not allowed" in person.handiwork("record", "status")


def test_uninstalled_the_next_login_starts_nothing(person: Person) -> None:
    person.handiwork("record", "uninstall")
    person.login.systemctl("stop", "desktop.target", "graphical-session.target")
    person.login.begin_desktop()
    assert person.asked("LoadState") == "not-found"
    assert person.asked("ActiveState") == "inactive"
    assert not list(Path(person.login.home).rglob(UNIT))
