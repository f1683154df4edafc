# SPDX-License-Identifier: Apache-2.0
"""Every detector on every text, whole, in its variants and across neighbours. A text that can't be judged is a find."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from handiwork.derive.leaks.texts import Piece, neighbours, pieces
from handiwork.derive.leaks.variants import variants
from handiwork.model.event import Event
from handiwork.model.leak import Leak
from handiwork.rules.redaction.detect import LONGEST, found
from handiwork.rules.redaction.detectors import BUILT_IN, PERSONAL
from handiwork.rules.redaction.detectors.never import never
from handiwork.rules.redaction.span import Detector, Span

WINDOW, OVERLAP = LONGEST, 400
"""Characters read at once of a text longer than any detector takes, and how much is read twice."""

_ACROSS = frozenset({"card", "email", "iban", "ssn", "national id", "never"})
"""Classes so certain that even neighbours that merely stand beside each other may form one."""
_SHORTEST_PART = {"card": 3, "ssn": 2, "national id": 2}
"""Shorter ones are the days of a calendar, the cells of a table."""
_BACKWARDS = frozenset({"email", "iban", "never"})
"""What nobody writes backwards by chance; half of all other backward text looks like something."""
_REACH = 6
"""Neighbours that one datum may be spread over."""


@dataclass(frozen=True)
class Find:
    """A leak and, for the person's own eyes, what it is."""

    leak: Leak
    text: str = field(repr=False)


class Judge:
    """Detectors with words never to be kept, and with others that are too slow to run while recording."""

    def __init__(self, never_words: Sequence[str], slow: Sequence[Detector] = ()) -> None:
        self._detectors = (never(never_words), *BUILT_IN)
        self._personal = (*PERSONAL, *slow)
        self._looked_at: set[tuple[str, ...]] = set()

    def finds(self, events: Sequence[Event], read: Iterable[Piece] = (), personal: bool = True) -> Iterator[Find]:
        """Everything in the events and in what was read of their pictures, each datum of a stream once.

        Without `personal`, names of people and the like are no find: at the level "open" they were meant to be kept.
        """
        told: set[tuple[str, str, str]] = set()
        self._looked_at.clear()
        read = list(read)
        for find in self._all([*pieces(events), *read], [*neighbours(events), read], personal):
            known = find.leak.stream, find.leak.kind, find.text
            if known not in told:
                told.add(known)
                yield find

    def _all(self, alone: Iterable[Piece], beside: Iterable[list[Piece]], personal: bool) -> Iterator[Find]:
        for piece in alone:
            yield from self._piece(piece, personal)
        for run in beside:
            yield from self._across(run)

    def _piece(self, piece: Piece, personal: bool) -> Iterator[Find]:
        for window in _windows(piece.text):
            plain = self._spans(window)
            # Nobody's name is known backwards; one within an address is no second find.
            names = found(window, self._personal) if personal else []
            names = [name for name in names if not any(_meet(name, span) for span in plain)]
            yield from (_find(piece, window, span, "as it stands") for span in (*plain, *names))
            for how, other in variants(window):
                for span in self._spans(other[:WINDOW]):
                    if how != "reversed" or _is_only_backwards(span, plain, len(window)):
                        yield _find(piece, other, span, how)

    def _across(self, run: list[Piece]) -> Iterator[Find]:
        """Data spread over up to `_REACH` neighbours, written together or with a space between."""
        for at in range(len(run) - 1):
            few = run[at : at + _REACH]
            texts = tuple(piece.text for piece in few)
            if texts in self._looked_at or sum(map(len, texts)) > WINDOW:
                continue
            self._looked_at.add(texts)
            for glue in ("", " "):
                text = glue.join(texts)
                for span in self._spans(text):
                    if span.kind in _ACROSS and _begins_here_and_is_spread(few, glue, span):
                        if any(span.kind == alone.kind for one in texts for alone in self._spans(one)):
                            continue  # one of them holds it already
                        yield _find(run[at], text, span, "across neighbours")

    def _spans(self, text: str) -> list[Span]:
        return found(text, self._detectors)


def _find(piece: Piece, text: str, span: Span, how: str) -> Find:
    return Find(Leak(piece.t, piece.stream, span.kind, how), text[span.start : span.end])


def _windows(text: str) -> Iterator[str]:
    step = WINDOW - OVERLAP
    for start in range(0, max(1, len(text) - OVERLAP), step):
        yield text[start : start + WINDOW]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_only_backwards(span: Span, plain: Sequence[Span], length: int) -> bool:
    """Much of what is a datum is one backwards as well: that is no second find."""
    start, end = length - span.end, length - span.start
    return span.kind in _BACKWARDS and not any(_meet(one, Span(start, end, "")) for one in plain)


def _begins_here_and_is_spread(run: list[Piece], glue: str, span: Span) -> bool:
    """Whether it begins in the first piece (else a later look finds it) and no part of it is too short to count."""
    at, parts = 0, []
    for piece in run:
        overlap = min(span.end, at + len(piece.text)) - max(span.start, at)
        if overlap > 0:
            parts.append(overlap)
        at += len(piece.text) + len(glue)
    least = _SHORTEST_PART.get(span.kind, 1)
    return span.start < len(run[0].text) and len(parts) > 1 and all(part >= least for part in parts)
