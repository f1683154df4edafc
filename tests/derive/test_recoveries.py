# SPDX-License-Identifier: Apache-2.0
"""A detour is marked as one: what takes something back has a word for it, and what it takes back stays."""

from typing import Any

import pytest

from handiwork.derive.actions import reduce
from handiwork.model.event import Element, Event, Opened, Typed
from handiwork.model.geometry import Box

OK = Element("button", "OK", "", Box(200, 100, 80, 30), (), -1)
NAME = Element("textbox", "Name", "", Box(200, 200, 200, 30), (), -1)
MENU = Box(200, 130, 150, 200)


def words(events: tuple[Event, ...]) -> list[str]:
    return [one.recovers for one in reduce(events)]


def opened(scribe: Any, kind: str = "menu", bounds: Box = MENU, after: int = 100) -> Any:
    scribe.rest(after)
    scribe.events.append(Opened(t=scribe.t, kind=kind, bounds=bounds))
    return scribe.rest(400)


@pytest.mark.parametrize(
    ("name", "modifiers", "word"),
    [
        ("z", ("ctrl",), "undo"),
        ("Z", ("ctrl", "shift"), "redo"),
        ("y", ("ctrl",), "redo"),
        ("Left", ("alt",), "back"),
        ("XF86Back", (), "back"),
        ("z", ("ctrl", "alt"), ""),
        ("Left", (), ""),
        ("Escape", (), ""),
        ("BackSpace", (), ""),
    ],
)
def test_keys_that_take_something_back_by_themselves(
    scribe: Any, name: str, modifiers: tuple[str, ...], word: str
) -> None:
    assert words(scribe.show(OK).click(OK).rest(900).key(name, *modifiers).told()) == ["", word]


def test_the_mouses_own_back_button_goes_back(scribe: Any) -> None:
    assert words(scribe.press(300, 300, button=8).told()) == ["back"]


def test_escape_takes_back_what_a_click_opened_and_the_click_stays(scribe: Any) -> None:
    scribe.show(OK).click(OK, told=False)
    assert words(opened(scribe).key("Escape").told()) == ["", "dismiss"]


def test_a_second_escape_takes_nothing_back(scribe: Any) -> None:
    scribe.show(OK).click(OK, told=False)
    assert words(opened(scribe).key("Escape").rest(300).key("Escape").told()) == ["", "dismiss", ""]


def test_escape_after_a_choice_in_the_menu_takes_nothing_back(scribe: Any) -> None:
    scribe.show(OK).click(OK, told=False)
    opened(scribe).press(260, 200).rest(800)
    assert words(scribe.key("Escape").told()) == ["", "", ""]


def test_escape_out_of_a_dialog_in_which_something_was_clicked_still_takes_it_back(scribe: Any) -> None:
    scribe.show(OK).click(OK, told=False)
    opened(scribe, "dialog", Box(100, 80, 400, 300)).press(260, 200).rest(800)
    assert words(scribe.key("Escape").told()) == ["", "", "dismiss"]


def test_a_click_beside_a_dialog_closed_it(scribe: Any) -> None:
    scribe.show(OK).click(OK, told=False)
    opened(scribe, "dialog", Box(100, 80, 100, 100)).press(600, 600).rest(800)
    assert words(scribe.key("Escape").told()) == ["", "", ""]


def test_what_came_up_by_itself_was_opened_by_no_action(scribe: Any) -> None:
    scribe.show(OK).click(OK, told=False)
    assert words(opened(scribe, after=3_000).key("Escape").told()) == ["", ""]


def test_a_dialog_that_the_page_shows_since_the_action_counts_as_opened(scribe: Any) -> None:
    dialog = Element("dialog", "Sure?", "", Box(150, 80, 400, 300), (), -1)
    scribe.show(OK).rest(500).click(OK, told=False).rest(200).show(OK, dialog).rest(600)
    assert words(scribe.key("Escape").told()) == ["", "dismiss"]


def test_a_dialog_that_was_there_before_the_action_does_not(scribe: Any) -> None:
    dialog = Element("dialog", "Sure?", "", Box(150, 80, 400, 300), (), -1)
    scribe.show(OK, dialog).rest(500).click(OK, told=False).rest(200).show(OK, dialog).rest(600)
    assert words(scribe.key("Escape").told()) == ["", ""]


def test_backspaces_right_after_typing_erase_it(scribe: Any) -> None:
    scribe.show(NAME, focus=0).type("helo")
    for _ in range(3):
        scribe.rest(100).key("BackSpace")
    assert words(scribe.key("Delete").told()) == ["", "erase", "erase", "erase", ""]


def test_backspaces_after_something_else_erase_nothing_known(scribe: Any) -> None:
    scribe.show(OK, NAME, focus=1).type("helo").click(OK).rest(900).key("BackSpace")
    assert words(scribe.told()) == ["", "", ""]
    assert words(scribe.type("x").rest(7_000).key("BackSpace").told())[-1] == ""


def test_typing_that_took_letters_back_says_so(scribe: Any) -> None:
    scribe.show(NAME, focus=0).type("plain")
    scribe.rest(9_000)
    scribe.events.append(Typed(t=scribe.t, t_end=scribe.t + 500, text="mended", keystrokes=9, corrections=2))
    assert [word for word in words(scribe.told()) if word] == ["correct"]


def test_a_step_carries_the_word_among_its_flags(scribe: Any) -> None:
    from handiwork.derive.steps import steps
    from handiwork.model.ids import SegmentId

    events = scribe.show(OK).rest(500).click(OK).rest(900).key("z", "ctrl").told()
    made = steps(events, reduce(events), SegmentId("s"), lambda _: None, lambda _: b"")  # type: ignore[arg-type, return-value]
    assert [step.flags for step in made if step is not None] == [(), ("undo",)]
