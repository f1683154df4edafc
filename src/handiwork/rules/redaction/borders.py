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

LONG = 20
"""Pixels: an unbroken stroke along the upper or lower side is a border. Letters have none so long there."""

SHARED = 0.6
"""Of an upper border, at least so much has a lower one below it."""

ROUND = 3
"""Pixels beyond the straight part of a border that a text may begin within."""

_SIDE = 2
Place = tuple[int, int, int, int]


def may_have_border(edges: Flags) -> bool:
    """Whether a long stroke runs along the top or the bottom: cheap, and true for underlined text as well."""
    height, width = edges.shape
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return False
    return _longest_run(np.concatenate([edges[:_SIDE], edges[-_SIDE:]])) >= LONG


def _longest_run(rows: Flags) -> int:
    return max((end - start for row in rows for start, end in _runs(row)), default=0)


def _runs(row: Flags) -> list[tuple[int, int]]:
    """Unbroken strokes of a row of at least LONG pixels."""
    framed = np.zeros(row.size + 2, dtype=np.int8)
    framed[1:-1] = row
    turns = np.flatnonzero(np.diff(framed))
    return [
        (start, end)
        for start, end in zip(turns[0::2].tolist(), turns[1::2].tolist(), strict=True)
        if end - start >= LONG
    ]


def parts(edges: Flags) -> list[Place]:
    """What lies between an upper and a lower border, each for itself, and what lies beside those; [] if there is none.

    So the text of a button comes apart from its border even where it touches it, and a label from its field.
    """
    height, width = edges.shape
    lower = _runs(np.asarray(edges[-_SIDE:].any(axis=0)))
    inside = []
    for start, end in _runs(np.asarray(edges[:_SIDE].any(axis=0))):
        under = [
            (max(start, a), min(end, b)) for a, b in lower if min(end, b) - max(start, a) >= SHARED * (end - start)
        ]
        if under and end - start >= 0.9 * height:
            inside.append((max(0, under[0][0] - ROUND), min(width, under[0][1] + ROUND)))
    if not inside:
        return []
    beside, at = [], 0
    for start, end in [*inside, (width, width)]:
        if start - at > ROUND:
            beside.append((at, 0, start, height))
        at = max(at, end)
    return [(start, STROKE - 1, end, height - STROKE + 1) for start, end in inside] + beside


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
