# SPDX-License-Identifier: Apache-2.0
"""Property 10 under attack: a recorder that the system doesn't let run for seconds, while input pours in.

A real recorder in a private session is stopped by SIGSTOP amid a known number of moves, clicks and keys. Afterwards
each of them is kept, or counted in the account, in the ledger and in a mark in its segment; all three agree.
"""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, ended
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11.extensions import xtest_fake
from handiwork.adapters.x11.wire import Connection
from handiwork.cli.demo.stage import wait_until
from handiwork.cli.device import open_device
from handiwork.model.event import Button, Event, Key, Lost, Moved
from handiwork.model.geometry import Box
from handiwork.ports.control import Status

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

POLICY = """\
name = "starved"
revision = 1
purposes = ["agent-training"]
[[allow]]
app = "ledger"
level = "full"
[cost]
cpu_percent = 100.0
delay_ms = 1000.0
"""
MOVE, PRESS, RELEASE, KEY_DOWN, KEY_UP = 6, 4, 5, 2, 3
TAB = 23


class Flood:
    """So many events a second, a click and a key among every forty moves; all of them counted."""

    def __init__(self, display: str) -> None:
        self._link = Connection(display)
        self._test = self._link.require("XTEST")
        self.sent: Counter[str] = Counter()

    def pour(self, per_second: int, seconds: float) -> None:
        begin, before = time.monotonic(), self.sent["all"]
        while (since := time.monotonic() - begin) < seconds:
            while self.sent["all"] - before < per_second * since:
                self._one()
            self._link.flush()
            self._link.pump()
            time.sleep(0.004)
        while self.sent["all"] % 44:
            self._one()  # nothing stays pressed
        self._link.settle()

    def _one(self) -> None:
        turn = self.sent["all"] % 44
        self.sent["all"] += 1
        if turn < 40:
            self.sent["moves"] += 1
            place = self.sent["moves"] % 400
            self._link.send(xtest_fake(self._test, MOVE, 0, self._link.screen.root, 60 + place, 100 + turn))
        else:
            kind = (PRESS, RELEASE, KEY_DOWN, KEY_UP)[turn - 40]
            self.sent["keys" if kind == KEY_DOWN else "buttons" if turn < 42 else "releases"] += 1
            self._link.send(xtest_fake(self._test, kind, 1 if turn < 42 else TAB))


@pytest.fixture
def starting(tmp_path: Path) -> Iterator[tuple[VirtualSession, PersonsDevice]]:
    with VirtualSession() as session:
        device = PersonsDevice(tmp_path / "home", session.env)
        device.root.mkdir(mode=0o700)
        assert device.run("record", "policy", device.policy(POLICY)).returncode == 0
        assert device.run("record", "consent", "--accept-as", "Test").returncode == 0
        program = Program(session.display)
        program.open("ledger", "Ledger", Box(40, 40, 600, 500))
        yield session, device
        program.close()


@pytest.mark.parametrize(("per_second", "stopped"), [(1_000, 2.0), (8_000, 3.0)])
def test_all_that_a_stopped_recorder_could_not_take_in_is_counted_and_marked(
    starting: tuple[VirtualSession, PersonsDevice], per_second: int, stopped: float
) -> None:
    session, device = starting
    recorder = device.start("record", "start")
    try:
        wait_until(lambda: device.state() == "recording" or recorder.poll() is not None, "It did not record")
        time.sleep(0.6)  # what comes while the scope is not yet certain is not kept, by design
        flood = Flood(session.display)
        flood.pour(per_second, 0.5)
        recorder.send_signal(signal.SIGSTOP)
        flood.pour(per_second, stopped)
        recorder.send_signal(signal.SIGCONT)
        flood.pour(per_second, 0.5)
        account = _when_quiet(device)
        recorder.send_signal(signal.SIGINT)
        done = ended(recorder)
        assert done.returncode == 130, done
    finally:
        if recorder.poll() is None:
            recorder.kill()
            recorder.communicate()
    events = [event for segment in device.segments() for event in segment.events]
    _agree(flood.sent, events, account, _ledger(device))


def _agree(sent: Counter[str], events: list[Event], account: Status, ledger: Counter[str]) -> None:
    marks = [event for event in events if isinstance(event, Lost)]
    moves = sum(len(event.path) for event in events if isinstance(event, Moved))
    buttons = sum(isinstance(event, Button) for event in events)
    keys = sum(isinstance(event, Key) for event in events)
    lost = sum(mark.count for mark in marks)
    print(f"sent {dict(sent)}; kept {moves} moves, {buttons} buttons, {keys} keys; lost {lost}")
    assert account.lost == lost == ledger["lost"]
    assert moves + sum(mark.moves for mark in marks) == sent["moves"]
    deeds = sum(mark.deeds for mark in marks)
    assert deeds == 0, "moves go first"
    # While the window manager gives the keyboard back to a window that was clicked, a key is nobody's, and counted so.
    elsewhere = ledger["keyboard elsewhere"]
    assert (buttons, keys + elsewhere) == (sent["buttons"], sent["keys"])
    assert elsewhere <= keys // 20
    assert set(ledger) <= {"lost", "keyboard elsewhere"}, "nothing else was dropped"


def _when_quiet(device: PersonsDevice) -> Status:
    """The account, once nothing has been added to it for a while."""
    before, now = None, device.status(30)
    while before is None or (before.events, before.lost, before.skipped) != (now.events, now.lost, now.skipped):
        time.sleep(1.2)
        before, now = now, device.status(30)
    return now


def _ledger(device: PersonsDevice) -> Counter[str]:
    with open_device(device.home) as opened:
        found: Counter[str] = Counter()
        for _, stream, reason, count in opened.store.skips():
            if stream != "pixels":
                found[reason] += count
    return found
