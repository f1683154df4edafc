# SPDX-License-Identifier: Apache-2.0
"""What of a masked frame is new. Knows nothing of scope, nor how frames are masked."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from handiwork.model.event import Frame, Tile
from handiwork.model.geometry import Box
from handiwork.ports.pictures import Pictures
from handiwork.rules.redaction.pixels import MaskedFrame

TILE = 128
"""Pixels on a side: small enough that a checkbox costs little, large enough that WebP can compress."""


class TileStore:
    """The last kept frame of a segment, and which tiles it already holds."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._last: NDArray[np.uint8] | None = None
        self._region = Box(0, 0, 0, 0)
        self._stored: set[str] = set()

    def changes(self, t: int, region: Box, masked: MaskedFrame, why: str) -> Frame | None:
        """The frame as its changed tiles, or None if nothing changed since the last one."""
        tiles = [self._tile(region, box, masked.pixels) for box in self._changed(region, masked)]
        same = not tiles and region == self._region
        self._last, self._region = masked.pixels, region
        share = round(masked.masked_share, 4)
        return None if same else Frame(t=t, region=region, tiles=tuple(tiles), masked_share=share, why=why)

    def _changed(self, region: Box, masked: MaskedFrame) -> list[Box]:
        last = self._last if region == self._region else None
        found = []
        for y in range(0, region.h, TILE):
            if not masked.may_differ(last, Box(0, y, region.w, TILE)):
                continue
            for x in range(0, region.w, TILE):
                box = Box(x, y, min(TILE, region.w - x), min(TILE, region.h - y))
                here = (slice(y, y + box.h), slice(x, x + box.w))
                if last is None or not np.array_equal(last[here], masked.pixels[here]):
                    found.append(box)
        return found

    def _tile(self, region: Box, box: Box, pixels: NDArray[np.uint8]) -> Tile:
        cut = np.ascontiguousarray(pixels[box.y : box.y + box.h, box.x : box.x + box.w])
        digest = hashlib.sha256(cut.tobytes() + bytes((box.w, box.h))).hexdigest()[:16]
        image = b"" if digest in self._stored else self._pictures.encode(cut)
        self._stored.add(digest)
        return Tile(Box(region.x + box.x, region.y + box.y, box.w, box.h), digest, image)
