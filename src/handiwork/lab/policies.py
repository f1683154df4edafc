# SPDX-License-Identifier: Apache-2.0
"""From what is seen to what to do: the learned policy, and the random one that shows what chance alone reaches.

Knows no hand and no screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

import numpy as np

from handiwork.lab.features import copied, has_cut, scene, words_of
from handiwork.lab.samples import CLICK, PRESS, SELECT, TYPE
from handiwork.model.event import Element
from handiwork.model.step import Observation
from handiwork.ports.policy_model import KEYS, VERBS, Floats, PolicyModel, Scores

_LONGEST_COPY = 8
_IMPOSSIBLE = -1e9
LISTS = frozenset({"combobox", "listbox"})


@dataclass(frozen=True)
class Decision:
    """What to do next: `verb` (of VERBS) on the element with that index; `text` or `key` if the verb takes one."""

    element: int
    verb: str
    text: str = ""
    key: str = ""


class Policy(Protocol):
    """Decides, and remembers nothing between calls."""

    def decide(self, observation: Observation, goal: str, acted: Sequence[Element]) -> Decision | None:
        """The next deed, or None if nothing shown can be acted on."""
        ...


class LearnedPolicy:
    """The likeliest deed that is possible at all, by a model's scores. Rather none than typing what redaction left."""

    def __init__(self, model: PolicyModel) -> None:
        self._model = model

    def decide(self, observation: Observation, goal: str, acted: Sequence[Element]) -> Decision | None:
        """See Policy."""
        if not observation.elements:
            return None
        scores = self._model.scores(scene(observation, goal, acted))
        allowed = np.array([_possible(element, goal) for element in observation.elements])
        joint = np.where(allowed, scores.element[:, None] + scores.verb, _IMPOSSIBLE)
        if not allowed.any():
            return None
        element, verb = divmod(int(joint.argmax()), len(VERBS))
        text = _best_copy(scores, element, goal) if verb == TYPE else ""
        if has_cut(text):
            return None
        return Decision(element, VERBS[verb], text, KEYS[int(scores.key[element].argmax())] if verb == PRESS else "")


class UntrainedPolicy:
    """The learned policy before it learned anything: fresh random weights for each episode.

    One draw of weights always prefers the same kind of element, and so may do well on one task by luck.
    """

    def __init__(self, fresh: Callable[[int], PolicyModel], seed: int) -> None:
        self._fresh, self._random = fresh, Random(seed)
        self._drawn = LearnedPolicy(fresh(seed))

    def decide(self, observation: Observation, goal: str, acted: Sequence[Element]) -> Decision | None:
        """See Policy. An episode begins where nothing was acted on yet."""
        if not acted:
            self._drawn = LearnedPolicy(self._fresh(self._random.randrange(1 << 31)))
        return self._drawn.decide(observation, goal, acted)


class RandomPolicy:
    """Any element, with whatever can be done to it; words to type are taken from the goal."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def decide(self, observation: Observation, goal: str, acted: Sequence[Element]) -> Decision | None:  # noqa: ARG002
        """See Policy."""
        usable = [i for i, element in enumerate(observation.elements) if any(_possible(element, goal)[:PRESS])]
        if not usable:
            return None
        element = self._random.choice(usable)
        verbs = [verb for verb in (CLICK, TYPE, SELECT) if _possible(observation.elements[element], goal)[verb]]
        verb = self._random.choice(verbs)
        text = self._random.choice(words_of(goal)).text if verb == TYPE else ""
        return Decision(element, VERBS[verb], text=text)


def _possible(element: Element, goal: str) -> list[bool]:
    """Which verbs make sense: fields take text, options of a list are chosen, everything else is clicked."""
    option, editable = element.role == "option", "editable" in element.states
    enabled = "disabled" not in element.states
    possible = [False] * len(VERBS)
    possible[CLICK] = enabled and not (option and element.parent >= 0) and element.role != "image"
    possible[TYPE] = enabled and editable and bool(words_of(goal))
    possible[SELECT] = enabled and option and element.parent >= 0
    possible[PRESS] = enabled and "focused" in element.states
    return possible


def _best_copy(scores: Scores, element: int, goal: str) -> str:
    """The likeliest stretch of the goal."""
    first, last = scores.first[element], scores.last[element]
    best, span = -np.inf, (0, 0)
    for start in range(len(first)):
        end = start + int(_ahead(last, start).argmax())
        if first[start] + last[end] > best:
            best, span = float(first[start] + last[end]), (start, end)
    return copied(goal, *span)


def _ahead(last: Floats, start: int) -> Floats:
    return last[start : start + _LONGEST_COPY]
