# SPDX-License-Identifier: Apache-2.0
"""Which words on the screen are shown, by what was read of them, at each level and with what other streams cut."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement, RawFrame
from handiwork.rules.redaction.clearing import Clearing
from handiwork.rules.redaction.element_text import ElementText
from handiwork.rules.redaction.layout import SMOOTH
from handiwork.rules.redaction.misread import Misread, look
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.redaction.screen_text import ScreenText

WIDE = 10
"""Pixels of a character."""


def line(text: str, x: int = 0, y: int = 0, sure: float | dict[str, float] = 1.0) -> ReadLine:
    """A read line of a font whose characters are all alike wide. `sure` by word, or for all."""
    each: list[float] = []
    for word in text.split(" "):
        each += [sure.get(word, 1.0) if isinstance(sure, dict) else sure] * (len(word) + 1)
    count = max(1, len(text))
    places = tuple((at + 0.5) / count for at in range(len(text)))
    return ReadLine(Box(x, y, WIDE * len(text), 16), Reading(text, tuple(each[: len(text)]), places))


def screen(level: Words) -> ScreenText:
    clearing = Clearing(())
    return ScreenText(level, clearing, ElementText(level, clearing))


def shown(level: Words, *lines: ReadLine, judge: ScreenText | None = None) -> str:
    """What can be read of the lines, hidden characters as dots, half-hidden ones too."""
    boxes = (judge or screen(level)).cleared(lines)
    texts = []
    for one in lines:
        text = ""
        for at, char in enumerate(one.reading.text):
            place = Box(one.box.x + WIDE * at, one.box.y, WIDE, one.box.h)
            whole = any(place.intersection(box).area > 0.5 * place.area for box in boxes)
            text += char if whole or char == " " else "."
        texts.append(text)
    return "\n".join(texts)


@pytest.mark.parametrize("text", ["Save changes", "Recent orders", "delete"])
def test_at_every_level_the_interfaces_own_words_are_shown(text: str) -> None:
    levels: tuple[Words, ...] = ("interface", "balanced", "open")
    for level in levels:
        assert shown(level, line(text)) == text


@pytest.mark.parametrize(
    "text", ["Anna Berg", "quarrington falls", "The meeting with Anna is on Monday", "4111 1111 1111 1111", "10217"]
)
def test_at_interface_everything_else_is_hidden_whole(text: str) -> None:
    assert not any(char.isalnum() for char in shown("interface", line(text)))


def test_at_balanced_names_are_hidden_and_the_words_around_them_stay() -> None:
    assert shown("balanced", line("Assigned to Quarrington")) == "Assigned to ..........."


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("write to anna.berg@example.org now", "write to ..................... now"),
        ("card 4111 1111 1111 1111 ok", "card .... .... .... .... ok"),
    ],
)
def test_at_open_what_detectors_find_is_hidden_to_the_last_letter(text: str, rest: str) -> None:
    assert shown("open", line(text)) == rest


def test_a_number_in_several_boxes_of_a_row_is_hidden_in_all_of_them() -> None:
    parts = [line(part, x=60 * at) for at, part in enumerate(("4111", "1111", "1111", "1111"))]
    assert shown("open", *parts) == "....\n....\n....\n...."
    assert shown("open", *parts[:3]) == "4111\n1111\n1111"


def test_a_datum_that_goes_on_in_the_next_line_is_hidden_in_both() -> None:
    first, second = line("the card 4111 1111", y=0), line("1111 1111 as agreed", y=20)
    assert shown("open", first, second) == "the card .... ....\n.... .... as agreed"


def test_what_stands_beside_or_below_a_telling_label_is_hidden() -> None:
    label = line("Portal password")
    assert shown("open", label, line("Grebe", x=200)).splitlines()[1] == "....."
    assert shown("open", label, line("Grebe", y=24)).splitlines()[1] == "....."
    assert shown("open", label, line("Grebe", x=900)).splitlines()[1] == "Grebe"
    assert shown("balanced", line("Assignee"), line("carol", y=24)).splitlines()[1] == "....."
    assert shown("balanced", line("Assignee"), line("Save", y=24)).splitlines()[1] == "Save"


def test_what_was_read_without_confidence_is_hidden() -> None:
    assert shown("open", line("Save all changes now", sure={"changes": 0.3})) == "Save all ....... now"
    assert shown("open", line("Save changes", sure=0.5)) == ".... ......."
    assert shown("open", ReadLine(Box(0, 0, 50, 16), Reading())) == ""


def test_a_datum_cut_in_one_line_is_cut_in_an_earlier_one() -> None:
    first, second = line("grebe-Falters-19"), line("password=grebe-Falters-19", y=200)
    assert "grebe" not in shown("open", first, second)


def element(name: str, value: str = "", **more: Any) -> RawElement:
    return RawElement(0, "textbox", name, value, Box(0, 0, 9, 9), frozenset(), -1, "", more.get("hints", ()))


@pytest.mark.parametrize("misread", ["grebe-Falters-19", "grebe-FaIters-l9", "qrebe-Falters-19", "grehe Falters-19"])
def test_what_was_cut_in_another_stream_is_hidden_even_where_it_is_misread(misread: str) -> None:
    clearing = Clearing(())
    elements = ElementText("open", clearing)
    judge = ScreenText("open", clearing, elements)
    before = line(f"see {misread} there")
    assert shown("open", line("see nothing there"), judge=judge) == "see nothing there"
    elements.learn(element("API key", "grebe-Falters-19"))
    rest = shown("open", before, judge=judge)
    assert not any(part in rest for part in misread.replace("-", " ").split())
    assert shown("open", line("see nothing there"), judge=judge) == "see nothing there"


def test_looks_are_asked_for_once_and_only_what_is_new_again() -> None:
    clearing = Clearing(())
    misread = Misread(clearing.memory)
    assert not misread.recalls("the heron files")
    clearing.memory.remember("heron files", "never")
    assert misread.recalls("the her0n fiIes")
    misread.forget()
    assert look("rn0dern") == look("modem")


def test_single_letters_that_are_icons_to_a_reader_hide_no_word_and_are_hidden() -> None:
    assert shown("interface", line("Q Search")) == ". Search"
    assert shown("interface", line("口 Remember me")) == ". Remember me"


def test_cells_between_upright_strokes_are_judged_each_for_itself() -> None:
    assert shown("interface", line("Anna Berg | Edit | Delete")) == ".... .... . Edit | Delete"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.integers(0, 900), st.integers(0, 500), st.floats(0.0, 1.0)), max_size=8
    ),
    st.sampled_from(["interface", "balanced", "open"]),
)
def test_whatever_is_read_boxes_stay_within_their_lines(
    given_lines: list[tuple[str, int, int, float]], level: Words
) -> None:
    lines = [line(text, x, y, sure) for text, x, y, sure in given_lines]
    for box in screen(level).cleared(lines):
        inside = Box(box.x, box.y + SMOOTH, box.w, box.h - 2 * SMOOTH)
        assert any(inside.intersection(one.box) == inside for one in lines)


def test_the_redactor_shows_what_was_read_and_nothing_else() -> None:
    """One facade for text, elements and pictures: what stands before an agent is what stood before the recorder."""
    region = Box(0, 0, 200, 100)
    noise = bytes(range(256)) * (region.area * 4 // 256 + 1)
    raw = RawFrame(10, region, noise[: region.area * 4])
    redactor = Redactor("open")
    assert redactor.frame(raw, [region], None, [line("Save changes", 10, 10)]).masked_share < 1.0
    redactor.element(element("Password", "Save changes", hints=("password",)))
    assert redactor.frame(raw, [region], None, [line("Save changes", 10, 10)]).masked_share == 1.0
