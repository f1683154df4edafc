# SPDX-License-Identifier: Apache-2.0
"""Of each key, run and path it is kept who made it: a person, a program, or a key that was held down."""

from tests.properties.harness import Life

from handiwork.model.codec import decode_events
from handiwork.model.event import Button, Event, Key, Lost, Moved, Typed, Wheel
from handiwork.model.raw import RawButton, RawKey, RawMove, RawWheel


def lived(*raws: RawKey | RawMove | RawButton | RawWheel) -> list[Event]:
    life = Life()
    life.pass_time(500)
    for raw in raws:
        raw.time_ms += life.clock.now
        life.input.put(raw)
    life.pass_time(2_000)
    return life.finish()


def typed(t: int, char: str, synthetic: bool = False, name: str = "") -> RawKey:
    return RawKey(t, name or char, char, True, False, frozenset(), synthetic)


def test_a_key_says_whether_it_was_held_down_and_whether_a_program_pressed_it() -> None:
    events = lived(
        RawKey(0, "Down", "", True, False, frozenset({"shift"}), False),
        RawKey(30, "Down", "", True, True, frozenset(), False),
        RawKey(60, "F2", "", True, False, frozenset(), True, True),
    )
    keys = [(k.name, k.modifiers, k.repeat, k.synthetic, k.repaired) for k in events if isinstance(k, Key)]
    assert keys == [
        ("Down", ("shift",), False, False, False),
        ("Down", (), True, False, False),
        ("F2", (), False, True, True),
    ]


def test_a_run_of_typing_is_synthetic_if_any_key_of_it_was_and_the_next_is_not() -> None:
    events = lived(typed(0, "a"), typed(20, "b", True), typed(1_400, "c"))
    assert [event.synthetic for event in events if isinstance(event, Typed)] == [True, False]


def test_a_run_says_how_often_something_was_taken_back() -> None:
    events = lived(typed(0, "a"), typed(9, "b"), typed(20, "", name="BackSpace"), typed(40, "c"), typed(1_400, "d"))
    runs = [(event.text, event.keystrokes, event.corrections) for event in events if isinstance(event, Typed)]
    assert runs == [("ac", 4, 1), ("d", 1, 0)]


def test_a_path_ends_where_a_program_begins_to_move_the_pointer() -> None:
    events = lived(*(RawMove(10 * i, 30 + i, 40, 2 <= i < 4) for i in range(6)))
    places = [(x, event.synthetic) for event in events if isinstance(event, Moved) for _, x, _ in event.path]
    assert places == [(30, False), (31, False), (32, True), (33, True), (34, False), (35, False)]


def test_a_button_and_the_wheel_say_whether_they_were_repaired() -> None:
    events = lived(
        RawButton(0, 30, 40, 1, True, False, True),
        RawButton(20, 30, 40, 1, False, False),
        RawWheel(40, 30, 40, 0, 1, True, True),
    )
    assert [event.repaired for event in events if isinstance(event, Button)] == [True, False]
    assert [(event.synthetic, event.repaired) for event in events if isinstance(event, Wheel)] == [(True, True)]


def test_segments_from_before_these_words_still_open() -> None:
    import msgspec

    old = [
        {"e": "key", "t": 1, "name": "Tab", "modifiers": [], "pressed": True},
        {"e": "typed", "t": 1, "t_end": 2, "text": "a", "keystrokes": 1, "cuts": []},
        {"e": "moved", "t": 1, "path": [[0, 1, 2]]},
        {"e": "button", "t": 1, "x": 1, "y": 2, "button": 1, "pressed": True, "synthetic": False},
        {"e": "wheel", "t": 1, "x": 1, "y": 2, "dx": 0, "dy": 1},
        {"e": "lost", "t": 1, "t_end": 2, "count": 3},
    ]
    key, run, moved, button, wheel, lost = decode_events(msgspec.msgpack.encode(old))
    assert isinstance(key, Key)
    assert isinstance(run, Typed)
    assert isinstance(moved, Moved)
    assert isinstance(button, Button)
    assert isinstance(wheel, Wheel)
    assert isinstance(lost, Lost)
    assert not any((key.repeat, key.synthetic, run.synthetic, run.corrections, moved.synthetic, wheel.synthetic))
    assert lost.deeds == 3, "of an old mark it is not known that they were only moves"
