# SPDX-License-Identifier: Apache-2.0
"""What is held of the last page's neighbours is used only while everything it follows from is the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.element_text import ElementText
from handiwork.rules.redaction.neighbours import Neighbours
from handiwork.rules.redaction.redactor import Redactor

NAMES = ("Portal password", "winter", "Salary", "61", "Status", "4111 1111", "1111 1111", "ann@", "example.org", "")
elements = st.builds(
    lambda role, name, value, x, y: RawElement(
        0, role, name, value, Box(20 + 90 * x, 30 * y, 80, 18), frozenset(), -1, "", ()
    ),
    st.sampled_from(["text", "textbox", "heading", "link", "cell"]),
    st.sampled_from(NAMES),
    st.sampled_from(["", "4111", "1111 1111 1111", "winter"]),
    st.integers(0, 2),
    st.integers(0, 3),
)
pages = st.lists(elements, max_size=6)


def judge() -> ElementText:
    return Redactor("balanced")._elements


@settings(max_examples=200, deadline=None)
@given(st.lists(pages, min_size=1, max_size=4), st.data())
def test_page_after_page_says_what_a_page_alone_would(turns: list[list[RawElement]], data: st.DataObject) -> None:
    means = judge().meant_by
    held = Neighbours(means)
    for page in [*turns, *turns]:
        one = data.draw(st.integers(0, len(page)))
        for shown in (page, page[:one], [*page[:one], *page[one + 1 :]]):  # and with little changed
            assert held.cuts(shown) == Neighbours(means).cuts(shown)


def test_the_meaning_of_a_label_is_asked_for_once_and_not_after_it_was_forgotten() -> None:
    asked: list[str] = []

    def means(label: str) -> str:
        asked.append(label)
        return ""

    held = Neighbours(means)
    label = RawElement(0, "text", "Portal password", "", Box(0, 0, 90, 18), frozenset(), -1, "", ())
    for x in range(3):
        label.bounds = Box(x, 0, 90, 18)
        held.cuts([label])
    assert asked == ["Portal password"]
    held.forget()
    held.cuts([label])
    assert asked == ["Portal password"] * 2
