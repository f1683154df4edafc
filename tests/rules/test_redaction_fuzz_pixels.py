# SPDX-License-Identifier: Apache-2.0
"""Any picture and any boxes: what comes out has the picture's size and shows nothing that was not read and cleared."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from handiwork.adapters.pictures import webp
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.derive.frames import each_rebuilt
from handiwork.derive.leaks.pictures import changed_parts, other_chunks
from handiwork.model.errors import Damaged
from handiwork.model.event import Frame, Tile
from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement, RawFrame, RawPage
from handiwork.rules.redaction.layout import SMOOTH
from handiwork.rules.redaction.lines import LineFinder, cut_out
from handiwork.rules.redaction.pixels import FILL, Masker, mask
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.redactor import Redactor

pytestmark = pytest.mark.timeout(120)

WIDE = 1 << 31
far = st.integers(-WIDE, WIDE) | st.integers(-40, 140)
odd_boxes = st.lists(st.builds(Box, far, far, far, far), max_size=6)
sizes = st.integers(1, 120)


def noise(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)


def frame(pixels: NDArray[np.uint8], x: int = 0, y: int = 0, time_ms: int = 5) -> RawFrame:
    return RawFrame(time_ms, Box(x, y, pixels.shape[1], pixels.shape[0]), pixels.tobytes())


def is_filled(pixels: NDArray[np.uint8]) -> bool:
    return bool((pixels == FILL).all())


@settings(max_examples=80, deadline=None)
@given(w=sizes, h=sizes, x=st.integers(-500, 500), y=st.integers(-500, 500), seed=st.integers(0, 9), boxes=odd_boxes)
def test_noise_that_nobody_read_is_never_shown(w: int, h: int, x: int, y: int, seed: int, boxes: list[Box]) -> None:
    masked = mask(frame(noise(w, h, seed), x, y), [Box(x, y, w, h), *boxes], (), boxes)
    assert masked.pixels.shape == (h, w, 3)
    assert is_filled(masked.pixels)
    assert masked.masked_share == 1.0


@settings(max_examples=80, deadline=None)
@given(w=sizes, h=sizes, seed=st.integers(0, 9), visible=odd_boxes, clear=odd_boxes, fill=odd_boxes)
def test_what_is_shown_is_visible_and_cleared_and_not_filled_whatever_the_boxes(
    w: int, h: int, seed: int, visible: list[Box], clear: list[Box], fill: list[Box]
) -> None:
    masked = mask(frame(noise(w, h, seed)), visible, clear, fill)
    shown = ~(masked.pixels == FILL).all(axis=2)
    for row, column in np.argwhere(shown)[:200]:
        at = int(column), int(row)
        assert any(box.contains(*at) for box in visible)
        assert any(box.contains(*at) for box in clear)
        assert not any(box.contains(*at) for box in fill)


@settings(max_examples=60, deadline=None)
@given(claimed=st.builds(Box, far, far, st.integers(-5, 200), st.integers(-5, 200)), held=st.binary(max_size=4_000))
def test_a_picture_of_another_size_than_it_claims_shows_nothing(claimed: Box, held: bytes) -> None:
    if len(held) == claimed.w * claimed.h * 4 and claimed.w > 0:
        return
    raw = RawFrame(5, claimed, held)
    masked = Redactor("open").frame(raw, [claimed], None)
    assert is_filled(masked.pixels)
    assert LineFinder().lines(raw) == ()
    assert cut_out(raw, claimed) is None


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 9), odd_boxes), max_size=6))
def test_a_masker_that_remembers_gives_what_one_that_doesn_t_gives(
    steps: list[tuple[int, int, int, list[Box]]],
) -> None:
    masker, pixels, whole = Masker(), noise(90, 70, 1), Box(0, 0, 90, 70)
    for x, y, seed, boxes in steps:
        pixels = pixels.copy()
        pixels[y : y + 12, x : x + 25] = noise(25, 12, seed)[
            : pixels[y : y + 12].shape[0], : pixels[0, x : x + 25].shape[0]
        ]
        again = masker.mask(frame(pixels), [whole], boxes, ())
        assert np.array_equal(again.pixels, mask(frame(pixels), [whole], boxes, ()).pixels)


def _grown(box: Box) -> Box:
    """A line is shown with what smooths its letters, above and below."""
    return Box(box.x, box.y - SMOOTH, box.w, box.h + 2 * SMOOTH)


@settings(max_examples=40, deadline=None)
@given(boxes=odd_boxes, texts=st.lists(st.text(max_size=30), max_size=6), seed=st.integers(0, 9))
def test_elements_and_lines_in_impossible_places_clear_nothing_that_is_not_theirs(
    boxes: list[Box], texts: list[str], seed: int
) -> None:
    elements = tuple(
        RawElement(4, "button", text, text, box, frozenset(), -1, "", ())
        for box, text in zip(boxes, texts, strict=False)
    )
    page = RawPage(4, "https://work.example/", "", Box(0, 0, 80, 60), Box(0, 0, 80, 60), elements, -1, False, "")
    lines = [
        ReadLine(box, Reading(text, (1.0,) * len(text), tuple(at / max(1, len(text)) for at in range(len(text)))))
        for box, text in zip(boxes, texts, strict=False)
        if box.w > 0 and box.h > 0
    ]
    masked = Redactor("open").frame(frame(noise(80, 60, seed)), [Box(0, 0, 80, 60)], page, lines)
    shown = ~(masked.pixels == FILL).all(axis=2)
    for row, column in np.argwhere(shown)[:100]:
        assert any(_grown(box).contains(int(column), int(row)) for box in boxes)


@settings(max_examples=60, deadline=None)
@given(w=sizes, h=sizes, x=st.integers(-300, 300), seed=st.integers(0, 9))
def test_lines_are_found_inside_the_picture_or_not_at_all(w: int, h: int, x: int, seed: int) -> None:
    raw = frame(noise(w, h, seed), x)
    for line in LineFinder().lines(raw):
        assert line.box.intersection(raw.region) == line.box


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 255))
def test_a_torn_picture_is_damaged_and_nothing_worse(tail: bytes, cut: int, flip: int) -> None:
    whole = bytearray(WebpPictures().encode(noise(9, 9, 3)[:, :, :3]))
    whole[cut % len(whole)] ^= flip
    for torn in (bytes(whole), bytes(whole[: cut % len(whole)]), bytes(whole) + tail, tail, b"RIFF" + tail):
        try:
            assert WebpPictures().decode(torn).ndim == 3
        except Damaged:
            pass
        assert other_chunks(torn) is not None


tiles = st.builds(
    Tile,
    st.builds(Box, st.integers(-60, 90), st.integers(-60, 90), st.integers(0, 70), st.integers(0, 70)),
    st.sampled_from(["a" * 16, "b" * 16, ""]),
    st.sampled_from([b"", b"one", b"two"]),
)
frames = st.builds(
    lambda region, parts: Frame(t=1, region=region, tiles=tuple(parts), masked_share=0.0, why=""),
    st.builds(Box, st.integers(-50, 50), st.integers(-50, 50), st.integers(0, 80), st.integers(0, 80)),
    st.lists(tiles, max_size=4),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(frames, max_size=5))
def test_frames_of_any_tiles_are_rebuilt_whole_or_left_out(told: list[Frame]) -> None:
    def decode(image: bytes) -> NDArray[np.uint8]:
        side = 20 + hashlib.sha256(image).digest()[0] % 40
        return np.full((side, side, 3), 7, np.uint8)

    for place, pixels in each_rebuilt(told, range(len(told)), decode):
        assert pixels.shape == (told[place].region.h, told[place].region.w, 3)
    assert all(part is None or part.size for _, part in changed_parts(told, decode))


@pytest.mark.parametrize(
    "region",
    [Box(0, 0, -5, 5), Box(0, 0, 1 << 20, 1 << 20), Box(0, 0, 60_000, 60_000), Box(-WIDE, -WIDE, 1 << 62, 3)],
)
def test_a_frame_of_an_impossible_size_is_left_out_and_takes_no_memory(region: Box) -> None:
    def decode(image: bytes) -> NDArray[np.uint8]:
        return np.full((8, 8, 3), 7, np.uint8)

    tile = Tile(Box(0, 0, 8, 8), "a" * 16, b"one")
    told = [Frame(t=1, region=one, tiles=(tile,), masked_share=0.0, why="") for one in (region, Box(0, 0, 8, 8))]
    assert [place for place, _ in each_rebuilt(told, (0, 1), decode)] == [1]
    assert [place for place, _ in changed_parts(told, decode)] == [1]


def test_a_picture_larger_than_any_screen_is_damaged_and_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes can hold a picture that takes gigabytes."""
    monkeypatch.setattr(webp, "LARGEST", 100)
    pictures = WebpPictures()
    assert pictures.decode(pictures.encode(np.zeros((10, 10, 3), np.uint8))).shape == (10, 10, 3)
    with pytest.raises(Damaged):
        pictures.decode(pictures.encode(np.zeros((10, 11, 3), np.uint8)))


