# SPDX-License-Identifier: Apache-2.0
"""What two witnesses of the same input tell that one would not: who made it, and what went missing."""

import select
import struct
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.windows import Device, Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Input, refuse_wayland
from handiwork.adapters.x11.requests import change_keyboard_mapping
from handiwork.adapters.x11.witness import (
    BUTTON_PRESS,
    BUTTON_RELEASE,
    GIVE_UP_MS,
    HELD_UP_MS,
    KEY_PRESS,
    KEY_RELEASE,
    MOTION,
    NOBODY,
    Missing,
    Pairing,
    Recorded,
)
from handiwork.model.errors import MissingPiece
from handiwork.model.geometry import Box
from handiwork.model.raw import RawButton, RawKey, RawLost, RawMove, RawWheel

pytestmark = pytest.mark.desktop


@pytest.fixture
def source(session: VirtualSession) -> Iterator[X11Input]:
    made = X11Input(session.display)
    yield made
    made.close()


def _seen(source: X11Input, count: int) -> list[RawMove | RawButton | RawWheel | RawKey]:
    """The next events; none may be lost meanwhile."""
    found: list[RawMove | RawButton | RawWheel | RawKey] = []
    deadline = time.monotonic() + 10
    while len(found) < count and time.monotonic() < deadline:
        select.select([source.fileno()], [], [], 0.5)
        found += [event for event in source.read() if not isinstance(event, RawLost)]
    assert source.lost() == 0
    assert len(found) == count, [type(event).__name__ for event in found]
    return found


def test_what_a_device_made_is_not_synthetic(session: VirtualSession, source: X11Input) -> None:
    keyboard, mouse = Device(session.display, "Xvfb keyboard"), Device(session.display, "Xvfb mouse")
    keyboard.key(38, True)
    keyboard.key(38, False)
    mouse.move(50, 60)
    mouse.button(1, True)
    mouse.button(1, False)
    seen = _seen(source, 5)
    assert not any(event.synthetic for event in seen)
    assert [type(event) for event in seen] == [RawKey, RawKey, RawMove, RawButton, RawButton]


def test_a_pointer_that_a_program_moved_is_told_and_synthetic(
    session: VirtualSession, source: X11Input, program: Program
) -> None:
    link = program.link
    link.send(struct.pack("<BxHIIhhHHhh", 41, 6, 0, link.screen.root, 0, 0, 0, 0, 300, 301))
    link.sync()
    (move,) = _seen(source, 1)
    assert isinstance(move, RawMove)
    assert (move.x, move.y, move.synthetic) == (300, 301, True)
    assert source.lost() == 0


def test_a_key_that_is_held_repeats_and_the_repeats_are_its_devices(session: VirtualSession, source: X11Input) -> None:
    keyboard = Device(session.display, "Xvfb keyboard")
    keyboard.key(38, True)
    keys = source.read()
    while len(keys) < 4:
        keyboard.link.sync()  # as long as no program gets the repeats, the server tells RECORD only with other output
        keys += source.read()
    keyboard.key(38, False)
    pressed = [event for event in keys if isinstance(event, RawKey) and event.pressed][:3]
    assert [event.repeat for event in pressed] == [False, True, True]
    assert not any(event.synthetic for event in pressed)


def test_a_release_without_a_press_is_no_loss(session: VirtualSession, source: X11Input) -> None:
    actuator = X11Actuator(session.display)
    actuator.key("a", False)
    actuator.key("a", False)
    actuator.move(1, 1)
    _seen(source, 1)
    actuator.move(2, 2)
    _seen(source, 1)
    assert source.lost() == 0
    actuator.close()


def test_input_is_seen_while_another_program_grabs_the_keyboard(
    session: VirtualSession, source: X11Input, program: Program
) -> None:
    window = program.open("grabber", "G", Box(0, 0, 50, 50), popup=True)
    assert program.grab_keyboard(window)
    Device(session.display, "Xvfb keyboard").key(38, True)
    Device(session.display, "Xvfb keyboard").key(38, False)
    assert [event.synthetic for event in _seen(source, 2)] == [False, False]
    program.release_keyboard()


def test_a_changed_mapping_is_followed(session: VirtualSession, source: X11Input, program: Program) -> None:
    program.link.send(change_keyboard_mapping(250, [0x10003A9, 0x10003A9]))
    program.link.sync()
    keyboard = Device(session.display, "Xvfb keyboard")
    keyboard.key(250, True)
    keyboard.key(250, False)
    key = _seen(source, 2)[0]
    assert isinstance(key, RawKey)
    assert key.char == "Ω"


@pytest.mark.parametrize("environment", [{"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_SESSION_TYPE": "wayland"}])
def test_a_wayland_session_is_refused_with_the_reason(environment: dict[str, str]) -> None:
    with pytest.raises(MissingPiece, match="Wayland") as refused:
        refuse_wayland({"DISPLAY": ":0", **environment})
    assert "X11" in refused.value.do


def test_an_x_session_is_not_refused() -> None:
    refuse_wayland({"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"})


# The pairing itself, on made-up streams.


