# SPDX-License-Identifier: Apache-2.0
"""Chromium is killed amid a recording: the recorder goes on, keeps what was there, and records the next browser."""

import os
import signal
import time
from pathlib import Path

import pytest
from tests.properties.site import field_at, served
from tests.properties.test_recorder_keeps_no_secret import POLICY, Hands

from handiwork.adapters.browser.bridge import SOCKET_NAME
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.session import VirtualSession
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.leaks import opened_segments
from handiwork.cli.paths import Home
from handiwork.model.event import Typed
from handiwork.model.geometry import Box
from handiwork.ports.control import Command

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

PAGE = "<title>Orders</title>" + "".join(field_at(number) for number in range(4))
BEFORE, AFTER = "heron counting report", "egret counting report"


def test_a_killed_browser_ends_nothing_and_its_successor_is_recorded(session: VirtualSession, tmp_path: Path) -> None:
    with Stage(tmp_path / "out") as stage, served({"/": PAGE}) as site:
        env = {**session.env, "HANDIWORK_HOME": str(stage.device)}
        policy = tmp_path / "policy.toml"
        policy.write_text(POLICY.format(site=site.url), "utf-8")
        stage.run("record", "policy", str(policy), env=env)
        stage.run("record", "consent", "--accept-as", "Test", env=env, quiet=True)
        stage.spawn("record", "start", env=env, log="recorder.log")
        socket = stage.device / "run" / SOCKET_NAME
        wait_until(socket.exists, "The recorder did not start")
        hands = Hands(session, stage)
        view = View(site.url + "/", bounds=Box(20, 40, 900, 700))
        with Chromium(session.env, view, socket_path=socket) as browser:
            hands.await_state("recording")
            wait_until(lambda: "/" in site.origins, "The page did not open")
            hands.fill(site, "/", 3, "waking up")
            hands.await_state("recording")
            hands.fill(site, "/", 0, BEFORE)
            hands.actuator.write("unfinished", 8)
            os.killpg(browser.pid, signal.SIGKILL)
            hands.await_state("out of scope")
            hands.actuator.write("nobody listens", 8)
            wait_until(lambda: hands.status().browsers == 0, "It still counts the browser")
        site.origins.clear()
        with Chromium(session.env, view, socket_path=socket):
            hands.await_state("recording")
            wait_until(lambda: "/" in site.origins, "The page did not open")
            hands.fill(site, "/", 3, "waking up")
            hands.await_state("recording")
            time.sleep(0.5)
            hands.fill(site, "/", 1, AFTER)
            account = ask(stage.device / "run" / "control.sock", Command(do="stop"))
        with open_device(Home(stage.device)) as device:
            assert all(stored.state == "closed" for stored in device.store.segments())
            events = [event for segment in opened_segments(device) for event in segment.events]
        texts = [event.text for event in events if isinstance(event, Typed)]
        assert BEFORE in texts
        assert AFTER in texts
        assert not [text for text in texts if "nobody" in text]
        assert account.events >= len(events)
