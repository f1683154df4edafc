# SPDX-License-Identifier: Apache-2.0
"""Payment card numbers: 13 to 19 digits in groups, with a right check digit (Luhn); mistyped ones by their shape."""

import re

from stdnum import luhn

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_RUN = re.compile(r"\d(?:[\s./_·,:|-]{0,3}\d)+")
_GROUP = re.compile(r"\d+")
_SHAPE = re.compile(r"(?<!\d)(?:\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{1,7}|\d{4}[ .-]\d{6}[ .-]\d{4,5})(?!\d)")
_LEAST, _MOST = 13, 19


def may_find(has: Traits) -> bool:
    """From so many digits on."""
    return has.digits >= _LEAST


def detect(text: str) -> list[Span]:
    """All runs of digit groups that together are a card number."""
    runs = [run for run in _RUN.finditer(text) if run.end() - run.start() >= _LEAST and _digits(run.group()) >= _LEAST]
    if not runs:  # what has the shape lies within such a run
        return []
    shaped = [Span(match.start(), match.end(), "card") for match in _SHAPE.finditer(text)]
    return shaped + [span for run in runs for span in _within(run.group(), run.start())]


def _digits(run: str) -> int:
    return sum(len(group) for group in _GROUP.findall(run))


def _within(run: str, offset: int) -> list[Span]:
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    return [Span(offset + start, offset + end, "card") for start, end in _cards(run, groups)]


def _cards(run: str, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
    cards = []
    for first, (start, _) in enumerate(groups):
        if run[start] not in "23456":
            continue
        digits = ""
        for begin, end in groups[first:]:
            digits += run[begin:end]
            if len(digits) > _MOST:
                break
            if len(digits) >= _LEAST and luhn.is_valid(digits):
                cards.append((start, end))
    return cards
