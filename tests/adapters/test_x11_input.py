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
from handiwork.adapters.x11.witness import BUTTON_PRESS, KEY_PRESS, KEY_RELEASE, MOTION, NOBODY, Pairing
from handiwork.model.errors import MissingPiece
from handiwork.model.geometry import Box
from handiwork.model.raw import RawButton, RawKey, RawMove
from handiwork.ports.input import RawInput

pytestmark = pytest.mark.desktop


@pytest.fixture
def source(session: VirtualSession) -> Iterator[X11Input]:
    made = X11Input(session.display)
    yield made
    made.close()


def _seen(source: X11Input, count: int) -> list[RawInput]:
    found: list[RawInput] = []
    deadline = time.monotonic() + 10
    while len(found) < count and time.monotonic() < deadline:
        select.select([source.fileno()], [], [], 0.5)
        found += source.read()
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


def _record(*events: tuple[int, int, int]) -> bytes:
    packed = (struct.pack("<BBHI12xhh4xHBx", kind, detail, 0, stamp, 7, 8, 0, 1) for kind, detail, stamp in events)
    return bytes(32) + b"".join(packed)


def _raw(kind: int, detail: int, stamp: int, device: int) -> bytes:
    return struct.pack("<8xHHIIHHII", kind + 11, 2, stamp, detail, device, 1, 0, 0) + b"\x03\0\0\0"


def test_a_raw_event_that_record_never_told_is_counted() -> None:
    pairing = Pairing()
    for stamp in (10, 11, 12):
        pairing.add_raw(_raw(MOTION, 0, stamp, 6))
    pairing.add_recorded(_record((MOTION, 0, 10), (MOTION, 0, 12)))
    assert [event.stamp for event in pairing.take(0)] == [10, 12]
    assert pairing.lost == 1


def test_an_event_waits_until_it_is_known_who_made_it() -> None:
    pairing = Pairing()
    pairing.add_recorded(_record((BUTTON_PRESS, 1, 10)))
    assert list(pairing.take(0)) == []
    pairing.add_raw(_raw(BUTTON_PRESS, 1, 10, 6))
    assert [event.device for event in pairing.take(0)] == [6]


def test_up_to_the_mark_what_xinput_did_not_see_was_made_by_nobody() -> None:
    pairing = Pairing()
    pairing.add_recorded(_record((MOTION, 0, 10)))
    mark = pairing.told
    pairing.add_recorded(_record((MOTION, 0, 11)))
    assert [(event.stamp, event.device) for event in pairing.take(mark)] == [(10, NOBODY)]


def test_what_record_never_tells_is_given_up_after_a_while() -> None:
    pairing = Pairing()
    pairing.add_raw(_raw(MOTION, 0, 1000, 6))
    pairing.give_up(2000)
    assert pairing.lost == 0
    pairing.give_up(9000)
    assert pairing.lost == 1
    assert not pairing.waits


Deed = tuple[int, int]
_DEEDS = st.lists(st.sampled_from([(MOTION, 0), (KEY_PRESS, 38), (KEY_RELEASE, 38), (BUTTON_PRESS, 1)]), max_size=30)


@given(_DEEDS, st.data())
def test_every_recorded_event_comes_out_once_and_every_missing_one_is_counted(
    deeds: list[Deed], data: st.DataObject
) -> None:
    """However the two streams are cut and whatever RECORD loses (of what changes something)."""
    pairing = Pairing()
    out: list[int] = []
    told = 0
    missing = 0
    down: set[int] = set()
    for stamp, (kind, detail) in enumerate(deeds):
        idle = kind != MOTION and ((kind in (KEY_PRESS, BUTTON_PRESS)) == (detail in down))
        if kind != MOTION:
            (down.add if kind in (KEY_PRESS, BUTTON_PRESS) else down.discard)(detail)
        pairing.add_raw(_raw(kind, detail, stamp, 6))
        if idle:
            continue
        if data.draw(st.booleans()):
            pairing.add_recorded(_record((kind, detail, stamp)))
            told += 1
        else:
            missing += 1
        if data.draw(st.booleans()):
            out += [event.stamp for event in pairing.take(0)]
    pairing.add_raw(_raw(MOTION, 0, 100, 6))
    pairing.add_recorded(_record((MOTION, 0, 100)))
    out += [event.stamp for event in pairing.take(0)]
    assert len(out) == told + 1
    assert out == sorted(out)
    assert pairing.lost == missing
