# SPDX-License-Identifier: Apache-2.0
"""What several sources say is taken in by its own time, whichever is read first."""

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.harness import CHAR, Life, streams_with

from handiwork.model.raw import Raw, RawSecretFocus
from handiwork.recorder.news import in_turn

TIMES = st.lists(st.integers(0, 50), max_size=6)


def news(times: list[int]) -> list[Raw]:
    return [RawSecretFocus(time_ms, True, 1) for time_ms in times]


@given(TIMES, TIMES)
def test_each_source_keeps_its_order_and_nothing_is_lost(first: list[int], second: list[int]) -> None:
    one, other = news(first), news(second)
    merged = in_turn(one, other)
    assert [raw for raw in merged if raw in one] == one
    assert [raw for raw in merged if raw in other] == other
    assert len(merged) == len(one) + len(other)


@given(TIMES.map(sorted), TIMES.map(sorted))
def test_in_sources_that_tell_in_order_everything_comes_by_time(first: list[int], second: list[int]) -> None:
    assert [raw.time_ms for raw in in_turn(news(first), news(second))] == sorted(first + second)


def test_a_password_typed_while_the_recorder_stood_still_is_not_kept_though_another_window_was_in_front_after() -> None:
    life = Life()
    life.pass_time(500)
    life.become(secret=True)
    life.pass_time(500, stalled=True)
    life.work()  # into the password field
    life.pass_time(600, stalled=True)
    life.become(front="browser", secret=True)
    life.pass_time(40, stalled=True)
    life.pass_time(1_000)
    life.become(front="notes", secret=False)
    life.pass_time(4_000)
    life.work()
    events = life.finish()
    assert streams_with(events, life.pictures, True) == set()
    assert any(CHAR in getattr(event, "text", "") for event in events)
