# SPDX-License-Identifier: Apache-2.0
"""Text that an input method wrote, from the program's word on it to the kept run of typing."""

from tests.properties.harness import Life

from handiwork.model.event import Event, Typed
from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement

NOTES, MAIL = 2, 3


def field(t: int, *states: str) -> RawElement:
    return RawElement(t, "textbox", "Subject", "", Box(10, 10, 80, 20), frozenset({"editable", *states}), -1, "", ())


def typed(life: Life, xid: int, keys: str, text: str) -> None:
    """Keys go into a field of the window, and an input method makes text of them."""
    for letter in keys:
        life._press("space" if letter == " " else letter, letter, life.clock.now)
        life.pass_time(40)
    life.interface.compose(xid, life.clock.now, text, field(life.clock.now))
    life.pass_time(1_500)


def texts(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Typed)]


def test_composed_text_is_kept_in_place_of_the_keys_that_it_was_made_of() -> None:
    life = Life()
    life.pass_time(400)
    typed(life, NOTES, "heron nihao ", "你好")
    assert texts(life.finish()) == ["heron 你好"]


def test_composed_text_in_another_program_or_beside_a_password_field_is_not_kept() -> None:
    life = Life()
    life.pass_time(400)
    life.become(front="mail")
    life.pass_time(400)
    typed(life, MAIL, "nihao ", "再见")
    life.become(front="notes", secret=True)
    life.pass_time(400)
    typed(life, NOTES, "nihao ", "再见")
    life.become(secret=False)
    life.pass_time(600)
    typed(life, NOTES, "nihao ", "你好")
    assert texts(life.finish()) == ["你好"]


def test_composed_text_without_keys_is_not_taken_for_typed() -> None:
    life = Life()
    life.pass_time(400)
    typed(life, NOTES, "", "你好")
    assert texts(life.finish()) == []
