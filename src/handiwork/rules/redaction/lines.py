# SPDX-License-Identifier: Apache-2.0
"""Finds lines of text in a picture, by their edges; after a small change it looks only where the picture changed.

A line is a box drawn tightly around ink, so that a line that was scrolled is pixel for pixel the same line, with the
same key. What is no line of text (frames, pictures, letters taller than TALLEST) may be missed or cut in two: nothing
rests on this for safety, since what is not found is not read, and what is not read is not shown.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.rules.redaction.bits import Bits, closed_across, left, long_runs, packed, right, unpacked
from handiwork.rules.redaction.borders import beside_bars, may_have_border, parts, sides, without_borders
from handiwork.rules.redaction.islands import Numbers, islands

CONTRAST = 16
"""Steps of brightness, of 255, from one pixel to the next that make an edge of a letter."""

GAP = 8
"""Pixels between two letters or words of one line; wider gaps begin another."""

SHORTEST, TALLEST = 6, 72
"""Pixels of height. Outside of this, nothing is taken for text."""

WIDEST = 2_400
"""Pixels. What is wider is no line that anyone would read."""

ACROSS, DOWN = 160, 41
"""Straight edges so long are rules and frames, not letters."""

MOST = 1_500
"""Lines in one picture. The rest is not read."""

TWO_LINES = 17
"""Pixels of height from which two lines may have grown together."""

VALLEY = 0.3
"""Between two lines there is at most so much of the ink that a row of either has."""

MOST_PIECES = 6_000
"""Pieces of connected edges, each as tall as a line may be. A picture of more is none of text, and isn't read."""

AROUND = 2
"""Rows above and below connected edges in which the straight part of a border with round corners may lie."""

MOST_BORDERED = 120
"""Pixels of height of a button or field that is looked into."""

MOST_LOOKS = 4_000
"""Pieces of the picture whose lines are remembered by their edges, for when they come again elsewhere."""

Place = tuple[int, int, int, int]
"""Left, top, right, bottom within the picture; right and bottom excluded."""

Colours = NDArray[np.uint32]
"""BGRX words with X zeroed."""


@dataclass(frozen=True)
class Line:
    """Where a line of text may stand, in root pixels. Lines of the same pixels have the same `key`."""

    box: Box
    key: bytes


def colours_of(raw: RawFrame) -> Colours | None:
    """The picture as one word a pixel, None if it is not of the size that it claims."""
    picture = np.frombuffer(raw.pixels, dtype=np.uint8)
    if not raw.region.area or picture.size != raw.region.area * 4:
        return None
    return picture.view("<u4").reshape(raw.region.h, raw.region.w)


def cut_out(raw: RawFrame, box: Box) -> Colours | None:
    """The part of a picture within a box."""
    whole, part = colours_of(raw), box.intersection(raw.region)
    if whole is None or not part.area:
        return None
    x, y = part.x - raw.region.x, part.y - raw.region.y
    return whole[y : y + part.h, x : x + part.w] & np.uint32(0x00FFFFFF)


