# SPDX-License-Identifier: Apache-2.0
"""Verdicts that are held from page to page are the ones that would be given anew, whatever was learned in between."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement, RawPage
from handiwork.ports.fakes.language import ToldNames
from handiwork.rules.redaction.redactor import Redactor

TEXTS = (
    "Save", "Anna Berg", "mail anna.berg@example.org", "anna.berg@example.org", "Portal password", "Rosebud-9431",
    "Rosebud-9431 and more", "4111 1111 1111 1111", "12:00:01", "Weekly harvest overview", "Berg", "Project Heron", "",
)  # fmt: skip
ELEMENTS = st.builds(
    lambda role, name, value, label, hints, y: RawElement(
        0,
        role,
        name,
        value,
        Box(10, y, 100, 20),
        frozenset({"editable"} if role == "textbox" else ()),
        -1,
        label,
        hints,
    ),
    st.sampled_from(["button", "textbox", "text", "link", "cell", "heading"]),
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.sampled_from(["", "Customer", "Access token", "Note"]),
    st.sampled_from([(), ("email",), ("token",)]),
    st.integers(0, 500),
)
BOX = Box(0, 0, 800, 600)


def page(number: int, elements: Sequence[RawElement]) -> RawPage:
    return RawPage(number, "https://work.example/", "Orders", BOX, BOX, tuple(elements), -1, False, "")


@pytest.mark.parametrize("level", ["interface", "balanced", "open"])
@settings(max_examples=60, deadline=None)
@given(pages=st.lists(st.lists(ELEMENTS, max_size=6), min_size=2, max_size=6))
def test_a_page_is_judged_as_if_no_verdict_had_been_held(level: Words, pages: list[list[RawElement]]) -> None:
    holding, anew = Redactor(level, ("Project Heron",)), Redactor(level, ("Project Heron",))
    for number, elements in enumerate(pages):
        anew._known.forget()
        assert holding.page(page(number, elements)) == anew.page(page(number, elements))


def test_what_is_learned_later_is_cut_from_what_was_judged_before() -> None:
    redactor = Redactor("open")
    text = RawElement(0, "text", "Take Rosebud-9431 along", "", BOX, frozenset(), -1, "", ())
    field = RawElement(0, "textbox", "Access token", "Rosebud-9431", BOX, frozenset({"editable"}), -1, "", ())
    before, after = redactor.page(page(1, [text])), redactor.page(page(2, [text, field]))
    assert "Rosebud-9431" in repr(before)
    assert "Rosebud-9431" not in repr(after)
    assert "Rosebud-9431" not in repr(redactor.page(page(3, [text])))


def test_where_a_language_model_is_asked_its_later_opinion_counts() -> None:
    model = ToldNames("heron")
    model.is_slow = True
    redactor = Redactor("balanced", reader=model)
    button = RawElement(0, "button", "call heron", "", BOX, frozenset(), -1, "", ())
    redactor.page(page(1, [button]))
    assert "heron" not in repr(redactor.page(page(2, [button])))


def test_nothing_is_held_after_the_segment() -> None:
    redactor = Redactor("open")
    redactor.page(page(1, [RawElement(0, "text", "Weekly overview", "", BOX, frozenset(), -1, "", ())]))
    redactor.forget()
    assert not redactor._known._learned
    assert not redactor._known._verdicts
