# SPDX-License-Identifier: Apache-2.0
"""Masks pictures, closed by default: what was not read and cleared is not shown.

Pixels stay in two cases only. In a cleared box they stay as they are. Elsewhere a cell of 8 x 8 stays if it is of one
single colour, exactly, and lies in a plain area of that colour large enough to be no stroke of a letter: backgrounds.
Everything else is FILL, whatever was there: no blur, no average, nothing that depends on the content. The comparison is
exact since screens have no noise; text one shade off its background is text. Knows no roles and no text.

After the first picture of a window only what changed is looked at (`Masker`). recorder/pictures/tiles.py cuts what
this gives into tiles; the same comparison of rows stands there for its own purpose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.rules.redaction.large_shapes import without_large_shapes
from handiwork.rules.redaction.lines import Colours, changed_areas, colours_of
from handiwork.rules.redaction.withheld import Withheld

FILL = (128, 128, 128)
"""The one colour that stands for "not shown"."""

_FILL_WORD = np.array((FILL[0] << 16) + (FILL[1] << 8) + FILL[2], dtype="<u4")

CELL = 8
"""Pixels on a side. A uint64 holds a row of eight flags: the code below relies on it."""

PLAIN = 8
"""A plain area is at least so many cells on a side; strokes thinner than about 64 pixels never are."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class MaskedFrame:
    """RGB uint8 (height, width, 3); `masked_share` of its pixels are FILL instead of what was there."""

    pixels: NDArray[np.uint8]
    masked_share: float
    before: NDArray[np.uint8] | None = None
    """The picture that it was painted after, if it differs from that in `areas` alone."""
    areas: Sequence[Box] = ()

    def may_differ(self, last: NDArray[np.uint8] | None, box: Box) -> bool:
        """Whether it may differ from that picture in that box of its own pixels."""
        if last is None or last is not self.before:
            return True
        return any(area.intersection(box).area for area in self.areas)


def mask(raw: RawFrame, visible: Sequence[Box], clear: Sequence[Box], fill: Sequence[Box]) -> MaskedFrame:
    """The picture with FILL outside `visible`, in `fill` boxes, and wherever neither cleared nor plain."""
    return Masker().mask(raw, visible, clear, fill)


