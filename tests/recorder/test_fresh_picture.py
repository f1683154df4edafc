# SPDX-License-Identifier: Apache-2.0
"""After something secret, nothing of a surface at level full is kept until a new, whole picture of it is."""

from collections.abc import Callable

import msgspec
import pytest
from tests.properties.harness import CHAR, POLICY, WINDOW, Life

from handiwork.model.event import Button, Event, Frame, Gap, Key, Moved, Note, Skips, Surroundings, Typed
from handiwork.model.policy import Allow, Frames
from handiwork.ports.power import News
from handiwork.recorder.pictures.fresh import PATIENCE_MS, WAITING

NOT_OF_THE_SURFACE = (Gap, Note, Skips, Surroundings)


def busy(life: Life, milliseconds: int) -> None:
    """The person clicks and types all the while."""
    until = life.clock.now + milliseconds
    while life.clock.now < until:
        life.work()
        life.pass_time(100)


def after_gap(events: list[Event]) -> list[Event]:
    """What was kept after the last gap, in the order in which it was written."""
    last = max(place for place, event in enumerate(events) if isinstance(event, Gap))
    return [event for event in events[last:] if not isinstance(event, NOT_OF_THE_SURFACE)]


def is_whole(frame: Frame) -> bool:
    return sum(tile.bounds.area for tile in frame.tiles) == frame.region.area == WINDOW.area


@pytest.mark.parametrize("secret", ["password field", "locked", "suspended"])
def test_the_first_thing_kept_after_a_secret_is_a_whole_picture_taken_after_it(secret: str) -> None:
    life = Life()
    life.interface.mute = True  # what a program shows is told anew with the picture
    life.pass_time(500)
    busy(life, 1_000)
    begin, end = _secret(life, secret)
    begin()
    busy(life, 1_500)
    end()
    over = life.clock.now
    busy(life, 3_000)
    events = life.finish()
    gaps = [event for event in events if isinstance(event, Gap)]
    assert secret in [gap.reason for gap in gaps]
    first = after_gap(events)[0]
    assert isinstance(first, Frame), first
    assert first.t >= over
    assert is_whole(first)
    deeds = [event for event in events if isinstance(event, Button | Key | Moved | Typed) and event.t >= over]
    assert deeds
    assert all(event.t >= first.t for event in deeds)


def test_what_came_between_is_counted() -> None:
    life = Life()
    life.pass_time(500)
    busy(life, 500)
    life.become(secret=True)
    busy(life, 600)
    life.become(secret=False)
    busy(life, 3_000)
    life.finish()
    assert sum(count for _, _, reason, count in life.store.skips() if reason == WAITING) > 0


def test_where_no_picture_may_be_taken_any_more_work_goes_on_and_the_gap_says_so() -> None:
    life = Life(policy=msgspec.structs.replace(POLICY, frames=Frames(per_hour=1)))
    life.pass_time(500)
    life.work()
    life.pass_time(800)
    life.become(secret=True)
    busy(life, 600)
    life.become(secret=False)
    over = life.clock.now
    busy(life, PATIENCE_MS + 3_000)
    events = life.finish()
    deeds = [event for event in events if isinstance(event, Button) and event.t > over]
    assert deeds
    assert over + PATIENCE_MS <= deeds[0].t <= over + PATIENCE_MS + 1_000
    assert [event.reason for event in events if isinstance(event, Gap)][-1] == (
        "password field, then no picture could be had"
    )
    assert not [event for event in events if isinstance(event, Frame) and event.t > over]


def test_while_frames_are_shed_nobody_waits_for_one() -> None:
    life = Life()
    life.pass_time(500)
    busy(life, 500)
    life.meter.cpu += 60
    life.pass_time(1_500)
    life.become(secret=True)
    busy(life, 600)
    life.become(secret=False)
    over = life.clock.now
    busy(life, 1_000)
    events = life.finish()
    assert min(event.t for event in events if isinstance(event, Button) and event.t >= over) < over + 300
    assert "then no picture could be had" in [event.reason for event in events if isinstance(event, Gap)][-1]


def test_another_window_that_was_in_front_needs_no_new_picture() -> None:
    life = Life()
    life.pass_time(500)
    busy(life, 500)
    life.become(front="mail")
    busy(life, 600)
    life.become(front="notes")
    over = life.clock.now
    busy(life, 1_000)
    events = life.finish()
    assert min(event.t for event in events if isinstance(event, Button) and event.t >= over) < over + 300


def test_a_level_without_pictures_waits_for_none() -> None:
    life = Life(policy=msgspec.structs.replace(POLICY, allow=(Allow(app="notes", level="actions+text", words="open"),)))
    life.pass_time(500)
    busy(life, 500)
    life.become(secret=True)
    busy(life, 600)
    life.become(secret=False)
    over = life.clock.now
    busy(life, 1_000)
    events = life.finish()
    assert min(event.t for event in events if isinstance(event, Button) and event.t >= over) < over + 300
    assert any(CHAR in event.text for event in events if isinstance(event, Typed))


def _secret(life: Life, secret: str) -> tuple[Callable[[], None], Callable[[], None]]:
    if secret == "password field":
        return lambda: life.become(secret=True), lambda: life.become(secret=False)
    if secret == "locked":
        return lambda: life.become(locked=True), lambda: life.become(locked=False)
    sleeps: tuple[News, News] = ("sleep", "wake")
    return lambda: life.power.put(sleeps[0]), lambda: life.power.put(sleeps[1])
