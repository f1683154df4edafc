# SPDX-License-Identifier: Apache-2.0
"""What labels beside a value, and headers over a column, do to what they announce."""

import pytest

from handiwork.model.event import Observed
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement, RawPage
from handiwork.ports.fakes.language import ToldNames
from handiwork.rules.redaction.redactor import Redactor

ROW, COLUMN = 30, 150


def text(name: str, row: int, column: int, width: int = 0, role: str = "text", value: str = "") -> RawElement:
    """A run of text at a place of a grid, as wide as it is long; `width` aligns it to the right of its column."""
    w = 8 * max(1, len(name or value))
    x = 20 + column * COLUMN + (width - w if width else 0)
    return RawElement(0, role, name, value, Box(x, 100 + row * ROW, w, 18), frozenset(), -1, "", ())


def kept(elements: list[RawElement], level: Words = "balanced") -> list[str]:
    box = Box(0, 0, 1280, 800)
    page = RawPage(1, "https://app.example.org/", "", box, box, tuple(elements), -1, False, "")
    seen = Redactor(level, (), ToldNames()).page(page)
    assert isinstance(seen, Observed)
    return [element.value or element.name for element in seen.elements]


@pytest.mark.parametrize("level", ["balanced", "open"])
@pytest.mark.parametrize("label", ["Portal password", "Password:", "PIN", "Access token *", "SSN", "Card number"])
def test_a_secret_beside_its_label_goes_though_nothing_in_it_looks_secret(label: str, level: Words) -> None:
    assert kept([text(label, 0, 0), text("winter", 0, 1)], level)[1] == "<secret>"
    assert "winter" not in str(kept([text("winter", 0, 1), text(label, 0, 0)], level)), (
        "in whatever order they are told"
    )


def test_a_sign_between_a_label_and_its_value_parts_them_not() -> None:
    sign, value = text("*", 0, 0), text("winter", 0, 0)
    sign.bounds, value.bounds = Box(160, 100, 8, 18), Box(180, 100, 48, 18)
    assert kept([text("Portal password:", 0, 0), sign, value], "open")[2] == "<secret>"


def test_a_field_without_a_label_of_its_own_takes_the_one_beside_it() -> None:
    assert (
        kept([text("Portal password", 0, 0), text("", 0, 1, role="textbox", value="winter")], "open")[1] == "<secret>"
    )


@pytest.mark.parametrize("aligned", [0, 120])
@pytest.mark.parametrize("header", ["Salary", "Date of birth", "Diagnosis", "Phone"])
def test_a_column_goes_under_its_header_and_the_next_column_stays(header: str, aligned: int) -> None:
    table = [text(header, 0, 0, aligned), text("Status", 0, 1), text("Items", 0, 2)]
    rows = [("61", "paid"), ("5,900", "open"), ("712", "open"), ("44,100", "paid")]
    for number, (one, other) in enumerate(rows, 1):
        table += [text(one, number, 0, aligned), text(other, number, 1), text(str(number), number, 2)]
    after = kept(table)
    assert after[1:3] == ["Status", "Items"]
    assert after[3::3] == ["<personal>"] * 4
    assert after[4::3] == ["paid", "open", "open", "paid"]
    assert after[5::3] == ["1", "2", "3", "4"]


def test_at_open_a_column_under_a_secrets_name_goes_and_one_about_a_person_stays() -> None:
    table = [text("PIN", 0, 0), text("Salary", 0, 1), text("winter", 1, 0), text("61", 1, 1)]
    assert kept(table, "open")[2:] == ["<secret>", "61"]


def test_labels_in_a_row_and_in_a_column_do_not_cut_one_another() -> None:
    row = [text("Name", 0, 0), text("Status", 0, 1), text("Amount", 0, 2)]
    column = [text("Name", 3, 0), text("Status", 4, 0), text("Amount", 5, 0)]
    assert kept([*row, *column]) == ["Name", "Status", "Amount"] * 2


def test_what_was_cut_by_its_label_is_cut_in_every_other_place() -> None:
    page = [text("Portal password", 0, 0), text("Hazelnut-Drive", 0, 1), text("use Hazelnut-Drive", 9, 3)]
    assert "Hazelnut" not in str(kept(page, "open"))


def test_far_away_texts_are_nobodys_value() -> None:
    assert kept([text("Salary", 0, 0), text("12 items", 0, 5), text("3 more", 20, 0)])[1:] == ["12 items", "3 more"]
