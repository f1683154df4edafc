# SPDX-License-Identifier: Apache-2.0
"""Frames are stored as what has changed."""

import numpy as np

from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.model.geometry import Box
from handiwork.recorder.pictures.tiles import TileStore
from handiwork.rules.redaction.pixels import MaskedFrame

REGION = Box(10, 20, 300, 200)


def blank() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.full((REGION.h, REGION.w, 3), 200, dtype=np.uint8)


def test_the_first_frame_is_whole_and_an_unchanged_one_is_nothing() -> None:
    store = TileStore(WebpPictures())
    first = store.changes(1, REGION, MaskedFrame(blank(), 0.5), "onset")
    assert first is not None
    assert sum(tile.bounds.area for tile in first.tiles) == REGION.area
    assert store.changes(2, REGION, MaskedFrame(blank(), 0.5), "onset") is None


def test_only_the_changed_tile_is_stored_and_one_seen_before_without_its_pixels() -> None:
    store = TileStore(WebpPictures())
    changed = blank()
    changed[5, 5] = 0
    store.changes(1, REGION, MaskedFrame(blank(), 0), "")
    there, back = (
        store.changes(2, REGION, MaskedFrame(changed, 0), ""),
        store.changes(3, REGION, MaskedFrame(blank(), 0), ""),
    )
    assert there is not None
    assert back is not None
    assert [(tile.bounds, bool(tile.image)) for tile in there.tiles] == [(Box(10, 20, 128, 128), True)]
    assert [(tile.bounds, bool(tile.image)) for tile in back.tiles] == [(Box(10, 20, 128, 128), False)]


def test_a_picture_comes_back_pixel_for_pixel() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (37, 53, 3), dtype=np.uint8)
    assert np.array_equal(WebpPictures().decode(WebpPictures().encode(pixels)), pixels)
