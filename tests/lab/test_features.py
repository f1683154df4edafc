# SPDX-License-Identifier: Apache-2.0
"""Observations and goals as arrays: nothing about them depends on chance, window place, or what was cut."""

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.lab.paper import demonstrations

from handiwork.lab.features import ELEMENT_FEATURES, WORD_FEATURES, copied, has_cut, scene, span_of, words_of
from handiwork.lab.samples import CLICK, SELECT, TYPE, answer_of, samples_of
from handiwork.model.action import Click, Hotkey, Scroll, Type
from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.step import Episode, Observation, Step
from handiwork.ports.policy_model import KEYS, UNKNOWN, VERBS


@given(st.text(max_size=80))
def test_words_stand_where_they_say_and_nothing_but_white_space_lies_between(text: str) -> None:
    at = 0
    for word in words_of(text, most=10_000):
        assert text[word.start : word.end] == word.text
        assert text[at : word.start].strip() == ""
        at = word.end
    assert text[at:].strip() == ""


@given(st.text(max_size=60), st.integers(0, 20), st.integers(0, 5))
def test_any_run_of_words_is_found_again_and_copied_exactly(goal: str, first: int, more: int) -> None:
    words = words_of(goal)
    if first + more < len(words):
        text = copied(goal, first, first + more)
        found = span_of(text, goal)
        assert found is not None
        assert copied(goal, *found) == text


def test_what_is_no_run_of_words_is_not_found() -> None:
    assert span_of("art", 'Enter "artist" here.') is None
    assert span_of("", "Enter nothing.") is None
    assert span_of("mail me@a.example", "Enter mail me@a.example here") is not None


def test_what_redaction_left_is_one_word_and_known_as_such() -> None:
    goal = 'Enter "<name 45>" for <name 60>7<name 61> at <id number>.'
    words = [word.text for word in words_of(goal)]
    assert words == ["Enter", '"', "<name 45>", '"', "for", "<name 60>7<name 61>", "at", "<id number>", "."]
    assert has_cut("<name 45>")
    assert has_cut("<content 50 chars>")
    assert not has_cut("a < b > c")


def _observation(*elements: Element, dx: int = 0) -> Observation:
    window = Box(100 + dx, 100, 400, 300)
    return Observation(t=1, url="", title="", bounds=window, elements=elements, focused=-1)


def _button(name: str, x: int = 120, y: int = 130) -> Element:
    return Element("button", name, "", Box(x, y, 40, 20), (), -1)


def test_shapes_hold_for_empty_pages_and_empty_goals() -> None:
    empty = scene(_observation(), "", [])
    assert empty.elements.shape == (0, ELEMENT_FEATURES)
    assert empty.goal.shape == (0, WORD_FEATURES)
    assert scene(_observation(_button("Ok")), "Press Ok", []).elements.shape == (1, ELEMENT_FEATURES)


def test_a_moved_window_changes_nothing() -> None:
    here, there = _observation(_button("Ok")), _observation(_button("Ok", x=170), dx=50)
    assert np.array_equal(scene(here, "Press Ok", []).elements, scene(there, "Press Ok", []).elements)


def test_a_name_in_the_goal_differs_from_one_that_is_not_and_case_counts() -> None:
    rows = scene(_observation(_button("ok"), _button("OK"), _button("no")), 'Click the "ok" button.', []).elements
    assert not np.array_equal(rows[0][:-12], rows[1][:-12])
    assert not np.array_equal(rows[1][:-12], rows[2][:-12])


