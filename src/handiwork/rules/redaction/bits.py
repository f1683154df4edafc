# SPDX-License-Identifier: Apache-2.0
"""Black and white pictures with 64 pixels in a word: what would take a pass over every pixel takes one over few words.

Pixel x of a row is bit x % 64 of word x // 64. Knows nothing of what the pixels mean.
"""

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_WORD = 64


def packed(flags: Flags) -> Bits:
    """Rows of flags as rows of words."""
    height, width = flags.shape
    filled = np.zeros((height, -(-width // _WORD) * 8), dtype=np.uint8)
    filled[:, : -(-width // 8)] = np.packbits(flags, axis=1, bitorder="little")
    return filled.view("<u8")


def unpacked(bits: Bits, width: int) -> Flags:
    """The first `width` pixels of each row as flags."""
    return np.unpackbits(bits.view(np.uint8), axis=1, count=width, bitorder="little").view(np.bool_)


def right(bits: Bits, by: int) -> Bits:
    """Every pixel moved to the right, 0 <= by < 64; what leaves the last word is lost."""
    if not by:
        return bits
    moved = bits << np.uint64(by)
    moved[:, 1:] |= bits[:, :-1] >> np.uint64(_WORD - by)
    return moved


def left(bits: Bits, by: int) -> Bits:
    """Every pixel moved to the left, 0 <= by < 64."""
    if not by:
        return bits
    moved = bits >> np.uint64(by)
    moved[:, :-1] |= bits[:, 1:] << np.uint64(_WORD - by)
    return moved


def long_runs(bits: Bits, across: int, down: int) -> tuple[Bits, Bits]:
    """The pixels of horizontal runs of `across` pixels and more, and those of vertical ones of `down` and more."""
    return _long_across(bits, across), _long_down(bits, down)


def closed_across(bits: Bits, gap: int) -> Bits:
    """With gaps of at most `gap` pixels within a row filled. Grows nothing to the left of a row's first pixel."""
    grown, reach = bits, 0
    while reach < gap:
        step = min(reach + 1, gap - reach)
        grown = grown | right(grown, step)
        reach += step
    shrunk, reach = grown, 0
    while reach < gap:
        step = min(reach + 1, gap - reach)
        shrunk = shrunk & left(shrunk, step)
        reach += step
    return shrunk | bits


def _long_across(bits: Bits, length: int) -> Bits:
    starts, reach = bits, 1
    while reach < length:
        step = min(reach, length - reach, _WORD - 1)
        starts = starts & left(starts, step)
        reach += step
    runs, reach = starts, 1
    while reach < length:
        step = min(reach, length - reach, _WORD - 1)
        runs = runs | right(runs, step)
        reach += step
    return runs


def _long_down(bits: Bits, length: int) -> Bits:
    if bits.shape[0] < length:
        return np.zeros_like(bits)
    starts, reach = bits, 1
    while reach < length:
        step = min(reach, length - reach)
        starts = starts[:-step] & starts[step:]
        reach += step
    runs = np.zeros_like(bits)
    runs[: starts.shape[0]] = starts
    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        grown = runs.copy()
        grown[step:] |= runs[:-step]
        runs = grown
        reach += step
    return runs
