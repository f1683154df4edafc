# SPDX-License-Identifier: Apache-2.0
"""E-mail addresses, also spaced or spelled out ("ann at example dot org"), and user@host."""

import re

from handiwork.rules.redaction.span import Span

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


def detect(text: str) -> list[Span]:
    """All e-mail addresses."""
    spans: list[Span] = []
    if "@" in text:
        for match in _PLAIN.finditer(text):
            spans.append(_widened(text, match.start(), match.end(), spans[-1].end if spans else 0))
    if "at" in text.lower():
        for pattern in (_SPELLED, _BRACKETED):
            spans += [Span(match.start(), match.end(), "email") for match in pattern.finditer(text)]
    return spans


def _widened(text: str, start: int, end: int, floor: int) -> Span:
    """A local part longer than mail allows is still one token: cut from where it begins, or the span before ends."""
    while start > floor and not text[start - 1].isspace() and text[start - 1] not in "<>()[],;:\"'":
        start -= 1
    return Span(start, end, "email")
