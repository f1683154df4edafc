# SPDX-License-Identifier: Apache-2.0
"""Tabs switched at speed between an allowed and another site, under the real recorder: nothing of the other is kept.

The person types and clicks without waiting for anything, on a machine that may lag behind. The allowed page has no
field, so that a letter that reaches it too early or too late is lost there too.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.properties.site import field_at, served
from tests.properties.test_accounts_and_revisions_live import BLUE, PURPLE, SITE, Worker

from handiwork.adapters.browser.bridge import SOCKET_NAME
from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.session import VirtualSession
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.leaks import leaks_in_files, leaks_in_segments, opened_segments
from handiwork.cli.paths import Home
from handiwork.derive.frames import rebuild
from handiwork.model.event import Button, Event, Frame, Observed
from handiwork.model.geometry import Box
from handiwork.ports.control import Command

pytestmark = [pytest.mark.desktop, pytest.mark.browser, pytest.mark.timeout(170)]

SECRETS = ("quokkaword", "Wombatheadline", "Numbattitle")
PLACES = range(500, 520)
"""Columns in which the person clicks while the other tab is wanted, and nowhere else."""

WORK = f'<title>Work</title><h1 style="left:400px;top:20px;width:380px;color:rgb{BLUE}">Weekly harvest overview</h1>'
OTHER = (
    f'<title>{SECRETS[2]}</title><h1 style="left:400px;top:20px;width:380px;color:rgb{PURPLE}">{SECRETS[1]}</h1>'
    + field_at(0).replace("<input", "<input autofocus")
)


@dataclass
class Recording:
    device: Path
    events: list[Event]
    colours: set[tuple[int, ...]]


@pytest.fixture(scope="module")
def recording(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    out = tmp_path_factory.mktemp("tabs") / "out"
    with Stage(out) as stage, served({"/": WORK}) as site, served({"/": OTHER}) as other:
        worker = Worker(session, stage, out)
        worker.policy(1, SITE.format(site=site.url))
        worker.agree()
        stage.spawn("record", "start", env=worker.env, log="recorder.log")
        socket = stage.device / "run" / SOCKET_NAME
        wait_until(socket.exists, "The recorder did not start")
        view = View(site.url + "/", bounds=Box(20, 40, 900, 700))
        with Chromium(session.env, view, socket_path=socket) as browser:
            worker.await_state("recording")
            browser.open(other.url + "/")
            wait_until(lambda: "/" in other.origins, "The other page did not open")
            _switch_about(worker)
            ask(stage.device / "run" / "control.sock", Command(do="stop"))
        with open_device(Home(stage.device)) as device:
            segments = list(opened_segments(device))
        events = [event for segment in segments for event in segment.events]
        frames = [[event for event in segment.events if isinstance(event, Frame)] for segment in segments]
        yield Recording(stage.device, events, set().union(*map(colours_in, frames)))


def _switch_about(worker: Worker) -> None:
    """Sixteen visits to each tab: some too short to draw, some long enough to be kept."""
    hands = worker.actuator
    for number in range(16):
        rest = (0.01, 0.05, 0.15, 0.9)[number % 4]
        _keys(worker, "Control_L", "Shift_L", "Tab")
        for step in range(4):
            hands.move(600 + step, 420)
        _press(worker)
        time.sleep(rest)
        _press(worker)  # in the middle of a long visit: this one may be kept
        time.sleep(rest)
        _keys(worker, "Control_L", "Tab")
        for step in range(4):
            hands.move(PLACES[0] + step, 430)
        _press(worker)
        hands.write(SECRETS[0], 4)
        time.sleep(rest)


def _keys(worker: Worker, *names: str) -> None:
    for name in names:
        worker.actuator.key(name, True)
    for name in reversed(names):
        worker.actuator.key(name, False)


def _press(worker: Worker) -> None:
    worker.actuator.button(1, True)
    worker.actuator.button(1, False)


def colours_in(frames: list[Frame]) -> set[tuple[int, ...]]:
    pictures = rebuild(frames, range(len(frames)), WebpPictures().decode).values()
    return {tuple(map(int, colour)) for pixels in pictures for colour in pixels[::2, ::2].reshape(-1, 3)}


def test_visits_to_the_allowed_page_are_kept(recording: Recording) -> None:
    assert any(isinstance(event, Observed) for event in recording.events)
    assert any(isinstance(event, Button) and event.x >= 600 for event in recording.events)
    assert any(blue - max(red, green) > 120 for red, green, blue in recording.colours)


@pytest.mark.parametrize("word", SECRETS)
def test_no_word_typed_or_shown_on_the_other_page_is_anywhere(recording: Recording, word: str) -> None:
    with open_device(Home(recording.device)) as device:
        assert leaks_in_segments(device, [word]) == []
    assert leaks_in_files(recording.device, [word]) == []


def test_no_picture_shows_the_other_page(recording: Recording) -> None:
    assert PURPLE not in recording.colours
    assert not any(abs(red - blue) < 12 and red > 90 and green < 40 for red, green, blue in recording.colours)


def test_no_click_meant_for_the_other_page_is_kept(recording: Recording) -> None:
    assert [event for event in recording.events if isinstance(event, Button) and event.x in PLACES] == []
