# SPDX-License-Identifier: Apache-2.0
"""Elements of programs over the accessibility bus: what the contract suite can't make happen with every toolkit."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contracts.test_interface import told
from tests.native_programs import NativeProgram, window_of, xdotool

from handiwork.adapters.atspi import AtspiInterface
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.model.geometry import Box
from handiwork.model.raw import RawActed, RawDesktop, RawElement, RawPage, RawWindow

pytestmark = pytest.mark.desktop


@pytest.fixture
def interface(session: VirtualSession) -> Iterator[AtspiInterface]:
    made = AtspiInterface(session.env["DBUS_SESSION_BUS_ADDRESS"])
    told(made, 0.3)
    yield made
    made.close()


@pytest.fixture
def desktop(session: VirtualSession) -> Iterator[X11Desktop]:
    made = X11Desktop(session.display)
    yield made
    made.close()


def popup_of(desktop: X11Desktop, window: RawWindow) -> RawWindow:
    """The popup that the window's program puts up."""
    for _ in range(200):
        for state in desktop.read():
            found = [one for one in state.windows if one.override_redirect and one.pid == window.pid]
            if found:
                return found[-1]
        time.sleep(0.02)
    pytest.fail("no popup came")


def view(interface: AtspiInterface) -> RawPage:
    for _ in range(20):
        interface.ask(0, None)
        found = [one for one in told(interface, 0.5) if isinstance(one, RawPage)]
        if found:
            return found[-1]
    pytest.fail("no view was told")


def hit(interface: AtspiInterface, x: int, y: int) -> list[RawElement]:
    interface.ask(0, (x, y))
    return [one.element for one in told(interface, 0.4) if isinstance(one, RawActed) and one.what == "click"]


def found_at(interface: AtspiInterface, x: int, y: int) -> list[RawElement]:
    """The same, asked until it is told: a busy machine answers later than a press waits for."""
    for _ in range(20):
        if found := hit(interface, x, y):
            return found
    pytest.fail("no element was told")


@pytest.mark.parametrize("toolkit", ["gtk", "qt"])
def test_an_item_of_an_open_menu_is_found_though_the_menu_covers_other_things(
    session: VirtualSession, interface: AtspiInterface, desktop: X11Desktop, toolkit: str
) -> None:
    program = NativeProgram(session, toolkit, "Notes", "notes")
    _, window = window_of(desktop, "Notes")
    file = program.places()["file"]
    xdotool(session, "mousemove", *file.centre, "click", 1)
    popup = popup_of(desktop, window)
    interface.watch([window, popup])
    told(interface, 0.3)
    found = found_at(interface, popup.bounds.x + 20, popup.bounds.y + 14)
    assert [(one.role, one.name) for one in found] == [("menuitem", "Open")]
    program.close()


def test_of_two_windows_at_one_place_the_one_with_the_title_is_asked(
    session: VirtualSession, interface: AtspiInterface, desktop: X11Desktop
) -> None:
    """A program of one process with two windows; only one of them is allowed, by its title."""
    program = NativeProgram(session, "gtk", "Notes", "notes")
    _, window = window_of(desktop, "Notes")
    stranger = RawWindow(0, window.xid, "notes", "Salaries", window.pid, window.bounds, False)
    other = RawWindow(0, window.xid, "notes", "Notes", window.pid, Box(0, 0, 50, 50), False)
    program.tell("files")  # a second top level: then a title that fits nothing is no window at all
    window_of(desktop, "Open")
    for wrong in (stranger, other):
        interface.watch([wrong])
        told(interface, 0.3)
        assert hit(interface, *program.places()["send"].centre) == []
    program.close()


def test_the_only_window_that_a_program_tells_of_is_no_other_of_another_title(
    session: VirtualSession, interface: AtspiInterface, desktop: X11Desktop
) -> None:
    """What lies in front may be a window of the same process that is not on the bus."""
    program = NativeProgram(session, "gtk", "Notes", "notes")
    _, window = window_of(desktop, "Notes")
    interface.watch([RawWindow(0, window.xid, "notes", "Salaries", window.pid, window.bounds, False)])
    told(interface, 0.3)
    interface.ask(0, None)
    assert hit(interface, *program.places()["send"].centre) == []
    interface.watch([])
    interface.watch([window])
    told(interface, 0.3)
    assert found_at(interface, *program.places()["send"].centre) != []
    program.close()


def test_a_program_that_hangs_holds_nothing_up_and_is_told_nothing_of(
    session: VirtualSession, interface: AtspiInterface, desktop: X11Desktop
) -> None:
    program = NativeProgram(session, "gtk", "Notes", "notes")
    _, window = window_of(desktop, "Notes")
    place = program.places()["send"]
    interface.watch([window])
    told(interface, 0.3)
    os.kill(program.pid, signal.SIGSTOP)
    began = time.monotonic()
    interface.ask(0, place.centre)
    interface.ask(0, None)
    assert interface.read() == []
    assert time.monotonic() - began < 1
    time.sleep(0.6)  # longer than any question may take
    os.kill(program.pid, signal.SIGCONT)
    assert told(interface, 0.5) == []
    assert found_at(interface, *place.centre) != []
    program.close()


def libreoffice(desktop: X11Desktop, session: VirtualSession, profile: Path) -> tuple[RawDesktop, RawWindow]:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice Writer is not installed")
    session.start(["soffice", "--writer", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}"])
    for _ in range(600):
        for state in desktop.read():
            for window in state.windows:
                if window.app.startswith("libreoffice") and window.xid == state.active:
                    return state, window
        time.sleep(0.1)
    pytest.fail("LibreOffice did not open")


@pytest.mark.timeout(120)
def test_libreoffice_tells_its_toolbar_and_nothing_of_the_document_s_text(
    session: VirtualSession, interface: AtspiInterface, desktop: X11Desktop, tmp_path: Path
) -> None:
    _, window = libreoffice(desktop, session, tmp_path)
    time.sleep(2)
    interface.watch([window])
    told(interface, 0.5)
    xdotool(session, "type", "zanzibar quokka")
    found = {}
    for _ in range(20):
        found = {(one.role, one.name): one for one in view(interface).elements}
        if ("button", "Save") in found:
            break
        time.sleep(0.5)
    assert {("button", "Save"), ("menuitem", "File")} <= found.keys()
    said = [f"{one.name} {one.value}" for one in view(interface).elements]
    said += [f"{one.name} {one.value}" for one in hit(interface, window.bounds.centre[0], window.bounds.centre[1])]
    assert not any("zanzibar" in words or "quokka" in words for words in said)
