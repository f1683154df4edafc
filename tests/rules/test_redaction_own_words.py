# SPDX-License-Identifier: Apache-2.0
"""Which words of a line are taken for the interface's own, and what tries to pass as such."""

import pytest

from handiwork.rules.redaction.interface import looks_like_interface
from handiwork.rules.redaction.own_words import own_words
from handiwork.rules.redaction.vocabulary import WORDS
from handiwork.rules.redaction.work_labels import FORMS_THAT_NAME


def own(text: str) -> str:
    start, end = own_words(text)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Save changes", "Save changes"),
        ("Sent to: Karen Whitfield", "Sent to:"),
        ("Mail: anna.berg@example.org", "Mail:"),
        ("Total 1,240.00", "Total"),
        ("Total €1,240.00", "Total"),
        ("Inbox (1284)", "Inbox"),
        ("472 items", "items"),
        ("Suppliers", "Suppliers"),
        ("Overvlew", "Overvlew"),
        ("Retums", "Retums"),
    ],
)
def test_labels_beside_values_and_misread_words_are_the_interfaces_own(text: str, kept: str) -> None:
    assert own(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Karen Whitfield",
        "Whitfield: please call",
        "Sent to Karen",
        "Meeting with Karen about the order: Monday",
        "report-karen.pdf",
        "Name Karen",
        "May 1987",
        "1200 Main Street",
        "77 Karen",
        "Karen 0113 496 0123",
        "4111 1111 1111 1111",
        "12:45",
        ": : :",
        "",
        "\u202eSave\u202c 1234567 karen",
        "Wllls",
        "Masters",
        "Save " * 20 + "12345",
    ],
)
def test_content_beside_them_and_names_that_look_like_them_are_not(text: str) -> None:
    assert own(text) == ""


@pytest.mark.parametrize(
    "value", ["Karen Whitfield", "0113 496 0123", "anna@example.org", "GB33BUKB20201555555555", "x"]
)
@pytest.mark.parametrize("label", ["Name:", "To:", "Phone:", "Account:", "Total:"])
def test_nothing_of_a_value_comes_along_with_its_label(label: str, value: str) -> None:
    assert own(f"{label} {value}") == label
    assert value not in own(f"{value} {label}")


def test_forms_of_the_interfaces_words_are_known_but_not_where_they_name_somebody() -> None:
    assert looks_like_interface("Deleted invoices", strict=True)
    for name in ("Wills", "Billings", "Masters", "Fielding", "Pickering"):
        assert not looks_like_interface(name, strict=True)
    assert not FORMS_THAT_NAME & WORDS


def test_a_long_line_made_to_hurt_is_judged_at_once() -> None:
    for text in ("a" * 4_000, "1 " * 2_000, "a: " * 1_300, "(" * 4_000, "save 1" * 600, " " * 4_000):
        own_words(text)
