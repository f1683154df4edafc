# SPDX-License-Identifier: Apache-2.0
"""A screen in memory, black until a test paints it."""

import time

from handiwork.model.errors import Lost
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame


class MemoryScreen:
    """Pixels as one byte array, BGRX."""

    def __init__(self, width: int = 1280, height: int = 800) -> None:
        self._size = Box(0, 0, width, height)
        self._pixels = bytearray(width * height * 4)
        self._gone = False

    def size(self) -> Box:
        """See the port."""
        self._require()
        return self._size

    def grab(self, region: Box) -> RawFrame:
        """See the port."""
        self._require()
        before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
        part = region.intersection(self._size)
        rows = (self._row(part, y) for y in range(part.y, part.y + part.h))
        return RawFrame(before, part, b"".join(bytes(self._pixels[row]) for row in rows))

    def paint(self, region: Box, colour: int) -> None:
        """Fills a rectangle with 0xRRGGBB."""
        part = region.intersection(self._size)
        pixel = bytes((colour & 0xFF, colour >> 8 & 0xFF, colour >> 16 & 0xFF, 0))
        for y in range(part.y, part.y + part.h):
            self._pixels[self._row(part, y)] = pixel * part.w

    def hang_up(self) -> None:
        """The window system goes away for good."""
        self._gone = True

    def _row(self, part: Box, y: int) -> slice:
        start = (y * self._size.w + part.x) * 4
        return slice(start, start + part.w * 4)

    def _require(self) -> None:
        if self._gone:
            raise Lost("The fake screen has gone away.", data="nothing was recorded.", do="write another test.")
