# SPDX-License-Identifier: Apache-2.0
"""What a text has in it, found once: by it most detectors can be ruled out without being asked. Knows no detector."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Detector, Span

_WORD = re.compile("[a-z]+")
_DIGITS = re.compile("[0-9]+")
"""Of a normalised text these are all: and much sooner found."""


class Traits(NamedTuple):
    """Of one normalised text."""

    text: str
    small: str
    words: frozenset[str]
    """Runs of plain small letters, as they stand between all other characters."""
    digits: int
    longest: int
    """Digits of its longest run of them."""
    widest: int
    """Characters of its longest token without space."""

    def __repr__(self) -> str:
        return "<Traits (content withheld)>"


Guard = Callable[[Traits], bool]
"""Whether a detector may find something. True too often costs time; False is said only where it can find nothing."""


def traits_of(text: str) -> Traits:
    """Those of a normalised text."""
    small = lowered(text)
    runs = [len(run) for run in _DIGITS.findall(text)]
    widest = max(map(len, text.split()), default=0)
    return Traits(text, small, frozenset(_WORD.findall(small)), sum(runs), max(runs, default=0), widest)


def guarded(detectors: Sequence[tuple[Detector, Guard]]) -> Detector:
    """All these detectors as one: asks only those whose guard lets it."""

    def detect(text: str) -> list[Span]:
        has = traits_of(text)
        return [span for detector, may_find in detectors if may_find(has) for span in detector(text)]

    return detect
