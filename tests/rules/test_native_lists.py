# SPDX-License-Identifier: Apache-2.0
"""A popup is told to be a list by where it hangs, and by nothing else."""

import pytest

from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement, RawPage
from handiwork.rules.native_lists import is_list

FIELD = Box(100, 200, 160, 30)


def page_with(role: str) -> RawPage:
    field = RawElement(0, role, "City", "Oslo", FIELD, frozenset(), -1, "", ())
    screen = Box(0, 0, 800, 600)
    return RawPage(0, "http://shop/", "Shop", screen, screen, (field,), -1, False, "")


@pytest.mark.parametrize(
    "popup",
    [Box(100, 230, 160, 90), Box(101, 232, 158, 90), Box(60, 230, 240, 90), Box(100, 110, 160, 90)],
    ids=["below", "within a border", "wider", "above, where there is no room below"],
)
def test_what_hangs_on_a_list_s_field_is_its_list(popup: Box) -> None:
    assert is_list(popup, page_with("combobox"))


@pytest.mark.parametrize(
    "popup",
    [Box(140, 215, 200, 300), Box(100, 230, 90, 60), Box(260, 230, 160, 90), Box(100, 260, 160, 90)],
    ids=["a menu at the pointer", "narrower", "beside", "further down"],
)
def test_what_hangs_elsewhere_is_not(popup: Box) -> None:
    assert not is_list(popup, page_with("combobox"))


def test_only_a_field_with_a_list_has_one() -> None:
    popup = Box(100, 230, 160, 90)
    assert not is_list(popup, page_with("button"))
    assert not is_list(popup, None)
