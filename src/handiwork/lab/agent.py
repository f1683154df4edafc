# SPDX-License-Identifier: Apache-2.0
"""The agent: looks through the recorder's own redaction, decides, and acts with a real pointer and keyboard.

It is handed `observe`, which gives only what a recorder would have been allowed to keep; it has no other eyes.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handiwork.lab.hand import Hand
from handiwork.lab.policies import LISTS, Decision, Policy
from handiwork.model.event import Element
from handiwork.model.step import Observation
from handiwork.ports.environment import Choose, Press, Write

Observe = Callable[[], Observation | None]
OnStep = Callable[[Observation, Decision], None]


@dataclass(frozen=True)
class Limits:
    """When an agent stops, and how long it lets a page settle. Milliseconds."""

    steps: int = 8
    repeats: int = 3
    """The same deed this often in a row is taken as being stuck."""
    settle: int = 120
    """At least this long after a deed before it looks again: the page, and the telling of it, take time."""
    quiet: int = 60
    patience: int = 1500
    """At most this long for two looks, `quiet` apart, to show the same."""


@dataclass(frozen=True)
class Seen:
    """One step as the agent took it."""

    observation: Observation
    decision: Decision


class Agent:
    """One policy with one hand. `sleep` takes seconds."""

    def __init__(
        self,
        policy: Policy,
        observe: Observe,
        hand: Hand,
        limits: Limits = Limits(),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._policy, self._observe, self._hand, self._limits, self._sleep = policy, observe, hand, limits, sleep

    def run(
        self, goal: str, is_done: Callable[[], bool], on_step: OnStep = lambda _observation, _decision: None
    ) -> tuple[Seen, ...]:
        """Acts until `is_done`, until nothing can be decided, or until the limit. `on_step` hears before each deed."""
        taken: list[Seen] = []
        acted: list[Element] = []
        while len(taken) < self._limits.steps and not is_done():
            observation = self._settled()
            decision = None if observation is None else self._policy.decide(observation, goal, acted)
            if observation is None or decision is None:
                break
            on_step(observation, decision)
            self._act(observation, decision)
            taken.append(Seen(observation, decision))
            acted.append(observation.elements[decision.element])
            self._sleep(self._limits.settle / 1000)
            if _is_stuck(taken, self._limits.repeats):
                break
        return tuple(taken)

    def _settled(self) -> Observation | None:
        """What is shown once it no longer changes."""
        before = self._observe()
        for _ in range(max(1, self._limits.patience // self._limits.quiet)):
            self._sleep(self._limits.quiet / 1000)
            now = self._observe()
            if now is not None and before is not None and now.elements == before.elements and now.elements:
                return now
            before = now
        return before

    def _act(self, observation: Observation, decision: Decision) -> None:
        element = observation.elements[decision.element]
        match decision.verb:
            case "type":
                self._hand.do(Write(element.bounds, decision.text))
            case "select":
                self._hand.do(choice(observation, decision.element))
            case "press":
                self._hand.press(decision.key)
            case _:
                self._hand.do(Press(element.bounds))


def choice(observation: Observation, option: int) -> Choose | Press:
    """How to choose an option: through its list's popup, or by a click where the list stands open."""
    elements = observation.elements
    wanted = elements[option]
    if not 0 <= wanted.parent < len(elements) or elements[wanted.parent].role not in LISTS:
        return Press(wanted.bounds)
    options = [i for i, e in enumerate(elements) if e.role == "option" and e.parent == wanted.parent]
    selected = next((n for n, i in enumerate(options) if "selected" in elements[i].states), 0)
    names = tuple(elements[i].name for i in options)
    return Choose(elements[wanted.parent].bounds, names, selected, options.index(option))


def _is_stuck(taken: Sequence[Seen], repeats: int) -> bool:
    last = taken[-repeats:]
    return len(last) == repeats and all(one.decision == last[0].decision for one in last)
