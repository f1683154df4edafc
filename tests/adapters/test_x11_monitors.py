# SPDX-License-Identifier: Apache-2.0
"""More than one monitor, of other sizes and places, plugged in and out while everything is under way."""

import select
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.monitors import Monitors
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Desktop, X11Indicator, X11Input, X11Screen
from handiwork.model.geometry import Box
from handiwork.model.raw import RawButton, RawDesktop, RawMove
from handiwork.rules.visible import visible_parts, window_under

pytestmark = pytest.mark.desktop

LEFT, RIGHT = Box(0, 0, 1280, 800), Box(1280, 0, 1280, 800)


@pytest.fixture
def wide() -> Iterator[VirtualSession]:
    """A screen of two monitors side by side."""
    with VirtualSession(2560, 800) as session:
        monitors = Monitors(session.display)
        monitors.arrange(LEFT, RIGHT)
        yield session
        monitors.close()


@pytest.fixture
def monitors(wide: VirtualSession) -> Iterator[Monitors]:
    made = Monitors(wide.display)
    yield made
    made.close()


@pytest.fixture
def program(wide: VirtualSession) -> Iterator[Program]:
    started = Program(wide.display)
    yield started
    started.close()


def soon(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def newest(desktop: X11Desktop, holds: Callable[[RawDesktop], bool]) -> RawDesktop:
    deadline, now = time.monotonic() + 10, None
    while now is None or not holds(now):
        assert time.monotonic() < deadline
        select.select([desktop.fileno()], [], [], 0.5)
        now = ([now, *desktop.read()])[-1]
    return now


def mark_is_whole_on(session: VirtualSession, monitor: Box) -> bool:
    desktop = X11Desktop(session.display)
    marks = [window.bounds for window in desktop.read()[-1].windows if window.app == "handiwork"]
    desktop.close()
    return [mark.intersection(monitor) for mark in marks] == marks != []


def test_the_pointer_on_the_second_monitor_is_told_where_it_is(wide: VirtualSession) -> None:
    source, hands = X11Input(wide.display), X11Actuator(wide.display)
    places = [(1270, 100), (1280, 100), (1300, 120), (2559, 799)]
    for x, y in places:
        hands.move(x, y)
    hands.button(1, True)
    hands.button(1, False)
    seen: list[tuple[int, int]] = []
    while len(seen) < 6:
        select.select([source.fileno()], [], [], 5)
        seen += [(event.x, event.y) for event in source.read() if isinstance(event, RawMove | RawButton)]
    assert seen == [*places, (2559, 799), (2559, 799)]
    source.close()
    hands.close()


def test_windows_there_are_found_clipped_and_cut_out_where_they_are(wide: VirtualSession, program: Program) -> None:
    own = program.open("ledger", "Ledger", Box(1400, 100, 600, 400))
    over = program.open("notice", "Notice", Box(1900, 300, 300, 300), popup=True)
    desktop = X11Desktop(wide.display)
    now = newest(desktop, lambda told: {own, over} <= {window.xid for window in told.windows} and told.active == own)
    under = [window_under(now, x, y) for x, y in ((1450, 150), (1950, 350), (450, 150))]
    assert [window.xid if window else 0 for window in under] == [own, over, 0]
    parts = visible_parts(now, own)
    assert sum(part.area for part in parts) == 600 * 400 - 100 * 200
    assert not any(part.contains(1950, 350) for part in parts)
    desktop.close()


def test_pixels_of_the_second_monitor_are_that_monitors(wide: VirtualSession, program: Program) -> None:
    program.open("left", "", Box(100, 100, 200, 200), 0x112233, popup=True)
    program.open("right", "", Box(1380, 100, 200, 200), 0x445566, popup=True)
    screen = X11Screen(wide.display)
    assert screen.size() == Box(0, 0, 2560, 800)

    def colours() -> list[bytes]:
        frames = [screen.grab(Box(x, 150, 50, 50)) for x in (150, 1430)]
        return [frame.pixels[:3] for frame in frames]

    soon(lambda: colours() == [b"\x33\x22\x11", b"\x66\x55\x44"])
    across = screen.grab(Box(1200, 100, 200, 1))
    assert (across.region, len(across.pixels)) == (Box(1200, 100, 200, 1), 200 * 4)
    assert across.pixels[180 * 4 : 180 * 4 + 3] == b"\x66\x55\x44"
    screen.close()


def test_a_window_partly_beyond_the_screen_is_grabbed_as_far_as_it_is_on_it(wide: VirtualSession) -> None:
    screen = X11Screen(wide.display)
    frame = screen.grab(Box(2400, 700, 600, 400))
    assert (frame.region, len(frame.pixels)) == (Box(2400, 700, 160, 100), 160 * 100 * 4)
    screen.close()


def test_the_mark_stands_on_the_first_monitor_whatever_lies_beside_it(wide: VirtualSession, monitors: Monitors) -> None:
    indicator = X11Indicator(wide.display)
    indicator.show("recording")
    assert mark_is_whole_on(wide, LEFT)
    lower, upper = Box(0, 200, 1280, 600), Box(1280, 0, 1280, 800)
    monitors.arrange(lower, upper)
    soon(lambda: mark_is_whole_on(wide, lower))
    monitors.arrange(upper, lower)
    soon(lambda: mark_is_whole_on(wide, upper))
    indicator.close()


def test_the_mark_comes_back_into_view_when_the_screen_shrinks(wide: VirtualSession, monitors: Monitors) -> None:
    monitors.arrange(RIGHT, LEFT)
    indicator = X11Indicator(wide.display)
    indicator.show("recording")
    monitors.arrange()
    monitors.resize(1280, 800)
    soon(lambda: mark_is_whole_on(wide, LEFT))
    indicator.show("paused")
    indicator.close()


def test_a_screen_that_shrinks_and_grows_all_the_while_never_stops_the_pictures(
    wide: VirtualSession, monitors: Monitors
) -> None:
    monitors.arrange()
    screen, over = X11Screen(wide.display), threading.Event()

    def plug() -> None:
        while not over.is_set():
            monitors.resize(1280, 600)
            monitors.resize(2560, 800)

    plugging = threading.Thread(target=plug)
    plugging.start()
    try:
        regions = [screen.grab(Box(1200, 500, 900, 300)).region for _ in range(300)]
    finally:
        over.set()
        plugging.join()
    assert {(region.w, region.h) for region in regions} <= {(900, 300), (80, 100)}
    assert len({region.w for region in regions}) == 2, "it did change while pictures were taken"
    screen.close()


def test_windows_and_pointer_are_right_after_the_second_monitor_is_gone(
    wide: VirtualSession, monitors: Monitors, program: Program
) -> None:
    desktop, source, hands = X11Desktop(wide.display), X11Input(wide.display), X11Actuator(wide.display)
    own = program.open("ledger", "Ledger", Box(1400, 100, 600, 400))
    newest(desktop, lambda told: told.active == own)
    hands.move(2000, 300)
    monitors.arrange()
    monitors.resize(1280, 800)
    desktop.read()
    program.place(own, Box(100, 100, 600, 400))
    newest(desktop, lambda told: any(w.xid == own and w.bounds.x < 1280 for w in told.windows))
    hands.move(1279, 300)
    hands.move(5000, 300)
    deadline, xs = time.monotonic() + 10, list[int]()
    while (not xs or xs[-1] != 1279) and time.monotonic() < deadline:
        select.select([source.fileno()], [], [], 0.5)
        xs += [event.x for event in source.read() if isinstance(event, RawMove)]
    assert xs[0] == 2000
    assert xs[-1] == 1279
    assert source.lost() == 0
    for part in (desktop, source, hands):
        part.close()
