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

ROUND = 1
"""Pixels beyond the straight part of a border that a text may begin within."""

TALLER = 2
"""Pixels by which the side of a field is taller than the letters beside it, above or below."""

ALONE = 4
"""Columns without ink on one side of a stroke that is no letter; on the other side, one is enough."""

_SIDE = 4
Place = tuple[int, int, int, int]


def sides(edges: Flags, same: Flags) -> tuple[Flags, Flags]:
    """The upper and lower rows of a piece where an edge goes on in one colour: `same` says where that is so.

    The tops of letters have edges without a gap as well, but never of one colour.
    """
    flat = edges & same
    return flat[:_SIDE], flat[-_SIDE:]


def may_have_border(upper: Flags, lower: Flags, height: int) -> bool:
    """Whether a long stroke runs along the top or the bottom: cheap, and true for underlined text as well."""
    return height >= LEAST_HEIGHT and max(_longest_run(upper), _longest_run(lower)) >= LONG


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


def _strokes(rows: Flags) -> list[tuple[int, int]]:
    """The longest unbroken strokes of any one row, apart from one another, from left to right."""
    chosen: list[tuple[int, int]] = []
    for start, end in sorted((run for row in rows for run in _runs(row)), key=lambda run: run[0] - run[1]):
        if all(end <= a or start >= b for a, b in chosen):
            chosen.append((start, end))
    return sorted(chosen)


def parts(upper: Flags, lower: Flags, height: int) -> list[Place]:
    """What lies between an upper and a lower border, each for itself, and what lies beside those; [] if there is none.

    So the text of a button comes apart from its border even where it touches it, and a label from its field.
    """
    width = upper.shape[1]
    below = _strokes(lower)
    inside = []
    for start, end in _strokes(upper):
        under = [
            (max(start, a), min(end, b)) for a, b in below if min(end, b) - max(start, a) >= SHARED * (end - start)
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
    return [(start, STROKE, end, height - STROKE) for start, end in inside] + beside


def beside_bars(edges: Flags) -> list[Place]:
    """What lies on either side of an upright stroke that stands alone: the side of a field next to its label."""
    height, width = edges.shape
    ink = edges.sum(axis=0)
    full, empty = np.flatnonzero(ink == height), ink == 0
    rest = ink != height
    if edges[:TALLER, rest].any() and edges[-TALLER:, rest].any():
        return []  # letters are as tall as the whole: so may be what looks like a stroke
    bars = np.split(full, np.flatnonzero(np.diff(full) > 1) + 1) if height >= LEAST_HEIGHT and full.size else []
    found, at = [], 0
    for bar in bars:
        first, last = int(bar[0]), int(bar[-1]) + 1
        before, after = empty[max(0, first - ALONE) : first], empty[last : last + ALONE]
        is_alone = last - first <= STROKE and before[-1:].all() and after[:1].all() and (before.all() or after.all())
        if not is_alone:
            return []
        found.append((at, 0, first, height))
        at = last
    found.append((at, 0, width, height))
    return [place for place in found if place[2] > place[0]] if len(found) > 1 else []


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
