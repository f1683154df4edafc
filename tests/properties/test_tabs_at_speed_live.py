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
from tests.live import Worker, allowed, at_work, colours_in, is_nowhere, policy, stored
from tests.properties.site import BLUE, PURPLE, field_at, served

from handiwork.adapters.session import VirtualSession
from handiwork.model.event import Button, Event, Observed

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
    with (
        served({"/": WORK}) as site,
        served({"/": OTHER}) as other,
        at_work(session, out, policy(allowed(site.url))) as worker,
        worker.chromium(site.url + "/") as browser,
    ):
        worker.await_state("recording")
        browser.open(other.url + "/")
        worker.await_page(other)
        _switch_about(worker)
        worker.stop()
        segments = stored(worker.device)
        yield Recording(worker.device, [event for one in segments for event in one.events], colours_in(segments))


def _switch_about(worker: Worker) -> None:
    """Sixteen visits to each tab: some too short to draw, some long enough to be kept."""
    hands = worker.actuator
    for number in range(16):
        rest = (0.01, 0.05, 0.15, 0.9)[number % 4]
        worker.chord("Control_L", "Shift_L", "Tab")
        for step in range(4):
            hands.move(600 + step, 420)
        _press(worker)
        time.sleep(rest)
        _press(worker)  # in the middle of a long visit: this one may be kept
        time.sleep(rest)
        worker.chord("Control_L", "Tab")
        for step in range(4):
            hands.move(PLACES[0] + step, 430)
        _press(worker)
        hands.write(SECRETS[0], 4)
        time.sleep(rest)


def _press(worker: Worker) -> None:
    worker.actuator.button(1, True)
    worker.actuator.button(1, False)


def test_visits_to_the_allowed_page_are_kept(recording: Recording) -> None:
    assert any(isinstance(event, Observed) for event in recording.events)
    assert any(isinstance(event, Button) and event.x >= 600 for event in recording.events)
    assert any(blue - max(red, green) > 120 for red, green, blue in recording.colours)


@pytest.mark.parametrize("word", SECRETS)
def test_no_word_typed_or_shown_on_the_other_page_is_anywhere(recording: Recording, word: str) -> None:
    is_nowhere(recording.device, word)


def test_no_picture_shows_the_other_page(recording: Recording) -> None:
    assert PURPLE not in recording.colours
    assert not any(abs(red - blue) < 12 and red > 90 and green < 40 for red, green, blue in recording.colours)


def test_no_click_meant_for_the_other_page_is_kept(recording: Recording) -> None:
    assert [event for event in recording.events if isinstance(event, Button) and event.x in PLACES] == []
