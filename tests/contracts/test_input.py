# SPDX-License-Identifier: Apache-2.0
"""The InputSource contract, against a real X server by both backends, and against the fake.

What a source says that it can't tell (`knows`) isn't asked of it; what each source says stands in a test of its own.
"""

import select
import time
from collections.abc import Callable, Iterator

import pytest

from handiwork.adapters.portable import PortableInput, pulse
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Input
from handiwork.model.errors import Lost
from handiwork.model.raw import RawButton, RawKey, RawLost, RawMove, RawWheel
from handiwork.ports.actuator import Actuator
from handiwork.ports.fakes.actuator import ScriptedActuator
from handiwork.ports.fakes.input import ScriptedInput
from handiwork.ports.input import EVERYTHING, InputSource, Knows, RawInput

pytestmark = pytest.mark.desktop


class Hands:
    """An input source, something that makes input, and a way to end the world."""

    def __init__(self, source: InputSource, actuator: Actuator, end: Callable[[], None]) -> None:
        self.source, self.actuator, self.end = source, actuator, end

    def seen(self, count: int) -> list[RawInput]:
        """The next `count` events."""
        found: list[RawInput] = []
        deadline = time.monotonic() + 10
        while len(found) < count and time.monotonic() < deadline:
            select.select([self.source.fileno()], [], [], 0.5)
            found += self.source.read()
        assert len(found) == count, [type(event).__name__ for event in found]
        return found

    def settle(self) -> None:
        """Acts until the source has told of a move and a key of one turn: then of all that was done for that before."""
        told: list[RawInput] = []
        deadline = time.monotonic() + 20
        for turn, key in enumerate("abcdefghijklmnopqrstuvwxyz", 1):
            self.actuator.move(turn, 400)
            self.actuator.key(key, True)
            self.actuator.key(key, False)
            until = min(deadline, time.monotonic() + 0.8)
            while time.monotonic() < until:
                select.select([self.source.fileno()], [], [], 0.1)
                told += self.source.read()
                if _tells(told, turn, key):
                    return
        raise AssertionError([type(event).__name__ for event in told])


def _tells(told: list[RawInput], x: int, key: str) -> bool:
    """Of a move to there, and of that key let go."""
    moved = any(isinstance(event, RawMove) and event.x == x for event in told)
    return moved and any(isinstance(event, RawKey) and event.name == key and not event.pressed for event in told)


