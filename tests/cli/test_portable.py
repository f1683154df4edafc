# SPDX-License-Identifier: Apache-2.0
"""The portable backend in a real recording: what it is sure of is kept, what it can't be sure of is not."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, ended
from tests.windows import Program

from handiwork.adapters.portable.input import LATE_MS
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.backend import input_and_screen, refuse_other_systems
from handiwork.cli.demo.stage import wait_until
from handiwork.model.errors import MissingPiece
from handiwork.model.event import Typed
from handiwork.model.geometry import Box
from handiwork.rules.gate import GUARD_MS, HOLD_MS

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


class Desk:
    """An allowed window and one that isn't, a recorder on the portable backend, two hands."""

    def __init__(self, session: VirtualSession, device: PersonsDevice) -> None:
        self.device = device
        device.more = session.env
        self.program, self.other = Program(session.display), Program(session.display)
        self.allowed = self.program.open("ledger", "Ledger", Box(40, 40, 500, 400))
        self.private = self.other.open("diary", "Diary", Box(600, 40, 500, 400))
        self.hands = X11Actuator(session.display)
        self.recorder = device.start("record", "start", "--backend", "portable")
        wait_until(lambda: self.device.state() != "" or self.recorder.poll() is not None, "It did not start")
        assert self.recorder.poll() is None, ended(self.recorder)

    def bring_up(self, window: int, state: str) -> None:
        self.program.activate(window)
        wait_until(lambda: self.device.state() == state, f"It is not {state}")

    def wait_for_certainty(self) -> None:
        """As long as an event's time may be late, and the usual guard: only then can anything be kept."""
        time.sleep((LATE_MS + GUARD_MS + HOLD_MS) / 1000)

    def close(self) -> None:
        if self.recorder.poll() is None:
            self.recorder.kill()
        self.recorder.communicate()
        self.program.close()
        self.other.close()


@pytest.fixture
def desk(session: VirtualSession, tmp_path: Path) -> Iterator[Desk]:
    pytest.importorskip("mss", reason="the portable backend's libraries are not the recorder's")
    made = Desk(session, PersonsDevice(tmp_path / "device").ready())
    yield made
    made.close()


def typed(device: PersonsDevice) -> str:
    return " ".join(event.text for segment in device.segments() for event in segment.events if isinstance(event, Typed))


def test_what_was_typed_where_it_may_be_is_kept_and_what_came_soon_before_is_not(desk: Desk) -> None:
    desk.bring_up(desk.private, "out of scope")
    desk.hands.write("diary words", 5)
    desk.bring_up(desk.allowed, "recording")
    desk.hands.write("too soon", 5)
    desk.wait_for_certainty()
    desk.hands.write("march totals", 5)
    wait_until(lambda: "march totals" in desk.device.on_disk(), "It was not kept")
    assert desk.device.run("record", "stop").returncode == 0
    assert desk.recorder.wait(20) == 0
    assert typed(desk.device) == "march totals"
    assert {segment.header.recorder_version.split("+")[-1] for segment in desk.device.segments()} == {"portable"}


def test_what_it_hears_after_it_was_held_up_is_dropped_and_counted(desk: Desk) -> None:
    desk.bring_up(desk.allowed, "recording")
    desk.wait_for_certainty()
    subprocess.run(["kill", "-STOP", str(desk.recorder.pid)], check=True)
    desk.program.activate(desk.private)
    desk.hands.write("diary words", 5)
    desk.program.activate(desk.allowed)
    time.sleep((LATE_MS + GUARD_MS + HOLD_MS) / 1000)
    subprocess.run(["kill", "-CONT", str(desk.recorder.pid)], check=True)
    wait_until(lambda: desk.device.status().lost >= len("diary words"), "It did not notice")
    desk.wait_for_certainty()
    desk.hands.write("march", 5)
    wait_until(lambda: "march" in desk.device.on_disk(), "It was not kept")
    assert desk.device.run("record", "stop").returncode == 0
    assert typed(desk.device) == "march"


@pytest.mark.parametrize("platform", ["win32", "darwin", "freebsd14"])
def test_on_other_systems_nothing_is_recorded_and_the_reason_is_told(platform: str) -> None:
    with pytest.raises(MissingPiece, match="which window is in front") as refused:
        refuse_other_systems(platform)
    assert "X11" in refused.value.do


def test_without_a_session_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("mss", reason="the portable backend's libraries are not the recorder's")
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(MissingPiece):
        input_and_screen("portable")
