# SPDX-License-Identifier: Apache-2.0
"""Property 1 for the clipboard, live: a real recorder, real windows, a real owner of the real clipboard."""

import time
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, ended
from tests.clipboard import Copier
from tests.live import Worker, allowed, at_work, policy, stored
from tests.properties.site import Site, field_at, served
from tests.windows import Program

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.demo.stage import wait_until
from handiwork.model.event import Clipboard, Surroundings
from handiwork.model.geometry import Box
from handiwork.ports.control import Command

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

POLICY = """\
name = "clipboard"
revision = 1
purposes = ["agent-training"]
[[allow]]
app = "ledger"
level = "actions"
"""


@pytest.fixture
def device(tmp_path: Path, session: VirtualSession) -> PersonsDevice:
    made = PersonsDevice(tmp_path / "home", session.env)
    made.root.mkdir(mode=0o700)
    assert made.run("record", "policy", made.policy(POLICY)).returncode == 0
    assert made.run("record", "consent", "--accept-as", "Test").returncode == 0
    return made


def test_copies_and_pastes_in_an_allowed_app_are_kept_in_any_other_not_and_nobody_is_asked(
    session: VirtualSession, device: PersonsDevice, program: Program
) -> None:
    allowed = program.open("ledger", "Ledger", Box(40, 40, 500, 400))
    other = program.open("diary", "Diary", Box(600, 40, 500, 400))
    copier, hands = Copier(session.display), X11Actuator(session.display)

    def at(window: int, state: str) -> None:
        program.activate(window)
        wait_until(lambda: device.state() == state, f"It is not {state}")
        time.sleep(0.7)  # what comes while the scope is not yet certain is not kept, by design

    def chord(name: str) -> None:
        for key, pressed in (("Control_L", True), (name, True), (name, False), ("Control_L", False)):
            hands.key(key, pressed)

    recorder = device.start("record", "start")
    try:
        at(allowed, "recording")
        copier.copy()
        time.sleep(0.5)
        chord("v")
        time.sleep(0.5)
        at(other, "out of scope")
        copier.copy()
        chord("v")
        time.sleep(0.5)
        at(allowed, "recording")
        chord("x")
        copier.copy()
        time.sleep(1.2)
        ask(device.home.sockets / "control.sock", Command(do="stop"), 20)
        assert ended(recorder).returncode == 0
    finally:
        if recorder.poll() is None:
            recorder.kill()
            recorder.communicate()
    events = [event for segment in device.segments() for event in segment.events]
    assert [event.operation for event in events if isinstance(event, Clipboard)] == ["copy", "paste", "cut"]
    assert copier.asked() == 0
    assert isinstance(events[0], Surroundings)
    copier.close()
    hands.close()


FORM = "<title>Orders</title>" + field_at(0) + field_at(1)


@pytest.mark.browser
def test_in_a_page_what_page_window_system_and_keys_tell_of_one_use_is_one_event(
    session: VirtualSession, tmp_path: Path
) -> None:
    with (
        served({"/": FORM}) as site,
        served({"/": FORM}) as other,
        at_work(session, tmp_path / "out", policy(allowed(site.url, "actions"))) as worker,
        worker.chromium(site.url + "/") as browser,
    ):
        worker.wake_up(site, row=1)
        _copy_paste_and_cut(worker, site)
        browser.open(other.url + "/")
        worker.await_page(other)
        _copy_paste_and_cut(worker, other)
        worker.press("Control_L", "w")
        worker.await_state("recording")
        time.sleep(0.5)
        worker.stop()
        events = [event for segment in stored(worker.device) for event in segment.events]
    assert [event.operation for event in events if isinstance(event, Clipboard)] == ["copy", "paste", "cut"]


def _copy_paste_and_cut(hands: Worker, site: Site) -> None:
    hands.fill(site, "/", 0, "grey heron")
    for chord in ("a", "c"):
        hands.press("Control_L", chord)
    time.sleep(0.6)
    hands.fill(site, "/", 1, "")
    for chord in ("v", "a", "x"):
        hands.press("Control_L", chord)
        time.sleep(0.6)
