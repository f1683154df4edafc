# SPDX-License-Identifier: Apache-2.0
"""Recording pauses by itself: on sleep, on lock, outside working hours; no resume gets past that."""

import msgspec
import pytest
from tests.properties.harness import CHAR, CHAR_MARK, POLICY, Life

from handiwork.model.event import Event, Gap, Note, Typed
from handiwork.model.policy import Hours
from handiwork.model.raw import RawKey
from handiwork.ports.control import Command
from handiwork.ports.power import News

BEGAN = 1_795_219_200_000  # Saturday 21 November 2026, 00:00 UTC: what the life's clock starts from
MINUTE = 60_000


def typed(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Typed))


def shown(life: Life) -> str:
    return life.indicator.history[-1]


def write(life: Life, text: str, every: int = 150) -> None:
    for char in text:
        life.input.put(key(life.clock.now, char))
        life.pass_time(every)


def key(now: int, char: str) -> RawKey:
    return RawKey(now, char, char, True, False, frozenset(), False)


def working(first: str, last: str) -> Life:
    return Life(policy=msgspec.structs.replace(POLICY, hours=Hours(days=("sat",), start=first, end=last)))


@pytest.mark.parametrize(("begins", "ends"), [("sleep", "wake"), ("lock", "unlock")])
def test_asleep_or_locked_nothing_is_kept_and_it_shows_until_it_is_over(begins: News, ends: News) -> None:
    life = Life()
    life.pass_time(500)
    write(life, CHAR * 5)
    life.pass_time(400)
    life.power.put(begins)
    life.recorder.turn()
    assert life.indicator.history[-1] == "paused"
    assert life.indicator.why == {"sleep": "suspended", "lock": "locked"}[begins]
    life.voice.say(Command(do="resume"))
    write(life, CHAR_MARK * 5)
    assert life.indicator.history[-1] == "paused"
    life.power.put(ends)
    life.pass_time(4_000)
    write(life, CHAR * 5)
    events = life.finish()
    assert typed(events).count(CHAR) == 10
    assert CHAR_MARK not in typed(events)
    assert [event.reason for event in events if isinstance(event, Gap)]


def test_before_the_machine_sleeps_what_was_kept_is_on_disk() -> None:
    life = Life()
    life.pass_time(500)
    life.work()
    life.pass_time(400)
    life.power.put("sleep")
    on_disk: list[int] = []
    let_sleep = life.power.let_sleep

    def noticing() -> None:
        on_disk.append(sum(stored.chunks for stored in life.store.segments()))
        let_sleep()

    life.power.let_sleep = noticing  # type: ignore[method-assign]
    life.recorder.turn()
    assert life.power.asleep == 1
    assert on_disk[0] >= 1
    life.recorder.turn()
    assert life.power.asleep == 1


def test_after_a_sleep_that_nobody_announced_nothing_since_the_last_look_is_kept() -> None:
    life = Life()
    life.pass_time(500)
    write(life, CHAR * 5)
    life.pass_time(1_500)
    life.input.put(key(life.clock.now + 2, CHAR_MARK))
    life.pass_time(40, stalled=True)
    life.power.sleep_unannounced(3_600_000)
    life.input.put(key(life.clock.now - 5, CHAR_MARK))
    life.pass_time(4_000)
    write(life, CHAR * 5)
    events = life.finish()
    assert typed(events).count(CHAR) == 10
    assert CHAR_MARK not in typed(events)
    assert "suspended" in [event.reason for event in events if isinstance(event, Gap)]


def test_outside_working_hours_nothing_is_kept_whoever_resumes() -> None:
    life = working("00:01", "00:02")
    assert life.clock.now < MINUTE
    life.pass_time(1_000)
    assert (life.indicator.history[-1], life.indicator.why) == ("paused", "outside hours")
    write(life, CHAR_MARK * 3)
    life.voice.say(Command(do="resume"))
    life.recorder.turn()
    life.become(paused=True)  # presses the key
    life.pass_time(100)
    life.become(paused=False)
    write(life, CHAR_MARK * 3)
    life.pass_time(MINUTE - life.clock.now + 500, every=500)
    assert life.indicator.history[-1] == "recording"
    write(life, CHAR * 5)
    life.pass_time(2 * MINUTE - 100 - life.clock.now, every=500)
    write(life, CHAR_MARK, every=300)
    assert (life.indicator.history[-1], life.indicator.why) == ("paused", "outside hours")
    write(life, CHAR_MARK * 3)
    text = typed(life.finish())
    assert text.count(CHAR) == 5
    assert CHAR_MARK not in text


