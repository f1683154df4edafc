# SPDX-License-Identifier: Apache-2.0
"""Who has the keyboard and what is in front, by the X server's own word and clock."""

import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.adapters.x11.requests import change_property, map_window, unmap_window
from handiwork.adapters.x11.wire import monotonic_ms
from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop

pytestmark = pytest.mark.desktop

_WINDOW = 33
"""The predefined atom: the type of a property that names windows."""

HERE, SMALL = Box(50, 60, 300, 200), Box(70, 80, 100, 90)


@pytest.fixture
def desktop(session: VirtualSession) -> Iterator[X11Desktop]:
    made = X11Desktop(session.display)
    yield made
    made.close()


def _until(desktop: X11Desktop, wanted: Callable[[RawDesktop], bool]) -> list[RawDesktop]:
    told: list[RawDesktop] = []
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        select.select([desktop.fileno()], [], [], 0.2)
        told += desktop.read()
        if told and wanted(told[-1]):
            return told
    raise AssertionError([(state.active, [window.title for window in state.windows]) for state in told])


def _until_quiet(desktop: X11Desktop) -> list[RawDesktop]:
    """Everything told until nothing was for a while."""
    told: list[RawDesktop] = []
    while select.select([desktop.fileno()], [], [], 0.3)[0]:
        told += desktop.read()
    return told


def _shows(title: str) -> Callable[[RawDesktop], bool]:
    return lambda told: any(window.title == title for window in told.windows)


def test_while_a_program_grabs_the_keyboard_for_a_popup_the_popup_is_active(
    desktop: X11Desktop, program: Program
) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    popup = program.open("launcher", "Run", SMALL, popup=True)
    _until(desktop, _shows("Run"))
    assert program.grab_keyboard(popup)
    _until(desktop, lambda told: told.active == popup)
    program.release_keyboard()
    _until(desktop, lambda told: told.active == owner)


def test_a_window_manager_that_says_again_and_again_what_holds_makes_nothing_uncertain_until_it_says_otherwise(
    desktop: X11Desktop, program: Program, session: VirtualSession
) -> None:
    """As some do at each click; faster than anyone can look."""
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    _until_quiet(desktop)
    root, name = program.link.screen.root, program.atom("_NET_ACTIVE_WINDOW")

    ended: list[int] = []

    def repeat() -> None:
        manager = Program(session.display)
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            manager.link.send(change_property(root, name, _WINDOW, [owner]))
            time.sleep(0.0005)
            manager.link.sync()
        ended.append(monotonic_ms())
        manager.link.send(change_property(root, name, _WINDOW, [root]))  # the keyboard stays where it is
        manager.link.sync()
        manager.close()

    repeating = threading.Thread(target=repeat)
    repeating.start()
    told = _until(desktop, lambda told: told.active == 0)
    repeating.join()
    assert told[0].time_ms >= ended[0] - 300, "nothing was uncertain long before"
    assert not _until_quiet(desktop)


def test_a_popup_that_grabs_the_keyboard_before_it_is_known_is_active(desktop: X11Desktop, program: Program) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    popup = program.open("launcher", "Run", SMALL, popup=True)
    assert program.grab_keyboard(popup)
    assert _until(desktop, _shows("Run"))[-1].active == popup
    program.release_keyboard()
    _until(desktop, lambda told: told.active == owner)


def test_a_program_that_passes_its_grab_on_to_its_popup_makes_that_active(
    desktop: X11Desktop, program: Program
) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    unseen = program.open("a", "", Box(0, 0, 5, 5), popup=True)  # as GTK does until its popup is there
    assert program.grab_keyboard(unseen)
    popup = program.open("a", "List", SMALL, popup=True)
    assert program.grab_keyboard(popup)
    assert _until(desktop, _shows("List"))[-1].active == popup


def test_a_grab_that_was_refused_makes_nobody_else_s_popup_active(
    session: VirtualSession, desktop: X11Desktop, program: Program
) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    other = Program(session.display)
    try:
        popup = program.open("a", "List", SMALL, popup=True)
        assert other.grab_keyboard(other.link.screen.root)
        assert not program.grab_keyboard(popup)
        assert _until(desktop, _shows("List"))[-1].active == 0
    finally:
        other.close()
    _until(desktop, lambda told: told.active == owner)


