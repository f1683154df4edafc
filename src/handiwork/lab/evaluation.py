# SPDX-License-Identifier: Apache-2.0
"""Judges an agent in fresh episodes, by the environment's own verdict. Success is full reward, nothing less.

Every result carries its interval; seeds are far from those of any demonstration.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec

from handiwork.lab.agent import Agent
from handiwork.lab.person import await_verdict
from handiwork.lab.policies import Decision
from handiwork.lab.statistics import wilson
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.model.step import Observation
from handiwork.ports.environment import Environment, Verdict
from handiwork.ports.screen import Screen

FIRST_SEED = 1_000_000
"""Demonstrations use seeds below; evaluations this one and above."""
_LAST_WORD_SECONDS = 0.4


class TaskResult(msgspec.Struct, frozen=True):
    """How often an agent did a task, and the 95 % interval of its rate."""

    task: str
    successes: int
    episodes: int
    rate: float
    low: float
    high: float
    steps: float
    """Deeds an episode, on average."""


class Evaluation(msgspec.Struct, frozen=True):
    """One policy's results. `overall` counts all episodes of all tasks together."""

    policy: str
    results: tuple[TaskResult, ...]
    overall: TaskResult


@dataclass(frozen=True)
class FilmFrame:
    """What was on the screen before a deed, and what the agent chose: its element's box, and the deed in words."""

    picture: RawFrame
    box: Box | None
    words: str


@dataclass(frozen=True)
class Film:
    """One episode, to be shown."""

    task: str
    goal: str
    verdict: Verdict
    frames: tuple[FilmFrame, ...]


OnEpisode = Callable[[str, int, Verdict], None]
SaysGoal = Callable[[str], str]
"""What the agent is told of a goal: through the same redaction as a recorded goal note."""


def evaluate(
    policy: str,
    environment: Environment,
    agent: Agent,
    tasks: Sequence[str],
    episodes: int,
    says_goal: SaysGoal,
    on_episode: OnEpisode = lambda _task, _seed, _verdict: None,
) -> Evaluation:
    """`episodes` fresh episodes of each task, one after the other."""
    results = []
    for task in tasks:
        successes = taken = 0
        for seed in range(FIRST_SEED, FIRST_SEED + episodes):
            goal = environment.reset(task, seed)
            taken += len(agent.run(says_goal(goal), partial(_is_done, environment)))
            verdict = await_verdict(environment, _LAST_WORD_SECONDS)
            successes += verdict.success
            on_episode(task, seed, verdict)
        results.append(_result(task, successes, episodes, taken))
    overall = _result(
        "all",
        sum(result.successes for result in results),
        sum(result.episodes for result in results),
        sum(round(result.steps * result.episodes) for result in results),
    )
    return Evaluation(policy, tuple(results), overall)


def film(
    environment: Environment,
    agent: Agent,
    screen: Screen,
    task: str,
    seed: int,
    says_goal: SaysGoal,
) -> Film:
    """Runs one episode and takes a picture before each deed and one at the end. Nothing is written anywhere."""
    goal = environment.reset(task, seed)
    frames: list[FilmFrame] = []
    shown = screen.size()

    def take(observation: Observation, decision: Decision) -> None:
        nonlocal shown
        shown = observation.bounds
        element = observation.elements[decision.element]
        frames.append(FilmFrame(screen.grab(shown), element.bounds, in_words(decision, element.name)))

    agent.run(says_goal(goal), partial(_is_done, environment), take)
    verdict = await_verdict(environment, _LAST_WORD_SECONDS)
    frames.append(FilmFrame(screen.grab(shown), None, "done" if verdict.success else "not done"))
    return Film(task, goal, verdict, tuple(frames))


def in_words(decision: Decision, name: str) -> str:
    """A deed, for people: 'type "Tula"', 'click "Submit"', 'select "Ida"', 'press Return'."""
    if decision.verb == "press":
        return f"press {decision.key}"
    return f'{decision.verb} "{decision.text or name}"'


def _is_done(environment: Environment) -> bool:
    return environment.state().done


def _result(task: str, successes: int, episodes: int, taken: int) -> TaskResult:
    low, high = wilson(successes, episodes)
    share = successes / episodes if episodes else 0.0
    return TaskResult(task, successes, episodes, share, low, high, taken / episodes if episodes else 0.0)
