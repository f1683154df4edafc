# SPDX-License-Identifier: Apache-2.0
"""Judging: fresh episodes, full reward only, honest counts; and a film that shows what was chosen."""

import pytest
from tests.lab.paper import hand

from handiwork.lab.agent import Agent, Limits
from handiwork.lab.evaluation import FIRST_SEED, Evaluation, evaluate, film
from handiwork.lab.policies import Decision, Policy
from handiwork.lab.statistics import wilson
from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.model.step import Observation
from handiwork.ports.environment import Verdict
from handiwork.ports.fakes.environment import PaperEnvironment


class Knowing:
    """Presses the button that the goal quotes; every `fails`-th time another."""

    def __init__(self, fails: int = 0) -> None:
        self.fails, self.turn = fails, 0

    def decide(self, observation: Observation, goal: str, acted: object) -> Decision | None:
        self.turn += 1
        wanted = goal.split('"')[1]
        wrong = self.fails > 0 and self.turn % self.fails == 0
        buttons = [i for i, e in enumerate(observation.elements) if e.role == "button"]
        return Decision(next(i for i in buttons if (observation.elements[i].name == wanted) != wrong), "click")


class BlackScreen:
    """A screen of one colour."""

    def size(self) -> Box:
        return Box(0, 0, 400, 400)

    def grab(self, region: Box) -> RawFrame:
        return RawFrame(1, region, bytes(4 * region.area))


def agent(paper: PaperEnvironment, policy: Policy) -> Agent:
    return Agent(policy, paper.observe, hand(paper), Limits(), sleep=lambda _: None)


def judged(policy: Policy, episodes: int = 8) -> Evaluation:
    paper = PaperEnvironment()
    return evaluate("some", paper, agent(paper, policy), ["press"], episodes, lambda goal: goal)


def test_an_agent_that_is_always_right_has_every_episode_and_an_honest_interval() -> None:
    result = judged(Knowing()).results[0]
    assert (result.successes, result.episodes, result.rate, result.steps) == (8, 8, 1.0, 1.0)
    assert (result.low, result.high) == wilson(8, 8)
    assert result.low < 0.7


def test_an_agent_that_is_wrong_every_fourth_time_is_counted_so() -> None:
    assert judged(Knowing(fails=4)).results[0].successes == 6


def test_seeds_are_fresh_ones_and_each_is_told() -> None:
    paper, told = PaperEnvironment(), list[tuple[str, int, bool]]()

    def hear(task: str, seed: int, verdict: Verdict) -> None:
        told.append((task, seed, verdict.success))

    evaluate("some", paper, agent(paper, Knowing()), ["press"], 3, lambda goal: goal, hear)
    assert told == [("press", FIRST_SEED + turn, True) for turn in range(3)]


def test_all_tasks_together_count_every_episode() -> None:
    paper = PaperEnvironment()
    found = evaluate("some", paper, agent(paper, Knowing()), ["press", "press"], 4, lambda goal: goal)
    assert (found.overall.episodes, found.overall.successes) == (8, 8)


def test_the_agent_hears_the_goal_only_as_redaction_leaves_it() -> None:
    paper, heard = PaperEnvironment(), set[str]()

    class Listening(Knowing):
        def decide(self, observation: Observation, goal: str, acted: object) -> Decision | None:
            heard.add(goal)
            return None

    evaluate("some", paper, agent(paper, Listening()), ["press"], 2, lambda _: "<content>")
    assert heard == {"<content>"}


def test_part_marks_and_unfinished_episodes_are_no_success() -> None:
    assert not Verdict(True, 0.6).success
    assert not Verdict(False, 1.0).success
    assert Verdict(True, 1.0).success


def test_no_episodes_give_no_rate_but_no_error() -> None:
    result = judged(Knowing(), episodes=0).results[0]
    assert (result.rate, result.low, result.high, result.steps) == (0.0, 0.0, 1.0, 0.0)


@pytest.mark.parametrize("fails", [0, 1])
def test_a_film_shows_each_choice_and_how_it_ended(fails: int) -> None:
    paper = PaperEnvironment()
    taken = film(paper, agent(paper, Knowing(fails)), BlackScreen(), "press", 4, lambda goal: goal)
    first, last = taken.frames
    assert taken.verdict.success == (fails == 0)
    assert first.box is not None
    assert first.words.startswith('click "')
    assert (last.box, last.words) == (None, "not done" if fails else "done")
    assert first.picture.region == Box(0, 0, 400, 400)


def test_a_film_marks_the_chosen_element() -> None:
    paper = PaperEnvironment()
    taken = film(paper, agent(paper, Knowing()), BlackScreen(), "press", 4, lambda goal: goal)
    paper.reset("press", 4)
    seen = paper.observe()
    assert seen is not None
    wanted = taken.goal.split('"')[1]

    def is_wanted(element: Element) -> bool:
        return element.role == "button" and element.name == wanted

    assert taken.frames[0].box == next(e.bounds for e in seen.elements if is_wanted(e))