def test_not_even_a_note_of_the_person_s_own_is_kept_outside_working_hours() -> None:
    life = working("00:00", "00:01")
    life.pass_time(500)
    write(life, CHAR * 3)
    life.voice.say(Command(do="note", text="heron in time"))
    life.pass_time(MINUTE + 500 - life.clock.now, every=500)
    life.voice.say(Command(do="note", text="quagga too late"))
    life.pass_time(1_000)
    notes = [event.text for event in life.finish() if isinstance(event, Note)]
    assert notes == ["heron in time"]


def test_a_recorder_that_was_stopped_over_the_closing_minute_keeps_nothing_from_it_on() -> None:
    life = working("00:00", "00:01")
    life.pass_time(500)
    write(life, CHAR * 5)
    life.pass_time(MINUTE - 1_000 - life.clock.now, every=500)
    life.pass_time(1_050, stalled=True)
    life.input.put(key(MINUTE + 20, CHAR_MARK))
    life.pass_time(3_000, stalled=True)
    life.pass_time(2_000)
    text = typed(life.finish())
    assert text == CHAR * 5


def test_setting_the_clock_on_the_wall_back_or_ahead_moves_the_hours_and_keeps_what_is_there_readable() -> None:
    life = working("00:00", "00:10")
    life.pass_time(500)
    write(life, CHAR * 5)
    life.pass_time(400)
    life.clock.wall_jump = 3_600_000
    life.pass_time(40)
    assert (life.indicator.history[-1], life.indicator.why) == ("paused", "outside hours")
    write(life, CHAR_MARK * 3)
    life.clock.wall_jump = 0
    life.pass_time(1_000)
    assert life.indicator.history[-1] == "recording"
    life.clock.wall_jump = -400 * 24 * 3_600_000  # no Saturday, and long ago
    life.pass_time(1_000)
    write(life, CHAR_MARK * 3)
    life.clock.wall_jump = 0
    life.pass_time(1_000)
    write(life, CHAR * 5)
    text = typed(life.finish())
    assert text.count(CHAR) == 10
    assert CHAR_MARK not in text


def test_without_hours_a_clock_that_jumps_changes_nothing() -> None:
    life = Life()
    life.pass_time(500)
    for jump in (0, 86_400_000, -86_400_000, 10 * 365 * 86_400_000):
        life.clock.wall_jump = jump
        write(life, CHAR * 3)
        life.pass_time(1_500)
    events = life.finish()
    assert typed(events).count(CHAR) == 12
    assert [event.t for event in events if isinstance(event, Typed)] == sorted(
        event.t for event in events if isinstance(event, Typed)
    )


def test_the_recorder_wakes_at_the_full_minute_to_look_at_the_hours() -> None:
    life = working("00:01", "00:02")
    life.pass_time(30)
    next_ms = life.recorder._person.next_ms()
    assert next_ms is not None
    assert (BEGAN + next_ms) % MINUTE == 0
    assert next_ms - life.clock.now <= MINUTE


def test_a_click_on_the_tray_s_icon_is_the_pause_key_and_holds_from_its_own_time() -> None:
    life = Life()
    life.pass_time(500)
    write(life, CHAR * 5)
    life.pass_time(400)
    clicked = life.clock.now
    write_unread = key(clicked + 5, CHAR_MARK)
    life.input.put(write_unread)
    life.pass_time(200, stalled=True)
    life.tray.click(clicked)
    life.recorder.turn()
    assert shown(life) == "paused"
    assert life.tray.history[-1] == ("paused", "")
    write(life, CHAR_MARK * 5)
    life.tray.click(life.clock.now)
    life.recorder.turn()
    assert shown(life) == "recording"
    life.pass_time(400)
    write(life, CHAR * 5)
    text = typed(life.finish())
    assert text.count(CHAR) == 10
    assert CHAR_MARK not in text


def test_the_icon_says_whatever_the_mark_says() -> None:
    life = Life()
    life.pass_time(500)
    for change in ({"front": "mail"}, {"front": "notes"}, {"secret": True}, {"secret": False}, {"locked": True}):
        life.become(**change)
        life.pass_time(300)
        assert life.tray.history[-1] == (life.indicator.history[-1], life.indicator.why)
    assert {state for state, _ in life.tray.history} == {"recording", "out of scope", "sign-in", "paused"}
