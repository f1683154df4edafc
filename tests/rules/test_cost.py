# SPDX-License-Identifier: Apache-2.0
"""What is left out when recording costs too much: frames, then paths, one step at a time, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.errors import BadInput
from handiwork.model.policy import Allow, Cost, Policy
from handiwork.rules.cost import BUDGET_PERCENT, DOWN_MS, UP_MS, Load, Shed, budget_percent, next_shed
from handiwork.rules.policy import parse_policy

POLICY = Policy(name="x", revision=1, purposes=("agent-training",), cost=Cost(cpu_percent=4, delay_ms=5))
DEAR = Load(percent=9, recent_percent=9)
CHEAP = Load(percent=0.1, recent_percent=0.1)
SLOW = Load(percent=0.1, recent_percent=0.1, added_delay_ms=9)
HEAD = 'name = "x"\nrevision = 1\npurposes = ["agent-training"]\n'


@pytest.mark.parametrize(
    ("now", "load", "since_ms", "then"),
    [
        (Shed.NOTHING, CHEAP, 10**6, Shed.NOTHING),
        (Shed.NOTHING, DEAR, 0, Shed.FRAMES),
        (Shed.NOTHING, SLOW, 0, Shed.FRAMES),
        (Shed.FRAMES, DEAR, UP_MS - 1, Shed.FRAMES),
        (Shed.FRAMES, DEAR, UP_MS, Shed.PATHS),
        (Shed.FRAMES, Load(percent=9, recent_percent=1), 10**6, Shed.FRAMES),  # leaving out frames was enough
        (Shed.PATHS, DEAR, 10**6, Shed.PATHS),
        (Shed.PATHS, CHEAP, DOWN_MS - 1, Shed.PATHS),
        (Shed.PATHS, CHEAP, DOWN_MS, Shed.FRAMES),
        (Shed.FRAMES, CHEAP, DOWN_MS, Shed.NOTHING),
        (Shed.FRAMES, Load(percent=3.5, recent_percent=0), 10**6, Shed.FRAMES),  # under, but not well under
        (Shed.FRAMES, SLOW, DOWN_MS, Shed.PATHS),
    ],
)
def test_each_step_and_its_reason(now: Shed, load: Load, since_ms: int, then: Shed) -> None:
    assert next_shed(now, load, POLICY, since_ms) is then


LOADS = st.builds(Load, percent=st.floats(0, 100), recent_percent=st.floats(0, 100), added_delay_ms=st.floats(0, 100))


@given(st.sampled_from(Shed), LOADS, st.integers(0, 10**6))
def test_never_two_steps_at_once_and_never_back_while_over_the_budget(now: Shed, load: Load, since_ms: int) -> None:
    then = next_shed(now, load, POLICY, since_ms)
    assert abs(then - now) <= 1
    if load.percent > 4 or load.added_delay_ms > 5:
        assert then >= now


@given(st.lists(st.tuples(LOADS, st.integers(0, 10**5)), max_size=50))
def test_actions_are_no_step(history: list[tuple[Load, int]]) -> None:
    now = Shed.NOTHING
    for load, since_ms in history:
        now = next_shed(now, load, POLICY, since_ms)
    assert now in (Shed.NOTHING, Shed.FRAMES, Shed.PATHS)


def test_a_policy_that_says_how_much_is_obeyed_and_one_that_doesn_t_leaves_ordinary_work_alone() -> None:
    silent = Policy(name="x", revision=1, purposes=("agent-training",), allow=(Allow(app="a", level="full"),))
    assert (budget_percent(silent), budget_percent(POLICY)) == (BUDGET_PERCENT, 4.0)


@pytest.mark.parametrize("wrong", ["cpu_percent = 0", "cpu_percent = 101.0", "delay_ms = 0.0", "delay_ms = 2000.0"])
def test_a_budget_of_nothing_or_of_more_than_there_is_is_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        parse_policy(f"{HEAD}[cost]\n{wrong}\n")
