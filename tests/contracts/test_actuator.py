# SPDX-License-Identifier: Apache-2.0
"""The Actuator contract: what it does is what an input source sees. Against a real X server and against the fake."""

import select
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Input
from handiwork.model.errors import BadInput
from handiwork.model.raw import RawButton, RawKey, RawMove
from handiwork.ports.actuator import Actuator
from handiwork.ports.fakes.actuator import ScriptedActuator
from handiwork.ports.fakes.input import ScriptedInput
from handiwork.ports.input import InputSource, RawInput

pytestmark = pytest.mark.desktop


@dataclass
class Hand:
    """An actuator, and someone who watches it."""

    actuator: Actuator
    source: InputSource

    def seen(self) -> list[RawInput]:
        """All that it did, up to a move that marks the end."""
        self.actuator.move(799, 599)
        found: list[RawInput] = []
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            select.select([self.source.fileno()], [], [], 0.5)
            found += self.source.read()
            if found and isinstance(found[-1], RawMove) and (found[-1].x, found[-1].y) == (799, 599):
                return found[:-1]
        raise AssertionError("the last move was not seen")

    def typed(self) -> str:
        """The text that was typed."""
        return "".join(event.char for event in self.seen() if isinstance(event, RawKey) and event.pressed)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with VirtualSession(window_manager=False) as session:
        yield session.display


@pytest.fixture(params=["fake", "x11"])
def hand(request: pytest.FixtureRequest, display: str) -> Iterator[Hand]:
    if request.param == "fake":
        fake = ScriptedInput()
        yield Hand(ScriptedActuator(fake), fake)
        fake.close()
        return
    source, actuator = X11Input(display), X11Actuator(display)
    yield Hand(actuator, source)
    actuator.close()
    source.close()


def test_a_move_is_one_event(hand: Hand) -> None:
    hand.actuator.move(123, 456)
    assert [(event.x, event.y) for event in hand.seen() if isinstance(event, RawMove)] == [(123, 456)]


def test_a_drag_is_press_move_release(hand: Hand) -> None:
    hand.actuator.move(10, 10)
    hand.actuator.button(1, True)
    hand.actuator.move(90, 10)
    hand.actuator.button(1, False)
    buttons = [event for event in hand.seen() if isinstance(event, RawButton)]
    assert [(event.pressed, event.x) for event in buttons] == [(True, 10), (False, 90)]


@pytest.mark.parametrize("text", ["hello", "Hi, you!", "a@b.c", "x-1 Y", "one\ntwo\t3"])
def test_text_arrives_as_it_was_written(hand: Hand, text: str) -> None:
    hand.actuator.write(text, 0)
    assert hand.typed() == text.replace("\n", "").replace("\t", "")


def test_characters_without_a_key_arrive_too(hand: Hand) -> None:
    hand.actuator.write("Größe 5€ Жя 日本", 2)
    assert hand.typed() == "Größe 5€ Жя 日本"


def test_line_ends_are_the_return_key(hand: Hand) -> None:
    hand.actuator.write("a\n", 0)
    names = [event.name for event in hand.seen() if isinstance(event, RawKey) and event.pressed]
    assert names == ["a", "Return"]


def test_a_character_that_no_keyboard_types_is_refused_without_being_named(hand: Hand) -> None:
    with pytest.raises(BadInput) as refused:
        hand.actuator.write("secret\x07", 0)
    assert "secret" not in str(refused.value)


def test_an_unknown_key_is_refused(hand: Hand) -> None:
    with pytest.raises(BadInput):
        hand.actuator.key("NoSuchKey", True)


def test_a_button_that_no_pointer_has_is_refused(hand: Hand) -> None:
    with pytest.raises(BadInput):
        hand.actuator.button(200, True)
