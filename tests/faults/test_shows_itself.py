# SPDX-License-Identifier: Apache-2.0
"""A real recorder on a real screen with a real tray: what is so is seen within a second, on mark and icon."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice
from tests.cli.test_recording_ends import Desk
from tests.contracts.test_tray import TRAYER, Eyes, rgb
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.adapters.x11.looks import LOOKS
from handiwork.cli.demo.stage import wait_until
from handiwork.model.geometry import Box
from handiwork.ports.indicator import State

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]


@pytest.fixture
def desk(session: VirtualSession, tmp_path: Path) -> Iterator[Desk]:
    session.start(TRAYER)
    made = Desk(session, PersonsDevice(tmp_path / "device").ready())
    yield made
    made.close()


def mark_on(display: str) -> str:
    """What the mark on the screen says."""
    desktop = X11Desktop(display)
    titles = [w.title for w in desktop.read()[-1].windows if w.app == "handiwork" and w.bounds.w > 60]
    desktop.close()
    return titles[0] if titles else ""


def seconds_until_seen(session: VirtualSession, eyes: Eyes, state: State) -> float:
    """From now until both mark and icon are of that state."""
    began = time.monotonic()
    ground = rgb(LOOKS[state].ground)
    wait_until(lambda: mark_on(session.display).startswith(f"Handiwork: {state}"), f"The mark never said {state}")
    wait_until(lambda: ground in eyes.colours(), f"The icon never said {state}")
    return time.monotonic() - began


def test_every_change_is_seen_within_a_second_and_a_click_on_the_icon_pauses(
    session: VirtualSession, desk: Desk
) -> None:
    eyes, other = Eyes(session), Program(session.display)
    desk.record()
    wait_until(lambda: bool(eyes.window()), "The icon did not dock")
    other_window = other.open("elsewhere", "Elsewhere", Box(600, 300, 300, 200))
    took = [seconds_until_seen(session, eyes, "out of scope")]
    other.close_window(other_window)
    took.append(seconds_until_seen(session, eyes, "recording"))
    eyes.click(1)
    took.append(seconds_until_seen(session, eyes, "paused"))
    assert desk.status().state == "paused"
    eyes.click(1)
    took.append(seconds_until_seen(session, eyes, "recording"))
    desk.hands.key("Pause", True)
    desk.hands.key("Pause", False)
    took.append(seconds_until_seen(session, eyes, "paused"))
    assert max(took) < 1.0, took
    eyes.close()
    other.close()
