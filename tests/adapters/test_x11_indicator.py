# SPDX-License-Identifier: Apache-2.0
"""The mark stays on top, lets clicks through, and never pretends to be there when it is not."""

import struct
import time
from collections.abc import Iterator

import pytest
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop, X11Indicator, X11Screen
from handiwork.adapters.x11.looks import mark
from handiwork.adapters.x11.requests import query_pointer, read_pointer, unmap_window
from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import RawWindow

pytestmark = pytest.mark.desktop

CORNER = Box(980, 0, 300, 60)
WIDTH = mark("recording", "").width
PLACE = Box(1280 - 6 - WIDTH, 6, WIDTH, 22)
SIGN = Box(PLACE.x + 15, PLACE.y + 11, 1, 1)
"""A pixel inside the sign at the left of the mark."""


@pytest.fixture
def indicator(session: VirtualSession) -> Iterator[X11Indicator]:
    made = X11Indicator(session.display)
    yield made
    made.close()


def _topmost(session: VirtualSession) -> RawWindow | None:
    desktop = X11Desktop(session.display)
    windows = desktop.read()[-1].windows
    desktop.close()
    return windows[-1] if windows else None


def _is_on_top_soon(session: VirtualSession) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if (top := _topmost(session)) is not None and top.app == "handiwork":
            return True
        time.sleep(0.05)
    return False


def _pixel(session: VirtualSession) -> bytes:
    screen = X11Screen(session.display)
    pixel = screen.grab(SIGN).pixels[:3]
    screen.close()
    return pixel


def test_recording_is_a_red_sign_at_the_top_right(session: VirtualSession, indicator: X11Indicator) -> None:
    indicator.show("recording")
    top = _topmost(session)
    assert top is not None
    assert (top.title, top.bounds, top.override_redirect) == ("Handiwork: recording", PLACE, True)
    assert _pixel(session) == b"\x4b\x4b\xff"


def test_every_state_looks_different(session: VirtualSession, indicator: X11Indicator) -> None:
    screen = X11Screen(session.display)
    looks = set()
    for state in ("recording", "paused", "out of scope", "sign-in", "trouble", "stopped"):
        indicator.show(state)
        looks.add(screen.grab(PLACE).pixels)
    assert len(looks) == 6
    screen.close()


def test_a_window_that_covers_it_is_covered_in_turn(
    session: VirtualSession, indicator: X11Indicator, program: Program
) -> None:
    indicator.show("recording")
    program.open("cover", "C", CORNER, popup=True)
    assert _is_on_top_soon(session)
    assert _pixel(session) == b"\x4b\x4b\xff"


def test_hidden_by_another_program_it_comes_back(
    session: VirtualSession, indicator: X11Indicator, program: Program
) -> None:
    indicator.show("recording")
    top = _topmost(session)
    assert top is not None
    program.link.send(unmap_window(top.xid))
    program.link.sync()
    assert _is_on_top_soon(session)


def test_destroyed_by_another_program_it_says_so(
    session: VirtualSession, indicator: X11Indicator, program: Program
) -> None:
    indicator.show("recording")
    top = _topmost(session)
    assert top is not None
    program.close_window(top.xid)
    with pytest.raises(Lost):
        indicator.show("recording")


def test_the_pointer_goes_through_it(session: VirtualSession, indicator: X11Indicator, program: Program) -> None:
    indicator.show("recording")
    window = program.open("below", "B", CORNER, popup=True)
    assert _is_on_top_soon(session)
    link = program.link
    link.send(struct.pack("<BxHIIhhHHhh", 41, 6, 0, link.screen.root, 0, 0, 0, 0, 1200, 15))
    assert read_pointer(link.ask(query_pointer(link.screen.root))).child == window