class LineFinder:
    """Remembers the last picture of one window, to look only at what changed in it."""

    def __init__(self) -> None:
        self._region = Box(0, 0, 0, 0)
        self._whole: Colours | None = None
        self._edges: Bits = np.zeros((0, 0), dtype=np.uint64)
        self._boxes: Numbers = np.zeros((0, 4), dtype=np.int64)
        self._inside: dict[Place, tuple[Place, ...]] = {}
        self._looks: dict[bytes, tuple[Place, ...]] = {}
        self._keys: dict[Place, bytes] = {}

    def lines(self, raw: RawFrame) -> tuple[Line, ...]:
        """The lines of a picture, from top to bottom."""
        whole = colours_of(raw)
        if whole is None:
            self.forget()
            return ()
        if self._whole is None or raw.region != self._region:
            self._edges = packed(edges(whole))
            self._boxes = _found(self._edges, raw.region.w, Box(0, 0, raw.region.w, raw.region.h))
            self._keys, self._inside = {}, {}
        else:
            for area in changed_areas(self._whole, whole):
                reach = self._look_again(whole, area)
                self._keys = {place: key for place, key in self._keys.items() if not _meets(place, area)}
                self._inside = {part: lines for part, lines in self._inside.items() if not _meets(part, reach)}
        self._whole, self._region = whole, raw.region
        return self._as_lines(whole)

    def forget(self) -> None:
        """Drops the picture."""
        self._region, self._whole = Box(0, 0, 0, 0), None
        self._keys, self._inside, self._looks = {}, {}, {}
        self._edges, self._boxes = np.zeros((0, 0), dtype=np.uint64), np.zeros((0, 4), dtype=np.int64)

    def _as_lines(self, whole: Colours) -> tuple[Line, ...]:
        height = self._boxes[:, 3] - self._boxes[:, 1]
        likely = self._boxes[(height >= SHORTEST) & (height <= MOST_BORDERED)]
        parts: list[Place] = list(map(tuple, likely.tolist())) if len(likely) <= MOST_PIECES else []
        self._inside = {part: self._inside.get(part) or self._lines_in(whole, part) for part in parts}
        places = sorted({place for inside in self._inside.values() for place in inside}, key=lambda at: (at[1], at[0]))
        self._keys = {place: self._keys.get(place) or _key(whole, place) for place in places[:MOST]}
        left, top = self._region.x, self._region.y
        return tuple(
            Line(Box(left + x, top + y, end - x, foot - y), key) for (x, y, end, foot), key in self._keys.items()
        )

    def _lines_in(self, whole: Colours, part: Place) -> tuple[Place, ...]:
        """The lines in connected edges: their own box, or what stands within the borders in it."""
        x, y, end, foot = part
        if foot - y > MOST_BORDERED:
            return ()
        above = min(y, AROUND)
        piece = whole[y - above : foot + AROUND, x:end]
        first = x // 64 * 64
        drawn = np.ascontiguousarray(self._edges[y - above : foot + AROUND, first // 64 : -(-end // 64)])
        edges_here = unpacked(drawn, end - first)[:, x - first :]
        upper, lower = sides(edges_here, _same(piece))
        look = drawn.tobytes() + np.packbits([upper, lower]).tobytes() + bytes((x - first, above, foot - y))
        look += end.to_bytes(4, "big")
        if look not in self._looks:
            if len(self._looks) >= MOST_LOOKS:
                self._looks.clear()
            self._looks[look] = _lines_among(edges_here, upper, lower, above, foot - y)
        y -= above
        return tuple((x + left, y + top, x + right, y + bottom) for left, top, right, bottom in self._looks[look])

    def _look_again(self, whole: Colours, area: Box) -> Box:
        """Takes in what changed within an area: new edges there, and new boxes wherever those may reach: that area."""
        height, width = whole.shape
        self._draw_edges(whole, area)
        reach = _widened(area, ACROSS + GAP + 2, DOWN + 2, width, height)
        reach, touched = self._with_all_touched(reach)
        around = _widened(reach, ACROSS + GAP + 2, DOWN + 2, width, height)
        first = around.x // 64 * 64
        words = slice(first // 64, -(-(around.x + around.w) // 64))
        part = self._edges[around.y : around.y + around.h, words]
        inner = Box(reach.x - first, reach.y - around.y, reach.w, reach.h)
        fresh = _found(part, min(width, words.stop * 64) - first, inner) + np.array([first, around.y, first, around.y])
        self._boxes = np.concatenate([self._boxes[~touched], fresh])
        return reach

    def _with_all_touched(self, reach: Box) -> tuple[Box, NDArray[np.bool_]]:
        """The area grown until it holds every box that it touches, and which boxes those are."""
        boxes = self._boxes
        while True:
            left, top, right, bottom = reach.x, reach.y, reach.x + reach.w, reach.y + reach.h
            touched = (
                (boxes[:, 0] < right + GAP + 1)
                & (boxes[:, 2] > left - GAP - 1)
                & (boxes[:, 1] < bottom + 1)
                & (boxes[:, 3] > top - 1)
            )
            if not touched.any():
                return reach, touched
            inside = boxes[touched]
            x, y = min(left, int(inside[:, 0].min())), min(top, int(inside[:, 1].min()))
            end, foot = max(right, int(inside[:, 2].max())), max(bottom, int(inside[:, 3].max()))
            grown = Box(x, y, end - x, foot - y)
            if grown == reach:
                return reach, touched
            reach = grown

    def _draw_edges(self, whole: Colours, area: Box) -> None:
        """Edges anew, in whole words of pixels."""
        height, width = whole.shape
        wide = _widened(area, 1, 1, width, height)
        x, end = wide.x // 64 * 64, min(width, -(-(wide.x + wide.w) // 64) * 64)
        context = _widened(Box(x, wide.y, end - x, wide.h), 1, 1, width, height)
        flags = edges(whole[context.y : context.y + context.h, context.x : context.x + context.w])
        inner = flags[wide.y - context.y : wide.y - context.y + wide.h, x - context.x : end - context.x]
        self._edges[wide.y : wide.y + wide.h, x // 64 : -(-end // 64)] = packed(inner)


def _same(piece: Colours) -> NDArray[np.bool_]:
    """Where a pixel is exactly like the one to its left."""
    same = np.zeros(piece.shape, dtype=np.bool_)
    np.equal(piece[:, 1:], piece[:, :-1], out=same[:, 1:])
    return same


def _lines_among(
    drawn: NDArray[np.bool_], upper: NDArray[np.bool_], lower: NDArray[np.bool_], above: int, height: int
) -> tuple[Place, ...]:
    """The lines in a piece of the picture whose edges hang together, with some rows around it."""
    width = drawn.shape[1]
    pieces: list[Place] = [(0, above, width, above + height)]
    if may_have_border(upper, lower, drawn.shape[0]):
        drawn = without_borders(drawn)
        across, down = long_runs(packed(drawn), ACROSS, DOWN)
        drawn = drawn & ~unpacked(across | down, width)
        found = parts(upper, lower, drawn.shape[0]) or pieces
        pieces = [line for x, y, end, foot in found for line in _moved(drawn[y:foot, x:end], x, y)]
    lines = [line for piece in pieces for line in _rows_apart(drawn, piece)]
    lines = [line for one in lines for line in _columns_apart(drawn, one)]
    return tuple(line for line in lines if _is_fit(line))


def _columns_apart(drawn: NDArray[np.bool_], piece: Place) -> list[Place]:
    x, y, end, foot = piece
    part = drawn[y:foot, x:end]
    beside = beside_bars(part)
    if not beside:
        return [piece]
    return [
        line for left_, top, right_, low in beside for line in _moved(part[top:low, left_:right_], x + left_, y + top)
    ]


def _rows_apart(drawn: NDArray[np.bool_], piece: Place) -> list[Place]:
    """A piece cut where letters of one line hang into the next: there, much less ink is than above and below."""
    x, y, end, foot = piece
    part = drawn[y:foot, x:end]
    cuts = valleys(part.sum(axis=1))
    if not cuts:
        return [piece]
    found = []
    for top, bottom in pairwise([0, *cuts, foot - y]):
        found += [
            (x + left_, y + top + up, x + right_, y + top + low)
            for left_, up, right_, low in _closed_islands(part[top:bottom])
        ]
    return found


def valleys(ink: NDArray[np.int64]) -> list[int]:
    """Rows with far less ink than some row above and some row below, one for each valley."""
    if ink.size < TWO_LINES:
        return []
    before, after = np.maximum.accumulate(ink), np.maximum.accumulate(ink[::-1])[::-1]
    low = np.flatnonzero(ink <= VALLEY * np.minimum(before, after))
    low = low[(low >= SHORTEST) & (low < ink.size - SHORTEST)]
    if not low.size:
        return []
    runs = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
    return [int(run[ink[run].argmin()]) for run in runs]


def _moved(part: NDArray[np.bool_], x: int, y: int) -> list[Place]:
    return [(x + left_, y + top, x + right_, y + foot) for left_, top, right_, foot in _closed_islands(part)]


def _closed_islands(flags: NDArray[np.bool_]) -> list[Place]:
    return list(map(tuple, islands(unpacked(closed_across(packed(flags), GAP), flags.shape[1])).tolist()))


def _is_fit(place: Place) -> bool:
    width, height = place[2] - place[0], place[3] - place[1]
    return SHORTEST <= height <= TALLEST and width * 3 >= height and width <= WIDEST


def _key(whole: Colours, place: Place) -> bytes:
    x, y, right, foot = place
    ink = np.ascontiguousarray(whole[y:foot, x:right] & np.uint32(0x00FFFFFF))
    return hashlib.blake2b(ink.tobytes(), digest_size=16, salt=ink.shape[1].to_bytes(4, "big")).digest()


def _meets(place: Place, area: Box) -> bool:
    x, y, right, foot = place
    return x < area.x + area.w and area.x < right and y < area.y + area.h and area.y < foot


def edges(whole: Colours) -> NDArray[np.bool_]:
    """Pixels on either side of a step in brightness."""
    bright = brightness(whole)
    found = np.zeros(bright.shape, dtype=np.bool_)
    beside = _differ(bright[:, 1:], bright[:, :-1])
    found[:, 1:] |= beside
    found[:, :-1] |= beside
    below = _differ(bright[1:], bright[:-1])
    found[1:] |= below
    found[:-1] |= below
    return found


def brightness(whole: Colours) -> NDArray[np.uint8]:
    """Nearly the luminance, in few passes."""
    channels = np.ascontiguousarray(whole).view(np.uint8).reshape(*whole.shape, 4)
    bright: NDArray[np.uint8] = channels[..., 0] >> np.uint8(2)
    bright += channels[..., 1] >> np.uint8(1)
    bright += channels[..., 2] >> np.uint8(2)
    return bright


def changed_areas(before: Colours, now: Colours) -> Sequence[Box]:
    """Boxes that hold every pixel that differs. Few: changes in neighbouring rows share one."""
    rows = _differing_rows(before, now)
    if not rows.size:
        return ()
    breaks = np.flatnonzero(np.diff(rows) > DOWN) + 1
    areas = []
    for band in np.split(rows, breaks):
        top, bottom = int(band[0]), int(band[-1]) + 1
        columns = np.flatnonzero((before[top:bottom] != now[top:bottom]).any(axis=0))
        for part in np.split(columns, np.flatnonzero(np.diff(columns) > 2 * ACROSS) + 1):
            areas.append(Box(int(part[0]), top, int(part[-1] - part[0]) + 1, bottom - top))
    return areas


def _differing_rows(before: Colours, now: Colours) -> NDArray[np.int64]:
    if before.shape[1] % 2 == 0 and before.flags.c_contiguous and now.flags.c_contiguous:
        return np.flatnonzero((before.view("<u8") != now.view("<u8")).any(axis=1))
    return np.flatnonzero((before != now).any(axis=1))


def _differ(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.bool_]:
    far: NDArray[np.bool_] = np.maximum(one, other) - np.minimum(one, other) > CONTRAST
    return far


def _found(drawn: Bits, width: int, within: Box) -> Numbers:
    """Boxes of connected edges within a part of the picture; what is around it only says where straight ones end."""
    across, down = long_runs(drawn, ACROSS, DOWN)
    rules = down | left(down, 1) | right(down, 1)  # text on either side of a rule is not one line
    closed = unpacked(closed_across(drawn & ~across & ~down, GAP) & ~rules, width)
    boxes = islands(closed[within.y : within.y + within.h, within.x : within.x + within.w])
    boxes += np.array([within.x, within.y, within.x, within.y])
    return boxes


def _widened(box: Box, across: int, down: int, width: int, height: int) -> Box:
    return Box(box.x - across, box.y - down, box.w + 2 * across, box.h + 2 * down).intersection(
        Box(0, 0, width, height)
    )
