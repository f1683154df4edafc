# SPDX-License-Identifier: Apache-2.0
"""A pause outlives a recorder that was killed, and one that ended with the login; not one that its person stopped."""

import pytest
from tests.properties.harness import CHAR, CHAR_MARK, Life
from tests.recorder.test_person import shown, typed, write

from handiwork.ports.control import Command
from handiwork.ports.fakes.journal import MemoryJournal
from handiwork.ports.paused import pause_left


def one_that_paused(seconds: int) -> MemoryJournal:
    """What is on disk after somebody paused and the recorder was then killed."""
    life = Life()
    life.pass_time(500)
    life.voice.say(Command(do="pause", seconds=seconds))
    life.pass_time(100)
    assert shown(life) == "paused"
    return life.store


@pytest.mark.parametrize("seconds", [0, 3_600])
def test_the_recorder_that_comes_after_a_crash_is_paused_too_and_keeps_nothing(seconds: int) -> None:
    life = Life(store=one_that_paused(seconds))
    life.pass_time(500)
    assert shown(life) == "paused"
    write(life, CHAR_MARK * 5)
    life.voice.say(Command(do="resume"))
    life.pass_time(1_000)
    write(life, CHAR * 5)
    assert typed(life.finish()) == CHAR * 5
    assert pause_left(life.store, life.clock.unix_ms()) is None


def test_a_timed_pause_ends_when_it_would_have_ended() -> None:
    life = Life(store=one_that_paused(2))  # this life's clock begins where the other's began
    life.pass_time(1_000)
    assert shown(life) == "paused"
    life.pass_time(3_000)
    write(life, CHAR * 5)
    assert typed(life.finish()) == CHAR * 5


def test_whoever_stops_a_paused_recorder_and_starts_another_records() -> None:
    first = Life()
    first.pass_time(500)
    first.voice.say(Command(do="pause"))
    first.pass_time(100)
    first.voice.say(Command(do="stop"))
    first.recorder.run()
    second = Life(store=first.store)
    second.pass_time(500)
    write(second, CHAR * 5)
    assert typed(second.finish()) == CHAR * 5