def test_a_popup_that_gives_the_keyboard_back_to_its_own_window_leaves_no_doubt_in_between(
    desktop: X11Desktop, program: Program
) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    popup = program.open("a", "List", SMALL, popup=True)
    assert program.grab_keyboard(popup)
    _until(desktop, lambda told: told.active == popup)
    program.release_keyboard()
    time.sleep(0.005)  # so that there is a time between both changes
    program.close_window(popup)
    told = _until(desktop, lambda told: len(told.windows) == 1)
    assert {state.active for state in told} <= {owner, popup}


def test_a_keyboard_that_somebody_else_had_for_a_moment_while_a_popup_closed_is_nobody_s_in_between(
    session: VirtualSession, desktop: X11Desktop, program: Program
) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    popup = program.open("a", "List", SMALL, popup=True)
    assert program.grab_keyboard(popup)
    _until(desktop, lambda told: told.active == popup)
    program.release_keyboard()
    time.sleep(0.005)
    other = Program(session.display)
    assert other.grab_keyboard(other.link.screen.root)
    time.sleep(0.005)
    other.close()
    program.close_window(popup)
    assert 0 in {state.active for state in _until(desktop, lambda told: told.active == owner)}


def test_while_an_unknown_window_grabs_the_keyboard_nobody_is_active(desktop: X11Desktop, program: Program) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    assert program.grab_keyboard(program.link.screen.root)
    _until(desktop, lambda told: told.active == 0)
    program.release_keyboard()
    _until(desktop, lambda told: told.active == owner)


def test_when_window_manager_and_server_disagree_nobody_is_active(desktop: X11Desktop, program: Program) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    popup = program.open("a", "Popup", SMALL, popup=True)
    program.focus(popup)
    _until(desktop, lambda told: told.active == 0 and _shows("Popup")(told))


def test_a_glance_elsewhere_is_told_even_if_all_is_as_before(desktop: X11Desktop, program: Program) -> None:
    owner = program.open("a", "One", HERE)
    popup = program.open("a", "Popup", SMALL, popup=True)
    _until(desktop, lambda told: told.active == owner and _shows("Popup")(told))
    _until_quiet(desktop)
    program.focus(popup)
    time.sleep(0.01)
    program.focus(owner)
    told = _until(desktop, lambda told: told.active == owner)
    assert [state.active for state in told[-2:]] == [0, owner]


def test_a_window_is_told_from_the_moment_it_was_mapped(desktop: X11Desktop, program: Program) -> None:
    popup = program.open("a", "Popup", SMALL, popup=True)
    _until(desktop, _shows("Popup"))
    program.link.send(unmap_window(popup))
    program.link.sync()
    _until_quiet(desktop)
    before = monotonic_ms()
    program.link.send(map_window(popup))
    program.link.sync()
    after = monotonic_ms()
    time.sleep(0.1)  # however late it is read
    told = _until(desktop, _shows("Popup"))
    first = next(state for state in told if _shows("Popup")(state))
    assert before <= first.time_ms <= after


def test_what_came_and_went_between_two_reads_is_told(desktop: X11Desktop, program: Program) -> None:
    owner = program.open("a", "One", HERE)
    _until(desktop, lambda told: told.active == owner)
    popup = program.open("b", "Blink", SMALL, popup=True)
    program.close_window(popup)
    time.sleep(0.05)
    assert desktop.read() != []


def test_the_process_is_the_kernels_word_not_the_windows_own(session: VirtualSession, desktop: X11Desktop) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "from tests.windows import Program; from handiwork.model.geometry import Box\n"
        "import os; os.getpid = lambda: 4242\n"
        "program = Program(sys.argv[3]); program.open('liar', 'Liar', Box(0, 0, 90, 90))\n"
        "print('open', flush=True); sys.stdin.read()\n"
    )
    folders = [os.getcwd(), os.path.join(os.getcwd(), "src")]
    command = [sys.executable, "-c", script, *folders, session.display]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as liar:
        assert liar.stdout is not None
        assert liar.stdout.readline() == b"open\n"
        told = _until(desktop, _shows("Liar"))[-1]
        assert next(window.pid for window in told.windows if window.title == "Liar") == liar.pid
        liar.communicate()


_ONE_WINDOW = """
import sys
from tests.windows import Program
from handiwork.model.geometry import Box
program = Program(sys.argv[1])
program.open(sys.argv[2], sys.argv[3], Box(50, 60, 300, 200))
print("open", flush=True)
sys.stdin.read()
"""


def _one_window(session: VirtualSession, app: str, title: str) -> "subprocess.Popen[bytes]":
    """A program of its own with one window."""
    command = [sys.executable, "-c", _ONE_WINDOW, session.display, app, title]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stdout.readline() == b"open\n"
    return program


