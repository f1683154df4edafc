# SPDX-License-Identifier: Apache-2.0
"""The Surroundings contract, against a real X server and against the fake."""

import select
import time
from collections.abc import Iterator
from typing import Protocol

import pytest
from tests.monitors import Monitors, Settings

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Surroundings
from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import RawSurroundings
from handiwork.ports.fakes.surroundings import ScriptedSurroundings
from handiwork.ports.surroundings import Surroundings

pytestmark = pytest.mark.desktop

LEFT, RIGHT = Box(0, 0, 640, 800), Box(640, 0, 640, 800)


class Desk(Protocol):
    """Surroundings, and ways to change them."""

    @property
    def source(self) -> Surroundings: ...

    def monitors(self, *boxes: Box) -> None: ...
    def double_click(self, ms: int, px: int) -> None: ...
    def scale(self, factor: int) -> None: ...
    def layout(self, name: str) -> None: ...
    def end(self) -> None: ...


class FakeDesk:
    def __init__(self) -> None:
        self.source = self._fake = ScriptedSurroundings()

    def monitors(self, *boxes: Box) -> None:
        self._fake.arrange(monitors=boxes)

    def double_click(self, ms: int, px: int) -> None:
        self._fake.arrange(double_click=(ms, px))

    def scale(self, factor: int) -> None:
        self._fake.arrange(scale=float(factor))

    def layout(self, name: str) -> None:
        self._fake.arrange(layout=name)

    def end(self) -> None:
        self._fake.hang_up()


class RealDesk:
    def __init__(self, session: VirtualSession) -> None:
        self._session, self._numbers = session, dict[str, int]()
        self._monitors, self._settings = Monitors(session.display), Settings(session.display)
        self.source = X11Surroundings(session.display)

    def monitors(self, *boxes: Box) -> None:
        self._monitors.arrange(*boxes)

    def double_click(self, ms: int, px: int) -> None:
        self._numbers |= {"Net__DoubleClickTime": ms, "Net__DoubleClickDistance": px}
        self._settings.manage(**self._numbers)

    def scale(self, factor: int) -> None:
        self._numbers |= {"Gdk__WindowScalingFactor": factor}
        self._settings.manage(**self._numbers)

    def layout(self, name: str) -> None:
        self._settings.layouts(name)

    def end(self) -> None:
        self._session.close()


@pytest.fixture(params=["fake", "x11"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    if request.param == "fake":
        yield FakeDesk()
        return
    with VirtualSession(window_manager=False) as session:
        made = RealDesk(session)
        yield made
        made.source.close()


def told(desk: Desk) -> RawSurroundings:
    """The newest state, once something was told."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        select.select([desk.source.fileno()], [], [], 0.5)
        if found := desk.source.read():
            return found[-1]
    raise AssertionError("nothing was told")


def test_the_first_read_tells_what_holds_and_plain_values_where_nobody_says(desk: Desk) -> None:
    first = told(desk)
    assert first.monitors == (Box(0, 0, 1280, 800),)
    assert (first.scale, first.double_click_ms, first.double_click_px, first.layout) == (1.0, 400, 5, "us")


def test_a_monitor_plugged_in_and_out_is_told(desk: Desk) -> None:
    told(desk)
    desk.monitors(LEFT, RIGHT)
    assert told(desk).monitors in ((LEFT, RIGHT), (LEFT,))  # the second may come in news of its own
    desk.monitors(RIGHT)
    deadline = time.monotonic() + 5
    while (now := told(desk).monitors) != (RIGHT,):
        assert time.monotonic() < deadline, now


def test_the_desktops_own_double_click_settings_are_told(desk: Desk) -> None:
    told(desk)
    desk.double_click(250, 12)
    now = told(desk)
    assert (now.double_click_ms, now.double_click_px) == (250, 12)
    desk.double_click(700, 3)
    assert told(desk).double_click_ms == 700


def test_a_change_of_scale_is_told_and_the_rest_stays(desk: Desk) -> None:
    told(desk)
    desk.double_click(250, 12)
    told(desk)
    desk.scale(2)
    now = told(desk)
    assert (now.scale, now.double_click_ms) == (2.0, 250)


def test_a_change_of_layout_is_told(desk: Desk) -> None:
    told(desk)
    desk.layout("de")
    assert told(desk).layout == "de"


def test_what_changes_nothing_is_not_told(desk: Desk) -> None:
    told(desk)
    desk.layout("us")
    desk.layout("fr")
    assert told(desk).layout == "fr"
    assert desk.source.read() == []


def test_times_are_those_of_the_monotonic_clock_and_rise(desk: Desk) -> None:
    first = told(desk)
    desk.layout("de")
    second = told(desk)
    assert first.time_ms <= second.time_ms <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


def test_a_desktop_that_is_gone_says_so(desk: Desk) -> None:
    told(desk)
    desk.end()
    with pytest.raises(Lost):
        desk.source.read()


def test_closing_twice_is_allowed(desk: Desk) -> None:
    desk.source.close()
    desk.source.close()
    assert desk.source.read() == []
