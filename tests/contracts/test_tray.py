# SPDX-License-Identifier: Apache-2.0
"""The Tray contract, against a real system tray (trayer) and against the fake."""

import select
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import get_args

import pytest
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Desktop, X11Indicator, X11Screen, X11Tray
from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.looks import LOOKS
from handiwork.adapters.x11.wire import monotonic_ms
from handiwork.cli.demo.stage import wait_until
from handiwork.model.geometry import Box
from handiwork.ports.fakes.tray import ScriptedTray
from handiwork.ports.indicator import State
from handiwork.ports.tray import Tray

pytestmark = pytest.mark.desktop

TRAYER = ("trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "24")
STATES: tuple[State, ...] = get_args(State)


@dataclass
class Icon:
    """A tray icon, and the person's way to it."""

    tray: Tray
    click: Callable[[int], None]


class Eyes:
    """What a person sees of the icon on a screen."""

    def __init__(self, session: VirtualSession) -> None:
        self.program, self.hands = Program(session.display), X11Actuator(session.display)
        self._screen = X11Screen(session.display)

    def window(self) -> int:
        """Our icon's window, 0 if none is inside a tray."""
        link = self.program.link
        return next((found for found in self._below(link.screen.root) if self._is_icon(found)), 0)

    def title(self) -> str:
        asked = self.program.link.ask_all([x.get_property(self.window(), self.program.atom("_NET_WM_NAME"))])
        return x.read_property(asked[0]).decode()

    def place(self) -> Box:
        link, window = self.program.link, self.window()
        answer, moved = link.ask_all([x.get_geometry(window), x.translate(window, link.screen.root)])
        if answer is None or moved is None:
            return Box(0, 0, 0, 0)
        size, (left, top) = x.read_geometry(answer), x.read_translation(moved)
        return Box(left, top, size.width, size.height)

    def colours(self) -> set[bytes]:
        """Every colour in the icon, as RGB."""
        pixels = self._screen.grab(self.place()).pixels
        return {bytes(pixels[at : at + 3][::-1]) for at in range(0, len(pixels), 4)}

    def click(self, button: int = 1) -> None:
        self.hands.move(*self.place().centre)
        self.hands.button(button, True)
        self.hands.button(button, False)

    def close(self) -> None:
        self.program.close()
        self.hands.close()
        self._screen.close()

    def _below(self, window: int) -> Iterator[int]:
        (answer,) = self.program.link.ask_all([x.query_tree(window)])
        for child in x.read_tree(answer)[1] if answer is not None else ():
            yield from self._below(child)
            yield child

    def _is_icon(self, window: int) -> bool:
        link = self.program.link
        told, answer, tree = link.ask_all(
            [x.get_property(window, x.WM_CLASS), x.get_attributes(window), x.query_tree(window)]
        )
        if not x.read_property(told).startswith(b"handiwork") or answer is None or tree is None:
            return False
        return x.read_attributes(answer).viewable and x.read_tree(tree)[0] != link.screen.root


def rgb(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))


def served(tray: Tray, until: Callable[[], bool], what: str) -> None:
    """Lets the icon be kept in order, as the recorder does, until something is so."""

    def done() -> bool:
        select.select([tray.fileno()], [], [], 0.02)
        tray.read()
        return until()

    wait_until(done, what)


def _shows(eyes: Eyes, ground: str) -> bool:
    return rgb(ground) in eyes.colours()


@pytest.fixture
def eyes(session: VirtualSession) -> Iterator[Eyes]:
    made = Eyes(session)
    yield made
    made.close()


@pytest.fixture
def trayer(session: VirtualSession) -> Iterator["subprocess.Popen[bytes]"]:
    started = session.start(TRAYER)
    yield started
    started.kill()
    started.wait()


@pytest.fixture(params=["fake", "x11"])
def made(request: pytest.FixtureRequest) -> Iterator[Icon]:
    if request.param == "fake":
        fake = ScriptedTray()
        yield Icon(fake, lambda button: fake.click(monotonic_ms()) if button == 1 else None)
        fake.close()
        return
    request.getfixturevalue("trayer")
    seen: Eyes = request.getfixturevalue("eyes")
    session: VirtualSession = request.getfixturevalue("session")
    real = X11Tray(session.display)
    real.show("recording")
    served(real, lambda: real.is_docked() and rgb(LOOKS["recording"].sign_ink) in seen.colours(), "It did not dock")
    yield Icon(real, seen.click)
    real.close()


def test_it_is_docked_where_there_is_a_place(made: Icon) -> None:
    assert made.tray.is_docked()


def test_a_click_is_told_once_with_its_time(made: Icon) -> None:
    before, clicks = monotonic_ms(), list[int]()
    made.click(1)

    def come() -> bool:
        clicks.extend(made.tray.read())
        return bool(clicks)

    wait_until(come, "No click came")
    assert len(clicks) == 1
    assert before - 1 <= clicks[0] <= monotonic_ms()
    assert made.tray.read() == []


def test_other_buttons_and_the_wheel_say_nothing(made: Icon) -> None:
    for button in (2, 3, 4, 5):
        made.click(button)
    made.click(1)
    clicks: list[int] = []

    def come() -> bool:
        clicks.extend(made.tray.read())
        return bool(clicks)

    wait_until(come, "No click came")
    assert len(clicks) == 1