@pytest.fixture(params=["fake", "x11", "portable"])
def hands(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    if request.param == "fake":
        fake = ScriptedInput()
        yield Hands(fake, ScriptedActuator(fake), fake.hang_up)
        fake.close()
        return
    with VirtualSession(window_manager=False) as session:
        actuator = X11Actuator(session.display)
        if request.param == "x11":
            source: InputSource = X11Input(session.display)
            yield Hands(source, actuator, session.close)
        else:
            pytest.importorskip("mss", reason="the portable backend's libraries are not the recorder's")
            monkeypatch.setenv("DISPLAY", session.display)  # pynput takes it from there alone
            # What it drops when the machine held it up is another test's matter (tests/adapters/test_portable.py).
            monkeypatch.setattr(pulse, "HELD_UP_MS", 60_000)
            source = PortableInput()
            hands = Hands(source, actuator, session.close)
            hands.settle()  # pynput says that it listens before it does
            yield hands
        source.close()


def _needs(known: bool, what: str) -> None:
    if not known:
        pytest.skip(f"this source says that it doesn't know {what}")


def test_moves_arrive_with_root_coordinates_and_in_order(hands: Hands) -> None:
    places = [(10, 20), (300, 40), (5, 600)]
    for x, y in places:
        hands.actuator.move(x, y)
    moves = hands.seen(3)
    assert [(move.x, move.y) for move in moves if isinstance(move, RawMove)] == places
    assert [move.time_ms for move in moves] == sorted(move.time_ms for move in moves)


def test_buttons_arrive_with_the_place_where_they_were_pressed(hands: Hands) -> None:
    hands.actuator.move(70, 80)
    for button in (1, 2, 3):
        hands.actuator.button(button, True)
        hands.actuator.button(button, False)
    buttons = [event for event in hands.seen(7) if isinstance(event, RawButton)]
    assert [(event.button, event.pressed) for event in buttons] == [
        (1, True), (1, False), (2, True), (2, False), (3, True), (3, False),
    ]  # fmt: skip
    assert {(event.x, event.y) for event in buttons} == {(70, 80)}


@pytest.mark.parametrize(("button", "dx", "dy"), [(4, 0, -1), (5, 0, 1), (6, -1, 0), (7, 1, 0)])
def test_one_wheel_notch_is_one_event(hands: Hands, button: int, dx: int, dy: int) -> None:
    hands.actuator.move(5, 5)
    hands.actuator.button(button, True)
    hands.actuator.button(button, False)
    hands.actuator.move(6, 6)
    wheel = [event for event in hands.seen(3) if isinstance(event, RawWheel)]
    assert [(event.dx, event.dy) for event in wheel] == [(dx, dy)]


def test_keys_arrive_with_name_character_and_modifiers(hands: Hands) -> None:
    for name in ("Control_L", "c"):
        hands.actuator.key(name, True)
    for name in ("c", "Control_L"):
        hands.actuator.key(name, False)
    for pressed in (True, False):
        hands.actuator.key("Return", pressed)
    keys = [event for event in hands.seen(6) if isinstance(event, RawKey)]
    assert [(key.name, key.char, key.modifiers) for key in keys if key.pressed] == [
        ("Control_L", "", frozenset()),
        ("c", "", frozenset({"ctrl"})),
        ("Return", "", frozenset()),
    ]


def test_shift_makes_a_capital(hands: Hands) -> None:
    hands.actuator.key("Shift_L", True)
    hands.actuator.key("a", True)
    hands.actuator.key("a", False)
    hands.actuator.key("Shift_L", False)
    key = [event for event in hands.seen(4) if isinstance(event, RawKey)][1]
    assert (key.name, key.char, key.modifiers) == ("A", "A", frozenset({"shift"}))


def test_what_a_program_made_is_marked_synthetic(hands: Hands) -> None:
    _needs(hands.source.knows.makers, "who made an event")
    hands.actuator.move(9, 9)
    hands.actuator.key("a", True)
    hands.actuator.key("a", False)
    assert all(not isinstance(event, RawLost) and event.synthetic for event in hands.seen(3))


def test_times_are_those_of_the_monotonic_clock(hands: Hands) -> None:
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    hands.actuator.move(1, 1)
    after = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    assert before <= hands.seen(1)[0].time_ms <= after + hands.source.knows.late_ms


def test_keys_keep_their_order_among_pointer_events(hands: Hands) -> None:
    _needs(hands.source.knows.order, "the order of keys among pointer events")
    for step in range(10):
        hands.actuator.move(step, step)
        hands.actuator.key("a", True)
        hands.actuator.key("a", False)
    assert [type(event) for event in hands.seen(30)] == [RawMove, RawKey, RawKey] * 10


def test_what_each_source_says_that_it_can_t_tell() -> None:
    assert (ScriptedInput().knows, X11Input.knows) == (EVERYTHING, EVERYTHING)
    assert PortableInput.knows == Knows(makers=False, repeats=False, losses=False, order=False, late_ms=2_000)


def test_nothing_is_read_twice_and_reading_does_not_wait(hands: Hands) -> None:
    hands.actuator.move(1, 2)
    hands.seen(1)
    assert hands.source.read() == []


def test_nothing_is_lost_in_ordinary_use(hands: Hands) -> None:
    for step in range(50):
        hands.actuator.move(step, step)
    hands.seen(50)
    assert hands.source.lost() == 0


def test_a_source_that_is_gone_says_so(hands: Hands) -> None:
    hands.end()
    with pytest.raises(Lost):
        hands.source.read()


def test_closing_twice_is_allowed(hands: Hands) -> None:
    hands.source.close()
    hands.source.close()


def test_the_fake_tells_what_it_lost() -> None:
    fake = ScriptedInput()
    fake.lose(moves=2, deeds=1)
    (lost,) = fake.read()
    assert isinstance(lost, RawLost)
    assert (lost.moves, lost.deeds, fake.lost()) == (2, 1, 3)
    fake.close()
