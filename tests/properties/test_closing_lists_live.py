# SPDX-License-Identifier: Apache-2.0
"""Keys just before a list closes, and the one that closes it: real recorder, real hands, lists of GTK, Qt and Chromium.

They are kept where the list is the allowed window's own. Attacked: the list of another program, one on a page that no
rule allows, one that closes since another window took over, a popup that another program puts over the allowed window,
and a browser that is stopped while its list is open, so that its popup stays while the person goes elsewhere.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from tests.live import Worker, allowed, at_work, policy, stored
from tests.native_programs import NativeProgram
from tests.properties.site import served
from tests.windows import Program

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop
from handiwork.cli.demo.stage import wait_until
from handiwork.model.errors import Lost
from handiwork.model.event import Event, Key, Typed
from handiwork.model.geometry import Box
from handiwork.model.raw import RawWindow

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(170)]

APPS = ("notes", "mail", "chromium")
NOTES = '[[allow]]\napp = "notes"\nlevel = "full"\nwords = "open"\n'


@dataclass
class Recorded:
    """What was kept, and when what was pressed."""

    events: list[Event] = field(default_factory=list)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def during(self, name: str) -> list[str]:
        """Keys, and letters as (so many), kept of that time."""
        first, last = self.spans[name]
        kept = [one for one in self.events if isinstance(one, Key | Typed) and first <= one.t <= last]
        return [one.name if isinstance(one, Key) else f"({one.keystrokes})" for one in kept]


class Choosing:
    """Hands at lists, and a look at which popups are up."""

    def __init__(self, worker: Worker, recorded: Recorded) -> None:
        self.worker, self._recorded = worker, recorded
        self._desktop = X11Desktop(worker.session.display)
        self._windows: tuple[RawWindow, ...] = ()

    def open_at(self, place: tuple[int, int]) -> None:
        """Clicks on a list, and waits until it is open."""
        self.open_by(lambda: self.worker.click(*place))

    def open_by(self, act: Callable[[], None]) -> None:
        """Does what opens a list; once more if a program that was busy has not taken that in."""
        for _ in range(4):
            act()
            with suppress(Lost):
                wait_until(self._is_up, "The list did not open", 5)
                break
        time.sleep(0.5)
        assert self._is_up()

    def _is_up(self) -> bool:
        for state in self._desktop.read():
            self._windows = state.windows
        return any(one.override_redirect and one.app in APPS for one in self._windows)

    def press(self, name: str, *keys: str, pause_s: float = 0.05) -> None:
        """These keys, one after the other; a "+" holds the former ones."""
        began = _now()
        for key in keys:
            self.worker.chord(*key.split("+"))
            time.sleep(pause_s)
        self._recorded.spans[name] = began - 5, _now()

    def closes(self, name: str, *keys: str) -> None:
        """Presses keys in the open list, the last of which closes it."""
        self.press(name, *keys)
        wait_until(lambda: not self._is_up(), f"{name}: the list did not close")
        time.sleep(1.3)

    def close(self) -> None:
        self._desktop.close()


def _now() -> int:
    return time.monotonic_ns() // 1_000_000


@pytest.fixture(scope="module", params=["gtk", "qt"])
def native(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    recorded = Recorded()
    with (
        VirtualSession() as session,
        at_work(session, tmp_path_factory.mktemp(request.param) / "out", policy(NOTES)) as worker,
    ):
        chooser, notes = Choosing(worker, recorded), NativeProgram(session, request.param, "Notes", "notes")
        places = notes.places()
        worker.await_state("recording")
        time.sleep(1.0)
        _native_lists(chooser, notes, dict(places))
        _over_the_window(chooser, session, places["send"])
        notes.close()
        _of_another_program(chooser, NativeProgram(session, request.param, "Mail", "mail"))
        worker.stop()
        chooser.close()
        recorded.events = [event for segment in stored(worker.device) for event in segment.events]
        yield recorded


def _native_lists(chooser: Choosing, notes: NativeProgram, places: dict[str, Box]) -> None:
    worker = chooser.worker
    for turn in range(3):  # more than one: where the window of a popup is new, its grab comes before it is known
        chooser.open_at(places["list"].centre)
        chooser.closes(f"escaped {turn}", "Down", "Up", "Escape")
    notes.tell("list")
    time.sleep(0.3)
    chooser.open_by(lambda: worker.press("space"))
    chooser.closes("chosen", "Down", "Return")
    chooser.open_at(places["file"].centre)
    chooser.closes("menu", "Down", "Escape")


def _over_the_window(chooser: Choosing, session: VirtualSession, place: Box) -> None:
    """Another program's popup that looks like a list of ours and takes the keyboard."""
    stranger = Program(session.display)
    popup = stranger.open("", "", Box(place.x, place.y, 200, 120), popup=True)
    assert stranger.grab_keyboard(popup)
    time.sleep(0.8)
    chooser.press("stranger", "Down", "w", "Escape")
    time.sleep(0.5)
    stranger.close()
    time.sleep(1.0)


def _of_another_program(chooser: Choosing, mail: NativeProgram) -> None:
    chooser.worker.await_state("out of scope")
    chooser.open_at(mail.places()["list"].centre)
    chooser.closes("elsewhere", "Down", "Up", "Escape")
    mail.close()


@pytest.mark.parametrize("turn", range(3))
def test_keys_in_a_native_list_and_the_one_that_closes_it_are_kept(native: Recorded, turn: int) -> None:
    assert native.during(f"escaped {turn}") == ["Down", "Up", "Escape"]


