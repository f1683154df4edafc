# SPDX-License-Identifier: Apache-2.0
"""Raw events wait in bounded memory, and come out in the order of their own times."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.raw import RawButton, RawLost, RawMove
from handiwork.recorder.waiting import Waiting
from handiwork.rules.gate import HOLD_MS


def move(t: int) -> RawMove:
    return RawMove(t, 1, 2, False)


@given(st.lists(st.integers(0, 2_000)), st.integers(0, 3_000))
def test_exactly_what_has_waited_long_enough_comes_out_oldest_first(times: list[int], now: int) -> None:
    waiting = Waiting()
    for moment in times:
        waiting.put(move(moment))
    assert [raw.time_ms for raw in waiting.due(now)] == sorted(t for t in times if t + HOLD_MS <= now)


def test_when_full_moves_are_shed_before_clicks_and_every_loss_is_counted() -> None:
    waiting = Waiting(capacity=3)
    for moment in range(3):
        waiting.put(move(moment))
    waiting.put(move(3))
    waiting.put(RawButton(4, 0, 0, 1, True, False))
    assert (len(waiting), waiting.overflowed) == (3, 2)
    out = waiting.due(10_000)
    assert isinstance(out[-1], RawButton)
    assert [(mark.moves, mark.deeds) for mark in out if isinstance(mark, RawLost)] == [(2, 0)]


def test_a_raw_event_shows_nothing_and_can_be_neither_pickled_nor_unpacked() -> None:
    raw = RawButton(123_456, 777, 888, 1, True, False)
    assert "777" not in repr(raw)
    assert "777" not in f"{raw}"
    with pytest.raises(TypeError, match="may not be pickled"):
        pickle.dumps(raw)
    with pytest.raises(TypeError, match="may not be unpacked"):
        list(raw)
