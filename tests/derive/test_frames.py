# SPDX-License-Identifier: Apache-2.0
"""Frames rebuilt from tiles equal the frames that were cut into tiles; what can't be known isn't shown."""

import hashlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.derive.frames import Pixels, rebuild
from handiwork.model.event import Frame, Tile
from handiwork.model.geometry import Box

EDGE = 8


def decode(image: bytes) -> Pixels:
    h, w = image[0], image[1]
    return np.frombuffer(image[2:], np.uint8).reshape(h, w, 3)


def tile(pixels: Pixels, bounds: Box, known: set[str]) -> Tile:
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()[:16]
    image = b"" if digest in known else bytes(pixels.shape[:2]) + pixels.tobytes()
    known.add(digest)
    return Tile(bounds, digest, image)


def tiles(picture: Pixels, region: Box, before: Pixels | None, known: set[str]) -> tuple[Tile, ...]:
    found = []
    for y in range(0, region.h, EDGE):
        for x in range(0, region.w, EDGE):
            piece = picture[y : y + EDGE, x : x + EDGE]
            if before is None or not np.array_equal(piece, before[y : y + EDGE, x : x + EDGE]):
                bounds = Box(region.x + x, region.y + y, piece.shape[1], piece.shape[0])
                found.append(tile(np.ascontiguousarray(piece), bounds, known))
    return tuple(found)


@given(st.lists(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 20), st.integers(0, 2)), max_size=6), max_size=8))
@settings(max_examples=100, deadline=None)
def test_every_frame_is_rebuilt_pixel_for_pixel(strokes: list[list[tuple[int, int, int]]]) -> None:
    region, known = Box(30, 40, 21, 20), set[str]()
    picture = np.zeros((20, 21, 3), np.uint8)
    truth, frames, before = [], [], None
    for t, stroke in enumerate(strokes):
        for y, x, colour in stroke:
            picture[y, x] = colour * 100
        frames.append(Frame(t=t, region=region, tiles=tiles(picture, region, before, known), masked_share=0, why=""))
        before = picture.copy()
        truth.append(before)
    rebuilt = rebuild(frames, range(len(frames)), decode)
    assert sorted(rebuilt) == list(range(len(frames)))
    assert all(np.array_equal(rebuilt[i], truth[i]) for i in rebuilt)


def whole(region: Box, value: int) -> Tile:
    pixels = np.full((region.h, region.w, 3), value, np.uint8)
    return tile(pixels, region, set())


def test_a_frame_with_a_tile_that_is_nowhere_stored_is_left_out_until_it_is_covered_again() -> None:
    region = Box(0, 0, 16, 8)
    lost = Frame(t=1, region=region, tiles=(Tile(Box(0, 0, 8, 8), "f" * 16, b""),), masked_share=0, why="")
    first = Frame(t=0, region=region, tiles=(whole(region, 9),), masked_share=0, why="")
    healed = Frame(t=2, region=region, tiles=(whole(Box(0, 0, 8, 8), 5),), masked_share=0, why="")
    rebuilt = rebuild([first, lost, healed], [0, 1, 2], decode)
    assert sorted(rebuilt) == [0, 2]
    assert (rebuilt[2][0, 0, 0], rebuilt[2][0, 8, 0]) == (5, 9)


def test_a_region_that_was_never_listed_is_not_made_up() -> None:
    half = Frame(t=0, region=Box(0, 0, 16, 8), tiles=(whole(Box(0, 0, 8, 8), 1),), masked_share=0, why="")
    assert rebuild([half], [0], decode) == {}


def test_when_the_window_moves_what_both_regions_share_is_carried_over() -> None:
    first = Frame(t=0, region=Box(0, 0, 16, 8), tiles=(whole(Box(0, 0, 16, 8), 7),), masked_share=0, why="")
    moved = Frame(t=1, region=Box(8, 0, 16, 8), tiles=(whole(Box(16, 0, 8, 8), 3),), masked_share=0, why="")
    rebuilt = rebuild([first, moved], [1], decode)
    assert (rebuilt[1][0, 0, 0], rebuilt[1][0, 8, 0]) == (7, 3)
