# SPDX-License-Identifier: Apache-2.0
"""Whether a cut-out shows nothing but print: strokes that stand out, on a ground that is even along each row.

A reader passes over what it can't read: text one shade off its ground, a photograph beside a word. Such a cut-out
must not be shown for the words that were read in it. Knows no text.
"""

import numpy as np
from numpy.typing import NDArray

from handiwork.rules.redaction.lines import CONTRAST, Colours, brightness

EVEN = 0.25
"""At least so many pixels of print are exactly like the one before them; of photographs, hardly any."""

FRINGE = 3
"""Pixels beside a stroke that may be of any colour: smoothed edges, and the colours of a liquid crystal's parts."""


def is_print(ink: Colours) -> bool:
    """Whether all that is in it can be told from the ground by a reader. (height, width) of BGRX words, X zeroed."""
    if ink.shape[1] < 2 or not ink.shape[0]:
        return False
    same = ink[:, 1:] == ink[:, :-1]
    if float(same.mean()) < EVEN:
        return False
    step = _step(ink)
    faint = ~same & (step <= CONTRAST)
    return not (faint & ~_beside(step > CONTRAST)).any()


def _step(ink: Colours) -> NDArray[np.uint8]:
    """By how much the brightness changes from pixel to pixel."""
    bright = brightness(ink)
    step: NDArray[np.uint8] = np.maximum(bright[:, 1:], bright[:, :-1]) - np.minimum(bright[:, 1:], bright[:, :-1])
    return step


def _beside(strokes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The strokes and FRINGE pixels all around them."""
    padded = np.pad(strokes, FRINGE)
    grown = strokes.copy()
    height, width = strokes.shape
    for shift in range(2 * FRINGE + 1):
        grown |= padded[FRINGE : FRINGE + height, shift : shift + width]
    padded = np.pad(grown, FRINGE)
    for shift in range(2 * FRINGE + 1):
        grown |= padded[shift : shift + height, FRINGE : FRINGE + width]
    return grown
