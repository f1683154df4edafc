# SPDX-License-Identifier: Apache-2.0
"""Demonstrations on paper, in memory: what a recorder and the derivation would have made of them."""

from collections.abc import Iterable

from handiwork.derive.targets import likeliest
from handiwork.lab.hand import Hand, Pace
from handiwork.model.action import Action, Click, Select, Type
from handiwork.model.event import Element
from handiwork.model.ids import SegmentId
from handiwork.model.step import Episode, Observation, Step
from handiwork.ports.environment import Choose, Deed, Press, Write
from handiwork.ports.fakes.environment import PaperEnvironment

SEGMENT = SegmentId("a" * 32)
QUICK = Pace(points=(1, 2))


def hand(paper: PaperEnvironment, seed: int = 0) -> Hand:
    """A hand that needs no time."""
    return Hand(paper.actuator, seed, QUICK, sleep=lambda _: None)


def demonstrations(task: str, seeds: Iterable[int], segment: SegmentId = SEGMENT) -> list[Episode]:
    """One episode for each seed."""
    paper = PaperEnvironment()
    return [_episode(paper, task, seed, segment) for seed in seeds]


def _episode(paper: PaperEnvironment, task: str, seed: int, segment: SegmentId) -> Episode:
    goal, steps, doing = paper.reset(task, seed), list[Step](), hand(paper)
    for deed in paper.cheat():
        parts: list[Deed] = [Press(deed.box), deed] if isinstance(deed, Write) else [deed]
        for part in parts:
            seen = paper.observe()
            assert seen is not None
            steps.append(Step(segment_id=segment, observation=seen, action=_action(part, seen)))
            if part is deed:
                doing.do(deed)
    outcome = "done" if paper.state().success else "failed"
    return Episode(episode_id=f"{task}-{seed}", goal=goal, outcome=outcome, steps=tuple(steps))


def _action(deed: Deed, seen: Observation) -> Action:
    x, y = deed.box.centre
    target = _target(seen, x, y)
    t = seen.t
    if isinstance(deed, Write):
        return Type(t=t, t_end=t, onset=t, text=deed.text, target=target)
    if isinstance(deed, Choose):
        return Select(t=t, t_end=t, onset=t, option=deed.options[deed.wanted], target=target)
    return Click(t=t, t_end=t, onset=t, x=x, y=y, button=1, count=1, target=target)


def _target(seen: Observation, x: int, y: int) -> Element:
    found = likeliest((e for e in seen.elements if e.role != "option" and e.bounds.contains(x, y)), x, y)
    assert found is not None
    return found