def test_after_closing_it_is_gone_and_fails_nothing(made: Icon) -> None:
    made.tray.close()
    made.tray.close()
    assert not made.tray.is_docked()
    made.tray.show("recording")
    assert made.tray.read() == []


def test_every_state_has_its_colours_and_its_title(
    session: VirtualSession, trayer: "subprocess.Popen[bytes]", eyes: Eyes
) -> None:
    tray = X11Tray(session.display)
    served(tray, tray.is_docked, "It did not dock")
    for state in STATES:
        why = "why not" if state == "paused" else ""
        tray.show(state, why)
        served(tray, partial(_shows, eyes, LOOKS[state].ground), f"No colour of {state}")
        assert eyes.title() == (f"Handiwork: {state} ({why})" if why else f"Handiwork: {state}")
    tray.close()


def test_what_is_shown_already_is_not_drawn_again(
    session: VirtualSession, trayer: "subprocess.Popen[bytes]", eyes: Eyes
) -> None:
    """The recorder shows itself every second; each title that is set wakes whoever watches windows, itself included."""
    tray = X11Tray(session.display)
    tray.show("recording")
    served(tray, lambda: _shows(eyes, LOOKS["recording"].ground), "It did not dock")
    link = eyes.program.link
    link.send(x.change_attributes(eyes.window(), [(x.EVENT_MASK, x.PROPERTY_CHANGE)]))
    link.sync()
    for _ in range(5):
        tray.show("recording")
    tray.show("paused")
    served(tray, lambda: eyes.title() == "Handiwork: paused", "It did not change")
    link.sync()
    assert len(link.events()) == 2  # the title, under its two names, once
    tray.close()


def test_without_a_tray_nothing_fails_and_one_that_comes_later_takes_it(session: VirtualSession, eyes: Eyes) -> None:
    tray = X11Tray(session.display)
    tray.show("recording")
    assert tray.read() == []
    assert not tray.is_docked()
    started = session.start(TRAYER)
    served(tray, lambda: bool(eyes.window()), "A late tray did not take it")
    assert eyes.title() == "Handiwork: recording"
    started.kill()
    started.wait()
    tray.close()


@pytest.mark.parametrize("how", ["kill", "terminate"])
def test_a_tray_that_restarts_takes_it_again_with_what_is_so_by_then(
    session: VirtualSession, trayer: "subprocess.Popen[bytes]", eyes: Eyes, how: str
) -> None:
    tray = X11Tray(session.display)
    tray.show("recording")
    served(tray, lambda: bool(eyes.window()), "It did not dock")
    getattr(trayer, how)()
    trayer.wait()
    served(tray, lambda: not tray.is_docked(), "It did not notice")
    assert eyes.window() == 0
    desktop = X11Desktop(session.display)
    assert not [window for window in desktop.read()[-1].windows if window.app == "handiwork"]
    desktop.close()
    tray.show("paused", "locked")
    again = session.start(TRAYER)
    served(tray, lambda: bool(eyes.window()) and rgb(LOOKS["paused"].ground) in eyes.colours(), "It did not come back")
    assert eyes.title() == "Handiwork: paused (locked)"
    again.kill()
    again.wait()
    tray.close()


def test_no_click_hides_the_mark_on_the_screen(
    session: VirtualSession, trayer: "subprocess.Popen[bytes]", eyes: Eyes
) -> None:
    mark, tray = X11Indicator(session.display), X11Tray(session.display)
    mark.show("recording")
    tray.show("recording")
    served(tray, lambda: bool(eyes.window()), "It did not dock")
    for button in (1, 2, 3, 1, 1):
        eyes.click(button)
    eyes.program.close_window(eyes.window())  # nor does whoever destroys the icon
    served(tray, lambda: bool(eyes.window()), "It did not come back")
    desktop = X11Desktop(session.display)
    assert [window.title for window in desktop.read()[-1].windows if window.app == "handiwork"] == [
        "Handiwork: recording"
    ]
    desktop.close()
    mark.show("paused")
    tray.close()
    mark.close()


def test_a_click_that_a_program_made_up_is_none(
    session: VirtualSession, trayer: "subprocess.Popen[bytes]", eyes: Eyes
) -> None:
    tray = X11Tray(session.display)
    served(tray, lambda: bool(eyes.window()), "It did not dock")
    window, root = eyes.window(), eyes.program.link.screen.root
    press = struct.pack("<BBHIIIIhhhhHBx", 4, 1, 0, 0, root, window, 0, 5, 5, 5, 5, 0, 1)
    eyes.program.link.send(struct.pack("<BBHII", 25, 0, 11, window, 4) + press)
    eyes.program.link.sync()
    clicks: list[int] = []

    def come() -> bool:
        clicks.extend(tray.read())
        return bool(clicks)

    eyes.click(1)
    wait_until(come, "No click came")
    assert len(clicks) == 1
    tray.close()


def test_a_server_that_is_gone_leaves_a_silent_icon() -> None:
    with VirtualSession() as session:
        tray = X11Tray(session.display)
    tray.show("recording")
    tray.read()
    tray.show("paused")
    assert tray.read() == []
    assert select.select([tray.fileno()], [], [], 0)[0] == []
    tray.close()
