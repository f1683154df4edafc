# SPDX-License-Identifier: Apache-2.0
"""What one element alone doesn't show: a datum spread over neighbours, and a value whose label stands beside it."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from handiwork.model.raw import RawElement
from handiwork.rules.redaction.detect import LONGEST, found
from handiwork.rules.redaction.detectors import card, email, iban, keys, national_id, together
from handiwork.rules.redaction.hints import FIELDS, names_secret
from handiwork.rules.redaction.span import Span

RUNNING = frozenset({"text", "link", "heading", "option"})
"""Roles whose names are pieces of running text."""

_ACROSS = (together((card.detect, email.detect, iban.detect, keys.detect, national_id.detect)),)
_LABEL_WORDS = 5
_LEAST = {"card": 3, "national id": 2}  # shorter pieces are the days of a calendar, the cells of a table
_OVERLAP = 4

Piece = tuple[int, str]
"""An element's index and one of its texts."""


def is_secret_label(name: str) -> bool:
    """Whether running text announces that a secret follows."""
    return len(name.split(None, _LABEL_WORDS)) <= _LABEL_WORDS and names_secret(name)


def names_across(
    elements: Sequence[RawElement], announces: Callable[[str], bool] = is_secret_label
) -> dict[int, list[Span]]:
    """Spans to cut in names, by element. `announces` is is_secret_label, or one that remembers its answers."""
    cuts = _across((at, raw.name) for at, raw in enumerate(elements) if raw.role in RUNNING and raw.name)
    for at, (label, beside) in enumerate(pairwise(elements), 1):
        if label.role in RUNNING and beside.role in RUNNING and announces(label.name):
            cuts.setdefault(at, []).append(Span(0, len(beside.name), "secret"))
    return cuts


def values_across(elements: Sequence[RawElement]) -> dict[int, list[Span]]:
    """Spans to cut in values, by element: a card number in four boxes."""
    return _across((at, raw.value) for at, raw in enumerate(elements) if raw.role in FIELDS and raw.value)


def _across(pieces: Iterable[Piece]) -> dict[int, list[Span]]:
    cuts: dict[int, list[Span]] = {}
    for block in _blocks(list(pieces)):
        for index, span in _cuts_in(block):
            cuts.setdefault(index, []).append(span)
    return cuts


def _blocks(pieces: list[Piece]) -> Iterable[list[Piece]]:
    """Neighbours whose texts together can be judged; each block begins with the last pieces of the one before."""
    block: list[Piece] = []
    length = 0
    for piece in pieces:
        if length + len(piece[1]) > LONGEST:
            yield block
            length = _length(block[-_OVERLAP:])
            block, length = (block[-_OVERLAP:], length) if length < LONGEST // 2 else ([], 0)
        block.append(piece)
        length += len(piece[1]) + 1
    yield block


def _length(pieces: list[Piece]) -> int:
    return sum(len(text) + 1 for _, text in pieces)


def _cuts_in(block: list[Piece]) -> Iterable[tuple[int, Span]]:
    text = " ".join(piece[1] for piece in block)
    for span in found(text, _ACROSS):
        parts = list(_parts(block, span))
        is_spread = len(parts) > 1 and all(part.end - part.start >= _LEAST.get(span.kind, 1) for _, part in parts)
        if is_spread or span.kind in ("too long", "unsure"):
            yield from parts


def _parts(block: list[Piece], span: Span) -> Iterable[tuple[int, Span]]:
    at = 0
    for index, text in block:
        start, end = max(span.start, at), min(span.end, at + len(text))
        if start < end:
            yield index, Span(start - at, end - at, span.kind)
        at += len(text) + 1
