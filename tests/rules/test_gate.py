# SPDX-License-Identifier: Apache-2.0
"""Scope over time: uncertainty and transitions keep nothing."""

from hypothesis import given
from hypothesis import strategies as st

from handiwork.rules.gate import GUARD_MS, HOLD_MS, ScopeTimeline
from handiwork.rules.scope import Decision, denied

ALLOWED = Decision(allowed=True, rule=0, xid=1, app="a")
OTHER = Decision(allowed=True, rule=1, xid=2, app="b")


def timeline(*entries: tuple[int, Decision]) -> ScopeTimeline:
    made = ScopeTimeline()
    for since, decision in entries:
        made.record(since, decision)
    return made


def test_nothing_passes_before_the_first_decision() -> None:
    assert not timeline().verdict(5_000).allowed


def test_an_event_well_inside_an_allowance_passes() -> None:
    assert timeline((1_000, ALLOWED)).verdict(1_000 + GUARD_MS) == ALLOWED


def test_an_event_just_after_the_allowance_began_is_dropped_as_a_transition() -> None:
    assert timeline((1_000, ALLOWED)).verdict(1_000 + GUARD_MS - 1).reason == "transition"


def test_an_event_shortly_before_a_denial_is_dropped() -> None:
    line = timeline((1_000, ALLOWED), (2_000, denied("unlisted site")))
    assert line.verdict(2_000 - HOLD_MS).reason == "transition"
    assert line.verdict(2_000 - HOLD_MS - 1).allowed


def test_news_of_a_password_field_reaches_back_to_its_own_time() -> None:
    line = timeline((1_000, ALLOWED), (5_000, denied("password field")))
    line.record(4_000, denied("sign-in"))
    assert line.verdict(4_200).reason == "sign-in"


def test_late_news_of_an_allowance_never_reaches_back_before_a_denial() -> None:
    line = timeline((1_000, ALLOWED), (3_000, denied("unlisted app")))
    line.record(2_000, OTHER)
    assert line.verdict(2_950).reason == "transition"
    assert line.verdict(3_100) == OTHER


def test_an_allowance_does_not_reach_back_over_a_denial_that_a_later_news_of_another_denial_made_forgotten() -> None:
    line = timeline((1_000, ALLOWED), (2_000, denied("paused")), (3_000, ALLOWED))
    line.record(1_900, denied("uncertain site"))
    line.record(1_950, ALLOWED)
    assert line.verdict(2_500).reason == "uncertain site"
    assert line.verdict(3_100) == ALLOWED


def test_a_direct_switch_between_two_allowed_surfaces_drops_what_is_near_it() -> None:
    assert timeline((1_000, ALLOWED), (2_000, OTHER)).verdict(1_900).reason == "transition"


@given(
    st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from([ALLOWED, OTHER, denied("x")]))), st.integers(0, 5_000)
)
def test_after_news_of_a_denial_nothing_passes_that_ends_later_than_it_began(
    news: list[tuple[int, Decision]], since: int
) -> None:
    line = timeline(*news, (since, denied("the last word")))
    assert not any(line.verdict(moment).allowed for moment in range(max(0, since - HOLD_MS), 7_000, 97))


@given(st.lists(st.tuples(st.integers(0, 5_000), st.sampled_from([ALLOWED, denied("x")])), min_size=1))
def test_forgetting_the_past_never_turns_a_no_into_a_yes(news: list[tuple[int, Decision]]) -> None:
    line = timeline(*sorted(news, key=lambda entry: entry[0]))
    before = {moment: line.verdict(moment) for moment in range(5_000, 20_000, 501)}
    line.forget_before(20_000)
    assert all(not line.verdict(m).allowed or verdict.allowed for m, verdict in before.items() if m > 12_000)


def test_where_an_event_may_be_older_than_it_says_the_allowance_must_have_lasted_as_much_longer() -> None:
    line = ScopeTimeline(late_ms=2_000)
    line.record(1_000, ALLOWED)
    assert line.verdict(3_000 + GUARD_MS - 1).reason == "transition"
    assert line.verdict(3_000 + GUARD_MS) == ALLOWED
