# SPDX-License-Identifier: Apache-2.0
"""What went missing is never silent: account, ledger and segment agree, and nothing half-known passes for whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.harness import Life

from handiwork.model.event import Button, Event, Lost, Moved, Typed
from handiwork.model.raw import RawKey, RawMove
from handiwork.recorder import waiting


def ledger(life: Life) -> int:
    """How many events the ledger says were lost."""
    return sum(count for _, stream, reason, count in life.store.skips() if (stream, reason) == ("input", "lost"))


def marked(events: list[Event]) -> int:
    return sum(event.count for event in events if isinstance(event, Lost))


def type_(life: Life, text: str) -> None:
    for letter in text:
        life.input.put(RawKey(life.clock.now, letter, letter, True, False, frozenset(), False))
        life.pass_time(20)


def working() -> Life:
    life = Life()
    life.pass_time(500)
    life.work()
    life.pass_time(600)
    return life


def test_what_the_source_lost_is_marked_where_it_happened() -> None:
    life = working()
    at = life.clock.now
    life.input.lose(moves=3, deeds=1, time_ms=at)
    life.pass_time(500)
    events = life.finish()
    (lost,) = [event for event in events if isinstance(event, Lost)]
    assert (lost.t, lost.count, lost.moves, lost.deeds) == (at, 4, 3, 1)
    assert ledger(life) == life.recorder.status().lost == 4


def test_a_loss_in_an_app_out_of_scope_is_counted_and_leaves_no_mark() -> None:
    life = working()
    life.become(front="mail")
    life.pass_time(500)
    life.input.lose(moves=1, deeds=2, time_ms=life.clock.now)
    life.pass_time(500)
    life.become(front="notes")
    life.pass_time(800)
    life.work()
    life.pass_time(500)
    assert marked(life.finish()) == 0
    assert ledger(life) == life.recorder.status().lost == 3


def test_a_loss_before_anything_was_kept_is_counted_and_leaves_no_mark() -> None:
    life = Life()
    life.interface.mute = True
    life.pass_time(500)
    life.input.lose(deeds=2, time_ms=life.clock.now)
    life.pass_time(500)
    assert marked(life.finish()) == 0, "the first picture comes later"
    assert ledger(life) == 2


def test_at_a_level_that_keeps_no_moves_none_is_missed() -> None:
    from tests.properties.test_capture_levels import at_level

    life = Life(policy=at_level("actions"))
    life.pass_time(500)
    life.work()
    life.pass_time(600)
    life.input.lose(moves=5, time_ms=life.clock.now)
    life.pass_time(500)
    life.input.lose(moves=5, deeds=1, time_ms=life.clock.now)
    life.pass_time(500)
    assert [(event.count, event.moves) for event in life.finish() if isinstance(event, Lost)] == [(1, 0)]
    assert ledger(life) == life.recorder.status().lost == 11


def test_what_did_not_fit_is_marked_like_what_the_source_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting.Waiting.__init__, "__defaults__", (50,))
    life = working()
    now = life.clock.now
    for number in range(200):
        life.input.put(RawMove(now + number % 20, 33, 100, False))
    life.pass_time(600)
    events = life.finish()
    points = sum(len(event.path) for event in events if isinstance(event, Moved))
    assert marked(events) > 100
    assert points + marked(events) == 201, "200, and the one of work()"
    assert ledger(life) == life.recorder.status().lost == marked(events)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 400), st.booleans()), max_size=12))
def test_however_losses_and_switches_mingle_ledger_and_account_agree_to_the_last_event(
    steps: list[tuple[int, int, int, bool]],
) -> None:
    life = working()
    for moves, deeds, duration, switches in steps:
        if switches:
            life.become(front="mail" if life.truth.front == "notes" else "notes")
        if moves + deeds:
            life.input.lose(moves, deeds, life.clock.now)
        life.work()
        life.pass_time(duration)
    life.recorder.stop()
    life.recorder.run()
    assert ledger(life) == life.recorder.status().lost
    told = sum(moves + deeds for moves, deeds, duration, _ in steps if duration)
    assert ledger(life) >= told, "what happened after the last turn was never read"
    assert marked(life.kept()) <= ledger(life)


@pytest.mark.parametrize("when", ["before", "amid", "after"])
def test_a_secret_of_which_keys_are_missing_does_not_pass_as_harmless_text(when: str) -> None:
    """Half a card number is no card number to any detector: a run with a hole in it is cut whole."""
    life = working()
    if when == "before":
        life.input.lose(deeds=8, time_ms=life.clock.now)
        life.pass_time(100)
    type_(life, "4111 111")
    if when == "amid":
        life.input.lose(deeds=4, time_ms=life.clock.now)
    type_(life, "1 heron ")
    if when == "after":
        life.input.lose(deeds=4, time_ms=life.clock.now)
    life.pass_time(1_500)
    typed = [event for event in life.finish() if isinstance(event, Typed)]
    assert not any("4111" in event.text or "heron" in event.text for event in typed)
    assert any("heron" in word for word in whole_run())


def whole_run() -> list[str]:
    """The same run without a loss is kept: so the test above shows something."""
    life = working()
    type_(life, "a heron ")
    life.pass_time(1_500)
    return [event.text for event in life.finish() if isinstance(event, Typed)]


def test_missing_moves_alone_leave_what_is_typed_as_it_is() -> None:
    life = working()
    type_(life, "grey ")
    life.input.lose(moves=9, time_ms=life.clock.now)
    type_(life, "heron")
    life.pass_time(1_500)
    events = life.finish()
    assert "grey heron" in [event.text for event in events if isinstance(event, Typed)]
    assert sum(isinstance(event, Button) for event in events) == 2
