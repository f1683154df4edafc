# SPDX-License-Identifier: Apache-2.0
"""Takes the borders of buttons and fields off the text in them, so that each is a line of its own. Knows no text."""

import numpy as np

from handiwork.rules.redaction.bits import Flags
from handiwork.rules.redaction.islands import islands_and_runs

LEAST_WIDTH, LEAST_HEIGHT = 22, 14
"""Pixels. What is smaller is a letter or a box to tick."""

STROKE = 4
"""Pixels on each side that a border may take, its edges included."""

HOLLOW = 0.02
"""Of what lies within, a border itself covers no more than this."""

LONG = 0.85
"""A row with a stroke over so much of the width may be a border."""


def may_have_border(edges: Flags) -> bool:
    """Whether some row has one long stroke: cheap, and true for underlined text as well."""
    height, width = edges.shape
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return False
    rows = edges.sum(axis=1)
    return bool(max(rows[: STROKE + 1].max(), rows[-STROKE - 1 :].max()) >= LONG * width)


def without_borders(edges: Flags) -> Flags:
    """The edges without those of hollow islands: what is left is what stood in them and beside them."""
    boxes, owner, rows, starts, ends = islands_and_runs(edges)
    if not len(boxes):
        return edges
    left, top, right, bottom = (boxes[owner, side] for side in range(4))
    inner = np.clip(np.minimum(ends, right - STROKE) - np.maximum(starts, left + STROKE), 0, None)
    inner[(rows < top + STROKE) | (rows >= bottom - STROKE)] = 0
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    room = np.clip(width - 2 * STROKE, 1, None) * np.clip(height - 2 * STROKE, 1, None)
    covered = np.bincount(owner, weights=inner, minlength=len(boxes)) / room
    border = (covered <= HOLLOW) & (width >= LEAST_WIDTH) & (height >= LEAST_HEIGHT) & (width * 5 >= height * 7)
    left_over = edges.copy()
    for at in np.flatnonzero(border[owner]).tolist():
        left_over[rows[at], starts[at] : ends[at]] = False
    return left_over
