# SPDX-License-Identifier: Apache-2.0
"""Chromium is killed amid a recording: the recorder goes on, keeps what was there, and records the next browser."""

import os
import signal
import time
from pathlib import Path

import pytest
from tests.live import allowed, at_work, policy, stored
from tests.properties.site import field_at, served

from handiwork.adapters.session import VirtualSession
from handiwork.cli.demo.stage import wait_until
from handiwork.cli.device import open_device
from handiwork.cli.paths import Home
from handiwork.model.event import Typed

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

PAGE = "<title>Orders</title>" + "".join(field_at(number) for number in range(4))
BEFORE, AFTER = "heron counting report", "egret counting report"


def test_a_killed_browser_ends_nothing_and_its_successor_is_recorded(session: VirtualSession, tmp_path: Path) -> None:
    with (
        served({"/": PAGE}) as site,
        at_work(session, tmp_path / "out", policy(allowed(site.url))) as worker,
    ):
        with worker.chromium(site.url + "/") as browser:
            worker.wake_up(site, row=3)
            worker.fill(site, "/", 0, BEFORE)
            worker.actuator.write("unfinished", 8)
            os.killpg(browser.pid, signal.SIGKILL)
            worker.await_state("out of scope")
            worker.actuator.write("nobody listens", 8)
            wait_until(lambda: worker.status().browsers == 0, "It still counts the browser")
        site.origins.clear()
        with worker.chromium(site.url + "/"):
            worker.wake_up(site, row=3)
            time.sleep(0.5)
            worker.fill(site, "/", 1, AFTER)
            account = worker.stop()
        with open_device(Home(worker.device)) as device:
            assert all(kept.state == "closed" for kept in device.store.segments())
        events = [event for segment in stored(worker.device) for event in segment.events]
        texts = [event.text for event in events if isinstance(event, Typed)]
        assert BEFORE in texts
        assert AFTER in texts
        assert not [text for text in texts if "nobody" in text]
        assert account.events >= len(events)
