# SPDX-License-Identifier: Apache-2.0
"""Rebuilds masked frames from their tiles. Knows no image format: decoder and encoder are handed in."""

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from handiwork.model.event import Frame, Tile
from handiwork.model.geometry import Box

Pixels = npt.NDArray[np.uint8]
"""Height x width x 3, red, green, blue."""
Decode = Callable[[bytes], Pixels]
Encode = Callable[[Pixels], bytes]

LARGEST = 1 << 26
"""Pixels of a frame: eight 4K screens side by side. A larger one, or one of no size, is none that was ever taken."""


def rebuild(frames: Sequence[Frame], wanted: Collection[int], decode: Decode) -> dict[int, Pixels]:
    """The whole pictures of the wanted frames (by place in `frames`, one segment's, oldest first), all in memory.

    A frame that can't be rebuilt wholly (a tile is missing, or was never listed) is left out: half a picture would be
    taken for the truth.
    """
    return {place: pixels.copy() for place, pixels in each_rebuilt(frames, wanted, decode)}


def each_rebuilt(frames: Sequence[Frame], wanted: Collection[int], decode: Decode) -> Iterator[tuple[int, Pixels]]:
    """The same one after the other, for many: a picture is the caller's only until the next one is asked for."""
    canvas = _Canvas()
    last = max(wanted, default=-1)
    for place, frame in enumerate(frames[: last + 1]):
        canvas.show(frame, decode)
        if place in wanted and canvas.whole():
            yield place, canvas.pixels


class _Canvas:
    """The screen part as it stands, and which of its pixels are known."""

    def __init__(self) -> None:
        self.region = Box(0, 0, 0, 0)
        self.pixels: Pixels = np.zeros((0, 0, 3), np.uint8)
        self._known = np.zeros((0, 0), np.bool_)
        self._tiles: dict[str, bytes] = {}

    def show(self, frame: Frame, decode: Decode) -> None:
        if frame.region != self.region:
            self._move_to(frame.region if _is_possible(frame.region) else Box(0, 0, 0, 0))
        for tile in frame.tiles:
            self._put(tile, decode)

    def whole(self) -> bool:
        return self._known.size > 0 and bool(self._known.all())

    def _move_to(self, region: Box) -> None:
        """Tiles not listed equal the frame before: what both regions share is carried over."""
        pixels = np.zeros((region.h, region.w, 3), np.uint8)
        known = np.zeros((region.h, region.w), np.bool_)
        shared = region.intersection(self.region)
        if shared.area:
            new, old = _within(region, shared), _within(self.region, shared)
            pixels[new], known[new] = self.pixels[old], self._known[old]
        self.region, self.pixels, self._known = region, pixels, known

    def _put(self, tile: Tile, decode: Decode) -> None:
        if tile.image:
            self._tiles[tile.digest] = tile.image
        image = self._tiles.get(tile.digest)
        place = tile.bounds.intersection(self.region)
        if not place.area:
            return
        here = _within(self.region, place)
        piece = decode(image) if image else None
        if piece is None or piece.shape != (tile.bounds.h, tile.bounds.w, 3):
            self._known[here] = False
            return
        self.pixels[here] = piece[_within(tile.bounds, place)]
        self._known[here] = True


def _is_possible(region: Box) -> bool:
    return region.w > 0 and region.h > 0 and region.area <= LARGEST


def _within(whole: Box, part: Box) -> tuple[slice, slice]:
    top, left = part.y - whole.y, part.x - whole.x
    return slice(top, top + part.h), slice(left, left + part.w)
