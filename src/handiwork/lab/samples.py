# SPDX-License-Identifier: Apache-2.0
"""Episodes to samples: which element, which verb, which words. What can't be said in these terms is counted, not bent.

A click into a field and the typing that follows are one deed, as they will be for the agent.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handiwork.derive.targets import find, likeliest
from handiwork.lab.features import scene, span_of
from handiwork.model.action import Click, Hotkey, Select, Type
from handiwork.model.event import Element
from handiwork.model.step import Episode, Observation, Step
from handiwork.ports.policy_model import KEYS, UNKNOWN, VERBS, Answer, Sample

CLICK, TYPE, SELECT, PRESS = range(len(VERBS))
CUT = "cut text"


@dataclass(frozen=True)
class Sampling:
    """Samples, and how many steps were left out, by reason."""

    samples: tuple[Sample, ...]
    left_out: Mapping[str, int]


def samples_of(episodes: Iterable[Episode]) -> Sampling:
    """What a model can learn from these episodes. Failed ones teach nothing that anyone should do."""
    samples: list[Sample] = []
    left_out: Counter[str] = Counter()
    for episode in episodes:
        if episode.outcome != "done":
            left_out["episode not done"] += len(episode.steps)
            continue
        acted: list[Element] = []
        for step in _deeds(episode.steps):
            found = answer_of(step, episode.goal)
            if isinstance(found, str):
                left_out[found] += 1
                continue
            if CUT in step.flags:
                left_out[CUT] += 1
            else:
                samples.append((scene(step.observation, episode.goal, acted), found))
            acted.append(step.observation.elements[found.element])
    return Sampling(tuple(samples), left_out)


def answer_of(step: Step, goal: str) -> Answer | str:
    """The step in the model's terms, or why it can't be said in them."""
    match step.action:
        case Click(button=1, target=target):
            place = _place(step.observation, target, step.action)
            return Answer(place, CLICK) if place >= 0 else "target not observed"
        case Type(text=text, target=target):
            place = _place(step.observation, target, None)
            span = span_of(text, goal)
            if span is None and CUT not in step.flags:
                return "typed words not in the goal"
            first, last = span or (UNKNOWN, UNKNOWN)
            return Answer(place, TYPE, first=first, last=last) if place >= 0 else "target not observed"
        case Select(option=option, target=target):
            place = option_place(step.observation, target, option)
            return Answer(place, SELECT) if place >= 0 else "option not observed"
        case Hotkey(keys=(key,)) if key in KEYS and step.observation.focused >= 0:
            return Answer(step.observation.focused, PRESS, key=KEYS.index(key))
    return "no such verb"


def option_place(observation: Observation, target: Element, option: str) -> int:
    """Where the option of that name in the list `target` stands among the observed elements, or -1."""
    parent = find(observation.elements, target)
    for index, element in enumerate(observation.elements):
        if element.role == "option" and element.name == option and element.parent == parent:
            return index
    return -1


def _place(observation: Observation, target: Element | None, click: Click | None) -> int:
    if target is None and click is not None:
        under = (e for e in observation.elements if e.bounds.contains(click.x, click.y) and e.role != "option")
        target = likeliest(under, click.x, click.y)
    return -1 if target is None else find(observation.elements, target)


def _deeds(steps: Sequence[Step]) -> list[Step]:
    """The steps, each click that only put the keyboard into a field joined with the typing into it."""
    deeds: list[Step] = []
    for step in steps:
        before = deeds[-1] if deeds else None
        if before is not None and _enters(before, step):
            deeds[-1] = Step(
                segment_id=before.segment_id,
                observation=before.observation,
                action=step.action,
                flags=tuple(dict.fromkeys((*before.flags, *step.flags))),
            )
        else:
            deeds.append(step)
    return deeds


def _enters(before: Step, step: Step) -> bool:
    click, typing = before.action, step.action
    if not isinstance(click, Click) or not isinstance(typing, Type) or not click.target or not typing.target:
        return False
    same = click.target.role == typing.target.role and click.target.bounds.is_near(typing.target.bounds, 4)
    return same and find(before.observation.elements, click.target) >= 0
