# SPDX-License-Identifier: Apache-2.0
"""Agents see only what they are given to see, act as people do, and know when to stop."""

import math
from random import Random

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lab.paper import demonstrations, hand

from handiwork.lab.agent import Agent, Limits, choice
from handiwork.lab.features import ELEMENT_FEATURES, WORD_FEATURES
from handiwork.lab.hand import PERSON, Hand, pointer_path
from handiwork.lab.person import Person
from handiwork.lab.policies import Decision, LearnedPolicy, RandomPolicy, UntrainedPolicy
from handiwork.lab.samples import samples_of
from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.step import Observation
from handiwork.ports.environment import Choose, Press
from handiwork.ports.fakes.environment import PaperEnvironment
from handiwork.ports.fakes.policy_model import LinearPolicy
from handiwork.ports.policy_model import TrainingPlan

POINTS = st.tuples(st.integers(0, 1200), st.integers(0, 700))


@given(POINTS, POINTS, st.integers(0, 99))
def test_a_pointer_path_ends_exactly_at_its_aim_and_never_jumps(
    start: tuple[int, int], end: tuple[int, int], seed: int
) -> None:
    path = pointer_path(start, end, PERSON.points, Random(seed))
    assert path[-1] == end
    assert PERSON.points[0] <= len(path) <= PERSON.points[1]
    assert min(min(point) for point in path) >= 0
    distance = math.dist(start, end)
    steps = [math.dist(a, b) for a, b in zip([start, *path], path, strict=False)]
    assert max(steps) <= 5 + 2.5 * distance / len(path)


def test_a_hand_repeats_itself_by_seed_alone() -> None:
    way, again, other = (pointer_path((0, 0), (300, 200), (10, 24), Random(seed)) for seed in (1, 1, 2))
    assert way == again != other


class Recording:
    """An actuator that writes down what it is told."""

    def __init__(self) -> None:
        self.done: list[tuple[str, object]] = []
        self.pressed: list[str] = []

    def move(self, x: int, y: int) -> None:
        self.done.append(("move", (x, y)))

    def button(self, button: int, pressed: bool) -> None:
        self.done.append(("button", pressed))

    def key(self, name: str, pressed: bool) -> None:
        self.pressed += [name] if pressed else []

    def write(self, text: str, delay_ms: int) -> None:
        self.done.append(("write", text))


@given(st.integers(0, 900), st.integers(0, 600), st.integers(1, 200), st.integers(1, 60), st.integers(0, 50))
def test_a_click_falls_inside_its_box(x: int, y: int, w: int, h: int, seed: int) -> None:
    actuator, box = Recording(), Box(x, y, w, h)
    Hand(actuator, seed, sleep=lambda _: None).do(Press(box))
    *moves, down, up = actuator.done
    place = moves[-1][1]
    assert isinstance(place, tuple)
    assert box.contains(*place)
    assert (down, up) == (("button", True), ("button", False))


@given(st.integers(0, 9), st.integers(0, 9))
def test_a_choice_walks_the_list_and_takes_the_option(selected: int, wanted: int) -> None:
    actuator = Recording()
    deed = Choose(Box(10, 10, 80, 20), tuple("abcdefghij"), selected, wanted)
    Hand(actuator, 0, sleep=lambda _: None).do(deed)
    arrow = "Down" if wanted > selected else "Up"
    assert actuator.pressed == [arrow] * abs(wanted - selected) + ["Return"]


def test_a_person_does_every_task_on_paper() -> None:
    paper = PaperEnvironment()
    person, heard = Person(paper, hand(paper)), list[str]()
    for task in paper.tasks():
        for seed in range(10):
            shown = person.demonstrate(task, seed, heard.append)
            assert shown.verdict.success
            assert heard[-1] == shown.goal


class Fixed:
    """A policy that always does the same."""

    def __init__(self, decision: Decision | None) -> None:
        self.decision, self.asked = decision, 0

    def decide(self, observation: Observation, goal: str, acted: object) -> Decision | None:
        self.asked += 1
        return self.decision


def agent(paper: PaperEnvironment, policy: object, **limits: int) -> Agent:
    return Agent(policy, paper.observe, hand(paper), Limits(**limits), sleep=lambda _: None)  # type: ignore[arg-type]


def test_an_agent_stops_when_the_judge_says_done() -> None:
    paper = PaperEnvironment()
    goal = paper.reset("press", 1)
    policy = Fixed(Decision(1, "click"))
    assert len(agent(paper, policy).run(goal, lambda: paper.state().done)) == 1


def test_an_agent_that_only_repeats_itself_stops() -> None:
    paper = PaperEnvironment()
    goal = paper.reset("press", 1)
    assert len(agent(paper, Fixed(Decision(0, "click"))).run(goal, lambda: paper.state().done)) == 3


def test_an_agent_stops_at_its_limit() -> None:
    paper = PaperEnvironment()
    goal = paper.reset("fill", 1)
    taken = agent(paper, Fixed(Decision(0, "click")), repeats=99, steps=4).run(goal, lambda: False)
    assert len(taken) == 4


