# SPDX-License-Identifier: Apache-2.0
"""The Environment contract: fresh, repeatable episodes that a person's movements solve. Real Chromium, and paper."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from handiwork.adapters.browser.launch import Chromium, View
from handiwork.adapters.miniwob import MiniwobEnvironment, World
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.lab.hand import Hand
from handiwork.lab.person import Person
from handiwork.model.errors import BadInput, Lost
from handiwork.model.geometry import Box
from handiwork.ports.environment import Choose, Environment, Press, Write
from handiwork.ports.fakes.environment import PaperEnvironment

pytestmark = pytest.mark.browser


@dataclass
class Room:
    """An environment and someone in front of it. Task names: one to press, one to fill in, one to choose."""

    environment: Environment
    person: Person
    press: str
    fill: str
    choose: str


def _on_paper() -> Room:
    paper = PaperEnvironment()
    hand = Hand(paper.actuator, 1, sleep=lambda _: None)
    return Room(paper, Person(paper, hand), "press", "fill", "choose")


@pytest.fixture(scope="module", params=["paper", "miniwob"])
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    if request.param == "paper":
        yield _on_paper()
        return
    with VirtualSession() as session, World() as world:
        environment = MiniwobEnvironment(world, lambda url: _browser(session, url))
        person = Person(environment, Hand(X11Actuator(session.display), 1))
        yield Room(environment, person, "click-button", "enter-text", "choose-list")
        environment.close()


def _browser(session: VirtualSession, url: str) -> Chromium:
    browser = Chromium(session.env, View(url, bounds=Box(20, 20, 520, 480)), socket_path=None)
    browser.__enter__()
    return browser


def test_the_same_seed_gives_the_same_episode_and_another_seed_another(room: Room) -> None:
    goals = [room.environment.reset(room.fill, seed) for seed in (1, 2, 3, 1)]
    assert goals[0] == goals[3]
    assert len(set(goals)) > 1
    room.environment.reset(room.press, 7)
    first = room.environment.cheat()
    room.environment.reset(room.press, 8)
    room.environment.reset(room.press, 7)
    assert room.environment.cheat() == first


def test_a_fresh_episode_is_not_done_and_has_earned_nothing(room: Room) -> None:
    for task in (room.press, room.fill, room.choose):
        room.environment.reset(task, 5)
        assert not room.environment.state().done
        assert not room.environment.state().success


def test_a_person_who_does_what_the_cheat_says_succeeds(room: Room) -> None:
    for task in (room.press, room.fill, room.choose):
        for seed in (11, 12):
            assert room.person.demonstrate(task, seed).verdict.success


def test_the_cheats_are_deeds_of_the_kinds_that_the_tasks_need(room: Room) -> None:
    for task, kind in ((room.press, Press), (room.fill, Write), (room.choose, Choose)):
        room.environment.reset(task, 4)
        assert isinstance(room.environment.cheat()[0], kind)


def test_a_finished_episode_leaves_nothing_to_the_next(room: Room) -> None:
    assert room.person.demonstrate(room.fill, 21).verdict.done
    room.environment.reset(room.fill, 22)
    assert not room.environment.state().done
    assert room.person.demonstrate(room.fill, 22).verdict.success


def test_doing_the_wrong_thing_ends_the_episode_without_success(room: Room) -> None:
    room.environment.reset(room.fill, 31)
    room.person.do(room.environment.cheat()[-1])  # submits the empty field
    deadline = time.monotonic() + 5
    while not room.environment.state().done and time.monotonic() < deadline:
        time.sleep(0.02)
    verdict = room.environment.state()
    assert verdict.done
    assert not verdict.success


def test_an_unknown_task_is_refused(room: Room) -> None:
    assert room.press in room.environment.tasks()
    with pytest.raises(BadInput):
        room.environment.reset("no such task", 1)


def test_a_closed_environment_says_so(room: Room) -> None:
    """Last in this file: it closes the room."""
    room.environment.close()
    room.environment.close()
    for ask in (room.environment.state, room.environment.cheat, lambda: room.environment.reset(room.press, 1)):
        with pytest.raises(Lost):
            ask()
