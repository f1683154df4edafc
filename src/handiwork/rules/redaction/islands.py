# SPDX-License-Identifier: Apache-2.0
"""Boxes around connected pixels of a black and white picture (eight neighbours). Knows nothing of what they show."""

import numpy as np
from numpy.typing import NDArray

from handiwork.rules.redaction.bits import Flags

Numbers = NDArray[np.int64]


def islands(flags: Flags) -> Numbers:
    """One row of (left, top, right, bottom) for each connected set of pixels; right and bottom are excluded."""
    return islands_and_runs(flags)[0]


def islands_and_runs(flags: Flags) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    """The boxes, and of each unbroken run within a row: whose it is, its row, its first pixel and the one after it."""
    rows, starts, ends = _runs(flags)
    if not rows.size:
        return np.zeros((0, 4), dtype=np.int64), rows, rows, starts, ends
    owner = _joined(rows.size, *_touching(rows, starts, ends, flags.shape[1] + 2))
    _, owner = np.unique(owner, return_inverse=True)
    boxes = np.empty((int(owner.max()) + 1, 4), dtype=np.int64)
    boxes[:, :2], boxes[:, 2:] = np.iinfo(np.int64).max, -1
    np.minimum.at(boxes[:, 0], owner, starts)
    np.minimum.at(boxes[:, 1], owner, rows)
    np.maximum.at(boxes[:, 2], owner, ends)
    np.maximum.at(boxes[:, 3], owner, rows + 1)
    return boxes, owner, rows, starts, ends


def _runs(flags: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """Every unbroken run within a row: its row, its first pixel, and the one after its last; in reading order."""
    height, width = flags.shape
    framed = np.zeros((height, width + 2), dtype=np.bool_)
    framed[:, 1:-1] = flags
    flat = framed.reshape(-1)
    turns = np.flatnonzero(flat[1:] != flat[:-1])
    first, last = turns[0::2], turns[1::2]
    rows = first // (width + 2)
    return rows, first - rows * (width + 2), last - rows * (width + 2)


def _touching(rows: Numbers, starts: Numbers, ends: Numbers, stride: int) -> tuple[Numbers, Numbers]:
    """Pairs of runs in neighbouring rows that share a side or a corner."""
    begin, end = rows * stride + starts, rows * stride + ends
    lowest = np.searchsorted(end, begin + stride, side="left")
    highest = np.searchsorted(begin, end + stride, side="right")
    counts = np.maximum(highest - lowest, 0)
    upper = np.repeat(np.arange(rows.size), counts)
    offset = np.arange(upper.size) - np.repeat(np.cumsum(counts) - counts, counts)
    lower = np.repeat(lowest, counts) + offset
    same = rows[lower] == rows[upper] + 1
    return upper[same], lower[same]


def _joined(count: int, one: Numbers, other: Numbers) -> Numbers:
    """For each of `count` things the smallest number in its set, where each pair is of one set."""
    root = np.arange(count)
    while one.size:
        a, b = root[one], root[other]
        apart = a != b
        if not apart.any():
            break
        one, other, a, b = one[apart], other[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while True:
            further = root[root]
            if (further == root).all():
                break
            root = further
    return root
