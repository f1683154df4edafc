# SPDX-License-Identifier: Apache-2.0
"""How much of what is personal was covered, and how much else: by items and by words. Knows no detector."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

COVERED = 0.95
"""An item counts as covered when at least so much of its letters and digits is cut."""

_WORD = re.compile(r"\w+")


class Item(NamedTuple):
    """Characters start to end hold something personal, of a kind."""

    start: int
    end: int
    kind: str


class Labelled(msgspec.Struct, frozen=True):
    """A text and what in it is personal."""

    text: str
    items: tuple[Item, ...]


@dataclass
class Score:
    """Counted over many texts."""

    words: int = 0
    found: int = 0
    false: int = 0
    items: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    covered: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, labelled: Labelled, cuts: Sequence[tuple[int, int]]) -> None:
        """One text with what was cut from it."""
        cut = _places(cuts)
        personal = _places((item.start, item.end) for item in labelled.items)
        for match in _WORD.finditer(labelled.text):
            word = set(range(*match.span()))
            is_personal, is_cut = bool(word & personal), word <= cut
            self.words += is_personal
            self.found += is_personal and is_cut
            self.false += is_cut and not is_personal
        for item in labelled.items:
            places = [at for at in range(item.start, item.end) if labelled.text[at].isalnum()]
            self.items[item.kind] += 1
            self.covered[item.kind] += sum(at in cut for at in places) >= COVERED * len(places)

    def item_recall(self, kind: str = "") -> float:
        """The share of items, of all kinds or of one, that were covered."""
        if kind:
            return self.covered[kind] / self.items[kind]
        return sum(self.covered.values()) / sum(self.items.values())

    def recall(self) -> float:
        """The share of personal words that were cut."""
        return self.found / self.words

    def precision(self) -> float:
        """The share of cut words that are personal."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    def f2(self) -> float:
        """Of words: recall counts for more than precision."""
        both = 4 * self.precision() + self.recall()
        return 5 * self.precision() * self.recall() / both if both else 0.0


def _places(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}
