# SPDX-License-Identifier: Apache-2.0
"""The Desktop contract, against a real X server with a window manager and against the fake."""

import select
import time
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.ports.desktop import Desktop
from handiwork.ports.fakes.desktop import ScriptedDesktop

pytestmark = pytest.mark.desktop

HERE, THERE, SMALL = Box(50, 60, 300, 200), Box(400, 300, 320, 240), Box(70, 80, 100, 90)


class Stage(Protocol):
    """A desktop and the windows on it, real or not."""

    desktop: Desktop

    def open(self, app: str, title: str, bounds: Box, popup: bool = False) -> int: ...
    def retitle(self, xid: int, title: str) -> None: ...
    def place(self, xid: int, bounds: Box) -> None: ...
    def activate(self, xid: int) -> None: ...
    def close_window(self, xid: int) -> None: ...
    def end(self) -> None: ...


class FakeStage:
    def __init__(self) -> None:
        self._fake = ScriptedDesktop()
        self.desktop: Desktop = self._fake
        self.retitle, self.place = self._fake.retitle, self._fake.place
        self.activate, self.close_window, self.end = self._fake.activate, self._fake.close_window, self._fake.hang_up

    def open(self, app: str, title: str, bounds: Box, popup: bool = False) -> int:
        return self._fake.open(app, title, bounds, popup=popup)


class RealStage:
    def __init__(self, session: VirtualSession) -> None:
        self.desktop: Desktop = X11Desktop(session.display)
        self._program = Program(session.display)
        self.retitle, self.place = self._program.title, self._program.place
        self.activate, self.close_window, self.end = self._program.activate, self._program.close_window, session.close

    def open(self, app: str, title: str, bounds: Box, popup: bool = False) -> int:
        return self._program.open(app, title, bounds, popup=popup)


@pytest.fixture(params=["fake", "x11"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    if request.param == "fake":
        made: Stage = FakeStage()
        yield made
        made.desktop.close()
        return
    with VirtualSession() as session:
        made = RealStage(session)
        yield made
        made.desktop.close()


def _until(desktop: Desktop, wanted: Callable[[RawDesktop], bool]) -> list[RawDesktop]:
    """Everything told until it is as wanted."""
    told: list[RawDesktop] = []
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        select.select([desktop.fileno()], [], [], 0.2)
        told += desktop.read()
        if told and wanted(told[-1]):
            return told
    raise AssertionError("it was never so")


def _titles(desktop: RawDesktop) -> list[str]:
    return [window.title for window in desktop.windows]


def _named(desktop: RawDesktop, title: str) -> RawWindow:
    return next(window for window in desktop.windows if window.title == title)


def _is_active(xid: int) -> Callable[[RawDesktop], bool]:
    return lambda told: told.active == xid


def test_it_is_readable_at_once_and_first_gives_the_present_state(stage: Stage) -> None:
    assert select.select([stage.desktop.fileno()], [], [], 5)[0]
    assert len(stage.desktop.read()) == 1


def test_a_window_is_told_with_class_title_and_place(stage: Stage) -> None:
    xid = stage.open("editor", "One", HERE)
    window = _named(_until(stage.desktop, _is_active(xid))[-1], "One")
    assert (window.xid, window.app, window.bounds, window.override_redirect) == (xid, "editor", HERE, False)
    assert window.pid > 0


def test_windows_come_bottom_to_top_and_the_newest_is_active(stage: Stage) -> None:
    stage.open("a", "One", HERE)
    second = stage.open("b", "Two", THERE)
    told = _until(stage.desktop, _is_active(second))[-1]
    assert _titles(told) == ["One", "Two"]


def test_a_window_brought_to_the_front_becomes_active_and_topmost(stage: Stage) -> None:
    first = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(first))
    second = stage.open("b", "Two", SMALL)
    _until(stage.desktop, _is_active(second))
    stage.activate(first)
    told = _until(stage.desktop, lambda told: told.active == first and _titles(told) == ["Two", "One"])
    assert [window.xid for window in told[-1].windows] == [second, first]


def test_a_popup_is_told_and_takes_no_focus(stage: Stage) -> None:
    owner = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(owner))
    popup = stage.open("a", "List", SMALL, popup=True)
    told = _until(stage.desktop, lambda told: "List" in _titles(told))[-1]
    assert told.active == owner
    assert told.windows[-1].xid == popup
    assert told.windows[-1].override_redirect
    assert told.windows[-1].bounds == SMALL


def test_a_new_title_is_told(stage: Stage) -> None:
    xid = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(xid))
    stage.retitle(xid, "Größe €")
    assert _titles(_until(stage.desktop, lambda told: "Größe €" in _titles(told))[-1]) == ["Größe €"]


def test_a_moved_window_is_told_at_its_new_place(stage: Stage) -> None:
    xid = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(xid))
    stage.place(xid, THERE)
    _until(stage.desktop, lambda told: _named(told, "One").bounds == THERE)


def test_a_closed_window_is_gone(stage: Stage) -> None:
    first = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(first))
    second = stage.open("b", "Two", THERE)
    _until(stage.desktop, _is_active(second))
    stage.close_window(second)
    _until(stage.desktop, lambda told: _titles(told) == ["One"] and told.active == first)


def test_no_state_is_said_to_hold_from_a_time_after_its_change(stage: Stage) -> None:
    stage.desktop.read()
    xid = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(xid))
    for title in ("Two", "Three", "Four"):
        began = stage.desktop.now_ms()
        stage.retitle(xid, title)
        changed_by = stage.desktop.now_ms()
        told = _until(stage.desktop, lambda told, title=title: title in _titles(told))  # type: ignore[misc]
        first = next(state for state in told if title in _titles(state))
        assert began <= first.time_ms <= changed_by


def test_states_come_in_the_order_of_their_times(stage: Stage) -> None:
    told: list[RawDesktop] = []
    for title in ("One", "Two", "Three"):
        stage.open("a", title, HERE)
        told += _until(stage.desktop, lambda told, title=title: title in _titles(told))  # type: ignore[misc]
    assert [state.time_ms for state in told] == sorted(state.time_ms for state in told)


def test_when_nothing_changes_nothing_is_told(stage: Stage) -> None:
    xid = stage.open("a", "One", HERE)
    _until(stage.desktop, _is_active(xid))
    time.sleep(0.2)
    stage.desktop.read()
    assert stage.desktop.read() == []


def test_a_desktop_that_is_gone_says_so(stage: Stage) -> None:
    stage.desktop.read()
    stage.end()
    with pytest.raises(Lost):
        stage.desktop.read()


def test_closing_twice_is_allowed(stage: Stage) -> None:
    stage.desktop.close()
    stage.desktop.close()
