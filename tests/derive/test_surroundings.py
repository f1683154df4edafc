# SPDX-License-Identifier: Apache-2.0
"""A double click is what the desktop of the recording itself calls one."""

from typing import Any

from handiwork.derive.actions import actions
from handiwork.model.action import Click
from handiwork.model.event import Event, Surroundings
from handiwork.model.geometry import Box


def under(scribe: Any, ms: int, px: int) -> None:
    scribe.events.append(
        Surroundings(
            t=scribe.t,
            monitors=(Box(0, 0, 1280, 800),),
            scale=1.0,
            double_click_ms=ms,
            double_click_px=px,
            layout="us",
        )
    )


def counts(events: tuple[Event, ...]) -> list[int]:
    return [action.count for action in actions(events) if isinstance(action, Click)]


def two_clicks(scribe: Any, apart_ms: int, apart_px: int = 0) -> None:
    scribe.rest(2_000).press(300, 300, hold=40).rest(apart_ms - 40).press(300 + apart_px, 300, hold=40)


def test_a_slow_double_click_counts_where_the_desktop_gives_time_for_it(scribe: Any) -> None:
    under(scribe, 900, 5)
    two_clicks(scribe, 800)
    assert counts(scribe.told()) == [2]


def test_two_clicks_that_the_desktop_takes_apart_are_two(scribe: Any) -> None:
    under(scribe, 250, 5)
    two_clicks(scribe, 300)
    two_clicks(scribe, 250)
    assert counts(scribe.told()) == [1, 1, 2]


def test_how_far_apart_two_presses_may_lie_is_the_desktops_word_as_well(scribe: Any) -> None:
    under(scribe, 400, 20)
    two_clicks(scribe, 200, apart_px=20)
    under(scribe, 400, 2)
    two_clicks(scribe, 200, apart_px=3)
    assert counts(scribe.told()) == [2, 1, 1]


def test_a_change_amid_a_segment_holds_from_then_on(scribe: Any) -> None:
    under(scribe, 250, 5)
    two_clicks(scribe, 300)
    under(scribe, 400, 5)
    two_clicks(scribe, 300)
    assert counts(scribe.told()) == [1, 1, 2]


def test_what_was_clicked_just_before_a_segment_was_told_is_judged_by_what_it_was_told_first(scribe: Any) -> None:
    two_clicks(scribe, 450)
    under(scribe, 400, 5)
    assert counts(scribe.told()) == [1, 1]
