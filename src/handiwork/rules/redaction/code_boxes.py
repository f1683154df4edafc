# SPDX-License-Identifier: Apache-2.0
"""Fields for one character each, side by side: what is typed there is one code, whose parts no detector knows."""

from collections.abc import Iterator, Sequence

from handiwork.model.raw import RawElement

FEWEST = 4
"""Fields in a row that make a code."""

_ROLES = frozenset({"textbox", "spinbutton"})
_WIDEST = 1.5
"""Times its height: a field for one character is about as wide as tall."""
_TALLEST = 120
"""Pixels. What is taller is a text area."""
_GAP = 2
"""Times its width at most lies between two of them."""
_SLIP = 2


def guarded(elements: Sequence[RawElement]) -> tuple[RawElement, ...]:
    """The same elements, those that are parts of a code as protected ones."""
    parts = {at for row in _rows(elements) if len(row) >= FEWEST for at in row}
    if not parts:
        return tuple(elements)
    return tuple(protected(element) if at in parts else element for at, element in enumerate(elements))


def protected(raw: RawElement) -> RawElement:
    """The element as one whose value must not be read."""
    return RawElement(
        raw.time_ms, raw.role, raw.name, raw.value, raw.bounds, raw.states | {"protected"}, raw.parent, raw.label,
        raw.hints, raw.among_files,
    )  # fmt: skip


def _rows(elements: Sequence[RawElement]) -> Iterator[list[int]]:
    """Runs of such fields, in the order of the page."""
    row: list[int] = []
    for at, element in enumerate(elements):
        if not _holds_one(element):
            continue
        if row and not _are_beside(elements[row[-1]], element):
            yield row
            row = []
        row.append(at)
    yield row


def _holds_one(raw: RawElement) -> bool:
    box = raw.bounds
    return raw.role in _ROLES and 0 < box.w <= _WIDEST * box.h and box.h <= _TALLEST and len(raw.value) <= 1


def _are_beside(one: RawElement, other: RawElement) -> bool:
    a, b = one.bounds, other.bounds
    alike = abs(a.w - b.w) <= _SLIP and abs(a.h - b.h) <= _SLIP and abs(a.y - b.y) <= _SLIP
    return alike and abs(b.x - a.x) - a.w <= _GAP * a.w