def test_an_agent_that_sees_nothing_does_nothing() -> None:
    paper, policy = PaperEnvironment(), Fixed(Decision(0, "click"))
    assert agent(paper, policy).run("Press it", lambda: False) == ()
    assert policy.asked == 0


def test_an_agent_without_a_decision_does_nothing() -> None:
    paper = PaperEnvironment()
    goal = paper.reset("press", 1)
    assert agent(paper, Fixed(None)).run(goal, lambda: False) == ()


def test_each_deed_is_announced_before_it_is_done() -> None:
    paper = PaperEnvironment()
    goal, done_before = paper.reset("press", 1), list[bool]()
    agent(paper, Fixed(Decision(1, "click"))).run(
        goal, lambda: paper.state().done, lambda _o, _d: done_before.append(paper.state().done)
    )
    assert done_before == [False]


def test_an_agent_waits_until_the_page_no_longer_changes() -> None:
    paper = PaperEnvironment()
    goal = paper.reset("press", 1)
    settled = paper.observe()
    assert settled is not None
    looks = [None, msgspec.structs.replace(settled, elements=settled.elements[:2]), settled, settled, settled]
    seen: list[Observation] = []
    Agent(Fixed(Decision(1, "click")), lambda: looks.pop(0), hand(paper), sleep=lambda _: None).run(
        goal, lambda: paper.state().done, lambda observation, _: seen.append(observation)
    )
    assert seen == [settled]


def learned(task: str) -> LearnedPolicy:
    model = LinearPolicy(ELEMENT_FEATURES, WORD_FEATURES)
    model.fit(samples_of(demonstrations(task, range(24))).samples, [], TrainingPlan(1, epochs=10), lambda _: None)
    return LearnedPolicy(model)


@pytest.mark.parametrize("task", ["press", "fill"])
def test_what_was_learned_on_paper_is_done_on_paper(task: str) -> None:
    paper = PaperEnvironment()
    policy, right = learned(task), 0
    for seed in range(1000, 1010):
        goal = paper.reset(task, seed)
        agent(paper, policy).run(goal, lambda: paper.state().done)
        right += paper.state().success
    assert right >= 9


def test_an_agent_never_types_what_redaction_left() -> None:
    policy = learned("fill")
    box = Box(20, 80, 150, 20)
    field = Element("textbox", "", "", box, ("editable",), -1)
    submit = Element("button", "Submit", "", Box(20, 300, 80, 30), (), -1)

    def decided(word: str) -> Decision | None:
        goal = f'Enter "{word}" into the text field and press Submit.'
        told = Element("text", goal, "", Box(10, 5, 300, 12), (), -1)
        shown = (told, field, submit)
        seen = Observation(t=1, url="", title="", bounds=Box(0, 0, 400, 400), elements=shown, focused=-1)
        return policy.decide(seen, goal, [])

    assert decided("walnut") == Decision(1, "type", "walnut")
    assert decided("<name 3>") is None


def _list(*names: str, selected: int = 0) -> Observation:
    box = Box(20, 80, 150, 20)
    parent = Element("combobox", "", names[selected], box, (), -1)
    options = [Element("option", n, "", box, ("selected",) if i == selected else (), 0) for i, n in enumerate(names)]
    return Observation(t=1, url="", title="", bounds=Box(0, 0, 400, 400), elements=(parent, *options), focused=-1)


def test_an_option_of_a_list_is_reached_from_the_selected_one() -> None:
    deed = choice(_list("a", "b", "c", selected=2), 1)
    assert deed == Choose(Box(20, 80, 150, 20), ("a", "b", "c"), 2, 0)


def test_an_option_that_stands_by_itself_is_clicked() -> None:
    alone = Element("option", "a", "", Box(1, 2, 30, 10), (), -1)
    seen = Observation(t=1, url="", title="", bounds=Box(0, 0, 400, 400), elements=(alone,), focused=-1)
    assert choice(seen, 0) == Press(Box(1, 2, 30, 10))


@given(st.integers(0, 500))
def test_random_and_untrained_agents_do_only_what_is_possible(seed: int) -> None:
    paper = PaperEnvironment()
    goal = paper.reset(("press", "fill", "choose")[seed % 3], seed)
    seen = paper.observe()
    assert seen is not None
    untrained = UntrainedPolicy(lambda drawn: LinearPolicy(ELEMENT_FEATURES, WORD_FEATURES, drawn), seed)
    for policy in (RandomPolicy(seed), untrained):
        decision = policy.decide(seen, goal, [])
        assert decision is not None
        element = seen.elements[decision.element]
        assert (decision.verb == "select") == (element.role == "option")
        assert decision.verb != "type" or "editable" in element.states
        assert bool(decision.text) == (decision.verb == "type")


def test_nothing_is_decided_about_an_empty_page() -> None:
    empty = Observation(t=1, url="", title="", bounds=Box(0, 0, 9, 9), elements=(), focused=-1)
    model = LinearPolicy(ELEMENT_FEATURES, WORD_FEATURES)
    assert LearnedPolicy(model).decide(empty, "Do it", []) is None
    assert RandomPolicy(1).decide(empty, "Do it", []) is None
    assert np.isfinite(model.parameters())
