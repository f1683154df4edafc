# SPDX-License-Identifier: Apache-2.0
"""Clears one text: detectors, memory and names, and puts marks where something was cut. Knows no elements."""

from collections.abc import Sequence
from dataclasses import dataclass

from handiwork.rules.redaction.detect import found
from handiwork.rules.redaction.detectors import BUILT_IN
from handiwork.rules.redaction.detectors.never import never
from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.span import Span, merged
from handiwork.rules.redaction.vocabulary import looks_like_interface, name_spans

CONTENT = "content"

_MOST_CACHED = 4_000
_TOKEN = 6


@dataclass(frozen=True)
class Cleared:
    """A text that may be kept, and the kinds of what was cut from it."""

    text: str
    cuts: tuple[str, ...] = ()


def content(text: str) -> Cleared:
    """Nothing but the length."""
    return Cleared(f"<content {len(text)} chars>", (CONTENT,)) if text else Cleared("")


class Clearing:
    """Detectors with a memory: what is cut in one text is cut in every later one."""

    def __init__(self, never_words: Sequence[str]) -> None:
        self.memory = Memory()
        self._detectors = (never(never_words), *BUILT_IN)
        self._judged: dict[str, list[Span]] = {}
        self._remembered: dict[str, list[Span]] = {}
        self._remembered_of = 0

    def spans(self, text: str) -> list[Span]:
        """What must be cut at every level."""
        if not text or text.isspace():
            return []
        if len(self._judged) >= _MOST_CACHED:
            self._judged.clear()
        if self._remembered_of != len(self.memory) or not self._judged:
            self._remembered.clear()
            self._remembered_of = len(self.memory)
        if text not in self._judged:
            self._judged[text] = found(text, self._detectors)
        if text not in self._remembered:
            self._remembered[text] = merged([*self._judged[text], *found(text, (self.memory.spans,))])
        return self._remembered[text]

    def learn(self, text: str) -> tuple[str, ...]:
        """Remembers every datum in a text; gives their kinds."""
        spans = self.spans(text)
        for span in spans:
            datum = text[span.start : span.end]
            self.memory.remember(datum, span.kind)
            first = datum.strip().partition(" ")[0].strip("\"',;.")
            if span.kind == "secret" and len(first) >= _TOKEN and not looks_like_interface(first, strict=True):
                self.memory.remember(first, span.kind)  # a value is cut to the end of its line; this is the value
        return _kinds(spans)

    def clear(self, text: str, *, names: bool, also: Sequence[Span] = ()) -> Cleared:
        """The text with marks for what was cut; with `names`, unknown capitalised words are cut as well."""
        self.learn(text)
        spans = merged([*self.spans(text), *also])
        if names:
            spans = merged([*spans, *(Span(start, end, "name") for start, end in _names(text, spans))])
        if not spans:
            return Cleared(text)
        pieces, at = [], 0
        for span in spans:
            datum = text[span.start : span.end]
            if span.kind == "name":
                self.memory.remember(datum, "name")
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
        self._remembered.clear()


def _names(text: str, cut: Sequence[Span]) -> list[tuple[int, int]]:
    return [
        (start, end)
        for start, end in name_spans(text)
        if not any(span.start < end and start < span.end for span in cut)
    ]


def _kinds(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(sorted({span.kind for span in spans}))
