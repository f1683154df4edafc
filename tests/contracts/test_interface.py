# SPDX-License-Identifier: Apache-2.0
"""The Interface contract, against real windows of two toolkits on a real accessibility bus, and against the fake."""

import select
import time
from collections.abc import Iterator
from typing import Protocol

import pytest
from tests.native_programs import NativeProgram, need, window_of

from handiwork.adapters.atspi import AtspiInterface
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import MOST_ANCESTORS, RawActed, RawComposed, RawElement, RawFocusMoved, RawPage, RawWindow
from handiwork.ports.fakes.interface import ScriptedInterface
from handiwork.ports.interface import Interface, RawInterface


class Stage(Protocol):
    """One window, and what a test can make happen in it."""

    interface: Interface
    window: RawWindow

    def place(self, name: str) -> Box: ...
    def focus(self, name: str) -> None: ...
    def compose(self, text: str) -> None: ...
    def hang_up(self) -> None: ...
    def close(self) -> None: ...


_THINGS = {
    "send": ("button", "Send", Box(10, 40, 80, 20), frozenset[str]()),
    "done": ("checkbox", "Completed", Box(10, 70, 80, 20), frozenset[str]()),
    "plain": ("textbox", "Subject", Box(10, 100, 80, 20), frozenset({"editable"})),
    "secret": ("textbox", "", Box(10, 130, 80, 20), frozenset({"editable", "protected"})),
}


class Scripted:
    """The fake's stage."""

    def __init__(self) -> None:
        self.fake = ScriptedInterface()
        self.interface: Interface = self.fake
        self.window = RawWindow(0, 7, "notes", "Notes", 5, Box(0, 0, 200, 200), False)
        self._elements = {
            name: RawElement(0, role, word, "", box, states, -1, "", ())
            for name, (role, word, box, states) in _THINGS.items()
        }
        self.fake.show(7, list(self._elements.values()))
        self._held = self._elements["send"]

    def place(self, name: str) -> Box:
        return self._elements[name].bounds

    def focus(self, name: str) -> None:
        self._held = self._elements[name]
        self.fake.focus(7, now(), self._held)

    def compose(self, text: str) -> None:
        self.fake.compose(7, now(), text, self._held)

    def hang_up(self) -> None:
        self.fake.hang_up()

    def close(self) -> None:
        self.interface.close()


class OnTheBus:
    """The real one's stage."""

    def __init__(self, toolkit: str) -> None:
        need(toolkit)
        self.session = VirtualSession()
        self.session.__enter__()
        self.interface: Interface = AtspiInterface(self.session.env["DBUS_SESSION_BUS_ADDRESS"])
        desktop = X11Desktop(self.session.display)
        self.program = NativeProgram(self.session, toolkit, "Notes", "notes")
        _, self.window = window_of(desktop, "Notes")
        desktop.close()
        self._places = self.program.places()
        told(self.interface, 0.3)

    def place(self, name: str) -> Box:
        return self._places[name]

    def focus(self, name: str) -> None:
        self.program.tell(name)

    def compose(self, text: str) -> None:
        self.program.tell(f"commit:{text}")

    def hang_up(self) -> None:
        self.program.close()
        self.session.close()

    def close(self) -> None:
        self.interface.close()
        self.hang_up()


def now() -> int:
    return time.monotonic_ns() // 1_000_000


def told(interface: Interface, seconds: float) -> list[RawInterface]:
    """All that is told until that long after the last word."""
    news: list[RawInterface] = []
    while select.select([interface.fileno()], [], [], seconds)[0]:
        news += interface.read()
    return news


@pytest.fixture(params=["gtk", "qt", "fake"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    made: Stage = Scripted() if request.param == "fake" else OnTheBus(request.param)
    yield made
    made.close()


def asked_at(stage: Stage, name: str, time_ms: int = 5) -> list[RawInterface]:
    stage.interface.ask(time_ms, stage.place(name).centre)
    return told(stage.interface, 0.4)


def view_of(stage: Stage) -> RawPage:
    stage.interface.ask(now(), None)
    (view,) = [one for one in told(stage.interface, 0.5) if isinstance(one, RawPage)]
    return view


def test_nobody_is_asked_who_is_not_watched(stage: Stage) -> None:
    stage.interface.ask(5, None)
    assert asked_at(stage, "send") == []


def test_what_lies_under_a_press_is_told_with_its_role_name_place_and_the_time_of_the_press(stage: Stage) -> None:
    stage.interface.watch([stage.window])
    (acted,) = asked_at(stage, "send", time_ms=12_345)
    assert isinstance(acted, RawActed)
    assert (acted.time_ms, acted.what, acted.element.role, acted.element.name) == (12_345, "click", "button", "Send")
    assert acted.element.bounds.is_near(stage.place("send"), 2)
    assert len(acted.ancestry) <= MOST_ANCESTORS


def test_a_view_tells_the_window_s_elements_and_nothing_of_its_password_field(stage: Stage) -> None:
    stage.interface.watch([stage.window])
    view = view_of(stage)
    assert (view.xid, view.url, view.sensitive, view.truncated) == (stage.window.xid, "", "", False)
    found = {(one.role, one.name): one.bounds for one in view.elements}
    box = found[("checkbox", "Completed")]
    assert box.intersection(stage.place("done")) == box, "Qt's box is as wide as its words"
    assert found[("textbox", "Subject")].is_near(stage.place("plain"), 2)
    assert not any(bounds.is_near(stage.place("secret"), 2) for bounds in found.values())
    assert view.changed_ms <= view.time_ms


def test_of_a_password_field_under_a_press_nothing_is_told(stage: Stage) -> None:
    stage.interface.watch([stage.window])
    assert asked_at(stage, "secret") == []
    assert len(asked_at(stage, "plain")) == 1


def test_focus_moves_are_told_but_not_into_a_password_field(stage: Stage) -> None:
    stage.interface.watch([stage.window])
    told(stage.interface, 0.3)
    stage.focus("plain")
    focuses = [one for one in told(stage.interface, 0.4) if isinstance(one, RawActed)]
    assert [(one.what, one.element.role, one.element.name) for one in focuses] == [("focus", "textbox", "Subject")]
    stage.focus("secret")
    assert {type(one) for one in told(stage.interface, 0.4)} == {RawFocusMoved}, "it left, and nothing says where to"


def test_composed_text_is_told_of_the_focused_field_and_never_of_a_password_field(stage: Stage) -> None:
    stage.interface.watch([stage.window])
    told(stage.interface, 0.3)
    stage.focus("plain")
    told(stage.interface, 0.4)
    stage.compose("漢")
    composed = [one for one in told(stage.interface, 0.6) if isinstance(one, RawComposed)]
    assert [(one.text, one.element.name) for one in composed] == [("漢", "Subject")]
    stage.focus("secret")
    told(stage.interface, 0.4)
    stage.compose("字")
    assert told(stage.interface, 0.6) == []


def test_what_was_being_asked_when_the_window_left_scope_is_not_told(stage: Stage) -> None:
    stage.interface.watch([stage.window])
    stage.interface.ask(5, stage.place("send").centre)
    stage.interface.ask(5, None)
    stage.interface.watch([])
    assert told(stage.interface, 0.4) == []
    stage.focus("plain")
    assert told(stage.interface, 0.4) == []


def test_a_bus_that_goes_away_is_lost(stage: Stage) -> None:
    stage.hang_up()
    with pytest.raises(Lost):
        told(stage.interface, 5)


def test_it_may_be_closed_twice(stage: Stage) -> None:
    stage.interface.close()
    stage.interface.close()
