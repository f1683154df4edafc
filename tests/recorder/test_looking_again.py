# SPDX-License-Identifier: Apache-2.0
"""The leak audit beside a recording of days: never in the way, never left behind, and the person hears of it."""

import pytest
from tests.properties.harness import Life

from handiwork.model.leak import AuditedSegment
from handiwork.ports.fakes.second_look import ScriptedSecondLook
from handiwork.ports.leak_audit import have_told, keep_audited
from handiwork.recorder.looking_again import ASK_MS, FOUND, IDLE_MS, LONGEST_REST_MS


@pytest.fixture
def life() -> Life:
    life = Life()
    life.pass_time(500)
    return life


def audits(life: Life) -> ScriptedSecondLook:
    return life.second_look


def quiet(life: Life, milliseconds: int) -> None:
    life.pass_time(milliseconds, every=1_000)


def until_it_begins(life: Life) -> None:
    audits(life).due = True
    quiet(life, ASK_MS + IDLE_MS)
    assert audits(life).history == ["begin"]


def test_one_that_is_due_begins_when_nobody_works_and_not_before(life: Life) -> None:
    audits(life).due = True
    for _ in range(6):
        life.work()
        quiet(life, IDLE_MS // 2)
    assert audits(life).history == []
    quiet(life, ASK_MS + IDLE_MS)
    assert audits(life).history == ["begin"]


def test_one_that_is_not_due_never_begins(life: Life) -> None:
    quiet(life, 5 * ASK_MS)
    assert audits(life).history == []


def test_it_rests_as_soon_as_somebody_works_and_goes_on_afterwards(life: Life) -> None:
    until_it_begins(life)
    life.work()
    life.pass_time(20)
    assert audits(life).history[-1] == "rest"
    quiet(life, IDLE_MS // 2)
    life.work()
    quiet(life, IDLE_MS // 2)
    assert audits(life).history == ["begin", "rest"]
    quiet(life, IDLE_MS + 2_000)
    assert audits(life).history == ["begin", "rest", "go on"]


def test_one_that_has_to_rest_for_long_is_ended_and_holds_no_opened_segment(life: Life) -> None:
    until_it_begins(life)
    for _ in range(2 * LONGEST_REST_MS // IDLE_MS + 2):
        life.work()
        quiet(life, IDLE_MS // 2)
    assert audits(life).history == ["begin", "rest", "end"]


def test_it_does_not_begin_while_recording_itself_is_over_its_budget(life: Life) -> None:
    audits(life).due = True
    for _ in range((ASK_MS + 2 * IDLE_MS) // 1_000):
        life.meter.cpu += 0.6
        quiet(life, 1_000)
    assert audits(life).history == []


def test_it_ends_with_the_recording(life: Life) -> None:
    until_it_begins(life)
    life.finish()
    assert audits(life).history == ["begin", "end"]


def finds(life: Life, places: int) -> None:
    """What an audit leaves in the ledger of a segment in which it found so much."""
    segment = life.store.segments()[0].header.segment_id
    record = AuditedSegment(
        segment=segment, at="2026-11-26T12:00:00Z", auditor="1", redactor="1", lists="", texts=9, pictures=0,
        reader="", names="", found={"notes": {"email": places}},
    )  # fmt: skip
    keep_audited(life.store, [record])


def shown(life: Life) -> set[str]:
    return {life.tray.history[-1][1], life.indicator.why}


def test_mark_and_tray_tell_of_a_find_until_the_person_has_looked(life: Life) -> None:
    life.work()
    until_it_begins(life)
    finds(life, 2)
    audits(life).finish()
    quiet(life, 2_000)
    assert shown(life) == {FOUND}
    have_told(life.store)
    quiet(life, ASK_MS + 1_000)
    assert shown(life) == {""}
    finds(life, 3)
    quiet(life, ASK_MS + 1_000)
    assert shown(life) == {FOUND}
