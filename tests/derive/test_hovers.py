# SPDX-License-Identifier: Apache-2.0
"""A hover is told where it opened something, and nowhere else."""

from typing import Any

import pytest

from handiwork.derive.actions import actions
from handiwork.model.action import Action, Click, Hotkey, Hover
from handiwork.model.event import Element, Opened
from handiwork.model.geometry import Box

MORE = Element("menuitem", "More", "", Box(200, 100, 80, 30), (), -1)
OK = Element("button", "OK", "", Box(200, 300, 80, 30), (), -1)


def opened(scribe: Any, kind: str, after: int) -> Any:
    scribe.rest(after).events.append(Opened(t=scribe.t, kind=kind, bounds=Box(280, 100, 90, 90)))
    return scribe


def did(scribe: Any) -> list[type[Action]]:
    return [type(action) for action in actions(tuple(scribe.events))]


def over(scribe: Any) -> Any:
    return scribe.show(MORE, OK).rest(300).move(*MORE.bounds.centre)


@pytest.mark.parametrize("kind", ["menu", "tooltip", "list"])
def test_what_opens_under_a_pointer_at_rest_makes_a_hover_before_the_next_step(scribe: Any, kind: str) -> None:
    opened(over(scribe), kind, 400).rest(300).click(OK)
    hover, click = actions(tuple(scribe.events))
    assert isinstance(hover, Hover)
    assert isinstance(click, Click)
    assert (hover.opened, hover.target, hover.t_end - hover.t >= 400) == (kind, MORE, True)
    assert hover.onset < hover.t < hover.t_end < click.onset


def test_what_opens_upon_a_press_or_a_key_is_no_hover(scribe: Any) -> None:
    opened(over(scribe).press(*MORE.bounds.centre), "menu", 20).rest(300).click(OK)
    opened(scribe.rest(900).key("F10"), "menu", 100).rest(300).click(OK)
    assert did(scribe) == [Click, Click, Hotkey, Click]


def test_a_dialog_that_comes_by_itself_is_no_hover(scribe: Any) -> None:
    opened(over(scribe), "dialog", 400).rest(300).click(OK)
    assert did(scribe) == [Click]


@pytest.mark.parametrize("after", [10, 4_000])
def test_what_opens_as_the_pointer_passes_or_long_after_it_came_to_rest_is_no_hover(scribe: Any, after: int) -> None:
    opened(over(scribe), "tooltip", after - 15).rest(300).click(OK)
    assert did(scribe) == [Click]


def test_a_hover_that_nothing_follows_is_left_out(scribe: Any) -> None:
    opened(over(scribe), "tooltip", 400).rest(300)
    assert did(scribe) == []


def test_without_the_pointer_s_path_no_hover_is_made_up(scribe: Any) -> None:
    opened(scribe.show(MORE, OK).rest(300), "tooltip", 400).rest(300).press(*OK.bounds.centre)
    assert did(scribe) == [Click]
