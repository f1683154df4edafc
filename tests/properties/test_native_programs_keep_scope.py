# SPDX-License-Identifier: Apache-2.0
"""Properties 1 and 2 in ordinary programs: the real recorder beside real GTK and Qt windows; every stored byte is read.

An allowed program stands beside an unlisted one of the same toolkit, with the same things in it; it has a password
field and a file dialog. What is done in each is marked; what may be kept is searched for too, or nothing is proved.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.native_programs import NativeProgram

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Desktop
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.cli.device import open_device
from handiwork.cli.leaks import leaks_in_files, leaks_in_segments, opened_segments
from handiwork.cli.paths import Home
from handiwork.derive.actions import actions
from handiwork.model.action import Action, Click, Hover
from handiwork.model.event import Acted, Button, Event, Foreground, Frame, Gap, Moved, Observed, Opened, Typed, Wheel
from handiwork.model.geometry import Box
from handiwork.model.raw import RawWindow
from handiwork.model.segment import OpenSegment
from handiwork.ports.control import Command

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(170)]

CONTROL, LAST = "heron counting report", "afterwards"
SECRETS = {
    "password": "Tr0ub4dor-kestrel-77",
    "other program": "wolfram-unlisted-utterance",
    "other title": "Severance of Maren Hollis",
    "file": "quarterly-zanzibar",
    "typed file": "unnamed-numbat",
}
POLICY = """
name = "attack"
revision = 1
purposes = ["agent-training"]
[cost]
cpu_percent = 100.0
delay_ms = 1000.0
[[allow]]
app = "notes"
level = "full"
words = "open"
"""


@dataclass
class Recording:
    """What was stored, and where and when what was done."""

    device: Path
    segments: list[OpenSegment]
    places: dict[str, Box]
    away: tuple[int, int]
    """When the other program was in front, on the events' clock."""

    @property
    def events(self) -> list[Event]:
        return [event for segment in self.segments for event in segment.events]

    @property
    def actions(self) -> list[Action]:
        return [action for segment in self.segments for action in actions(segment.events)]


