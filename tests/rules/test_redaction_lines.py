# SPDX-License-Identifier: Apache-2.0
"""Lines of text are found by their edges, wherever they stand, and after a change as if it were the first look."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.rules.redaction import bits
from handiwork.rules.redaction.islands import islands
from handiwork.rules.redaction.lines import MOST, LineFinder

REGION = Box(30, 20, 500, 260)
FLAGS = st.tuples(st.integers(1, 40), st.integers(1, 150), st.integers(0, 2**32 - 1), st.floats(0.02, 0.98))


def flags_of(shape: tuple[int, int, int, float]) -> NDArray[np.bool_]:
    height, width, seed, share = shape
    found: NDArray[np.bool_] = np.random.default_rng(seed).random((height, width)) < share
    return found


def frame(image: Image.Image, region: Box = REGION) -> RawFrame:
    rgb = np.asarray(image)
    bgrx = np.zeros((*rgb.shape[:2], 4), dtype=np.uint8)
    bgrx[:, :, :3] = rgb[:, :, ::-1]
    return RawFrame(0, region, bgrx.tobytes())


def blank(region: Box = REGION) -> Image.Image:
    return Image.new("RGB", (region.w, region.h), (250, 250, 250))


def write(image: Image.Image, x: int, y: int, text: str, size: int = 14) -> None:
    ImageDraw.Draw(image).text((x, y), text, fill=(20, 20, 20), font=ImageFont.load_default(size))


@settings(deadline=None)
@given(FLAGS)
def test_what_is_packed_comes_back(shape: tuple[int, int, int, float]) -> None:
    flags = flags_of(shape)
    assert (bits.unpacked(bits.packed(flags), flags.shape[1]) == flags).all()


@settings(deadline=None)
@given(FLAGS, st.integers(1, 80))
def test_gaps_are_closed_up_to_their_width_and_no_further(shape: tuple[int, int, int, float], gap: int) -> None:
    flags = flags_of(shape)
    wide = np.zeros((flags.shape[0], flags.shape[1] + 64 * (2 + gap // 64)), dtype=np.bool_)
    wide[:, : flags.shape[1]] = flags
    closed = bits.unpacked(bits.closed_across(bits.packed(wide), gap), flags.shape[1])
    for row, got in zip(flags, closed, strict=True):
        expected = row.copy()
        set_ = np.flatnonzero(row)
        for before, after in pairwise(set_):
            expected[before:after] |= after - before - 1 <= gap
        assert (got == expected).all()


@settings(deadline=None)
@given(FLAGS, st.integers(2, 90), st.integers(2, 30))
def test_long_straight_runs_are_taken_out_and_nothing_else(
    shape: tuple[int, int, int, float], across: int, down: int
) -> None:
    flags = flags_of(shape)
    expected = flags & ~_in_runs(flags, across) & ~_in_runs(flags.T, down).T
    got = bits.unpacked(_without_long_runs(bits.packed(flags), across, down), flags.shape[1])
    assert (got == expected).all()


def _in_runs(flags: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    found = np.zeros_like(flags)
    for y, row in enumerate(flags):
        begin = None
        for x, one in enumerate([*row.tolist(), False]):
            if one and begin is None:
                begin = x
            elif not one and begin is not None:
                found[y, begin:x] = x - begin >= length
                begin = None
    return found


@settings(deadline=None)
@given(FLAGS)
def test_islands_are_what_a_flood_would_fill(shape: tuple[int, int, int, float]) -> None:
    flags = flags_of(shape)
    assert sorted(map(tuple, islands(flags).tolist())) == sorted(_flooded(flags))


def _flooded(flags: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    left = {(int(y), int(x)) for y, x in np.argwhere(flags)}
    boxes = []
    while left:
        wave = [left.pop()]
        island = list(wave)
        while wave:
            y, x = wave.pop()
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            wave += near
            island += near
        rows, columns = [y for y, _ in island], [x for _, x in island]
        boxes.append((min(columns), min(rows), max(columns) + 1, max(rows) + 1))
    return boxes


def test_each_line_is_one_box_and_columns_are_apart() -> None:
    image = blank()
    write(image, 20, 30, "Save all changes")
    write(image, 310, 30, "Cancel")
    write(image, 20, 60, "Another line of text")
    boxes = [line.box for line in LineFinder().lines(frame(image))]
    tall = [box for box in boxes if box.w > 25]
    assert [(box.x - REGION.x) // 100 for box in tall] == [0, 3, 0]
    assert tall[2].y > tall[0].y + tall[0].h


def test_a_frame_around_text_is_not_part_of_it() -> None:
    image = blank()
    ImageDraw.Draw(image).rectangle((10, 20, 300, 80), outline=(0, 0, 0))
    write(image, 24, 40, "Inside")
    boxes = [line.box for line in LineFinder().lines(frame(image))]
    assert [box for box in boxes if box.w > 25] == [box for box in boxes if box.x >= REGION.x + 20]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 100), st.integers(0, 60), st.integers(0, 100))
def test_a_line_has_the_same_key_wherever_it_stands(x: int, y: int, other_x: int, other_y: int) -> None:
    keys = []
    for place in ((x, y), (other_x, other_y)):
        image = blank()
        write(image, 20 + place[0], 20 + place[1], "Quarterly report")
        keys.append([line.key for line in LineFinder().lines(frame(image))])
    assert keys[0] == keys[1]
    assert keys[0]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["text", "box", "wipe", "dot"]), st.integers(0, 480), st.integers(0, 240), st.integers(1, 200)
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=120, deadline=None)
@given(CHANGES, CHANGES, st.integers(500, 505))
def test_after_changes_the_lines_are_those_of_a_first_look(
    first: list[tuple[str, int, int, int]], second: list[tuple[str, int, int, int]], width: int
) -> None:
    region = Box(30, 20, width, 260)
    image, finder = blank(region), LineFinder()
    for changes in (first, second, second[:1]):
        for change in changes:
            _draw(image, *change)
        assert finder.lines(frame(image, region)) == LineFinder().lines(frame(image, region))


def _draw(image: Image.Image, what: str, x: int, y: int, size: int) -> None:
    pen = ImageDraw.Draw(image)
    if what == "text":
        write(image, x, y, "Words and more words"[: 1 + size // 10], 8 + size % 20)
    elif what == "box":
        pen.rectangle((x, y, x + size, y + size // 2), outline=(90, 0, 0))
    elif what == "wipe":
        pen.rectangle((x, y, x + size, y + size // 2), fill=(250, 250, 250))
    else:
        pen.point((x, y), fill=(0, 0, 0))


@pytest.mark.parametrize("pixels", [b"", b"\x00" * 12, b"\x00" * (REGION.area * 4 + 1)])
def test_a_picture_of_the_wrong_size_has_no_lines(pixels: bytes) -> None:
    assert LineFinder().lines(RawFrame(0, REGION, pixels)) == ()
    assert LineFinder().lines(RawFrame(0, Box(0, 0, 0, 0), pixels)) == ()


def _without_long_runs(packed: bits.Bits, across: int, down: int) -> bits.Bits:
    long_across, long_down = bits.long_runs(packed, across, down)
    return packed & ~long_across & ~long_down


def boxes_in(image: Image.Image) -> list[Box]:
    """Lines wide enough to be words, within the picture."""
    found = (line.box for line in LineFinder().lines(frame(image)))
    return [Box(box.x - REGION.x, box.y - REGION.y, box.w, box.h) for box in found if box.w > 14]


@pytest.mark.parametrize("radius", [0, 3, 9])
@pytest.mark.parametrize("pad", [2, 5])
def test_text_is_a_line_of_its_own_within_the_border_of_a_button_however_close(radius: int, pad: int) -> None:
    image = blank()
    for at, text in enumerate(("Archive", "Cancel", "Move")):
        x = 40 + 84 * at
        ImageDraw.Draw(image).rounded_rectangle(
            (x, 100 - pad, x + 78, 116 + pad), radius, fill=(215, 220, 235), outline=(90, 90, 120)
        )
        write(image, x + 14, 100, text)
    found = boxes_in(image)
    assert [(box.x - 40) // 84 for box in found if box.h > 8] == [0, 1, 2]
    assert all(box.w < 64 for box in found)


def test_a_label_beside_a_field_is_a_line_of_its_own() -> None:
    image = blank()
    ImageDraw.Draw(image).rectangle((92, 97, 320, 119), outline=(110, 110, 110))
    write(image, 40, 100, "Street")
    write(image, 96, 100, "Lindenallee")
    assert sorted(box.x // 50 for box in boxes_in(image) if box.h > 8) == [0, 1]


def test_lines_whose_letters_hang_into_each_other_come_apart() -> None:
    image = blank()
    for row in range(4):
        write(image, 40, 40 + 16 * row, "paying happily for bright dabs")
    assert len([box for box in boxes_in(image) if box.w > 100]) == 4
    assert max(box.h for box in boxes_in(image)) < 20


@pytest.mark.parametrize("text", ["0000 0000 0000", "+353 1 555 0142", "EEEE FFFF TTTT", "Illinois |"])
def test_text_that_looks_like_borders_stays_in_one_piece(text: str) -> None:
    image = blank()
    write(image, 40, 100, text)
    (found,) = (box for box in boxes_in(image) if box.h > 8)
    assert found.w > 40


@pytest.mark.parametrize("kind", ["noise", "dots", "stripes", "bars"])
def test_a_picture_of_four_times_full_hd_that_is_no_text_gives_few_lines_or_none(kind: str) -> None:
    region = Box(0, 0, 3840, 2160)
    pixels = np.full((region.h, region.w, 4), 200, dtype=np.uint8)
    if kind == "noise":
        pixels = np.random.default_rng(1).integers(0, 255, pixels.shape, dtype=np.uint8)
    elif kind == "dots":
        pixels[::4, ::12] = 0
    elif kind == "stripes":
        pixels[::2] = 0
    else:
        pixels.reshape(region.h // 20, 20, region.w, 4)[:, :9, ::14] = 0
    lines = LineFinder().lines(RawFrame(0, region, pixels.tobytes()))
    assert len(lines) <= MOST
