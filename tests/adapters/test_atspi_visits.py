# SPDX-License-Identifier: Apache-2.0
"""When a visit to a field counts as one to a password field, by a set clock."""

from handiwork.adapters.atspi.visits import GRACE_MS, SLACK_MS, Visits
from handiwork.rules.gate import HOLD_MS


def visits() -> Visits:
    made = Visits()
    made.pids[":1.2"] = 7
    made.begin(":1.2", "/field", 1_000)
    return made


def news(of: Visits, time_ms: int) -> list[tuple[int, bool, int]]:
    return [(one.time_ms, one.focused, one.pid) for one in of.news(time_ms)]


def test_what_was_typed_meanwhile_still_waits_when_a_field_that_never_answers_is_told() -> None:
    assert GRACE_MS + SLACK_MS < HOLD_MS - 50


def test_a_field_that_answers_late_but_in_time_is_never_told() -> None:
    made = visits()
    assert news(made, 1_000 + GRACE_MS - 1) == []
    made.judge(":1.2", "/field", is_secret=False)
    assert news(made, 2_000) == []


def test_a_field_that_has_not_answered_in_time_is_told_from_its_very_beginning() -> None:
    made = visits()
    assert news(made, 1_000 + GRACE_MS) == [(1_000 - SLACK_MS, True, 7)]
    made.judge(":1.2", "/field", is_secret=False)
    assert news(made, 1_400) == [(1_400, False, 7)]


def test_a_password_field_is_told_at_once() -> None:
    made = visits()
    made.judge(":1.2", "/field", is_secret=True)
    assert news(made, 1_001) == [(1_000 - SLACK_MS, True, 7)]


def test_a_visit_that_ends_before_its_answer_is_told_afterwards_whatever_the_answer_was_too_late_for() -> None:
    for answer in (True, None):
        made = visits()
        made.end(":1.2", "/field", 1_020)
        assert news(made, 1_030) == []
        if answer:
            made.judge(":1.2", "/field", is_secret=True)
        told = news(made, 1_000 + GRACE_MS)
        assert told[0] == (1_000 - SLACK_MS, True, 7)
        assert told[1][1:] == (False, 7)
        assert news(made, 9_000) == []


def test_a_visit_that_was_harmless_after_all_leaves_nothing_behind() -> None:
    made = visits()
    made.end(":1.2", "/field", 1_020)
    assert news(made, 1_030) == []
    made.judge(":1.2", "/field", is_secret=False)
    assert news(made, 9_000) == []


def test_a_password_field_of_a_process_that_stays_unknown_is_told_for_all() -> None:
    made = visits()
    made.pids.clear()
    made.judge(":1.2", "/field", is_secret=True)
    assert news(made, 1_010) == []
    assert news(made, 1_000 + GRACE_MS) == [(1_000 - SLACK_MS, True, 0)]
