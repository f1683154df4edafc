# SPDX-License-Identifier: Apache-2.0
"""Payment card numbers: 13 to 19 digits in groups, with a right check digit (Luhn)."""

import re

from stdnum import luhn

from handiwork.rules.redaction.span import Span

_RUN = re.compile(r"\d(?:[\s./_·,:|-]{0,3}\d)+")
_GROUP = re.compile(r"\d+")
_LEAST, _MOST = 13, 19


def detect(text: str) -> list[Span]:
    """All runs of digit groups that together are a card number."""
    return [span for run in _RUN.finditer(text) for span in _within(run.group(), run.start())]


def _within(run: str, offset: int) -> list[Span]:
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    if sum(end - start for start, end in groups) < _LEAST:
        return []
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
