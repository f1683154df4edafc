# SPDX-License-Identifier: Apache-2.0
"""Frames are taken when they matter, within their budget, and stored as what has changed."""

from collections.abc import Sequence

import numpy as np

from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.model.geometry import Box
from handiwork.model.policy import Frames
from handiwork.recorder.pictures.frames import FrameClock, TileStore
from handiwork.rules.redaction.pixels import MaskedFrame

REGION = Box(10, 20, 300, 200)


def blank() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    return np.full((REGION.h, REGION.w, 3), 200, dtype=np.uint8)


def test_a_pointer_that_moves_after_a_rest_wants_a_frame_and_one_that_goes_on_does_not() -> None:
    clock = FrameClock(Frames(min_interval_ms=0))
    clock.moved(1_000)
    assert clock.take(1_000) == "onset"
    clock.moved(1_010)
    assert clock.take(1_010) == ""


def test_a_frame_that_others_wait_for_is_not_put_off() -> None:
    clock = FrameClock(Frames(min_interval_ms=0))
    clock.want(1_000, "resumed")
    clock.want(1_100, "after")
    assert clock.take(1_000) == "resumed"
    clock.want(1_200, "after")
    clock.want(1_300, "after")
    assert clock.take(1_200) == ""


def test_frames_keep_their_distance_and_their_hourly_budget() -> None:
    clock = FrameClock(Frames(min_interval_ms=100, per_hour=2))
    taken = []
    for now in range(0, 1_000, 10):
        clock.want(now, "settled")
        if clock.take(now):
            taken.append(now)
    assert taken == [0, 100]


def taken_while_typing(keys: Sequence[int], until: int) -> list[tuple[int, str]]:
    """When frames are taken of a page that changes with each key, and why."""
    clock, taken = FrameClock(Frames(min_interval_ms=100, per_hour=3_600)), []
    for now in range(0, until, 10):
        if now in keys:
            clock.acted(now)
        if now - 20 in keys:
            clock.settled(now + 80)
        if why := clock.take(now):
            taken.append((now, why))
    return taken


def test_a_run_of_typing_is_seen_as_it_begins_and_when_it_is_over() -> None:
    assert taken_while_typing(range(1_000, 2_000, 100), 4_000) == [(1_000, "onset"), (2_150, "settled")]


def test_a_long_run_of_typing_is_seen_every_two_seconds_too() -> None:
    times = [now for now, _ in taken_while_typing(range(1_000, 8_000, 100), 12_000)]
    assert times == [1_000, 3_000, 5_000, 7_000, 8_150]


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
