# SPDX-License-Identifier: Apache-2.0
"""Whose label stands beside an element, or over its column: "Portal password" next to its value, "SSN" over a table.

By place alone, since pages seldom say which text belongs to which. Knows no levels: it is told what a label means.
"""

from collections.abc import Callable, Sequence

from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.hints import FIELDS
from handiwork.rules.redaction.interface import looks_like_interface
from handiwork.rules.redaction.layout import Layout
from handiwork.rules.redaction.odd_labels import told_from_elsewhere
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.span import Span

LABELS = frozenset({"text", "heading", "cell"})
_TOLD = LABELS | FIELDS | {"link", "option"}
_WORDS = 5
_LONGEST = 48

Meaning = Callable[[str], str]
"""The kind of datum that a label announces, or ""."""


def told_by_labels(elements: Sequence[RawElement], means: Meaning) -> dict[int, str]:
    """The kinds as which elements are cut whole because of a label beside or above them."""
    kinds = {at: kind for at, raw in enumerate(elements) if raw.role in LABELS and (kind := _meant(raw.name, means))}
    on_buttons = {
        at: kind for at, raw in enumerate(elements) if raw.role == "button" and (kind := _meant(raw.name, means))
    }
    told, answered = _told_as_usual(elements, kinds) if kinds else ({}, frozenset())
    if kinds or on_buttons:
        told = told_from_elsewhere(elements, kinds | on_buttons, answered) | told
    return told


def _told_as_usual(elements: Sequence[RawElement], kinds: dict[int, str]) -> tuple[dict[int, str], frozenset[int]]:
    """(what labels beside and above tell, the labels that do)."""
    placed = [at for at, raw in enumerate(elements) if raw.role in _TOLD and raw.bounds.area and _says_something(raw)]
    number_of = {at: number for number, at in enumerate(placed)}
    layouts = [Layout([_line(elements[at], edge) for at in placed]) for edge in (_left, _middle, _right)]
    told: dict[int, str] = {}
    answered: set[int] = set()
    for at, kind in kinds.items():
        if (number := number_of.get(at)) is None:
            continue
        beside = layouts[0].beside(number)
        reached = {below for layout in layouts for below in layout.column_below(number)}
        for other in (*reached, *(() if beside is None else (beside,))):
            if placed[other] not in kinds and _may_be_a_datum(elements[placed[other]]):
                told.setdefault(placed[other], kind)
                answered.add(at)
    return told, frozenset(answered)


def spans_of(raw: RawElement, kind: str) -> tuple[list[Span], list[Span]]:
    """(in its name, in its value) what is to be cut: of a field its value, of anything else its name."""
    if raw.role in FIELDS:
        return [], [Span(0, len(raw.value), kind)] if raw.value else []
    return [Span(0, len(raw.name), kind)] if raw.name else [], []


def _meant(name: str, means: Meaning) -> str:
    label = name.strip(" :*•|")
    return means(label) if label and len(label) <= _LONGEST and len(label.split()) <= _WORDS else ""


def _may_be_a_datum(raw: RawElement) -> bool:
    """The interface's own words are other labels, or headers of other columns; a number is neither."""
    has_digit = any(char.isdigit() for char in raw.name)
    return raw.role in FIELDS or has_digit or not looks_like_interface(raw.name, strict=True)


def _says_something(raw: RawElement) -> bool:
    """An asterisk or a bar between a label and its value is neither."""
    return raw.role in FIELDS or any(char.isalnum() for char in raw.name)


def _line(raw: RawElement, edge: Callable[[Box], int]) -> ReadLine:
    box = raw.bounds
    return ReadLine(Box(edge(box), box.y, box.w, box.h), Reading(raw.name))


def _left(box: Box) -> int:
    return box.x


def _middle(box: Box) -> int:
    return box.x + box.w // 2


def _right(box: Box) -> int:
    return box.x + box.w
