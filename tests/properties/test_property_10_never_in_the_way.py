# SPDX-License-Identifier: Apache-2.0
"""Property 10 under attack: floods of events, and another program that wants keyboard and pointer for itself."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.harness import Life
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop, X11Indicator, X11Input, X11Screen
from handiwork.adapters.x11.wire import ProtocolError
from handiwork.model.event import Button
from handiwork.model.geometry import Box
from handiwork.model.raw import RawButton, RawLost, RawMove
from handiwork.recorder.waiting import CAPACITY, Waiting


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 20))
def test_no_click_is_shed_while_a_move_could_be_and_every_loss_is_counted(moves: list[bool], capacity: int) -> None:
    waiting = Waiting(capacity)
    for moment, is_move in enumerate(moves):
        waiting.put(RawMove(moment, 1, 1, False) if is_move else RawButton(moment, 1, 1, 1, True, False))
        assert len(waiting) <= capacity
    out = waiting.due(10_000)
    kept, marks = ([raw for raw in out if isinstance(raw, RawLost) == lost] for lost in (False, True))
    assert len(kept) + waiting.overflowed == len(moves)
    assert sum(mark.count for mark in marks if isinstance(mark, RawLost)) == waiting.overflowed
    assert [raw.time_ms for raw in out] == sorted(raw.time_ms for raw in out)
    clicks = sum(isinstance(raw, RawButton) for raw in kept)
    assert clicks == min(moves.count(False), capacity)


def test_a_flood_of_moves_costs_no_click_and_is_told_in_the_account() -> None:
    life = Life()
    life.pass_time(500)
    now = life.clock.now
    for number in range(3):
        life.input.put(RawButton(now + number, 30, 30, 1, number % 2 == 0, False))
    for _ in range(CAPACITY + 500):
        life.input.put(RawMove(now + 5, 40, 40, False))
    life.input.put(RawButton(now + 9, 30, 30, 1, False, False))
    life.pass_time(20)
    lost = life.recorder.status().lost
    clicks = [event for event in life.finish() if isinstance(event, Button)]
    assert len(clicks) == 4
    assert lost > 500


@pytest.mark.desktop
def test_another_program_gets_keyboard_pointer_and_every_key_and_button_for_itself_while_we_watch(
    bare_session: VirtualSession,
) -> None:
    display = bare_session.display
    watching = (X11Input(display), X11Desktop(display), X11Indicator(display))
    other, third = Program(display), Program(display)
    root = other.link.screen.root
    try:
        watching[2].show("recording")
        X11Screen(display).grab(Box(0, 0, 100, 100))
        assert other.grab_keyboard(root)
        # GrabPointer: 0 is success, 1 AlreadyGrabbed, 4 Frozen.
        assert other.link.ask(struct.pack("<BBHIHBBIII", 26, 1, 6, root, 4, 1, 1, 0, 0, 0))[1] == 0
        other.release_keyboard()
        take_every_key_and_button(other, root)
        with pytest.raises(ProtocolError):  # so a grab would show
            take_every_key_and_button(third, root)
    finally:
        other.close()
        third.close()
        for part in watching:
            part.close()


def take_every_key_and_button(program: Program, root: int) -> None:
    """GrabKey and GrabButton of any, with any modifier: refused if any other program holds one there."""
    program.link.send(struct.pack("<BBHIHBBBxxx", 33, 1, 4, root, 1 << 15, 0, 1, 1))
    program.link.send(struct.pack("<BBHIHBBIIBxH", 28, 1, 6, root, 4, 1, 1, 0, 0, 0, 1 << 15))
    program.link.sync()
