# SPDX-License-Identifier: Apache-2.0
"""What a person typed: judged with the field, with what was typed just before, and with what could not be seen."""

import re
from collections.abc import Sequence

from handiwork.model.policy import Words
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.clearing import Cleared, Clearing, content
from handiwork.rules.redaction.detect import LONGEST
from handiwork.rules.redaction.element_text import ElementText, is_worth_remembering
from handiwork.rules.redaction.keystrokes import PASTED, UNSURE
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.unfinished import unfinished
from handiwork.rules.redaction.withheld import Withheld

_TAIL = 64
_EDGE_NUMBER = re.compile(
    r"(?:^\s*|(?<=\s))\d(?:[ -]{0,2}\d){5,}(?=\s*$|\s)|^\s*\d(?:[ -]{0,2}\d){5,}|\d(?:[ -]{0,2}\d){5,}\s*$"
)
_SIX_DIGITS = re.compile(r"\d(?:[ -]{0,2}\d){5}")
_EDGE_MAIL = re.compile(
    r"[^\s<>()\[\],;:\"']{1,256}@[\w.-]*\s*$|^\s*@[^\s@<>()\[\],;:\"']{1,64}\.[^\s@<>()\[\],;:\"']+"
)
"""Half an address: the rest was chosen from a list, or stood there before."""
_DATE = re.compile(r"\s*(?:\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4})\s*")
_CODE = re.compile(r"\s*\d(?:[ -]{0,2}\d){3,}\s*")
_DIGITS_AT_END, _DIGITS_AT_BEGIN = re.compile(r"\d[\d -]*$"), re.compile(r"\s*\d(?:[ -]{0,2}\d)*")
_LONG_NUMBER = 6
_WORDS_BEFORE_DIGITS = re.compile(r".*[^\d -]", re.DOTALL)
_AT_PASTE = re.compile(rf"(?:\d[\d -]*[ -])?[^\s{PASTED}]*{PASTED}[^\s{PASTED}]*(?:[ -][\d -]*\d(?!\w))?")
"""What was pasted, the word around it, and groups of digits before and after: a number may have been pasted in part."""


class TypedText(Withheld):
    """Runs of typing, in order. Remembers the end of the last ones, since a secret may be typed in pieces."""

    def __init__(self, level: Words, clearing: Clearing, elements: ElementText) -> None:
        self._level = level
        self._clearing = clearing
        self._elements = elements
        self._tail = ""
        self._field: tuple[object, ...] | None = None
        self._stays = False
        """Whether the last run went into the same field as this one."""

    def clear(self, text: str, field: RawElement | None, *, finished: bool = False) -> Cleared:
        """The run as it may be kept. What is cut is remembered, to be cut wherever it appears.

        `finished`: whether the person said that it is done, by Enter or Tab. Else it may have been left amid a word.
        """
        if not text:
            return Cleared("")
        self._enter(field)
        kind = self._whole(text, field)
        before = self._tail if self._stays else ""
        self._tail = (self._tail + text)[-_TAIL:]
        if kind == "content":
            return self._as_content(text)
        if kind:
            self._clearing.memory.remember(text, kind)
            return Cleared(f"<{kind}>", (kind,))
        return self._in_part(text, [] if finished else unfinished(text, before), finished=finished)

    def forget(self) -> None:
        """Drops what was typed before."""
        self._tail = ""
        self._field = None
        self._stays = False

    def _enter(self, field: RawElement | None) -> None:
        """Words in one field say nothing of words in another; digits may be one number over several boxes."""
        place: tuple[object, ...] | None = None
        if field is not None:
            place = (field.role, field.name, field.label, field.hints, field.bounds.x, field.bounds.y)
        if place != self._field:
            self._tail = _WORDS_BEFORE_DIGITS.sub("", self._tail)
        self._stays = place is not None and place == self._field
        self._field = place

    def _whole(self, text: str, field: RawElement | None) -> str:
        """The kind as which the run is cut whole, or ""."""
        if field is not None and (kind := self._elements.whole(field)):
            return kind
        if len(text) > LONGEST:
            return "too long"
        if UNSURE in text:
            return "unsure"
        if kinds := self._kinds_with_neighbours(text, field):
            return kinds
        if self._level == "interface" or (self._level == "balanced" and field is None):
            return "content"
        return "number" if self._level == "balanced" and _CODE.fullmatch(text) else ""

    def _kinds_with_neighbours(self, text: str, field: RawElement | None) -> str:
        """A kind that shows only in what the field holds, or only together with what was typed before."""
        if field is not None and field.value and (kinds := self._clearing.learn(field.value)):
            return kinds[0]
        alone = {span.kind for span in self._clearing.spans(text)}
        for tail in (self._tail, self._tail + " ") if self._tail else ():
            for span in self._clearing.spans(tail + text):
                if span.end > len(tail) and span.kind not in alone:
                    return span.kind
        return "number" if self._stays and self._ends_a_number(text) else ""

    def _ends_a_number(self, text: str) -> bool:
        """Whether a long number began in the run before, in the same field: four digits at a time say nothing alone."""
        before, after = _DIGITS_AT_END.search(self._tail), _DIGITS_AT_BEGIN.match(text)
        if before is None or after is None:
            return False
        joined = before.group() + after.group()
        return sum(map(str.isdigit, joined)) >= _LONG_NUMBER and _DATE.fullmatch(joined) is None

    def _as_content(self, text: str) -> Cleared:
        kinds = self._clearing.learn(text)
        if is_worth_remembering(text):
            self._clearing.memory.remember(text, "content")
        return Cleared(content(text).text, tuple(sorted({"content", *kinds})))

    def _in_part(self, text: str, half: Sequence[Span], *, finished: bool) -> Cleared:
        numbers = _EDGE_NUMBER.finditer(text) if _SIX_DIGITS.search(text) else ()
        spans = [*half, *(Span(m.start(), m.end(), "number") for m in numbers if not _DATE.fullmatch(m.group()))]
        if "@" in text:
            spans += [Span(m.start(), m.end(), "email") for m in _EDGE_MAIL.finditer(text)]
        if not finished:  # the field holds it from now on, and the page may tell of it
            for span in spans:
                self._clearing.memory.remember(text[span.start : span.end], span.kind)
        pasted = PASTED in text
        if pasted:
            spans += [Span(m.start(), m.end(), "pasted") for m in _AT_PASTE.finditer(text)]
        cleared = self._elements.content(text, spans)
        return Cleared(cleared.text, tuple(sorted({*cleared.cuts, "pasted"}))) if pasted else cleared
