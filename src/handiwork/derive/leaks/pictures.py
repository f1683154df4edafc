# SPDX-License-Identifier: Apache-2.0
"""What of a segment's frames is new and so worth reading, and what a picture's file holds besides pixels."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from handiwork.derive.frames import Decode, Pixels, each_rebuilt
from handiwork.model.event import Frame

_AROUND = 96
"""Pixels around what changed: a line of text that changed in part is read whole."""
_OF_PIXELS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})


def changed_parts(frames: Sequence[Frame], decode: Decode) -> Iterator[tuple[int, Pixels | None]]:
    """(place, the part that changed) of every frame that can be rebuilt; None where an earlier one showed the same."""
    seen: set[bytes] = set()
    for place, pixels in each_rebuilt(frames, range(len(frames)), decode):
        part = _part(frames[place], pixels)
        key = hashlib.sha256(repr(part.shape).encode() + part.tobytes()).digest()
        yield place, np.ascontiguousarray(part) if part.size and key not in seen else None
        seen.add(key)


def other_chunks(image: bytes) -> tuple[str, ...]:
    """Names of the chunks of a WebP file that hold something else than pixels; "?" where it is no such file."""
    if image[:4] != b"RIFF" or image[8:12] != b"WEBP":
        return ("?",) if image else ()
    found, at = [], 12
    while at + 8 <= len(image):
        name, size = image[at : at + 4], int.from_bytes(image[at + 4 : at + 8], "little")
        if name not in _OF_PIXELS:
            found.append(name.decode("ascii", "replace"))
        at += 8 + size + size % 2
    return tuple(found) if at == len(image) else (*found, "?")


def _part(frame: Frame, pixels: Pixels) -> Pixels:
    boxes = [tile.bounds.intersection(frame.region) for tile in frame.tiles]
    boxes = [box for box in boxes if box.area]
    if not boxes:
        return pixels[:0]
    left, top = min(box.x for box in boxes) - frame.region.x, min(box.y for box in boxes) - frame.region.y
    right = max(box.x + box.w for box in boxes) - frame.region.x
    bottom = max(box.y + box.h for box in boxes) - frame.region.y
    return pixels[max(0, top - _AROUND) : bottom + _AROUND, max(0, left - _AROUND) : right + _AROUND]
