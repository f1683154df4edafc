# SPDX-License-Identifier: Apache-2.0
"""An observation is neither so late that it holds the answer, nor so early that it misses what was done before."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.derive.actions import reduce
from handiwork.derive.steps import sights_of, steps
from handiwork.model.action import Click
from handiwork.model.event import Element, Event, Observed
from handiwork.model.geometry import Box
from handiwork.model.ids import SegmentId
from handiwork.model.step import Step

SEGMENT = SegmentId("0" * 32)
GO = Element("button", "Go", "", Box(200, 300, 80, 30), (), -1)


def box(name: str, y: int, *states: str) -> Element:
    return Element("checkbox", name, "", Box(200, y, 20, 20), states, -1)


def made(events: tuple[Event, ...]) -> list[Step | None]:
    return steps(events, reduce(events), SEGMENT, lambda _: None, lambda _: b"")  # type: ignore[arg-type, return-value]


def states(step: Step | None) -> list[tuple[str, ...]]:
    assert step is not None
    return [element.states for element in step.observation.elements]


def test_a_checked_box_is_not_seen_before_it_was_checked_and_is_seen_afterwards(scribe: Any) -> None:
    a, b = box("a", 100), box("b", 150)
    scribe.show(a, b).rest(500).click(a).show(box("a", 100, "checked"), b).rest(700).click(b)
    scribe.show(box("a", 100, "checked"), box("b", 150, "checked")).rest(700)
    first, second = made(scribe.told())
    assert states(first) == [(), ()]
    assert states(second) == [("checked",), ()]


def test_a_result_that_shows_while_the_pointer_is_already_under_way_is_seen(scribe: Any) -> None:
    """A quick hand sets out before the page has drawn the last check mark; a stale state would miss it."""
    a, b = box("a", 100), box("b", 150)
    scribe.show(a, b).rest(500).press(210, 110, told=a)
    scribe.move(210, 160, points=3, every=10).show(box("a", 100, "checked"), b).rest(5)
    scribe.press(210, 160, told=b).rest(30).show(box("a", 100, "checked"), box("b", 150, "checked"))
    _, second = made(scribe.told())
    assert states(second) == [("checked",), ()]


def test_what_hovering_changed_is_not_seen_by_the_click_that_follows(scribe: Any) -> None:
    scribe.show(GO).rest(3000).move(240, 315).show(Element("button", "Go", "hover", GO.bounds, (), -1))
    scribe.rest(300).press(240, 315, told=GO)
    (step,) = made(scribe.told())
    assert step is not None
    assert step.observation.elements == (GO,)


def test_a_target_that_appeared_on_the_way_is_seen_since_nobody_aims_at_what_is_not_there(scribe: Any) -> None:
    scribe.show(GO).rest(3000).move(240, 415)
    item = Element("menuitem", "Save", "", Box(200, 400, 80, 30), (), -1)
    scribe.show(GO, item).rest(300).press(240, 415, told=item)
    (step,) = made(scribe.told())
    assert step is not None
    assert step.observation.elements == (GO, item)


def test_an_old_observation_holds_as_long_as_nothing_changed(scribe: Any) -> None:
    scribe.show(GO).rest(3000).click(GO).rest(2000).click(GO)
    assert [states(step) for step in made(scribe.told())] == [[()], [()]]


def test_the_target_is_the_element_as_it_was_seen_not_as_the_click_left_it(scribe: Any) -> None:
    a = box("a", 100)
    scribe.show(a).rest(500).click(a, told=False)
    scribe.rest(900).press(210, 110, told=box("a", 100, "checked"))
    for step in made(scribe.told()):
        assert step is not None
        assert isinstance(step.action, Click)
        assert step.action.target == a
        assert step.action.target in step.observation.elements


def test_a_page_shown_just_after_a_goal_belongs_to_that_goal(scribe: Any) -> None:
    """The pointer may set out at once; the page of the goal before is never what its first step saw."""
    old = Element("button", "Old", "", GO.bounds, (), -1)
    scribe.show(old).rest(900).note("done").note("goal", "press go").move(240, 315, points=3).show(GO).rest(20)
    scribe.press(240, 315)
    (step,) = made(scribe.told())
    assert step is not None
    assert step.observation.elements == (GO,)


def test_after_a_long_gap_only_what_was_seen_since_counts(scribe: Any) -> None:
    scribe.show(GO).rest(100).gap(5000).click(GO).rest(900).show(GO).rest(900).click(GO)
    first, second = made(scribe.told())
    assert first is None
    assert second is not None


def test_a_step_after_a_gap_and_one_with_cut_text_are_flagged(scribe: Any) -> None:
    scribe.show(GO).rest(100).gap(500).click(GO).rest(900).type("call [phone]", cuts=("phone",))
    first, second = made(scribe.told())
    assert first is not None
    assert second is not None
    assert (first.flags, second.flags) == (("after gap",), ("cut text",))


PAUSES = st.integers(1, 3000)


@given(st.lists(st.tuples(st.integers(0, 3), PAUSES, PAUSES, st.integers(1, 12)), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_observation_is_ever_as_late_as_the_deed_itself(deeds: list[tuple[int, int, int, int]]) -> None:
    from tests.derive.conftest import Scribe

    scribe = Scribe()
    boxes = [box(str(i), 100 + 40 * i) for i in range(4)]
    scribe.show(*boxes)
    for which, before, settle, points in deeds:
        scribe.rest(before).move(*boxes[which].bounds.centre, points=points)
        scribe.press(*boxes[which].bounds.centre, told=boxes[which])
        boxes[which] = box(str(which), 100 + 40 * which, *(() if boxes[which].states else ("checked",)))
        scribe.rest(min(settle, 60)).show(*boxes)
    events = scribe.told()
    reduced = reduce(events)
    for one, sight in zip(reduced, sights_of(events, reduced), strict=True):
        assert sight is not None
        assert sight.observed.t < one.action.t
        between = [e for e in events if isinstance(e, Observed) and sight.observed.t < e.t <= one.action.onset]
        assert not between
