# SPDX-License-Identifier: Apache-2.0
"""With each picture of a page it is asked whether it was as told; what shows something else is never kept."""

from tests.properties.harness import Life, page

from handiwork.model.event import Frame
from handiwork.model.geometry import Box
from handiwork.model.raw import RawMove, RawPage


def at_rest(front: str = "browser") -> Life:
    """A person has been looking at the allowed page, or at notes, for a while."""
    life = Life()
    life.become(front=front)
    life.pass_time(3_000)
    return life


def moves(life: Life) -> None:
    """The pointer moves after a rest: a picture is taken, and judged."""
    life.input.put(RawMove(life.clock.now, 30, 100, False))
    life.pass_time(700)


def changed_at(life: Life, changed_ms: int) -> RawPage:
    told = page(life.clock.now, "lark")
    told.changed_ms = changed_ms
    return told


def pictures(life: Life) -> list[str]:
    """Why those were taken that were kept."""
    return [event.why for event in life.finish() if isinstance(event, Frame)]


def test_each_picture_of_a_page_brings_one_question() -> None:
    life = at_rest()
    before = life.browser.asked
    moves(life)
    assert life.browser.asked == before + 1


def test_a_program_that_is_no_browser_brings_none() -> None:
    life = at_rest("notes")
    before = life.browser.asked
    moves(life)
    assert life.browser.asked == before


def test_a_page_too_busy_to_answer_is_not_pictured_until_it_does() -> None:
    life = at_rest()
    life.screen.paint(Box(0, 0, 40, 40), 0xAB1234)
    life.browser.held_up = True
    moves(life)
    life.browser.held_up = False
    life.pass_time(2_000)
    assert pictures(life) == ["read"]


def test_an_answer_to_a_later_question_says_nothing_of_an_earlier_picture() -> None:
    life = at_rest()
    life.screen.paint(Box(0, 0, 40, 40), 0xAB1234)
    life.browser.held_up = True
    life.input.put(RawMove(life.clock.now, 30, 100, False))
    life.pass_time(100)
    life.browser.held_up = False
    life.browser.ask()
    life.pass_time(600)
    assert "onset" not in pictures(life)


def test_what_a_page_showed_while_it_was_too_busy_to_tell_is_not_kept_though_it_answers_since() -> None:
    life = at_rest()
    life.screen.paint(Box(0, 0, 40, 40), 0xAB1234)
    life.browser.busy_until_ms = life.clock.now + 100
    moves(life)
    life.pass_time(2_000)
    assert pictures(life) == ["read"], "the one after it"


def test_a_picture_of_a_page_that_had_changed_without_a_word_is_not_kept() -> None:
    told, silent = at_rest(), at_rest()
    silent.browser.change_silently(changed_at(silent, silent.clock.now - 900))
    for life in (told, silent):
        life.screen.paint(Box(0, 0, 40, 40), 0xAB1234)
        moves(life)
    assert pictures(told) == ["onset"]
    assert pictures(silent) == ["settled"], "the one after it had told of the change"
