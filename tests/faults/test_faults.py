# SPDX-License-Identifier: Apache-2.0
"""Real things break around a real recorder: it goes on, or stops with a word; every segment can be opened after.

SIGKILL, a full disk, Ctrl-C and a killed X server are in tests/cli/test_recording_ends.py.
"""

import os
import re
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from tests.cli.person import POLICY, PersonsDevice, ended, refuses
from tests.cli.test_recording_ends import Desk, typed
from tests.contracts.test_tray import TRAYER, Eyes
from tests.faults.test_shows_itself import mark_on
from tests.logind import PrivateBus, StandInLogind

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.cli.demo.stage import wait_until
from handiwork.model.event import Gap

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(150)]


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Desk]:
    """A desk in a session of its own, for what would take a shared one along."""
    with VirtualSession() as started:
        made = Desk(started, PersonsDevice(tmp_path / "device").ready())
        yield made
        made.close()


@pytest.fixture
def desk(session: VirtualSession, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(session, PersonsDevice(tmp_path / "device").ready())
    yield made
    made.close()


def stopped(desk: Desk, recorder: "subprocess.Popen[str]") -> None:
    """Stopped in order, and whatever is in the journal can be opened."""
    assert desk.device.run("record", "stop").returncode == 0
    done = ended(recorder)
    assert done.returncode == 0, done.stderr
    assert desk.device.segments()
    desk.device.is_whole()


def test_starved_for_seconds_it_goes_on_and_loses_nothing_silently(desk: Desk) -> None:
    recorder = desk.record()
    desk.work("march invoices")
    recorder.send_signal(signal.SIGSTOP)
    desk.type("april ")
    time.sleep(4)
    recorder.send_signal(signal.SIGCONT)
    wait_until(lambda: desk.status_is("recording"), "It did not go on")
    time.sleep(1)
    desk.work("may invoices")
    status = desk.status()
    stopped(desk, recorder)
    kept = typed(desk.device)
    assert "march invoices" in kept
    assert "may invoices" in kept
    assert "april" in kept or status.skipped + status.lost >= len("april ")


def test_the_accessibility_bus_goes_and_it_stops_since_password_fields_can_not_be_told(private: Desk) -> None:
    recorder = private.record()
    private.work("march invoices")
    os.kill(accessibility_bus(private), signal.SIGKILL)
    seen = [""]

    def shows_trouble() -> bool:
        seen[0] = mark_on(private.session.display)
        return seen[0].startswith("Handiwork: trouble")

    wait_until(shows_trouble, "The mark did not say so")
    private.type("april ")
    refuses(ended(recorder), 4, "accessibility bus is gone", "password fields can't be told")
    refuses(private.device.run("record", "status"), 4, "ended by itself", "accessibility bus is gone", "log out and in")
    assert typed(private.device) == "march invoices"
    assert [segment.closing.recovered for segment in private.device.segments()] == [False]
    private.device.is_whole()


def test_whoever_destroys_the_mark_ends_the_recording(desk: Desk) -> None:
    recorder = desk.record()
    desk.work("march invoices")
    eyes = Eyes(desk.session)
    desktop = X11Desktop(desk.session.display)
    (mark,) = [window.xid for window in desktop.read()[-1].windows if window.title.startswith("Handiwork: ")]
    desktop.close()
    eyes.program.close_window(mark)
    desk.type("april ")
    refuses(ended(recorder), 4, "mark on the screen", "nothing after this moment was kept")
    assert typed(desk.device).startswith("march invoices")
    desk.device.is_whole()
    eyes.close()


def test_a_tray_that_is_killed_changes_nothing(desk: Desk) -> None:
    trayer = desk.session.start(TRAYER)
    recorder = desk.record()
    eyes = Eyes(desk.session)
    wait_until(lambda: bool(eyes.window()), "The icon did not dock")
    desk.work("march invoices")
    trayer.kill()
    trayer.wait()
    desk.work("april invoices")
    assert mark_on(desk.session.display) == "Handiwork: recording"
    wait_until(lambda: not desk.status().tray, "It did not notice")
    eyes.close()
    stopped(desk, recorder)


def test_the_laptop_s_lid_closes_and_opens(desk: Desk, tmp_path: Path) -> None:
    with PrivateBus(tmp_path) as bus:
        logind = StandInLogind(bus.address)
        desk.device.more = {**desk.device.more, "DBUS_SYSTEM_BUS_ADDRESS": bus.address}
        recorder = desk.record()
        desk.work("march invoices")
        wait_until(lambda: bool(logind.inhibitors), "It did not ask to be waited for")
        logind.prepare_for_sleep(True)
        assert logind.let_go(0)
        assert mark_on(desk.session.display) == "Handiwork: paused (suspended)"
        desk.type("april ")
        time.sleep(1)
        logind.prepare_for_sleep(False)
        wait_until(lambda: desk.status_is("recording"), "It did not go on")
        time.sleep(0.7)
        desk.work("may invoices")
        bus.kill()  # who told of sleep is gone: it goes on, by the clocks
        desk.work("june invoices")
        logind.close()
    stopped(desk, recorder)
    kept = typed(desk.device)
    assert "march invoices" in kept
    assert "april" not in kept
    assert "june invoices" in kept
    gaps = [event.reason for segment in desk.device.segments() for event in segment.events if isinstance(event, Gap)]
    assert "suspended" in gaps


def test_a_screen_locked_by_its_session_pauses_it(desk: Desk, tmp_path: Path) -> None:
    with PrivateBus(tmp_path) as bus:
        logind = StandInLogind(bus.address)
        desk.device.more = {**desk.device.more, "DBUS_SYSTEM_BUS_ADDRESS": bus.address}
        recorder = desk.record()
        logind.hint(True)
        wait_until(lambda: mark_on(desk.session.display) == "Handiwork: paused (locked)", "It did not pause")
        assert desk.device.run("record", "resume").returncode == 0
        assert desk.status().state == "paused"
        desk.type("april ")
        logind.hint(False)
        wait_until(lambda: desk.status_is("recording"), "It did not go on")
        time.sleep(0.7)
        desk.work("may invoices")
        logind.close()
    stopped(desk, recorder)
    assert "april" not in typed(desk.device)


def test_working_hours_that_come_into_force_pause_at_once_and_a_resume_changes_nothing(desk: Desk) -> None:
    recorder = desk.record()
    desk.work("march invoices")
    events = desk.status().events
    other = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(time.localtime().tm_wday + 3) % 7]
    text = POLICY.replace("revision = 1", "revision = 2")
    hours = f'[hours]\ndays = ["{other}"]\nfrom = "10:00"\nto = "11:00"\n'
    assert desk.device.run("record", "policy", desk.device.policy(text + hours)).returncode == 0
    wait_until(lambda: mark_on(desk.session.display) == "Handiwork: paused (outside hours)", "It did not pause")
    assert "paused (outside hours)" in desk.device.run("record", "resume").stdout
    desk.type("april ")
    time.sleep(1)
    assert desk.status().events == events
    stopped(desk, recorder)
    assert typed(desk.device) == "march invoices"


def accessibility_bus(desk: Desk) -> int:
    """The process of the session's accessibility bus: it names itself on the command line of its launcher's child."""
    bus = open_dbus_connection(desk.session.env["DBUS_SESSION_BUS_ADDRESS"])
    ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
    path = re.search(r"unix:path=([^,]+)", bus.send_and_get_reply(ask).body[0])
    bus.close()
    assert path is not None
    return peer(path[1])


def peer(path: str) -> int:
    """Who listens on that socket."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        return int(struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0])
