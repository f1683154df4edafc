# SPDX-License-Identifier: Apache-2.0
"""The detector's way in and out: a picture as its input, its map of where text is as boxes (DBNet)."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from handiwork.model.geometry import Box
from handiwork.rules.redaction.islands import islands

SCALE = 0.75
"""Of the picture's size: smaller loses small print, larger costs more and finds no more on screens."""

MOST = 1_500
"""Boxes in one picture."""

_STEP = 32
_LIKELY, _CERTAIN = 0.3, 0.5
_UNCLIP = 1.5
"""The detector marks the core of a line; the line reaches further by so much of area / circumference."""

_MEAN, _SPREAD = np.array((0.406, 0.456, 0.485), np.float32), np.array((0.225, 0.224, 0.229), np.float32)


def as_input(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(1, 3, height, width), blue first, scaled to whole steps."""
    height, width = (max(_STEP, round(side * SCALE / _STEP) * _STEP) for side in picture.shape[:2])
    scaled = Image.fromarray(picture).resize((width, height), Image.Resampling.BILINEAR)
    given = (np.asarray(scaled, dtype=np.float32)[:, :, ::-1] / 255 - _MEAN) / _SPREAD
    return np.ascontiguousarray(given.transpose(2, 0, 1)[None], dtype=np.float32)


def boxes_in(likely: NDArray[np.float32], width: int, height: int) -> list[Box]:
    """Boxes in the pixels of the picture, from top to bottom."""
    across, down = width / likely.shape[1], height / likely.shape[0]
    found = []
    for x, y, right, bottom in islands(likely > _LIKELY)[:MOST].tolist():
        inside = likely[y:bottom, x:right]
        if float(inside[inside > _LIKELY].mean()) < _CERTAIN:
            continue
        more = (right - x) * (bottom - y) * _UNCLIP / (2 * (right - x + bottom - y))
        left, top = int((x - more) * across), int((y - more) * down)
        box = Box(left, top, int((right + more) * across) + 1 - left, int((bottom + more) * down) + 1 - top)
        found.append(box.intersection(Box(0, 0, width, height)))
    return sorted(found, key=lambda box: (box.y, box.x))
