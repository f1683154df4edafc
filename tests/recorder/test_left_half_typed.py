# SPDX-License-Identifier: Apache-2.0
"""A run of typing that is left amid a word, by whatever way, keeps none of a key in any event."""

import pytest
from tests.properties.harness import TEXT, Life, page

from handiwork.model.event import Acted, Event, Observed, Typed
from handiwork.model.raw import RawActed, RawButton, RawElement, RawPage

HALF = "q7hx2kvd9"
"""Half of a key without a provider's mark; were it whole, it could as well be a product's number."""


def in_page() -> Life:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    return life


def type_(life: Life, text: str) -> None:
    for char in text:
        life._press("space" if char == " " else char, char, life.clock.now)
        life.pass_time(60)


def field(life: Life, states: frozenset[str]) -> RawElement:
    told = page(life.clock.now, TEXT).elements
    box = next(one for one in told if one.role == "textbox")
    return RawElement(
        life.clock.now, "textbox", box.name, f"use {HALF}", box.bounds, states, box.parent, box.label, box.hints
    )


def leave(life: Life, way: str) -> None:
    """The person, or a script, leaves the field; then the page tells what it holds."""
    if way == "a pause":
        life.pass_time(1_500)
    elif way == "a click":
        for pressed in (True, False):
            life.input.put(RawButton(life.clock.now, 60, 60, 1, pressed, False))
    elif way != "a script":
        life._press(way, "", life.clock.now)
    life.pass_time(40)
    left = field(life, frozenset({"editable"}))
    life.browser._tell(RawActed(life.clock.now, "change", left))
    was = page(life.clock.now, TEXT)
    life.browser.change(
        RawPage(was.time_ms, was.url, was.title, was.bounds, was.window_bounds, (left, left), -1, False, "")
    )
    life.pass_time(1_500)


def told(events: list[Event]) -> str:
    kinds = [event for event in events if isinstance(event, Typed | Acted | Observed)]
    assert {type(event) for event in kinds} == {Typed, Acted, Observed}, "each told, so that this can fail"
    return "".join(map(repr, kinds))


@pytest.mark.parametrize("way", ["a pause", "a click", "a script", "Escape", "F6"])
def test_half_a_key_is_in_no_event_however_the_field_is_left(way: str) -> None:
    life = in_page()
    type_(life, f"use {HALF}")
    leave(life, way)
    kept = told(life.finish())
    assert [HALF[at : at + 4] for at in range(len(HALF) - 3) if HALF[at : at + 4] in kept] == []


@pytest.mark.parametrize("key", ["Return", "Tab"])
def test_what_enter_or_tab_ends_is_whole_and_judged_as_that(key: str) -> None:
    life = in_page()
    type_(life, f"use {HALF}")
    leave(life, key)
    assert told(life.finish()).count(f"use {HALF}") == 4
