# SPDX-License-Identifier: Apache-2.0
"""A word that the person takes away while recording is in no stream from then on; before, it was in every one."""

from tests.properties.harness import SITE, Life, element, page

from handiwork.model.codec import encode_events
from handiwork.model.event import Acted, Event, Foreground, Note, Observed, Typed
from handiwork.model.raw import RawKey
from handiwork.ports.control import Command

WORD = "zebra"


def work_with_the_word(life: Life) -> None:
    """The word is shown, acted on, typed slowly and noted, in an allowed page."""
    now = life.clock.now
    life.browser.change(page(now, WORD, f"{SITE}/{WORD}"))
    life.browser.act(now, "click", element(now, f"{WORD} button"))
    for letter in f"the {WORD} report":
        for pressed in (True, False):
            name = "space" if letter == " " else letter
            life.input.put(RawKey(life.clock.now, name, letter, pressed, False, frozenset(), False))
        life.pass_time(60)
    life.voice.say(Command(do="note", text=f"about the {WORD}"))
    life.pass_time(3_000)


def streams_with(word: str, events: list[Event]) -> set[str]:
    kinds = Observed, Acted, Typed, Note, Foreground
    return {type(event).__name__ for event in events if isinstance(event, kinds) and word in repr(event).lower()}


def test_from_the_moment_it_is_taken_away_a_word_is_in_no_stream() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    work_with_the_word(life)
    life.own_words = ("Zebra",)
    life.voice.say(Command(do="never"))
    life.pass_time(100)
    taken_at = life.clock.now
    work_with_the_word(life)
    events = life.finish()
    before = [event for event in events if event.t < taken_at]
    after = [event for event in events if event.t >= taken_at]
    assert streams_with(WORD, before) >= {"Observed", "Acted", "Typed", "Note"}
    assert len(after) > 5
    assert WORD.encode() not in encode_events(after).lower()
    assert "<never" in repr(after)


def test_a_recorder_that_was_not_told_obeys_with_the_next_segment_all_the_same() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    work_with_the_word(life)
    life.own_words = (WORD,)
    life.become(front="notes")
    life.work()
    life.pass_time(1_000)
    life.become(front="browser")
    life.pass_time(1_000)
    taken_at = life.clock.now
    work_with_the_word(life)
    assert WORD.encode() not in encode_events([e for e in life.finish() if e.t >= taken_at]).lower()
