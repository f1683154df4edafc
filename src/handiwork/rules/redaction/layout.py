# SPDX-License-Identifier: Apache-2.0
"""How read lines lie to one another: words and their boxes, what stands beside, what stands below. Knows no levels."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handiwork.model.geometry import Box
from handiwork.rules.redaction.reading import ReadLine

_WORD = re.compile(r"[^\s|¦│┃]+")
_STROKE = re.compile(r"[|¦│┃]")
_SEGMENT = re.compile(r"[^|¦│┃]+")

BESIDE = 8
"""Heights of a line by which what stands beside it may be away and still belong to it: a label's value."""

BELOW = 3
"""Heights of a line by which the next line of a column may be away."""

NEAR = 2
"""Heights of a line between two parts of one number or name."""

SMOOTH = 1
"""Pixels above and below a line that still belong to its letters: edges too faint to be found."""

_COLUMN = 12
"""Pixels by which the lines of one column may begin apart."""

_LONGEST_COLUMN = 80


@dataclass(frozen=True, repr=False)
class Word:
    """Characters start to end of a line's text, where they stand, and how sure the reader was of them."""

    start: int
    end: int
    box: Box
    least: float
    mean: float


def words_of(line: ReadLine) -> list[Word]:
    """The words of a line; where two meet, the space between them is shared out."""
    reading, box = line.reading, line.box
    found = list(_WORD.finditer(reading.text))
    words = []
    for number, match in enumerate(found):
        start, end = match.span()
        first = _between(reading.places, found[number - 1].end() - 1, start) if number else 0.0
        last = _between(reading.places, end - 1, found[number + 1].start()) if number + 1 < len(found) else 1.0
        x, right = box.x + round(first * box.w), box.x + round(last * box.w)
        sure = reading.sure[start:end]
        place = Box(x, box.y - SMOOTH, right - x, box.h + 2 * SMOOTH)
        words.append(Word(start, end, place, min(sure), sum(sure) / len(sure)))
    return words


def segments_of(line: ReadLine) -> list[tuple[int, int]]:
    """Parts of a line's text between upright strokes, which are the sides of buttons and cells."""
    return [match.span() for match in _SEGMENT.finditer(line.reading.text) if match.group().strip()]


def plain(text: str) -> str:
    """The text as detectors should see it, character by character: what upright strokes part is not one sentence."""
    return _STROKE.sub("\n", text)


def _between(places: Sequence[float], before: int, after: int) -> float:
    return (places[before] + places[after]) / 2


class Layout:
    """The lines of one picture by row."""

    def __init__(self, lines: Sequence[ReadLine]) -> None:
        self.lines = lines
        self._rows = _rows(lines)
        self._right = {left: right for row in self._rows for left, right in pairwise(row)}
        self._columns: dict[int, list[tuple[int, int]]] = {}
        for at in sorted(range(len(lines)), key=lambda at: (lines[at].box.y, at)):
            self._columns.setdefault(lines[at].box.x // _COLUMN, []).append((lines[at].box.y, at))
        self._next_below: dict[int, int | None] = {}

    def chains(self) -> Iterator[list[int]]:
        """Lines that may hold one datum together: near one another in a row, or one going on below."""
        for row in self._rows:
            chain = row[:1]
            for left, right in pairwise(row):
                one, other = self.lines[left].box, self.lines[right].box
                if other.x - one.x - one.w <= NEAR * min(one.h, other.h):
                    chain.append(right)
                    continue
                yield chain
                chain = [right]
            yield chain
        for at in range(len(self.lines)):
            below = self.column_below(at, most=1)
            if below and self.lines[below[0]].box.y - _bottom(self.lines[at].box) <= self.lines[at].box.h:
                yield [at, below[0]]

    def beside(self, at: int) -> int | None:
        """The line to the right, within a label's reach."""
        right = self._right.get(at)
        if right is None:
            return None
        one, other = self.lines[at].box, self.lines[right].box
        return right if other.x - one.x - one.w <= BESIDE * one.h else None

    def column_below(self, at: int, most: int = _LONGEST_COLUMN) -> list[int]:
        """The lines below that begin at the same place, as long as they follow closely."""
        found: list[int] = []
        below = self._below(at)
        while below is not None and len(found) < most:
            found.append(below)
            below = self._below(below)
        return found

    def _below(self, at: int) -> int | None:
        if at not in self._next_below:
            self._next_below[at] = self._find_below(at)
        return self._next_below[at]

    def _find_below(self, at: int) -> int | None:
        """The first line below that begins at the same place, if it is near enough."""
        box = self.lines[at].box
        found: list[tuple[int, int]] = []
        for bucket in range(box.x // _COLUMN - 1, box.x // _COLUMN + 2):
            column = self._columns.get(bucket, [])
            for place in range(bisect_left(column, (_bottom(box) - 2, -1)), len(column)):
                y, other = column[place]
                if y - _bottom(box) > BELOW * box.h:
                    break
                if other != at and abs(self.lines[other].box.x - box.x) <= _COLUMN:
                    found.append((y, other))
                    break
        y, other = min(found, default=(0, at))
        return other if found and y - _bottom(box) <= BELOW * min(box.h, self.lines[other].box.h) else None


def _rows(lines: Sequence[ReadLine]) -> list[list[int]]:
    rows: list[list[int]] = []
    for at in sorted(range(len(lines)), key=lambda at: lines[at].box.y * 2 + lines[at].box.h):
        box = lines[at].box
        last = lines[rows[-1][0]].box if rows else None
        if last is not None and abs(box.y * 2 + box.h - last.y * 2 - last.h) <= min(box.h, last.h):
            rows[-1].append(at)
        else:
            rows.append([at])
    return [sorted(row, key=lambda at: lines[at].box.x) for row in rows]


def _bottom(box: Box) -> int:
    return box.y + box.h
