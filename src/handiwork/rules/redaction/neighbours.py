# SPDX-License-Identifier: Apache-2.0
"""What a page's elements say of one another, found anew only when what it follows from has changed.

Names spread over neighbours follow from roles and names; values over boxes from fields and their values; what labels
tell from roles, names, labels and places. From one page to the next mostly one field's value changed, or nothing.
What is held is the last page's, and forgotten with the segment.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from handiwork.model.raw import RawElement
from handiwork.rules.redaction.hints import FIELDS
from handiwork.rules.redaction.labelled import Meaning, spans_of, told_by_labels
from handiwork.rules.redaction.page import is_secret_label, names_across, values_across
from handiwork.rules.redaction.span import Span

_Found = TypeVar("_Found")
_MOST_LABELS = 4_000

Cuts = dict[int, list[Span]]
"""Spans by the element's place in the page."""


class _Held(Generic[_Found]):
    """The last outcome, for as long as all that it follows from is the same."""

    def __init__(self, find: Callable[[Sequence[RawElement]], _Found]) -> None:
        self._find = find
        self._last: tuple[list[Hashable], _Found] | None = None

    def of(self, elements: Sequence[RawElement], follows_from: list[Hashable]) -> _Found:
        if self._last is None or self._last[0] != follows_from:
            self._last = (follows_from, self._find(elements))
        return self._last[1]

    def forget(self) -> None:
        self._last = None


class _Asked(Generic[_Found]):
    """Asks once about each text. The one that is asked never changes its mind."""

    def __init__(self, ask: Callable[[str], _Found]) -> None:
        self._ask = ask
        self._known: dict[str, _Found] = {}

    def __call__(self, text: str) -> _Found:
        if text not in self._known:
            if len(self._known) >= _MOST_LABELS:
                self._known.clear()
            self._known[text] = self._ask(text)
        return self._known[text]

    def forget(self) -> None:
        self._known.clear()


class Neighbours:
    """What is cut in names and values because of the elements around them. `means` never changes its mind."""

    def __init__(self, means: Meaning) -> None:
        self._meant, self._announces = _Asked(means), _Asked(is_secret_label)
        self._names = _Held(lambda elements: names_across(elements, self._announces))
        self._values = _Held(values_across)
        self._told = _Held(lambda elements: told_by_labels(elements, self._meant))

    def cuts(self, elements: Sequence[RawElement]) -> tuple[Cuts, Cuts]:
        """(in names, in values)."""
        names = self._names.of(elements, [(raw.role, raw.name) for raw in elements])
        values = self._values.of(elements, [raw.value if raw.role in FIELDS else None for raw in elements])
        told = self._told.of(elements, [(raw.role, raw.name, raw.label, raw.bounds) for raw in elements])
        if not told:
            return names, values
        names, values = ({at: list(spans) for at, spans in cuts.items()} for cuts in (names, values))
        for at, kind in told.items():
            in_name, in_value = spans_of(elements[at], kind)
            names.setdefault(at, []).extend(in_name)
            values.setdefault(at, []).extend(in_value)
        return names, values

    def forget(self) -> None:
        """Drops everything."""
        for held in (self._meant, self._announces, self._names, self._values, self._told):
            held.forget()
