# SPDX-License-Identifier: Apache-2.0
"""When a picture is wanted: often while somebody acts, seldom while a page moves by itself, and always at an onset."""

from handiwork.model.policy import Frames
from handiwork.recorder.pictures.frames import REST_MS, FrameClock


def pictures(clock: FrameClock, since: int, until: int, settles_every: int) -> list[int]:
    """When pictures are taken, looking every 10 ms, of a page that comes to rest every so often."""
    taken = []
    for now in range(since, until, 10):
        if now % settles_every == 0:
            clock.settled(now + 80)
        if clock.take(now):
            taken.append(now)
    return taken


def test_a_page_that_changes_after_an_act_is_looked_at_once_it_rests() -> None:
    clock = FrameClock(Frames())
    clock.acted(50_000)
    assert clock.take(50_000) == "onset"
    clock.settled(50_400)
    assert clock.take(50_400) == "settled"


def test_a_clock_in_a_page_costs_fewer_and_fewer_pictures_while_nobody_acts() -> None:
    clock = FrameClock(Frames())
    clock.acted(50_000)
    taken = pictures(clock, 50_000, 170_000, settles_every=1_000)
    assert 10 <= len(taken) <= 20
    assert taken[-1] - taken[-2] >= REST_MS
    assert taken[3] - taken[2] < REST_MS


def test_whoever_acts_again_brings_a_picture_of_the_onset_though_another_is_planned_for_later() -> None:
    clock = FrameClock(Frames())
    clock.acted(50_000)
    pictures(clock, 50_000, 100_000, settles_every=1_000)
    clock.settled(100_080)
    clock.moved(100_100)
    assert clock.take(100_100) == "onset"


def test_typing_after_a_rest_is_an_onset_and_typing_on_is_none() -> None:
    clock = FrameClock(Frames())
    clock.acted(50_000)
    assert clock.take(50_000) == "onset"
    for time in range(50_100, 52_000, 100):
        clock.acted(time)
        assert clock.take(time) == ""
    clock.acted(53_000)
    assert clock.take(53_000) == "onset"


def test_what_shows_the_result_of_an_act_is_not_given_up_for_the_onset_of_the_next() -> None:
    clock = FrameClock(Frames())
    clock.moved(50_000)
    clock.take(50_000)
    clock.want(50_460, "after")
    clock.moved(50_400)
    assert clock.take(50_400) == ""
    assert clock.take(50_460) == "after"