def test_a_program_that_gets_the_place_of_one_that_ended_is_told_with_its_own_process(
    desktop: X11Desktop, session: VirtualSession
) -> None:
    """The server gives the first free place, and with it the same numbers for windows."""
    xids = []
    for title in ("Earlier", "Later"):
        with _one_window(session, "editor", title) as program:
            told = _until(desktop, _shows(title))[-1]
            (window,) = (one for one in told.windows if one.title == title)
            assert window.pid == program.pid
            xids.append(window.xid)
            program.communicate()
        _until_quiet(desktop)
    assert xids[0] == xids[1], "the server did not give the same place: nothing was tested"


def test_a_window_with_the_number_of_one_that_went_unnoticed_is_not_taken_for_it(
    desktop: X11Desktop, session: VirtualSession
) -> None:
    with _one_window(session, "editor", "Allowed") as program:
        (gone,) = (one for one in _until(desktop, _shows("Allowed"))[-1].windows if one.title == "Allowed")
        program.communicate()
    with _one_window(session, "mail", "Letters") as program:  # before anybody has read that the other is gone
        told = _until(desktop, lambda state: any(window.xid == gone.xid for window in state.windows))[-1]
        (window,) = (one for one in told.windows if one.xid == gone.xid)
        assert (window.app, window.title, window.pid) == ("mail", "Letters", program.pid)
        program.communicate()


def test_a_popup_without_a_class_is_its_programs(desktop: X11Desktop, program: Program) -> None:
    program.open("editor", "One", HERE)
    program.open("", "Menu", SMALL, popup=True)
    told = _until(desktop, lambda told: _shows("Menu")(told) and _shows("One")(told))[-1]
    assert {window.title: window.app for window in told.windows} == {"One": "editor", "Menu": "editor"}


def test_a_popup_without_a_class_is_nobodys_if_its_program_has_two(desktop: X11Desktop, program: Program) -> None:
    program.open("editor", "One", HERE)
    program.open("viewer", "Two", HERE)
    program.open("", "Menu", SMALL, popup=True)
    told = _until(desktop, lambda told: _shows("Menu")(told) and _shows("Two")(told))[-1]
    assert next(window.app for window in told.windows if window.title == "Menu") == ""


def test_a_window_that_is_off_screen_or_unmapped_is_not_told(desktop: X11Desktop, program: Program) -> None:
    program.open("a", "Far", Box(5000, 5000, 10, 10), popup=True)
    hidden = program.open("a", "Hidden", SMALL, popup=True)
    program.link.send(unmap_window(hidden))
    program.open("a", "Near", SMALL, popup=True)
    told = _until(desktop, _shows("Near"))[-1]
    assert not {"Far", "Hidden"} & {window.title for window in told.windows}


def test_the_screen_saver_locks(desktop: X11Desktop, program: Program) -> None:
    desktop.read()
    program.link.send(struct.pack("<BBH", 115, 1, 1))
    program.link.sync()
    _until(desktop, lambda told: told.locked)
    program.link.send(struct.pack("<BBH", 115, 0, 1))
    program.link.sync()
    _until(desktop, lambda told: not told.locked)


def test_a_cover_that_grabs_the_keyboard_locks(desktop: X11Desktop, program: Program) -> None:
    cover = program.open("i3lock", "", Box(0, 0, 1280, 800), popup=True)
    _until(desktop, lambda told: len(told.windows) == 1)
    assert program.grab_keyboard(cover)
    assert _until(desktop, lambda told: told.locked)[-1].active == cover
    program.release_keyboard()
    _until(desktop, lambda told: not told.locked)


def test_without_a_window_manager_the_focus_decides(bare_session: VirtualSession) -> None:
    desktop, program = X11Desktop(bare_session.display), Program(bare_session.display)
    window = program.open("a", "One", HERE)
    assert _until(desktop, _shows("One"))[-1].active == 0
    program.focus(window)
    _until(desktop, lambda told: told.active == window)
    desktop.close()
    program.close()


def test_windows_that_come_and_go_by_the_dozen_are_followed(desktop: X11Desktop, program: Program) -> None:
    told: list[RawDesktop] = []
    for number in range(40):
        window = program.open("a", f"W{number}", Box(number, number, 80, 60), popup=number % 2 == 0)
        if number % 3:
            program.close_window(window)
        told += desktop.read()
    wanted = {f"W{number}" for number in range(40) if number % 3 == 0}
    told += _until_quiet(desktop)
    assert {window.title for window in told[-1].windows} == wanted
