# SPDX-License-Identifier: Apache-2.0
"""Letters so large that plain ground shows within them: found by their outline among the cells of a picture.

Plain ground is kept, so what isn't shown could be made out by where the ground ends, once a letter is several times as
large as a plain area must be. What a window is made of ends it in long straight lines and in rectangles; a letter
doesn't. The box of any other outline is closed, and what stands beside it in its line. Works on cells, not on pixels.
"""

import numpy as np
from numpy.typing import NDArray

from handiwork.rules.redaction.bits import long_runs, packed, unpacked
from handiwork.rules.redaction.islands import islands_and_runs

STRAIGHT = 24
"""Cells (192 pixels): an edge that runs straight for so long is a frame's, or the stem of a letter with more to it."""

TALL = 10
"""Cells: within less, no plain area fits."""

THIN = 2
"""Cells: what is no wider or no taller is a line, not a letter."""

AROUND = 2
"""Cells around an outline in which it may go on straight."""

ON_FRAME = 0.95
"""So much of a rectangle's outline lies along its own box."""

HOLLOW = 0.1
"""Of a letter's box, so much ground would show; a block of text shows less."""

MOST = 0.6
"""Of the picture: what is larger is no single letter but what the window is made of."""

Cells = NDArray[np.bool_]


def without_large_shapes(plain: Cells, drawn: Cells) -> Cells:
    """The plain cells without those within and beside outlines. `drawn` has edges that nobody cleared."""
    boxes = _outlines(drawn)
    if not len(boxes):
        return plain
    kept = plain.copy()
    for left, top, right, bottom in boxes:
        reach = bottom - top if plain[top:bottom, left:right].mean() >= HOLLOW else 0
        rows = slice(max(0, top - AROUND), bottom + AROUND)
        kept[rows, max(0, left - AROUND - reach) : right + AROUND + reach] = False
    return kept


def _outlines(drawn: Cells) -> list[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) of what is drawn large and not straight, or is no frame though straight."""
    across, down = long_runs(packed(drawn), STRAIGHT, STRAIGHT)
    rest = drawn & ~unpacked(across | down, drawn.shape[1])
    return [*_boxes(rest), *_boxes(drawn, MOST)]


def _boxes(drawn: Cells, most: float = 1.0) -> list[tuple[int, int, int, int]]:
    boxes, owner, rows, starts, ends = islands_and_runs(drawn)
    if not boxes.size:
        return []
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    large = np.flatnonzero((height >= TALL) & (width > THIN) & (width * height <= most * drawn.size))
    return [
        tuple(boxes[one].tolist())
        for one in large
        if not _is_frame(boxes[one], rows[owner == one], starts[owner == one], ends[owner == one])
    ]


def _is_frame(
    box: NDArray[np.int64], rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> bool:
    """Whether nearly all of an outline lies along its box, as a rectangle's does: on four sides, unless it is large.

    The thin strokes of an L lie along its box too.
    """
    left, top, right, bottom = box
    if min(right - left, bottom - top) < STRAIGHT:
        long = ends - starts >= (right - left) / 2
        upright = [rows[starts <= left + 1], rows[ends >= right - 1]]
        sides = [long[rows <= top + 1].any(), long[rows >= bottom - 2].any()]
        sides += [np.unique(one).size >= (bottom - top) / 2 for one in upright]
        if not all(sides):
            return False
    edge = (rows <= top + 1) | (rows >= bottom - 2)
    inner = np.clip(np.minimum(ends, right - 2) - np.maximum(starts, left + 2), 0, None)
    return float(inner[~edge].sum()) <= (1.0 - ON_FRAME) * float((ends - starts).sum())