def _record(*events: tuple[int, int, int], x: int = 7, y: int = 8) -> bytes:
    packed = (struct.pack("<BBHI12xhh4xHBx", kind, detail, 0, stamp, x, y, 0, 1) for kind, detail, stamp in events)
    return bytes(32) + b"".join(packed)


def _raw(kind: int, detail: int, stamp: int, device: int) -> bytes:
    return struct.pack("<8xHHIIHHII", kind + 11, 2, stamp, detail, device, 1, 0, 0) + b"\x03\0\0\0"


def _told(events: Iterator[Recorded | Missing]) -> list[Recorded]:
    return [event for event in events if isinstance(event, Recorded)]


def test_a_move_that_record_never_told_is_counted_and_told_in_its_place() -> None:
    pairing = Pairing()
    for stamp in (10, 11, 12, 13):
        pairing.add_raw(_raw(MOTION, 0, stamp, 6))
    pairing.add_recorded(_record((MOTION, 0, 10), (MOTION, 0, 13)))
    first, missing, last = pairing.take(0, 0)
    assert missing == Missing(11, 12, 2)
    assert [event.stamp for event in (first, last) if isinstance(event, Recorded)] == [10, 13]
    assert pairing.lost == 2


def test_a_press_that_record_lost_is_repaired_where_the_pointer_rested() -> None:
    pairing = Pairing()
    for kind, detail, stamp in ((MOTION, 0, 10), (BUTTON_PRESS, 1, 20), (BUTTON_RELEASE, 1, 30)):
        pairing.add_raw(_raw(kind, detail, stamp, 6))
    pairing.add_recorded(_record((MOTION, 0, 10), x=100, y=200))
    pairing.add_recorded(_record((BUTTON_RELEASE, 1, 30), x=300, y=400))
    _, press, release = _told(pairing.take(0, 0))
    assert (press.kind, press.detail, press.stamp, press.device, press.repaired) == (BUTTON_PRESS, 1, 20, 6, True)
    assert (press.x, press.y) == (100, 200)
    assert not release.repaired
    assert pairing.lost == 0


def test_a_press_lost_together_with_the_moves_to_it_is_repaired_where_the_pointer_was_next() -> None:
    pairing = Pairing()
    for kind, detail, stamp in ((MOTION, 0, 10), (MOTION, 0, 15), (BUTTON_PRESS, 1, 20), (BUTTON_RELEASE, 1, 30)):
        pairing.add_raw(_raw(kind, detail, stamp, 6))
    pairing.add_recorded(_record((MOTION, 0, 10), x=100, y=200))
    pairing.add_recorded(_record((BUTTON_RELEASE, 1, 30), x=300, y=400))
    _, press, _ = _told(pairing.take(0, 0))
    assert (press.x, press.y, press.repaired) == (300, 400, True)
    assert pairing.lost == 1


def test_an_event_waits_until_it_is_known_who_made_it() -> None:
    pairing = Pairing()
    pairing.add_recorded(_record((BUTTON_PRESS, 1, 10)))
    assert list(pairing.take(0, 0)) == []
    pairing.add_raw(_raw(BUTTON_PRESS, 1, 10, 6))
    assert [event.device for event in _told(pairing.take(0, 0))] == [6]


def test_while_a_program_holds_up_the_pointer_keys_and_buttons_are_not_taken_for_lost() -> None:
    """As a window manager does at a click: RECORD goes on telling of the pointer, XInput only when it is let go."""
    pairing = Pairing()
    pairing.add_raw(_raw(BUTTON_PRESS, 1, 10, 6))
    pairing.add_raw(_raw(KEY_PRESS, 23, 12, 7))
    pairing.add_recorded(_record((BUTTON_PRESS, 1, 10), (BUTTON_RELEASE, 1, 11), (MOTION, 0, 11), (KEY_PRESS, 23, 12)))
    assert [event.stamp for event in _told(pairing.take(9, 20))] == [10]
    assert list(pairing.take(9, 60)) == [], "a button is let go of by a device: XInput will tell which"
    pairing.add_raw(_raw(BUTTON_RELEASE, 1, 11, 6))
    pairing.add_raw(_raw(MOTION, 0, 11, 6))
    assert [(e.kind, e.device) for e in _told(pairing.take(9, 80))] == [
        (BUTTON_RELEASE, 6),
        (MOTION, 6),
        (KEY_PRESS, 7),
    ]
    assert pairing.lost == 0


def test_what_was_passed_on_before_xinput_spoke_of_it_is_neither_lost_nor_told_twice() -> None:
    pairing = Pairing()
    pairing.add_recorded(_record((BUTTON_RELEASE, 1, 10)))
    assert list(pairing.take(9, 20)) == []
    assert [event.device for event in _told(pairing.take(9, 20 + HELD_UP_MS + 1))] == [NOBODY]
    pairing.add_raw(_raw(BUTTON_PRESS, 1, 9, 6))
    pairing.add_raw(_raw(BUTTON_RELEASE, 1, 10, 6))
    pairing.add_raw(_raw(MOTION, 0, 12, 6))
    pairing.add_recorded(_record((MOTION, 0, 12)))
    assert [(e.kind, e.repaired) for e in _told(pairing.take(9, 500))] == [(BUTTON_PRESS, True), (MOTION, False)]
    assert not pairing.waits


