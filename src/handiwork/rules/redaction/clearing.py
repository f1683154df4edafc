# SPDX-License-Identifier: Apache-2.0
"""Clears one text: detectors, memory and names, and puts marks where something was cut. Knows no elements."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from handiwork.rules.redaction.detect import LONGEST, found
from handiwork.rules.redaction.detectors import BUILT_IN, PERSONAL, together
from handiwork.rules.redaction.detectors.never import never
from handiwork.rules.redaction.interface import looks_like_interface
from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.normal import Normal, normal
from handiwork.rules.redaction.span import Span, merged
from handiwork.rules.redaction.unknown import unknown_names, unknown_spans
from handiwork.rules.redaction.withheld import Withheld

CONTENT = "content"


class Reader(Protocol):
    """A language model's eyes (`ports.language.NameReader`)."""

    def names(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Where names of persons and places stand in a text; None if it has not been read (yet)."""
        ...

    def forget(self) -> None:
        """Drops every text."""
        ...


Names = Literal["kept", "cut", "all cut"]
"""Unknown capitalised words, and names in small letters, are cut; "all cut": every word that isn't everybody's."""

_NUMBER_BETWEEN = re.compile(r"(?=\W{0,8}\w)\W{0,4}[A-Z]{0,3}\W{0,3}(?:\d{1,6}[a-z]?)?\W{0,4}")
_BUILT_IN, _PERSONAL_TOO = together(BUILT_IN), together((*BUILT_IN, *PERSONAL))
_MOST_CACHED = 4_000
_TOKEN = 6
_REMEMBERED_WHEN_CUT = frozenset({"name", "person"})


@dataclass(frozen=True)
class Cleared:
    """A text that may be kept, and the kinds of what was cut from it."""

    text: str
    cuts: tuple[str, ...] = ()


def content(text: str) -> Cleared:
    """Nothing but the length."""
    return Cleared(f"<content {len(text)} chars>", (CONTENT,)) if text else Cleared("")


class Clearing(Withheld):
    """Detectors with a memory: what is cut in one text is cut in every later one."""

    def __init__(self, never_words: Sequence[str], *, personal: bool = True, reader: Reader | None = None) -> None:
        self.memory = Memory()
        self._detectors = (never(never_words), _PERSONAL_TOO if personal else _BUILT_IN)
        self._reader = reader
        self._judged: dict[str, list[Span]] = {}
        self._unknown: dict[tuple[str, Names], list[Span]] = {}
        self._remembered: dict[str, list[Span]] = {}
        self._remembered_of = 0
        self._learned: dict[str, list[Span]] = {}
        """What was remembered of a text: the same need not be remembered again."""
        self._last = ("", normal(""))
        self._unread: set[str] = set()
        self._unread_before = 0

    def spans(self, text: str) -> list[Span]:
        """What must be cut at every level."""
        if len(text) > LONGEST:
            return [Span(0, len(text), "too long")]  # neither looked at nor held on to
        if not text or text.isspace():
            return []
        if len(self._judged) >= _MOST_CACHED:
            self._judged.clear()
            self._unknown.clear()
            self._learned.clear()
        if self._remembered_of != len(self.memory) or not self._judged:
            self._remembered.clear()
            self._remembered_of = len(self.memory)
        if text not in self._judged:
            self._judged[text] = found(text, self._detectors, self._plain)
        if text not in self._remembered:
            self._remembered[text] = merged([*self._judged[text], *found(text, (self.memory.spans,), self._plain)])
        return self._remembered[text]

    def learn(self, text: str) -> tuple[str, ...]:
        """Remembers every datum in a text; gives their kinds."""
        spans = self.spans(text)
        if not spans or self._learned.get(text) == spans:
            return _kinds(spans)
        for span in spans:
            datum = text[span.start : span.end]
            self.memory.remember(datum, span.kind)
            first = datum.strip().partition(" ")[0].strip("\"',;.")
            if span.kind == "secret" and len(first) >= _TOKEN and not looks_like_interface(first, strict=True):
                self.memory.remember(first, span.kind)  # a value is cut to the end of its line; this is the value
        if spans and len(text) <= LONGEST:
            self._learned[text] = spans
        return _kinds(spans)

    @property
    def is_read_to(self) -> bool:
        """Whether a language model reads along: then a text may be judged otherwise the next time."""
        return self._reader is not None

    def has_read(self, text: str) -> bool:
        """Whether a language model has read it: without one, or before its turn, nobody has."""
        if self._reader is not None and self._reader.names(text) is not None:
            return True
        if len(self._unread) < _MOST_CACHED:
            self._unread.add(text)
        return False

    def newly_unread(self) -> int:
        """How many texts more than the last time were asked for while no language model had read them."""
        count = len(self._unread) - self._unread_before
        self._unread_before += count
        return count

    def cuts(self, text: str, names: Names) -> list[Span]:
        """What must be cut: with names also what a language model saw, and what is not on the keep-list."""
        spans = self.spans(text)
        if names == "kept" or not text or text.isspace() or len(text) > LONGEST:
            return spans
        place = (text, names)
        if place not in self._unknown:
            not_kept = unknown_spans if names == "all cut" else unknown_names
            self._unknown[place] = found(text, (not_kept,), self._plain)
        seen = (self._reader.names(text) if self._reader is not None else None) or ()
        read = [Span(start, end, "person") for start, end in seen if 0 <= start < end <= len(text)]
        return _bridged(text, merged([*spans, *_apart(self._unknown[place], spans), *_apart(read, spans)]))

    def clear(self, text: str, names: Names, also: Sequence[Span] = ()) -> Cleared:
        """The text with marks for what was cut."""
        self.learn(text)
        spans = merged([*self.cuts(text, names), *also])
        if not spans:
            return Cleared(text)
        pieces, at = [], 0
        for span in spans:
            datum = text[span.start : span.end]
            if span.kind in _REMEMBERED_WHEN_CUT:
                self.memory.remember(datum, span.kind)
            pieces += [text[at : span.start], self.memory.mark(datum, span.kind)]
            at = span.end
        return Cleared("".join([*pieces, text[at:]]), _kinds(spans))

    def interface(self, text: str, *, strict: bool) -> Cleared:
        """A name, whole if it reads as the interface's own words (`strict`: every word of it), else content."""
        if not text:
            return Cleared("")
        kinds = self.learn(text)
        if not kinds and looks_like_interface(text, strict=strict):
            return Cleared(text)
        return Cleared(content(text).text, tuple(sorted({CONTENT, *kinds})))

    def forget(self) -> None:
        """Drops everything that was remembered."""
        self.memory.forget()
        self._judged.clear()
        self._unknown.clear()
        self._remembered.clear()
        self._learned.clear()
        self._last = ("", normal(""))
        self._unread.clear()
        self._unread_before = 0
        if self._reader is not None:
            self._reader.forget()

    def _plain(self, text: str) -> Normal:
        """A text is judged several times in a row: its plain form is made once."""
        if self._last[0] != text:
            self._last = (text, normal(text))
        return self._last[1]


def _bridged(text: str, spans: list[Span]) -> list[Span]:
    """With what stands between two cuts and is nothing but a number: a house, a floor, a district."""
    done = spans[:1]
    for span in spans[1:]:
        last = done[-1]
        if _NUMBER_BETWEEN.fullmatch(text, last.end, span.start):
            done[-1] = Span(last.start, span.end, last.kind if last.kind != "name" else span.kind)
        else:
            done.append(span)
    return done


def _apart(spans: Sequence[Span], cut: Sequence[Span]) -> list[Span]:
    """Those that do not lie within one that is cut anyway, so that its kind stays."""
    return [span for span in spans if not any(one.start <= span.start and span.end <= one.end for one in cut)]


def _kinds(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(sorted({span.kind for span in spans}))
