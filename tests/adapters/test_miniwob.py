# SPDX-License-Identifier: Apache-2.0
"""The practice world: local, quiet, and solvable by what a person does in real Chromium with real input."""

import importlib.metadata
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import numpy as np
import pytest

from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.miniwob import DEMO_TASKS, TASKS, MiniwobEnvironment, World
from handiwork.adapters.miniwob.server import Seen
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator, X11Screen
from handiwork.lab.hand import Hand
from handiwork.lab.person import Person
from handiwork.model.errors import BadInput, Lost, MissingPiece
from handiwork.model.geometry import Box
from handiwork.ports.environment import Choose, Press, Write


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as started:
        yield started


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as reply:
            return int(reply.status), reply.read().decode()
    except HTTPError as error:
        return error.code, ""


def test_every_tasks_page_is_served_with_our_script_and_nothing_from_elsewhere(world: World) -> None:
    for task in TASKS.values():
        status, page = get((world.other_url if task.other_origin else world.url) + task.path)
        assert status == 200
        assert '<script src="/world/world.js"></script>' in page
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page


def test_nothing_outside_the_pages_is_served(world: World) -> None:
    for path in ("/../server.py", "/%2e%2e/server.py", "/miniwob/../../../METADATA", "/etc/passwd", "//etc/passwd"):
        with socket.create_connection(("127.0.0.1", int(world.url.rpartition(":")[2])), timeout=10) as link:
            link.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            assert b" 404 " in link.recv(4096).split(b"\r\n")[0]


def test_the_private_page_is_on_another_origin_alone(world: World) -> None:
    assert get(world.other_url + "/")[0] == 200
    assert get(world.url + "/")[0] == 404
    assert get(world.other_url + "/signin/")[0] == 404


def test_it_listens_on_this_machine_only(world: World) -> None:
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:]
    ports = {int(url.rpartition(":")[2]) for url in (world.url, world.other_url)}
    addresses = [line.split()[1].split(":") for line in listening]
    assert {address for address, port in addresses if int(port, 16) in ports} == {"0100007F"}


def test_what_is_asked_for_is_never_logged(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    get(world.url + "/signin/?user=someone&password=something")
    with socket.create_connection(("127.0.0.1", int(world.url.rpartition(":")[2]))) as link:
        link.sendall(b"nonsense\r\n\r\n")
        link.recv(1000)
    assert capfd.readouterr() == ("", "")


def test_the_gym_is_not_imported() -> None:
    code = (
        "import sys, handiwork.adapters.miniwob as m; m.World();"
        "print([name for name in ('miniwob', 'gymnasium') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_without_the_tasks_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    with pytest.raises(MissingPiece) as refused:
        World()
    assert "miniwob" in refused.value.do


def test_without_an_open_page_it_says_so_and_closing_releases_whoever_waits() -> None:
    with World() as own:
        with pytest.raises(Lost):
            own.wait_for(own.url + "/signin/", 0.1)
        ended: list[str] = []
        waiting = threading.Thread(target=lambda: ended.append(_ends(own)))
        waiting.start()
        time.sleep(0.1)
        own.close()
        waiting.join(5)
    assert ended == ["lost"]


def _ends(world: World) -> str:
    try:
        world.state()
    except Lost:
        return "lost"
    return "answered"


def seen(kind: str, name: str, *, y: float = 0, checked: bool = False, options: tuple[str, ...] = ()) -> Seen:
    return Seen(kind, name, "", checked, 10.0, y, 50.0, 20.0, options, 0 if options else -1)


def box(y: int) -> Box:
    return Box(10, y, 50, 20)


def test_cheats_do_what_the_goal_says() -> None:
    submit = seen("button", "Submit", y=90)
    marks = [seen("checkbox", "ab", y=10, checked=True), seen("checkbox", "cd", y=30), seen("checkbox", "ef", y=50)]
    goal = "Select ab, cd and click Submit."
    assert TASKS["click-checkboxes"].cheat(goal, [*marks, submit]) == (Press(box(30)), Press(box(90)))
    goal = "Select nothing and click Submit."
    assert TASKS["click-checkboxes"].cheat(goal, [*marks[1:], submit]) == (Press(box(90)),)
    listed = seen("list", "", options=("Ann", "Anna"))
    goal = "Select Anna from the list and click Submit."
    chosen = TASKS["choose-list"].cheat(goal, [listed, submit])
    assert chosen == (Choose(box(0), ("Ann", "Anna"), 0, 1), Press(box(90)))
    goal = "Select Ann from the list and click Submit."
    assert TASKS["choose-list"].cheat(goal, [listed, submit]) == (Press(box(90)),)
    goal = 'Enter "Tula" into the text field and press Submit.'
    written = TASKS["enter-text"].cheat(goal, [seen("textbox", ""), submit])
    assert written == (Write(box(0), "Tula"), Press(box(90)))
    goal = 'Click the button in the dialog box labeled "x".'
    assert TASKS["click-dialog-2"].cheat(goal, [seen("button", "Close")]) == (Press(box(0)),)


def test_a_page_that_does_not_show_what_is_needed_is_named() -> None:
    with pytest.raises(BadInput, match="no button"):
        TASKS["click-button"].cheat('Click on the "no" button.', [seen("button", "yes")])


@pytest.fixture(scope="module")
def person(world: World, session: VirtualSession) -> Iterator[Person]:
    environment = MiniwobEnvironment(world, lambda url: _browser(session, url))
    yield Person(environment, Hand(X11Actuator(session.display), 5))
    environment.close()


def _browser(session: VirtualSession, url: str) -> Chromium:
    browser = Chromium(session.env, View(url, bounds=Box(20, 20, 520, 480)), socket_path=None)
    browser.__enter__()
    return browser


@pytest.mark.browser
@pytest.mark.parametrize("task", [*DEMO_TASKS, "click-dialog-2", "click-button-sequence"])
def test_a_person_can_do_it(person: Person, task: str) -> None:
    for seed in (101, 102, 103):
        assert person.demonstrate(task, seed).verdict.success


@pytest.mark.browser
def test_signing_in_and_private_notes_work_from_one_to_the_other_and_back(person: Person) -> None:
    for task in ("sign-in", "private-notes", "click-button", "private-notes"):
        assert person.demonstrate(task, 1).verdict.success


@pytest.mark.browser
def test_the_judges_own_marks_are_nowhere_on_the_screen(person: Person, session: VirtualSession) -> None:
    """The tasks' own code draws reward, clock and last clicks right of the task: what is there must stay white."""
    assert person.demonstrate("click-button", 3).verdict.success
    screen = X11Screen(session.display)
    shown = screen.grab(screen.size())
    pixels = np.frombuffer(shown.pixels, np.uint8).reshape(shown.region.h, shown.region.w, 4)[:, :, 2::-1]
    rows, columns = np.nonzero((pixels == (255, 255, 0)).all(-1))  # behind the goal, left and top of the task
    left, top = int(columns.min()), int(rows.min())
    beside = pixels[top : top + 210, left + 162 : left + 400]
    assert beside.size > 0
    assert (beside == 255).all()
