# SPDX-License-Identifier: Apache-2.0
"""Labels of secrets in unusual places: below or right of what they announce, far to its left, or on a button.

Looked at for secrets only, where a cut too many costs little: what stands there as a rule is told by `labelled.py`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.hints import FIELDS
from handiwork.rules.redaction.interface import looks_like_interface
from handiwork.rules.redaction.layout import BELOW, BESIDE

_VALUES = frozenset({"text", "heading", "cell", "link", "option"}) | FIELDS
_SECRET = frozenset({"password", "secret"})
_FAR = 60
"""Heights of a line by which a secret may stand to the right of its label: a row across a whole window."""

_WORDS = 3
"""So many words a secret has at most that its label doesn't stand before or above."""

_SHOWING = frozenset({"show", "copy", "reveal", "hide", "view", "display", "see"})
"""A button that begins so belongs to a secret that is there; others that begin with a verb, to one that is not."""
_DOING = _SHOWING | {"change", "reset", "forgot", "set", "update", "create", "generate", "new", "add", "edit", "delete"}

Gap = Callable[[Box, Box], int | None]
"""From a label to another box: how far in one direction, None if it doesn't lie there or too far."""


def told_from_elsewhere(
    elements: Sequence[RawElement], labels: Mapping[int, str], answered: frozenset[int]
) -> dict[int, str]:
    """Kinds by element. `labels` are those that announce something, `answered` those whose value stands as usual."""
    places = _Places(elements)
    told: dict[int, str] = {}
    for at, kind in labels.items():
        if kind in _SECRET and elements[at].bounds.area:
            for other in _targets(places, labels, at, is_answered=at in answered):
                told.setdefault(other, kind)
    return told


class _Places:
    """Where fields and texts stand that may be values."""

    def __init__(self, elements: Sequence[RawElement]) -> None:
        self.elements = elements
        self._boxes = [(at, raw.bounds) for at, raw in enumerate(elements) if _may_be_a_value(raw)]

    def around(self, at: int) -> dict[Gap, int]:
        """The nearest one in each direction."""
        box = self.elements[at].bounds
        top, bottom = box.y - BELOW * box.h, box.y + (1 + BELOW) * box.h
        near = [(other, b) for other, b in self._boxes if b.y <= bottom and b.y + b.h >= top and other != at]
        found = {gap: [(far, o) for o, b in near if (far := gap(box, b)) is not None] for gap in _WAYS}
        return {gap: min(places)[1] for gap, places in found.items() if places}


def _targets(places: _Places, labels: Mapping[int, str], at: int, *, is_answered: bool) -> Iterator[int]:
    label = places.elements[at]
    for gap, other in places.around(at).items():
        raw = places.elements[other]
        if other in labels:
            continue
        if raw.role in FIELDS:
            if not (raw.label or raw.name or _is_spoken_for(places, labels, other)):
                yield other
        elif not is_answered and _reaches(label, gap) and _is_like_a_secret(raw.name):
            yield other


def _reaches(label: RawElement, gap: Gap) -> bool:
    """Whether a text that lies there may be what this label announces, which has none where they usually stand."""
    first = (label.name.lower().split() or [""])[0]
    if label.role == "button":
        return (gap is _to_left and first in _SHOWING) or (gap is _to_right and first not in _DOING)
    return gap is not _below


def _is_spoken_for(places: _Places, labels: Mapping[int, str], field: int) -> bool:
    """Whether another label stands where labels usually do."""
    around = places.around(field)
    near = around.get(_to_left, around.get(_above))
    if near is None or near in labels or places.elements[near].role in FIELDS:
        return False
    return looks_like_interface(places.elements[near].name.rstrip(" :*"), strict=True)


def _is_like_a_secret(name: str) -> bool:
    words = len(name.split(None, _WORDS))
    has_digit = any(char.isdigit() for char in name)
    return 0 < words <= _WORDS and (has_digit or not looks_like_interface(name, strict=True))


def _may_be_a_value(raw: RawElement) -> bool:
    """An asterisk or a bar beside a label is none."""
    is_told = raw.role in FIELDS or (raw.role in _VALUES and any(char.isalnum() for char in raw.name))
    return is_told and bool(raw.bounds.area)


def _to_left(label: Box, other: Box) -> int | None:
    far = label.x - other.x - other.w
    return far if _in_row(label, other) and 0 <= far <= BESIDE * label.h else None


def _to_right(label: Box, other: Box) -> int | None:
    far = other.x - label.x - label.w
    return far if _in_row(label, other) and 0 <= far <= _FAR * label.h else None


def _above(label: Box, other: Box) -> int | None:
    far = label.y - other.y - other.h
    return far if _in_column(label, other) and -2 <= far <= BELOW * min(label.h, other.h) else None


def _below(label: Box, other: Box) -> int | None:
    far = other.y - label.y - label.h
    return far if _in_column(label, other) and -2 <= far <= BELOW * min(label.h, other.h) else None


def _in_row(one: Box, other: Box) -> bool:
    return abs(2 * one.y + one.h - 2 * other.y - other.h) <= min(one.h, other.h)


def _in_column(one: Box, other: Box) -> bool:
    return one.x < other.x + other.w and other.x < one.x + one.w


_WAYS: tuple[Gap, ...] = (_to_left, _above, _to_right, _below)