def test_an_element_that_was_acted_on_is_known_as_such_even_after_it_changed() -> None:
    box = Element("checkbox", "blue", "", Box(120, 130, 12, 12), (), -1)
    checked = msgspec.structs.replace(box, states=("checked",))
    fresh, touched = (scene(_observation(checked), "Select blue", acted).elements[0] for acted in ([], [box]))
    assert int((fresh != touched).sum()) == 3  # acted on, acted on last, and how many were


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=30))
def test_any_text_gives_finite_arrays_in_range(name: str, value: str, goal: str) -> None:
    element = Element("textbox", name, value, Box(120, 130, 40, 20), ("editable",), -1)
    made = scene(_observation(element), goal, [])
    assert np.isfinite(made.elements).all()
    assert np.isfinite(made.goal).all()
    assert made.names.min(initial=0) >= 0
    assert max(made.names.max(initial=0), made.words.max(initial=0)) < 128


def test_a_click_into_a_field_and_the_typing_are_one_deed_from_before_the_click() -> None:
    (episode,) = demonstrations("fill", [3])
    assert [type(step.action).__name__ for step in episode.steps] == ["Click", "Type", "Click"]
    made = samples_of([episode])
    assert [VERBS[answer.verb] for _, answer in made.samples] == ["type", "click"]
    (_, typed), _ = made.samples
    assert copied(episode.goal, typed.first, typed.last) == episode.steps[1].action.text  # type: ignore[union-attr]


def test_a_choice_is_a_choice_of_the_option_with_that_name() -> None:
    (episode,) = demonstrations("choose", [3])
    found = answer_of(episode.steps[0], episode.goal)
    assert not isinstance(found, str)
    option = episode.steps[0].observation.elements[found.element]
    assert (found.verb, option.role, option.name) == (SELECT, "option", episode.goal.split()[1])


def _step(action: Click | Type | Hotkey | Scroll, *elements: Element, focused: int = -1) -> Step:
    seen = msgspec.structs.replace(_observation(*elements), focused=focused)
    return Step(segment_id=demonstrations("press", [1])[0].steps[0].segment_id, observation=seen, action=action)


def test_what_cant_be_said_in_the_models_terms_is_counted_not_bent() -> None:
    field = Element("textbox", "", "", Box(120, 130, 80, 20), ("editable",), -1)
    steps = (
        _step(Click(t=2, t_end=2, onset=2, x=9, y=9, button=1, count=1, target=None), field),
        _step(Type(t=2, t_end=2, onset=2, text="not said", target=field), field),
        _step(Scroll(t=2, t_end=2, onset=2, x=1, y=1, dx=0, dy=1), field),
    )
    made = samples_of([Episode(episode_id="e", goal="Do it", outcome="done", steps=steps)])
    assert made.samples == ()
    assert made.left_out == {"target not observed": 1, "typed words not in the goal": 1, "no such verb": 1}


def test_a_single_key_is_pressed_where_the_keyboard_is() -> None:
    step = _step(Hotkey(t=2, t_end=2, onset=2, keys=("Return",)), _button("a"), _button("b"), focused=1)
    found = answer_of(step, "")
    assert not isinstance(found, str)
    assert (found.element, VERBS[found.verb], KEYS[found.key]) == (1, "press", "Return")


def test_a_click_without_a_target_is_on_what_lies_under_it() -> None:
    found = answer_of(
        _step(Click(t=2, t_end=2, onset=2, x=125, y=135, button=1, count=1, target=None), _button("a")), ""
    )
    assert not isinstance(found, str)
    assert (found.element, found.verb) == (0, CLICK)


def test_failed_episodes_and_cut_words_are_not_imitated() -> None:
    (episode,) = demonstrations("fill", [5])
    assert samples_of([msgspec.structs.replace(episode, outcome="failed")]).samples == ()
    click, typed, submit = episode.steps
    cut = msgspec.structs.replace(
        typed, action=msgspec.structs.replace(typed.action, text="<email 1>"), flags=("cut text",)
    )
    made = samples_of([msgspec.structs.replace(episode, steps=(click, cut, submit))])
    assert [answer.verb for _, answer in made.samples] == [CLICK]
    assert TYPE not in [answer.verb for _, answer in made.samples]
    assert made.left_out == {"cut text": 1}
    assert all(answer.first == UNKNOWN for _, answer in made.samples)