SHAPES = [(0, 0), (1, 1), (1, 900), (900, 1), (3, 2_400), (96, 3), (97, 50), (40, 2_401), (8, 8), (300, 500)]


@pytest.mark.parametrize(("height", "width"), SHAPES)
@pytest.mark.parametrize("kind", ["noise", "black", "white"])
def test_the_reader_reads_any_picture_or_nothing_in_it(height: int, width: int, kind: str) -> None:
    pytest.importorskip("tinyocr", reason="the reader of pictures is not installed")
    from handiwork.adapters.ocr import PaddleOcr

    ocr = PaddleOcr()
    shades = {"noise": noise(width, height, 4)[:, :, :3], "black": np.zeros((height, width, 3), np.uint8)}
    picture = shades.get(kind, np.full((height, width, 3), 255, np.uint8))
    reading = ocr.read(picture)
    assert len(reading.text) == len(reading.sure) == len(reading.places)
    for line in ocr.lines(picture):
        assert line.box.intersection(Box(0, 0, width, height)) == line.box


@pytest.mark.parametrize("size", [(3840, 2160), (1, 20_000), (20_000, 1)])
def test_a_large_picture_is_masked_and_searched(size: tuple[int, int]) -> None:
    width, height = size
    raw = frame(noise(width, height, 2))
    assert is_filled(Redactor("open").frame(raw, [raw.region], None).pixels)
    LineFinder().lines(raw)