class Masker(Withheld):
    """Masks the pictures of one window one after the other, and does anew only what changed. Not safe for two threads.

    What it gives is the same as if it had never seen a picture before.
    """

    def __init__(self) -> None:
        self._colours: Colours | None = None
        self.forget()

    def mask(self, raw: RawFrame, visible: Sequence[Box], clear: Sequence[Box], fill: Sequence[Box]) -> MaskedFrame:
        """The picture with FILL outside `visible`, in `fill` boxes, and wherever neither cleared nor plain."""
        region, colours = raw.region, colours_of(raw)
        if colours is None:
            self.forget()
            return MaskedFrame(np.full((max(region.h, 0), max(region.w, 0), 3), FILL, dtype=np.uint8), 1.0)
        areas = self._take_in(region, colours)
        bands = self._keep(areas, visible, clear, fill)
        before = None if areas is None else self._shown
        painted = self._show(colours, areas, bands)
        share = float(np.count_nonzero(self._kept[: region.h, : region.w])) / region.area
        return MaskedFrame(self._shown, 1.0 - share, before, painted)

    def forget(self) -> None:
        """Drops the last picture."""
        self._region, self._colours = Box(0, 0, 0, 0), None
        self._edges: Mask = np.zeros((0, 0), dtype=bool)
        self._kept: Mask = np.zeros((0, 0), dtype=bool)
        self._visible: tuple[Box, ...] | None = None
        self._boxes: set[Box] = set()
        self._cleared: Mask = np.zeros((0, 0), dtype=bool)
        self._filled: frozenset[Box] = frozenset()
        self._covered = self._cells = self._plain = np.zeros((0, 0), dtype=bool)
        self._shown: NDArray[np.uint8] = np.zeros((0, 0, 3), dtype=np.uint8)

    def _take_in(self, region: Box, colours: Colours) -> Sequence[Box] | None:
        """Where the picture changed (None: all of it), after the edges there were drawn anew."""
        height, width = colours.shape
        areas: Sequence[Box] | None = None
        if self._colours is None or region != self._region:
            self._edges = np.zeros((-(-height // CELL) * CELL, -(-width // CELL) * CELL), dtype=bool)
            self._edges[:, width:] = self._edges[height:] = True  # cells cut by the border are never plain
            self._cleared = np.zeros((0, 0), dtype=bool)
            _draw_edges(self._edges, colours, Box(0, 0, width, height))
        else:
            areas = changed_areas(self._colours, colours)
            for area in areas:
                _draw_edges(self._edges, colours, area)
        self._region, self._colours = region, colours
        return areas

    def _keep(
        self, areas: Sequence[Box] | None, visible: Sequence[Box], clear: Sequence[Box], fill: Sequence[Box]
    ) -> list[Box]:
        """Draws anew which pixels are kept, in whole cells (so maybe beyond the picture); gives where it changed."""
        boxes = self._take_cleared(visible, clear)
        if areas is None:
            rows = np.ones(self._edges.shape[0] // CELL, dtype=bool)
            self._kept = np.zeros_like(self._edges)
            self._cells = np.zeros((rows.size, self._edges.shape[1] // CELL), dtype=bool)
            self._plain, self._visible = self._cells.copy(), None
        else:
            rows = np.zeros(self._edges.shape[0] // CELL, dtype=bool)
            # What changed has its edge one pixel beyond, to the right and below.
            _mark(rows, [Box(area.x, area.y, area.w + 1, area.h + 1) for area in areas])
            _mark(rows, [_within(box, self._region) for box in {*boxes, *self._filled.symmetric_difference(fill)}])
        self._filled = frozenset(fill)
        rows |= self._draw_plain(tuple(visible), cells_changed=self._draw_cells(rows))
        return self._draw_kept(rows, fill)

    def _take_cleared(self, visible: Sequence[Box], clear: Sequence[Box]) -> set[Box]:
        """Which pixels are cleared: those of the last picture, less the boxes that went, and the boxes that came.

        Gives the boxes that went or came.
        """
        shown = {part for box in clear for one in visible if (part := box.intersection(one)).area}
        if self._cleared.shape != self._edges.shape:
            self._cleared, self._boxes = np.zeros_like(self._edges), set()
        gone = self._boxes - shown
        for box in gone:
            _set(self._cleared, self._region, box, False)
        for box in shown:
            if box not in self._boxes or any(box.intersection(other).area for other in gone):
                _set(self._cleared, self._region, box, True)
        changed, self._boxes = self._boxes ^ shown, shown
        return changed

    def _draw_cells(self, rows: Mask) -> bool:
        """Finds the cells with edges in those rows, but for edges that are shown anyway; gives whether any changed."""
        span, here = _span(rows)
        if not here.stop:
            return False
        found = _any_in_cells(self._edges[here] & ~self._cleared[here])
        changed = bool((found != self._cells[span]).any())
        self._cells[span] = found
        return changed

    def _draw_plain(self, visible: tuple[Box, ...], *, cells_changed: bool) -> Mask:
        """Cells without an edge in or around them, in a plain area of the visible parts; gives rows that changed."""
        if visible != self._visible:
            self._visible, self._covered = visible, _covered(self._region, visible)
        elif not cells_changed:
            return np.zeros(self._plain.shape[0], dtype=bool)
        plain = without_large_shapes(_opened(~_with_neighbours(self._cells) & self._covered), self._cells)
        changed: Mask = (plain != self._plain).any(axis=1)
        self._plain = plain
        return changed

    def _draw_kept(self, rows: Mask, fill: Sequence[Box]) -> list[Box]:
        span, here = _span(rows)
        if not here.stop:
            return []
        kept = _as_pixels(self._plain[span])
        kept |= self._cleared[here]
        whole = Box(self._region.x, self._region.y + here.start, kept.shape[1], kept.shape[0])
        for box in fill:
            _set(kept, whole, box.intersection(self._region), False)
        bands = _bands(kept, self._kept[here], here.start, self._region)
        self._kept[here] = kept
        return bands

    def _show(self, colours: Colours, areas: Sequence[Box] | None, bands: Sequence[Box]) -> Sequence[Box]:
        """Paints anew what changed, in a copy: whoever was given the last picture may still hold it. Gives where."""
        height, width = colours.shape
        if areas is None:
            self._shown = np.empty((height, width, 3), dtype=np.uint8)
            areas = [Box(0, 0, width, height)]
        else:
            # Where nothing is kept, FILL stays: what a person types in a masked field costs no copy of the picture.
            areas = [area for area in areas if self._kept[_slices(area)].any()]
            areas = [area for area in areas if not any(area.intersection(band) == area for band in bands)]
            areas += [band for band in bands if not any(band.intersection(area) == band for area in areas)]
            if areas:
                self._shown = self._shown.copy()
        for area in areas:
            here = _slices(area)
            masked = np.full((area.h, area.w), _FILL_WORD)
            np.copyto(masked, colours[here], where=self._kept[here])  # where() takes four times as long
            channels = masked.view(np.uint8).reshape(area.h, area.w, 4)
            for channel in range(3):
                self._shown[(*here, channel)] = channels[:, :, 2 - channel]
        return areas


def _slices(box: Box) -> tuple[slice, slice]:
    return slice(box.y, box.y + box.h), slice(box.x, box.x + box.w)


def _within(box: Box, region: Box) -> Box:
    """The part of a box that lies in the picture, in the picture's own pixels."""
    part = box.intersection(region)
    return Box(part.x - region.x, part.y - region.y, part.w, part.h)


def _mark(rows: Mask, boxes: Iterable[Box]) -> None:
    """Marks the rows of cells that boxes of the picture touch."""
    for box in boxes:
        if box.area:
            rows[box.y // CELL : -(-(box.y + box.h) // CELL)] = True


def _span(rows: Mask) -> tuple[slice, slice]:
    """From the first marked row of cells to the last, in cells and in pixels; up to 0 if none is marked."""
    marked = np.flatnonzero(rows)
    first, last = (int(marked[0]), int(marked[-1]) + 1) if marked.size else (0, 0)
    return slice(first, last), slice(first * CELL, last * CELL)


def _as_pixels(cells: Mask) -> Mask:
    """Each cell as its 8 x 8 pixels: a row of eight flags is one uint64."""
    rows = cells.astype(np.uint64) * np.uint64(0x0101010101010101)
    return np.repeat(rows, CELL, axis=0).view(np.bool_)


def _bands(kept: Mask, before: Mask, top: int, region: Box) -> list[Box]:
    """Boxes that hold every pixel of the picture that differs, one for each band of rows. `top` is the first row."""
    rows = np.flatnonzero((kept.view(np.uint64) != before.view(np.uint64)).any(axis=1))
    bands = []
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > CELL) + 1) if rows.size else ():
        first, end = int(band[0]), int(band[-1]) + 1
        columns = np.flatnonzero((kept[first:end] != before[first:end]).any(axis=0))
        box = Box(int(columns[0]), top + first, int(columns[-1] - columns[0]) + 1, end - first)
        bands.append(box.intersection(Box(0, 0, region.w, region.h)))
    return [band for band in bands if band.area]


def _draw_edges(edges: Mask, colours: Colours, area: Box) -> None:
    """Marks pixels that differ, by however little, from the one to the left or above. X bytes are no colour."""
    x, y = max(area.x - 1, 0), max(area.y - 1, 0)
    end, foot = min(area.x + area.w + 1, colours.shape[1]), min(area.y + area.h + 1, colours.shape[0])
    part = colours[y:foot, x:end] & np.uint32(0x00FFFFFF)
    found = np.zeros(part.shape, dtype=bool)
    np.not_equal(part[:, 1:], part[:, :-1], out=found[:, 1:])
    found[1:] |= part[1:] != part[:-1]
    # The first row and column of the part have no neighbours in it: only what lies within is drawn.
    left, top = area.x - x, area.y - y
    edges[area.y : foot, area.x : end] = found[top:, left:]


def _any_in_cells(flags: Mask) -> Mask:
    """Which cells hold a flag: eight flags are one uint64."""
    packed = np.ascontiguousarray(flags).view(np.uint64)
    rows = packed[0::CELL].copy()
    for row in range(1, CELL):
        rows |= packed[row::CELL]
    found: Mask = rows != 0
    return found


def _covered(region: Box, visible: Sequence[Box]) -> Mask:
    """Cells that lie in the visible parts with every pixel."""
    outside = np.ones((-(-region.h // CELL) * CELL, -(-region.w // CELL) * CELL), dtype=bool)
    for part in visible:
        _set(outside, region, part, False)
    return ~_any_in_cells(outside)


def _opened(cells: Mask) -> Mask:
    """Only the cells that some PLAIN x PLAIN square of such cells covers."""
    if min(cells.shape) < PLAIN:
        return np.zeros_like(cells)
    for axis in (0, 1):
        cells = _squares(cells, axis)
    for axis in (0, 1):
        wide = [(PLAIN - 1, PLAIN - 1) if side == axis else (0, 0) for side in (0, 1)]
        cells = ~_squares(np.pad(~cells, wide, constant_values=True), axis)
    return cells


def _squares(cells: Mask, axis: int) -> Mask:
    """For each place, whether the PLAIN cells from it along the axis are all set."""
    along = cells if axis == 0 else cells.T
    length = along.shape[0] - PLAIN + 1
    runs = along[:length].copy()
    for shift in range(1, PLAIN):
        runs &= along[shift : shift + length]
    return runs if axis == 0 else runs.T


def _with_neighbours(cells: Mask) -> Mask:
    """The cells and the eight around each."""
    wide = cells.copy()
    wide[1:] |= cells[:-1]
    wide[:-1] |= cells[1:]
    tall = wide.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def _set(shown: Mask, region: Box, box: Box, value: bool) -> None:
    part = box.intersection(region)
    if part.area:
        shown[part.y - region.y : part.y - region.y + part.h, part.x - region.x : part.x - region.x + part.w] = value
