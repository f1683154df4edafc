# SPDX-License-Identifier: Apache-2.0
"""E-mail addresses, also spaced or spelled out ("ann at example dot org"), and user@host."""

import re

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_PLAIN = re.compile(
    r"(?:\"[^\"\n]{1,64}\"|[^\s@<>()\[\],;:\"]{1,64})\s{0,2}@\s{0,2}"
    r"[\w-]{1,63}(?:\s?\.\s?[\w-]{1,63}){0,8}"
)
_SPELLED = re.compile(
    r"[\w.+-]{1,64}\s{0,2}[\[({<\s]\s{0,2}at\s{0,2}[\])}>\s]\s{0,2}[\w-]{1,63}"
    r"(?:(?:\s{0,2}[\[({<\s]\s{0,2}dot\s{0,2}[\])}>\s]\s{0,2}|\.)[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\w.+-]{1,64}\s{0,2}[\[({<]\s{0,2}at\s{0,2}[\])}>]\s{0,2}[\w.-]{1,80}", re.IGNORECASE)
_SPELLED_NEEDS = re.compile(
    r"[\[({<\s]\s{0,2}at\s{0,2}[\])}>\s]\s{0,2}[\w-]{1,63}"
    r"(?:[\[({<\s]\s{0,2}dot\s{0,2}[\])}>\s]|\s{1,2}[\[({<\s]\s{0,2}dot\s{0,2}[\])}>\s]|\.)",
    re.IGNORECASE,
)
_BRACKETED_NEEDS = re.compile(r"[\[({<]\s{0,2}at\s{0,2}[\])}>]", re.IGNORECASE)
"""Without these no match is possible; they are found much sooner, since they don't begin with just any word."""


def may_find(has: Traits) -> bool:
    """With its sign, or that as a word."""
    return "@" in has.text or "at" in has.words


def detect(text: str) -> list[Span]:
    """All e-mail addresses."""
    spans: list[Span] = []
    if "@" in text:
        for match in _PLAIN.finditer(text):
            spans.append(_widened(text, match.start(), match.end(), spans[-1].end if spans else 0))
    for needs, pattern in ((_SPELLED_NEEDS, _SPELLED), (_BRACKETED_NEEDS, _BRACKETED)):
        if needs.search(text):
            spans += [Span(match.start(), match.end(), "email") for match in pattern.finditer(text)]
    return spans


def _widened(text: str, start: int, end: int, floor: int) -> Span:
    """A local part longer than mail allows is still one token: cut from where it begins, or the span before ends."""
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in "<>()[],;:\"'":
        start -= 1
    return Span(start, end, "email")