class Work:
    """A person at these programs."""

    def __init__(self, session: VirtualSession, stage: Stage, toolkit: str, folder: Path) -> None:
        self.session, self.stage, self.toolkit, self.folder = session, stage, toolkit, folder
        self.hands, self.desktop = X11Actuator(session.display), X11Desktop(session.display)
        self.notes = NativeProgram(session, toolkit, "Notes", "notes", folder)
        self.places = dict(self.notes.places())
        self.away = (0, 0)

    def await_state(self, state: str) -> None:
        control = self.stage.device / "run" / "control.sock"
        wait_until(lambda: ask(control, Command(do="status")).state == state, f"The recorder was not {state}", 15)

    def await_windows(self, enough: Callable[[int], bool]) -> None:
        """Waits until so many windows of the allowed program are there."""
        seen = [0]

        def come() -> bool:
            for state in self.desktop.read():
                seen[0] = sum(window.pid == self.notes.pid for window in state.windows)
            return enough(seen[0])

        wait_until(come, "The window did not come or go", 10)

    def point(self, x: int, y: int) -> None:
        for step in range(1, 9):
            self.hands.move(x - 16 + 2 * step, y)
            time.sleep(0.01)
        time.sleep(0.35)

    def click(self, x: int, y: int) -> None:
        self.point(x, y)
        self.hands.button(1, True)
        time.sleep(0.05)
        self.hands.button(1, False)
        time.sleep(0.5)

    def press(self, *names: str) -> None:
        for name in names:
            self.hands.key(name, True)
            self.hands.key(name, False)
            time.sleep(0.05)
        time.sleep(0.3)

    def fill(self, box: Box, text: str) -> None:
        self.click(*box.centre)
        self.hands.write(text, 8)
        time.sleep(1.4)

    def do_all(self) -> None:
        self.await_state("recording")
        time.sleep(0.8)
        self.fill(self.places["plain"], CONTROL)
        self._menu()
        self._dialog()
        self._tooltip()
        self.fill(self.places["secret"], SECRETS["password"])
        self.click(*self.places["done"].intersection(Box(0, 0, self.places["done"].x + 40, 9999)).centre)
        self._other_program()
        self._file_dialog()
        self.fill(self.places["plain"], LAST)
        time.sleep(0.5)

    def _menu(self) -> None:
        file = self.places["file"]
        self.click(*file.centre)
        self.await_windows(lambda count: count == 2)
        self.click(file.x + 20, file.y + file.h + 14)  # its first line
        self.await_windows(lambda count: count == 1)

    def _dialog(self) -> None:
        self.click(*self.places["send"].centre)
        self.await_windows(lambda count: count == 2)
        time.sleep(0.5)
        self.press("Escape")
        self.await_windows(lambda count: count == 1)
        time.sleep(0.5)

    def _tooltip(self) -> None:
        self.point(*self.places["hint"].centre)
        self.await_windows(lambda count: count == 2)
        time.sleep(0.5)
        self.click(*self.places["hint"].centre)
        self.await_windows(lambda count: count == 1)

    def _other_program(self) -> None:
        began = time.monotonic_ns() // 1_000_000
        mail = NativeProgram(self.session, self.toolkit, SECRETS["other title"], "mail")
        self.await_state("out of scope")
        places = mail.places()
        for name in ("send", "done"):
            self.click(*places[name].centre)
            self.press("Escape")
        self.fill(places["plain"], SECRETS["other program"])
        self.hands.button(5, True)
        self.hands.button(5, False)
        self.away = (began, time.monotonic_ns() // 1_000_000)
        mail.close()
        self.await_state("recording")
        time.sleep(0.6)

    def _file_dialog(self) -> None:
        self.notes.tell("files")
        self.await_windows(lambda count: count >= 2)
        time.sleep(1.0)
        window = next(one for one in self._windows() if one.title.startswith("Open"))
        for down in (0.35, 0.45, 0.55):
            self.click(window.bounds.x + window.bounds.w // 2, window.bounds.y + int(window.bounds.h * down))
        self.hands.write(SECRETS["typed file"], 8)
        time.sleep(1.4)
        self.notes.tell("shut")
        self.await_windows(lambda count: count == 1)
        time.sleep(0.6)

    def _windows(self) -> tuple[RawWindow, ...]:
        fresh = X11Desktop(self.session.display)
        windows = fresh.read()[-1].windows
        fresh.close()
        return windows

    def close(self) -> None:
        self.notes.close()
        self.desktop.close()
        self.hands.close()


@pytest.fixture(scope="module", params=["gtk", "qt"])
def recording(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recording]:
    base = tmp_path_factory.mktemp(request.param)
    folder = base / "files"
    folder.mkdir()
    for number in range(12):
        (folder / f"{SECRETS['file']}-{number}.txt").write_text("nothing")
    with VirtualSession() as session, Stage(base / "out") as stage:
        env = {**session.env, "HANDIWORK_HOME": str(stage.device)}
        policy = base / "policy.toml"
        policy.write_text(POLICY, "utf-8")
        stage.run("record", "policy", str(policy), env=env)
        stage.run("record", "consent", "--accept-as", "Attack Test", env=env, quiet=True)
        stage.spawn("record", "start", env=env, log="recorder.log")
        wait_until((stage.device / "run" / "control.sock").exists, "The recorder did not start")
        work = Work(session, stage, request.param, folder)
        work.do_all()
        ask(stage.device / "run" / "control.sock", Command(do="stop"))
        work.close()
        with open_device(Home(stage.device)) as device:
            segments = list(opened_segments(device))
        yield Recording(stage.device, segments, work.places, work.away)


def test_what_may_be_kept_is_kept_in_every_stream(recording: Recording) -> None:
    typed = [event.text for event in recording.events if isinstance(event, Typed)]
    assert {CONTROL, LAST} <= set(typed)
    kinds = {type(event) for event in recording.events}
    assert {Acted, Button, Foreground, Frame, Moved, Observed, Opened} <= kinds


def clicked(recording: Recording) -> list[tuple[str, str]]:
    return [
        (action.target.role, action.target.name)
        for action in recording.actions
        if isinstance(action, Click) and action.target is not None
    ]


def test_the_elements_that_were_clicked_are_told_with_what_they_lie_in(recording: Recording) -> None:
    wanted = [
        ("textbox", "Subject"),
        ("menuitem", "File"),
        ("menuitem", "Open"),
        ("button", "Send"),
        ("button", "Help"),
    ]
    assert [one for one in clicked(recording) if one in wanted][: len(wanted)] == wanted
    told = [event for event in recording.events if isinstance(event, Acted) and event.element.name == "Send"]
    assert told[0].ancestry[-1].role == "window"


def test_menu_dialog_and_tooltip_are_told_as_they_open(recording: Recording) -> None:
    kinds = [event.kind for event in recording.events if isinstance(event, Opened)]
    assert kinds[:3] == ["menu", "dialog", "tooltip"]
    (hover,) = [action for action in recording.actions if isinstance(action, Hover)]
    assert hover.target is not None
    assert (hover.opened, hover.target.name) == ("tooltip", "Help")


def test_the_view_before_a_click_shows_what_was_clicked(recording: Recording) -> None:
    seen = [event for event in recording.events if isinstance(event, Observed)]
    names = {(one.role, one.name) for one in seen[0].elements}
    assert {("button", "Send"), ("checkbox", "Completed"), ("textbox", "Subject"), ("menuitem", "File")} <= names


@pytest.mark.parametrize("name", SECRETS)
def test_a_mark_of_what_may_not_be_kept_is_nowhere(recording: Recording, name: str) -> None:
    with open_device(Home(recording.device)) as device:
        assert leaks_in_segments(device, [SECRETS[name]]) == []
    assert leaks_in_files(recording.device, [SECRETS[name]]) == []


def test_of_the_password_field_no_element_is_kept(recording: Recording) -> None:
    secret = recording.places["secret"]
    elements = [event.element for event in recording.events if isinstance(event, Acted)]
    elements += [one for event in recording.events if isinstance(event, Observed) for one in event.elements]
    assert elements
    assert not any(one.bounds.is_near(secret, 3) for one in elements)


def test_while_the_other_program_is_in_front_no_stream_keeps_anything(recording: Recording) -> None:
    began, ended = recording.away
    during = [event for event in recording.events if began + 400 < event.t < ended and not isinstance(event, Gap)]
    assert during == []
    assert not any(isinstance(event, Wheel) for event in recording.events)
    assert {event.app for event in recording.events if isinstance(event, Foreground)} == {"notes"}


def test_what_lies_in_the_file_dialog_is_content_and_its_own_buttons_are_not(recording: Recording) -> None:
    views = [event for event in recording.events if isinstance(event, Observed)]
    dialogs = [view for view in views if any(one.name.strip("_&") == "Cancel" for one in view.elements)]
    cells = [
        one for view in dialogs for one in view.elements if one.role in ("cell", "option", "treeitem") and one.name
    ]
    assert cells, "no dialog that lists files was ever looked at: then its names' absence proves nothing"
    assert all("content" in one.cuts for one in cells)
