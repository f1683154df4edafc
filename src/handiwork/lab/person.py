# SPDX-License-Identifier: Apache-2.0
"""The scripted person: gives demonstrations by doing what the environment's cheat says, with a person's movements.

For demonstrations of the system and for tests. Its data is marked by its goal notes like anyone's; it is no shortcut
round the recorder: it only moves pointer and keys.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from handiwork.lab.hand import Hand
from handiwork.ports.environment import Deed, Environment, Verdict

_JUDGE_SECONDS = 1.0


@dataclass(frozen=True)
class Demonstration:
    """One episode as the person did it."""

    task: str
    seed: int
    goal: str
    verdict: Verdict


class Person:
    """Uses one environment with one hand."""

    def __init__(self, environment: Environment, hand: Hand) -> None:
        self._environment, self._hand = environment, hand

    def demonstrate(self, task: str, seed: int, on_goal: Callable[[str], None] = lambda _: None) -> Demonstration:
        """Does one fresh episode. `on_goal` hears the goal before the hand moves."""
        goal = self._environment.reset(task, seed)
        on_goal(goal)
        for deed in self._environment.cheat():
            self.do(deed)
        return Demonstration(task, seed, goal, await_verdict(self._environment, _JUDGE_SECONDS))

    def do(self, deed: Deed) -> None:
        """One deed, right or wrong."""
        self._hand.do(deed)


def await_verdict(environment: Environment, seconds: float) -> Verdict:
    """The verdict as soon as the episode is done, or after `seconds` at the latest: input needs a moment to arrive."""
    deadline = time.monotonic() + seconds
    while not (verdict := environment.state()).done and time.monotonic() < deadline:
        time.sleep(0.01)
    return verdict