def test_a_pointer_that_a_program_moves_is_told_at_once_though_no_device_moved_it() -> None:
    pairing = Pairing()
    pairing.add_recorded(_record((MOTION, 0, 10), (MOTION, 0, 11)))
    assert [event.device for event in _told(pairing.take(2, 11))] == [NOBODY, NOBODY]


def test_the_first_event_after_a_rest_may_be_stamped_a_tick_apart() -> None:
    pairing = Pairing()
    pairing.add_raw(_raw(MOTION, 0, 9, 6))
    pairing.add_raw(_raw(MOTION, 0, 12, 6))
    pairing.add_recorded(_record((MOTION, 0, 10), (MOTION, 0, 12)))
    assert [event.device for event in _told(pairing.take(0, 12))] == [6, 6]
    assert pairing.lost == 0


def test_a_key_whose_release_record_lost_does_not_repeat_when_it_is_pressed_again() -> None:
    pairing = Pairing()
    pairing.add_raw(_raw(KEY_PRESS, 23, 10, 7))
    pairing.add_recorded(_record((KEY_PRESS, 23, 10), (KEY_PRESS, 23, 30)))
    assert [event.stamp for event in _told(pairing.take(0, 30))] == [10]
    pairing.add_raw(_raw(KEY_RELEASE, 23, 20, 7))
    pairing.add_raw(_raw(KEY_PRESS, 23, 30, 7))
    assert [(e.kind, e.stamp, e.repaired) for e in _told(pairing.take(0, 31))] == [
        (KEY_RELEASE, 20, True),
        (KEY_PRESS, 30, False),
    ]
    assert not pairing.waits


def test_up_to_the_mark_what_xinput_did_not_see_was_made_by_nobody() -> None:
    pairing = Pairing()
    pairing.add_recorded(_record((MOTION, 0, 10)))
    mark = pairing.told
    pairing.add_recorded(_record((MOTION, 0, 11)))
    assert [(event.stamp, event.device) for event in _told(pairing.take(mark, 0))] == [(10, NOBODY)]


def test_what_record_never_tells_is_given_up_after_a_while() -> None:
    pairing = Pairing()
    pairing.add_raw(_raw(MOTION, 0, 1000, 6))
    pairing.add_raw(_raw(BUTTON_PRESS, 1, 1001, 6))
    assert not pairing.is_late(1000 + GIVE_UP_MS)
    assert list(pairing.give_up(1000 + GIVE_UP_MS, 5, 6)) == []
    assert pairing.is_late(1002 + GIVE_UP_MS)
    missing, press = pairing.give_up(1002 + GIVE_UP_MS, 5, 6)
    assert missing == Missing(1000, 1000, 1)
    assert isinstance(press, Recorded)
    assert (press.x, press.y, press.repaired) == (5, 6, True)
    assert pairing.lost == 1
    assert not pairing.waits


Deed = tuple[int, int]
_DEEDS = st.lists(st.sampled_from([(MOTION, 0), (KEY_PRESS, 38), (KEY_RELEASE, 38), (BUTTON_PRESS, 1)]), max_size=30)


@given(_DEEDS, st.data())
def test_every_deed_comes_out_once_in_order_and_every_missing_move_is_counted_and_told(
    deeds: list[Deed], data: st.DataObject
) -> None:
    """However the two streams are cut and whatever RECORD loses (of what changes something).

    Keys and pointer are each in order; what was lost of the one may be known only when more of it is told.
    """
    pairing = Pairing()
    out: list[Recorded | Missing] = []
    expected: list[tuple[int, int, bool]] = []
    missing = 0
    down: set[int] = set()
    for stamp, (kind, detail) in enumerate(deeds):
        idle = kind != MOTION and ((kind in (KEY_PRESS, BUTTON_PRESS)) == (detail in down))
        if kind != MOTION:
            (down.add if kind in (KEY_PRESS, BUTTON_PRESS) else down.discard)(detail)
        pairing.add_raw(_raw(kind, detail, stamp, 6))
        if idle:
            continue
        told = data.draw(st.booleans())
        if told:
            pairing.add_recorded(_record((kind, detail, stamp)))
        if told or kind != MOTION:
            expected.append((kind, stamp, not told))
        else:
            missing += 1
        if data.draw(st.booleans()):
            out += pairing.take(0, 0)
    for kind, detail in ((MOTION, 0), (KEY_PRESS, 99)):
        pairing.add_raw(_raw(kind, detail, 100, 6))
        pairing.add_recorded(_record((kind, detail, 100)))
        expected.append((kind, 100, False))
    out += pairing.take(0, 0)
    came = [(event.kind, event.stamp, event.repaired) for event in _told(iter(out))]
    for kinds in ((KEY_PRESS, KEY_RELEASE), (BUTTON_PRESS, MOTION)):
        assert [one for one in came if one[0] in kinds] == [one for one in expected if one[0] in kinds]
    assert len(came) == len(expected)
    assert pairing.lost == missing == sum(event.moves for event in out if isinstance(event, Missing))
