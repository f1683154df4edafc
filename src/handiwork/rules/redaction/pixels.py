# SPDX-License-Identifier: Apache-2.0
"""Masks pictures, closed by default: what was not read and cleared is not shown.

Pixels stay in two cases only. In a cleared box they stay as they are. Elsewhere a cell of 8 x 8 stays if it is of one
single colour, exactly, and lies in a plain area of that colour large enough to be no stroke of a letter: backgrounds.
Everything else is FILL, whatever was there: no blur, no average, nothing that depends on the content. The comparison is
exact since screens have no noise; text one shade off its background is text. Knows no roles and no text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame

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


def mask(raw: RawFrame, visible: Sequence[Box], clear: Sequence[Box], fill: Sequence[Box]) -> MaskedFrame:
    """The picture with FILL outside `visible`, in `fill` boxes, and wherever neither cleared nor plain."""
    region = raw.region
    picture = np.frombuffer(raw.pixels, dtype=np.uint8)
    if picture.size != region.area * 4 or not region.area:
        return MaskedFrame(np.full((max(region.h, 0), max(region.w, 0), 3), FILL, dtype=np.uint8), 1.0)
    colours = picture.view("<u4").reshape(region.h, region.w) & np.uint32(0x00FFFFFF)
    plain = _opened(_plain(colours) & _covered(region, visible))
    kept = np.repeat(np.repeat(plain, CELL, axis=0), CELL, axis=1)[: region.h, : region.w]
    for box in clear:
        for part in visible:
            _set(kept, region, box.intersection(part), True)
    for box in fill:
        _set(kept, region, box, False)
    masked = np.where(kept, colours, _FILL_WORD).view(np.uint8).reshape(region.h, region.w, 4)
    return MaskedFrame(np.ascontiguousarray(masked[:, :, 2::-1]), 1.0 - float(kept.mean()))


def _plain(colours: NDArray[np.uint32]) -> Mask:
    """Cells of one single colour whose neighbours all around have no edge either. Cells cut by the border aren't."""
    height, width = colours.shape
    rows, columns = height // CELL, width // CELL
    edges = np.zeros((height, width), dtype=bool)
    np.not_equal(colours[:, 1:], colours[:, :-1], out=edges[:, 1:])
    edges[1:] |= colours[1:] != colours[:-1]
    cells = np.ones((-(-height // CELL), -(-width // CELL)), dtype=bool)
    cells[:rows, :columns] = _any_in_cells(edges[: rows * CELL, : columns * CELL])
    return ~_with_neighbours(cells)


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
    inside = np.zeros((-(-region.h // CELL) * CELL, -(-region.w // CELL) * CELL), dtype=bool)
    for part in visible:
        _set(inside, region, part, True)
    return ~_any_in_cells(~inside)


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
    length = cells.shape[axis] - PLAIN + 1
    runs = np.take(cells, range(length), axis=axis)
    for shift in range(1, PLAIN):
        runs &= np.take(cells, range(shift, shift + length), axis=axis)
    return runs


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
