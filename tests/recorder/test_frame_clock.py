# SPDX-License-Identifier: Apache-2.0
"""When a picture is wanted: often while somebody acts, seldom while a page moves by itself, and always at an onset."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from handiwork.model.policy import Frames
from handiwork.recorder.pictures.clock import FUTILE_MOST, FUTILE_MS, KNOWN_MS, REST_MS, FrameClock, Outcome

OUTCOMES: tuple[Outcome, Outcome] = ("new", "nothing new")


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


def with_a_page(taken_at: int) -> FrameClock:
    """Somebody works at a page that tells when it changes; a picture of it was just taken, and was kept."""
    clock = FrameClock(Frames())
    clock.page.tells = True
    clock.acted(taken_at)
    assert clock.take(taken_at) == "onset"
    clock.pictured("new")
    return clock


def worked(clock: FrameClock, since: int, until: int, outcome: Outcome) -> list[int]:
    """When pictures are taken of a page that changes twice a second while somebody works, each with that outcome."""
    taken = []
    for now in range(since, until, 10):
        if now % 500 == 0:
            clock.acted(now)
            clock.page_told(now, now + 80)
        if clock.take(now):
            clock.pictured(outcome)
            taken.append(now)
    return taken


def test_pictures_that_show_nothing_new_come_further_and_further_apart_and_no_further_than_a_limit() -> None:
    news, nothing = (worked(with_a_page(50_000), 50_500, 80_000, outcome) for outcome in OUTCOMES)
    assert len(nothing) < len(news) / 3
    gaps = [after - before for before, after in pairwise(nothing)]
    assert max(gaps) <= FUTILE_MS * FUTILE_MOST + 1_000


def test_what_was_judged_to_be_new_is_pictured_at_once_however_many_showed_nothing_before() -> None:
    clock = with_a_page(50_000)
    last = worked(clock, 50_500, 70_250, "nothing new")[-1]
    clock.acted(70_500)
    clock.page_told(70_500, 70_580)
    assert last + FUTILE_MS < 70_830 < last + FUTILE_MS * FUTILE_MOST
    assert clock.take(70_830) == ""
    clock.page_judged(70_500, 70_830, anew=True)
    assert clock.take(70_830) == "settled"


def test_an_onset_brings_no_picture_of_a_page_that_told_of_nothing_since_the_last_and_soon_does_again() -> None:
    clock = with_a_page(50_000)
    clock.moved(51_000)
    assert clock.take(51_000) == ""
    clock.moved(50_000 + KNOWN_MS)
    assert clock.take(50_000 + KNOWN_MS) == "onset"


@pytest.mark.parametrize(("told", "judged", "why"), [(50_600, -1, "onset"), (50_600, 50_600, "")])
def test_what_a_page_told_speaks_for_a_picture_of_the_onset_until_it_is_known_to_be_nothing_new(
    told: int, judged: int, why: str
) -> None:
    clock = with_a_page(50_000)
    for _ in range(FUTILE_MOST):
        clock.pictured("nothing new")
    clock.page_told(told, told + 80)
    if judged >= 0:
        clock.page_judged(judged, 50_900, anew=False)
    clock.moved(50_950)
    assert clock.take(50_950) == why


def test_an_onset_is_pictured_where_the_last_picture_could_not_be_kept() -> None:
    clock = with_a_page(50_000)
    clock.pictured("failed")
    clock.moved(51_000)
    assert clock.take(51_000) == "onset"


def test_an_onset_is_pictured_where_nothing_tells_of_changes() -> None:
    clock = with_a_page(50_000)
    clock.page.tells = False
    clock.moved(51_000)
    assert clock.take(51_000) == "onset"


def test_a_pointer_that_moves_after_a_rest_wants_a_frame_and_one_that_goes_on_does_not() -> None:
    clock = FrameClock(Frames(min_interval_ms=0))
    clock.moved(1_000)
    assert clock.take(1_000) == "onset"
    clock.moved(1_010)
    assert clock.take(1_010) == ""


def test_a_frame_that_others_wait_for_is_not_put_off() -> None:
    clock = FrameClock(Frames(min_interval_ms=0))
    clock.want(1_000, "resumed")
    clock.want(1_100, "after")
    assert clock.take(1_000) == "resumed"
    clock.want(1_200, "after")
    clock.want(1_300, "after")
    assert clock.take(1_200) == ""


def test_frames_keep_their_distance_and_their_hourly_budget() -> None:
    clock = FrameClock(Frames(min_interval_ms=100, per_hour=2))
    taken = []
    for now in range(0, 1_000, 10):
        clock.want(now, "settled")
        if clock.take(now):
            taken.append(now)
    assert taken == [0, 100]


def taken_while_typing(keys: Sequence[int], until: int) -> list[tuple[int, str]]:
    """When frames are taken of a page that changes with each key, and why."""
    clock, taken = FrameClock(Frames(min_interval_ms=100, per_hour=3_600)), []
    for now in range(0, until, 10):
        if now in keys:
            clock.acted(now)
        if now - 20 in keys:
            clock.settled(now + 80)
        if why := clock.take(now):
            taken.append((now, why))
    return taken


def test_a_run_of_typing_is_seen_as_it_begins_and_when_it_is_over() -> None:
    assert taken_while_typing(range(1_000, 2_000, 100), 4_000) == [(1_000, "onset"), (2_150, "settled")]


def test_a_long_run_of_typing_is_seen_every_two_seconds_too() -> None:
    times = [now for now, _ in taken_while_typing(range(1_000, 8_000, 100), 12_000)]
    assert times == [1_000, 3_000, 5_000, 7_000, 8_150]
