# SPDX-License-Identifier: Apache-2.0
"""Every string of every event, with the stream it belongs to; and what stood beside what. Knows no detector."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from handiwork.model.event import Element, Event, Foreground, Key, Note, Observed, Tile, Typed

MARK = re.compile(r"<[a-z][a-z -]{0,40}(?: \d{1,9})?(?: chars)?>")
"""What redaction put where it cut."""

_STREAMS: dict[type, str] = {Typed: "text", Note: "notes", Key: "keys"}
_FIELDS = {"url": "address", "site": "address", "title": "title", "app": "title"}
_WITHOUT_WORDS = frozenset({"digest", "cuts", "image"})
"""A digest is of masked pixels, cuts are classes of the redactor's own; images are read as pictures."""


@dataclass(frozen=True)
class Piece:
    """A text between two marks, as it was kept."""

    t: int
    stream: str
    text: str = field(repr=False)


def pieces(events: Iterable[Event]) -> Iterator[Piece]:
    """Every string that there is, cut at the marks, each distinct one of a stream once."""
    seen: set[tuple[str, str]] = set()
    for event in events:
        for stream, text in _strings(event, _STREAMS.get(type(event), "element")):
            if text and (stream, text) not in seen:
                seen.add((stream, text))
                yield from (Piece(event.t, stream, part) for part in MARK.split(text) if part.strip())


def neighbours(events: Iterable[Event]) -> Iterator[list[Piece]]:
    """Runs of texts that belong beside each other: a page's names, its values, what was typed one after the other.

    A mark ends a run: what stood there is gone, and what stood around it isn't one.
    """
    typed: list[Piece] = []
    seen: set[tuple[str, ...]] = set()
    for event in events:
        if isinstance(event, Typed):
            typed.append(Piece(event.t, "text", event.text))
        elif isinstance(event, Observed):
            for texts in (_column(event.elements, "name"), _column(event.elements, "value")):
                if texts not in seen:
                    seen.add(texts)
                    yield from _runs(Piece(event.t, "element", text) for text in texts)
    yield from _runs(typed)


def _column(elements: tuple[Element, ...], what: str) -> tuple[str, ...]:
    return tuple(text for element in elements if (text := getattr(element, what)))


def _runs(texts: Iterable[Piece]) -> Iterator[list[Piece]]:
    run: list[Piece] = []
    for piece in texts:
        for place, part in enumerate(MARK.split(piece.text)):
            if place:
                yield run
                run = []
            if part.strip():
                run.append(Piece(piece.t, piece.stream, part))
    yield run


def _strings(value: object, stream: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield stream, value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one, stream)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _strings(name, stream)
            yield from _strings(one, stream)
    elif isinstance(value, msgspec.Struct):
        named = isinstance(value, Observed | Foreground)
        for known in msgspec.structs.fields(value):
            if known.name not in _WITHOUT_WORDS or not isinstance(value, Element | Tile | Typed | Note):
                own = _FIELDS.get(known.name, stream) if named else stream
                yield from _strings(getattr(value, known.name), own)
