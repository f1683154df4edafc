# SPDX-License-Identifier: Apache-2.0
"""The Screen contract, against a real X server (with and without shared memory, and by mss) and against the fake."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.windows import Program

from handiwork.adapters.portable import PortableScreen
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Screen
from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.ports.fakes.screen import MemoryScreen
from handiwork.ports.screen import Screen

pytestmark = pytest.mark.desktop


@dataclass
class Painted:
    """A screen, a way to paint on it, and a way to end it."""

    screen: Screen
    paint: Callable[[Box, int], None]
    end: Callable[[], None]


def _wall(session: VirtualSession) -> Callable[[Box, int], None]:
    program = Program(session.display)

    def paint(box: Box, colour: int) -> None:
        window = program.open("wall", "", box, colour, popup=True)
        program.link.ask(b"\x03\x00\x02\x00" + window.to_bytes(4, "little"))

    return paint


@pytest.fixture(params=["fake", "x11", "x11 without shared memory", "portable"], scope="module")
def painted(request: pytest.FixtureRequest) -> Iterator[Painted]:
    if request.param == "fake":
        fake = MemoryScreen(640, 480)
        yield Painted(fake, fake.paint, fake.hang_up)
        return
    with VirtualSession(640, 480, window_manager=False) as session:
        if request.param == "portable":
            pytest.importorskip("mss", reason="the portable backend's libraries are not the recorder's")
            portable = PortableScreen(session.display)
            yield Painted(portable, _wall(session), session.close)
            portable.close()
            return
        screen = X11Screen(session.display)
        if "without" in request.param:
            screen._major = 0
        yield Painted(screen, _wall(session), session.close)
        screen.close()


def _colours(frame: RawFrame) -> set[bytes]:
    return {frame.pixels[at : at + 3] for at in range(0, len(frame.pixels), 4)}


def test_the_size_is_that_of_the_screen(painted: Painted) -> None:
    assert painted.screen.size() == Box(0, 0, 640, 480)


def test_pixels_are_blue_green_red_row_by_row(painted: Painted) -> None:
    painted.paint(Box(100, 100, 50, 40), 0x102030)
    painted.paint(Box(100, 100, 1, 1), 0xFF0000)
    frame = painted.screen.grab(Box(100, 100, 50, 40))
    assert frame.region == Box(100, 100, 50, 40)
    assert len(frame.pixels) == 50 * 40 * 4
    assert frame.pixels[:3] == b"\x00\x00\xff"
    assert frame.pixels[4:7] == b"\x30\x20\x10"
    assert _colours(frame) == {b"\x00\x00\xff", b"\x30\x20\x10"}


def test_the_time_is_from_before_the_copy(painted: Painted) -> None:
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    frame = painted.screen.grab(Box(0, 0, 10, 10))
    assert before <= frame.time_ms <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-700, 700), st.integers(-700, 700), st.integers(0, 800), st.integers(0, 800))
def test_a_region_is_clipped_to_the_screen(painted: Painted, x: int, y: int, w: int, h: int) -> None:
    region = Box(x, y, w, h)
    frame = painted.screen.grab(region)
    assert frame.region.area == region.intersection(Box(0, 0, 640, 480)).area
    assert len(frame.pixels) == frame.region.area * 4


def test_a_larger_region_after_a_smaller_one_is_whole(painted: Painted) -> None:
    painted.paint(Box(0, 0, 640, 480), 0x00FF00)
    painted.screen.grab(Box(0, 0, 4, 4))
    assert _colours(painted.screen.grab(Box(0, 0, 640, 480))) == {b"\x00\xff\x00"}


def test_a_screen_that_is_gone_says_so(painted: Painted) -> None:
    painted.end()
    with pytest.raises(Lost):
        painted.screen.grab(Box(0, 0, 10, 10))