def test_the_return_that_chooses_in_a_native_list_is_kept(native: Recorded) -> None:
    assert native.during("chosen") == ["Down", "Return"]


def test_keys_in_a_menu_that_holds_the_keyboard_itself_are_kept(native: Recorded) -> None:
    assert native.during("menu") == ["Down", "Escape"]


def test_no_key_is_kept_that_another_program_s_popup_took_over_the_window(native: Recorded) -> None:
    assert native.during("stranger") == []


def test_no_key_is_kept_in_a_list_of_a_program_that_is_not_allowed(native: Recorded) -> None:
    assert native.during("elsewhere") == []


# Chromium

OPTIONS = "".join(f"<option>{word}</option>" for word in ("Alder", "Birch", "Larch", "Linden"))


def _page(title: str) -> str:
    at = "left:40px;top:90px;width:200px;height:30px"
    heading = f'<title>{title}</title><h1 style="left:20px;top:10px">Weekly</h1>'
    return f'{heading}<select aria-label="Tree" style="{at}">{OPTIONS}</select>'


MIDDLE = (140, 105)


@pytest.fixture(scope="module")
def browser(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    recorded = Recorded()
    with (
        served({"/": _page("Work")}) as site,
        served({"/": _page("Elsewhere")}) as other,
        at_work(session, tmp_path_factory.mktemp("closing") / "out", policy(allowed(site.url))) as worker,
        worker.chromium(site.url + "/") as chromium,
    ):
        worker.await_state("recording")
        x, y = worker.await_page(site)
        chooser, place = Choosing(worker, recorded), (x + MIDDLE[0], y + MIDDLE[1])
        worker.click(x + 400, y + 300)  # while browser and accessibility bus wake up, what is uncertain is dropped
        time.sleep(1.5)
        _in_the_page(chooser, place)
        _while_it_is_stopped(chooser, place, chromium.pid)
        site.origins.clear()
        chromium.open(site.url + "/")  # whatever those keys have made of the tab
        worker.await_page(site)
        worker.await_state("recording")
        _taken_over(chooser, session, place)
        chromium.open(other.url + "/")
        x, y = worker.await_page(other)
        worker.await_state("out of scope")
        chooser.open_at((x + MIDDLE[0], y + MIDDLE[1]))
        chooser.closes("elsewhere", "Down", "l", "Escape")
        worker.stop()
        chooser.close()
        recorded.events = [event for segment in stored(worker.device) for event in segment.events]
        yield recorded


def _in_the_page(chooser: Choosing, place: tuple[int, int]) -> None:
    for turn in range(3):  # a page that the system holds up just then says too little: then they are dropped
        chooser.open_at(place)
        chooser.closes(f"unchanged {turn}", "Return")
        chooser.open_at(place)
        chooser.closes(f"escaped {turn}", "Down", "Down", "Escape")
        chooser.open_at(place)
        chooser.closes(f"letters {turn}", "l", "i", "Escape")


def _while_it_is_stopped(chooser: Choosing, place: tuple[int, int], pid: int) -> None:
    """The popup stays on the screen, and what is pressed is taken in later: a way to the address bar, words."""
    chooser.open_at(place)
    os.kill(pid, signal.SIGSTOP)
    try:
        chooser.press("stopped", "Escape", "Control_L+l", "w", "h", "e", "a", "t")
        time.sleep(0.6)
    finally:
        os.kill(pid, signal.SIGCONT)
    time.sleep(1.0)
    chooser.worker.press("Escape")
    chooser.worker.press("Escape")
    chooser.worker.click(place[0] + 260, place[1] + 200)
    time.sleep(1.0)


def _taken_over(chooser: Choosing, session: VirtualSession, place: tuple[int, int]) -> None:
    """Another program's window comes to the front; what is typed at once is that one's."""
    chooser.open_at(place)
    stranger = Program(session.display)
    window = stranger.open("mail", "Mail", Box(100, 100, 400, 300))
    stranger.activate(window)
    chooser.press("taken over", "w", "r", "e", "n", pause_s=0.01)
    time.sleep(1.0)
    stranger.close()
    chooser.worker.click(place[0] + 260, place[1] + 200)
    time.sleep(1.0)


@pytest.mark.browser
def test_the_escape_that_closes_a_page_s_list_and_keys_just_before_are_kept(browser: Recorded) -> None:
    assert ["Down", "Down", "Escape"] in [browser.during(f"escaped {turn}") for turn in range(3)]


@pytest.mark.browser
def test_the_return_that_chooses_what_stood_there_already_is_kept(browser: Recorded) -> None:
    assert ["Return"] in [browser.during(f"unchanged {turn}") for turn in range(3)]


@pytest.mark.browser
def test_letters_typed_just_before_a_page_s_list_closes_are_kept(browser: Recorded) -> None:
    assert ["(2)", "Escape"] in [browser.during(f"letters {turn}") for turn in range(3)]


@pytest.mark.browser
def test_of_what_is_pressed_while_the_browser_is_stopped_only_what_closes_the_list_is_its_own(
    browser: Recorded,
) -> None:
    assert set(browser.during("stopped")) <= {"Escape"}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["taken over", "elsewhere"])
def test_a_list_that_is_not_or_no_longer_the_allowed_page_s_vouches_for_nothing(browser: Recorded, name: str) -> None:
    assert browser.during(name) == []
