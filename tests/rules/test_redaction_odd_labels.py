# SPDX-License-Identifier: Apache-2.0
"""Labels of secrets where labels seldom stand: the secret goes all the same, and what stands around it stays."""

import pytest
from tests.rules.test_redaction_labelled import kept, text

from handiwork.model.policy import Words
from handiwork.model.raw import RawElement

LEVELS: list[Words] = ["balanced", "open"]


def field(value: str, row: int, column: int, label: str = "") -> RawElement:
    """A field whose value says nothing."""
    one = text("", row, column, role="textbox", value=value)
    one.label = label
    return one


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("place", [(1, 0), (0, 1)], ids=["below", "right"])
@pytest.mark.parametrize("value", [text("winter", 0, 0), field("winter", 0, 0)], ids=["text", "field"])
def test_a_secret_goes_though_its_label_stands_below_or_right_of_it(
    value: RawElement, place: tuple[int, int], level: Words
) -> None:
    assert kept([value, text("Portal password", *place)], level)[0] == "<secret>"
    assert "winter" not in str(kept([text("Portal password", *place), value, text("use winter", 9, 3)], level))


@pytest.mark.parametrize("level", LEVELS)
def test_a_secret_goes_though_its_label_stands_far_to_its_left_with_much_told_in_between(level: Words) -> None:
    row = [text("PIN", 0, 0), *(text("Status", at, 1) for at in range(3, 9)), text("winter", 0, 6)]
    assert kept(row, level)[-1] == "<secret>"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("place", [(0, 1), (1, 0)], ids=["beside", "below"])
@pytest.mark.parametrize("button", ["Portal password", "Show password", "Access token"])
def test_a_field_beside_or_below_a_button_that_names_a_secret_holds_it(
    button: str, place: tuple[int, int], level: Words
) -> None:
    assert kept([text(button, 0, 0, role="button"), field("winter", *place)], level)[1] == "<secret>"


@pytest.mark.parametrize("level", LEVELS)
def test_text_beside_a_button_that_names_or_shows_a_secret_is_it(level: Words) -> None:
    assert kept([text("Portal password", 0, 0, role="button"), text("winter", 0, 1)], level)[1] == "<secret>"
    assert kept([text("winter", 0, 0), text("Copy token", 0, 1, role="button")], level)[0] == "<secret>"


def test_text_beside_a_button_that_would_change_a_secret_stays() -> None:
    row = [text("north desk", 0, 0), text("Reset password", 0, 1, role="button"), text("two days ago", 0, 2)]
    assert kept(row, "open") == ["north desk", "Reset password", "two days ago"]


@pytest.mark.parametrize("level", LEVELS)
def test_where_a_labels_value_stands_as_usual_nothing_before_or_above_it_goes(level: Words) -> None:
    form = [text("please choose", 0, 0), text("Portal password", 1, 0), text("winter", 1, 1), text("Save", 2, 0)]
    assert kept(form, level) == ["please choose", "Portal password", "<secret>", "Save"]


@pytest.mark.parametrize("level", LEVELS)
def test_fields_with_labels_of_their_own_stay_beside_a_secrets_label(level: Words) -> None:
    form = [field("monday", 0, 0, label="Day"), text("Portal password", 1, 0), field("winter", 2, 0)]
    assert [kept(form, level)[at] for at in (0, 2)] == ["monday", "<secret>"]
    form = [text("Day", 0, 0), field("monday", 0, 1), text("Portal password", 1, 1), field("winter", 2, 1)]
    assert [kept(form, level)[at] for at in (1, 3)] == ["monday", "<secret>"]


def test_labels_about_persons_reach_no_further_than_before() -> None:
    assert kept([text("12 items", 0, 0), text("Salary", 0, 1)]) == ["12 items", "Salary"]


def test_the_interfaces_own_words_and_long_sentences_are_no_secrets() -> None:
    page = [text("you can change it once a day", 0, 0), text("Settings", 0, 1), text("Portal password", 1, 0)]
    assert kept(page, "open") == ["you can change it once a day", "Settings", "Portal password"]
