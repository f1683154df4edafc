# SPDX-License-Identifier: Apache-2.0
"""Masking of pictures: what was not read and cleared can't be got back from what is kept."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement, RawFrame, RawPage
from handiwork.rules.redaction.pixels import FILL, Masker, mask
from handiwork.rules.redaction.redactor import Redactor

REGION = Box(40, 30, 480, 320)
Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]


def picture(*texts: tuple[str, int, int, int, Colour], back: Colour = (255, 255, 255)) -> Pixels:
    """RGB of REGION's size with (text, x, y, font size, colour) drawn in it."""
    image = Image.new("RGB", (REGION.w, REGION.h), back)
    draw = ImageDraw.Draw(image)
    for text, x, y, size, colour in texts:
        draw.text((x, y), text, fill=colour, font=ImageFont.load_default(size))
    return np.asarray(image)


def frame(rgb: Pixels, time_ms: int = 10) -> RawFrame:
    bgrx = np.full((*rgb.shape[:2], 4), 77, dtype=np.uint8)
    bgrx[:, :, :3] = rgb[:, :, ::-1]
    return RawFrame(time_ms, REGION, bgrx.tobytes())


def inside(box: Box) -> tuple[slice, slice]:
    part = box.intersection(REGION)
    return slice(part.y - REGION.y, part.y - REGION.y + part.h), slice(part.x - REGION.x, part.x - REGION.x + part.w)


def is_fill(pixels: Pixels) -> NDArray[np.bool_]:
    filled: NDArray[np.bool_] = (pixels == FILL).all(axis=2)
    return filled


def unlike(a: Pixels, b: Pixels) -> NDArray[np.bool_]:
    different: NDArray[np.bool_] = (a != b).any(axis=2)
    return different


COLOURS = st.sampled_from(
    [(0, 0, 0), (255, 255, 255), (200, 30, 30), (254, 255, 255), (255, 255, 254), (128, 128, 128)]
)
SECRETS = st.sampled_from(
    ["4111 1111 1111 1111", "hunter2", "ann@example.org", "I", "-", ".", "078-05-1120", "WWW", "|"]
)
BOXES = st.builds(Box, st.integers(0, 500), st.integers(0, 330), st.integers(0, 300), st.integers(0, 200))


@settings(max_examples=120, deadline=None)
@given(SECRETS, st.integers(0, 440), st.integers(0, 300), st.integers(6, 260), COLOURS, COLOURS)
def test_no_pixel_of_a_secret_survives_without_a_page(
    secret: str, x: int, y: int, size: int, ink: Colour, back: Colour
) -> None:
    blank = picture(back=back)
    drawn = picture((secret, x, y, size, ink), back=back)
    kept = mask(frame(drawn), [REGION], [], []).pixels
    assert is_fill(kept)[unlike(drawn, blank)].all()


@settings(max_examples=80, deadline=None)
@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 200), st.integers(0, 280), st.integers(8, 24))
def test_two_frames_that_differ_in_uncleared_text_alone_are_masked_alike(
    digits: str, x: int, y: int, size: int
) -> None:
    """Between the lines of a table, not even how many there are can be told."""
    blank = picture().copy()
    blank[[max(0, y - 2), min(REGION.h - 1, y + size + 6)], x : x + 260] = 0
    frames = []
    for text in ("8", digits):
        drawn = picture((text, x + 8, y, size, (0, 0, 0)))
        frames.append(frame(np.where(unlike(drawn, picture())[:, :, None], drawn, blank)))
    first, second = (mask(raw, [REGION], [], []).pixels for raw in frames)
    assert (first == second).all()


@settings(max_examples=120, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.lists(BOXES, max_size=4),
    st.lists(BOXES, max_size=4),
    st.lists(BOXES, max_size=4),
    st.booleans(),
)
def test_a_kept_pixel_is_cleared_or_of_a_plain_area_and_always_visible_and_never_in_a_filled_box(
    seed: int, visible: Sequence[Box], clear: Sequence[Box], fill: Sequence[Box], noisy: bool
) -> None:
    chance = np.random.default_rng(seed)
    rgb = np.full((REGION.h, REGION.w, 3), 200, dtype=np.uint8)
    if noisy:
        rgb[:, :240] = chance.integers(0, 255, (REGION.h, 240, 3), dtype=np.uint8)
    result = mask(frame(rgb), visible, clear, fill)
    kept = ~is_fill(result.pixels)
    assert (result.pixels == rgb)[kept].all()
    allowed, seen = np.zeros(kept.shape, dtype=bool), np.zeros(kept.shape, dtype=bool)
    for box in visible:
        seen[inside(box)] = True
    for box in clear:
        allowed[inside(box)] = True
    allowed[:, 240 if noisy else 0 :] = True
    for box in fill:
        allowed[inside(box)] = False
    assert not (kept & ~(allowed & seen)).any()
    assert result.masked_share >= 1.0 - float(allowed.mean()) - 1e-9


TEXTS = st.tuples(SECRETS, st.integers(0, 440), st.integers(0, 300), st.integers(6, 90), COLOURS)
LOOKS = st.tuples(
    st.lists(TEXTS, max_size=3),
    st.sampled_from([[REGION], [], [REGION, REGION], [Box(REGION.x + 13, REGION.y + 50, 300, 170)]]) | st.lists(BOXES),
    st.lists(BOXES, max_size=3),
    st.lists(BOXES, max_size=3),
)
Look = tuple[Sequence[tuple[str, int, int, int, Colour]], Sequence[Box], Sequence[Box], Sequence[Box]]


@settings(max_examples=120, deadline=None)
@given(st.lists(LOOKS, min_size=2, max_size=5))
def test_after_other_pictures_a_picture_is_masked_as_if_it_were_the_first(looks: Sequence[Look]) -> None:
    masker, given, last = Masker(), [], None
    for texts, visible, clear, fill in looks:
        raw = frame(picture(*texts))
        alone, after = mask(raw, visible, clear, fill), masker.mask(raw, visible, clear, fill)
        assert (alone.pixels == after.pixels).all()
        assert alone.masked_share == after.masked_share
        if last is not None:
            differs = (after.pixels != last).any(axis=2)
            told = [Box(int(x), int(y), 1, 1) for y, x in np.argwhere(differs)[::97]]
            assert all(after.may_differ(last, pixel) for pixel in told), "it differs where it says that it doesn't"
        last = after.pixels
        given.append((alone.pixels, after.pixels))
    assert all((alone == after).all() for alone, after in given), "a picture that was given changed afterwards"


def test_the_ground_around_a_cleared_text_stays_and_around_another_it_does_not() -> None:
    drawn = picture(("Save draft", 100, 100, 14, (0, 0, 0)), ("ann", 300, 100, 14, (0, 0, 0)))
    ink = unlike(drawn, picture())
    rows, columns = np.flatnonzero(ink[:, :250].any(axis=1)), np.flatnonzero(ink[:, :250].any(axis=0))
    box = Box(REGION.x + int(columns[0]), REGION.y + int(rows[0]), int(np.ptp(columns)) + 2, int(np.ptp(rows)) + 2)
    filled = is_fill(mask(frame(drawn), [REGION], [box], []).pixels)
    assert not filled[:, :250].any()
    assert filled[ink & (np.arange(REGION.w) > 250)].all()


def test_a_cleared_box_is_kept_pixel_for_pixel_and_the_background_stays() -> None:
    drawn = picture(("Save draft", 21, 33, 14, (0, 0, 0)))
    box = Box(REGION.x + 17, REGION.y + 29, 95, 23)
    result = mask(frame(drawn), [REGION], [box], [])
    assert (result.pixels[inside(box)] == drawn[inside(box)]).all()
    assert (result.pixels[200:] == drawn[200:]).all()
    assert result.masked_share == pytest.approx(float(is_fill(result.pixels).mean()))


def test_a_picture_of_the_wrong_size_is_filled() -> None:
    raw = RawFrame(0, REGION, b"\x00" * 12)
    assert is_fill(mask(raw, [REGION], [REGION], []).pixels).all()


def element(role: str, box: Box, name: str = "Save", value: str = "", **more: Any) -> RawElement:
    states = frozenset(more.get("states", ()))
    return RawElement(0, role, name, value, box, states, more.get("parent", -1), "", more.get("hints", ()))


def page(*elements: RawElement, time_ms: int = 5, **more: Any) -> RawPage:
    focused, truncated, sensitive = more.get("focused", -1), more.get("truncated", False), more.get("sensitive", "")
    return RawPage(time_ms, "https://example.org/", "", REGION, REGION, elements, focused, truncated, sensitive)


BOX = Box(REGION.x + 16, REGION.y + 24, 120, 32)
DRAWN = picture(("Save draft", 20, 30, 14, (0, 0, 0)))


def shows(raw_page: RawPage | None, visible: Sequence[Box] = (REGION,), level: Any = "interface") -> bool:
    """Whether the text in BOX can be read in the masked frame; if not, every pixel there must be filled."""
    pixels = Redactor(level).frame(frame(DRAWN), visible, raw_page).pixels
    ink = unlike(DRAWN, picture())[inside(BOX)]
    gone = is_fill(pixels[inside(BOX)])[ink]
    assert gone.all() or (pixels[inside(BOX)] == DRAWN[inside(BOX)]).all()
    return not gone.any()


def test_only_boxes_whose_text_was_cleared_are_shown() -> None:
    assert shows(page(element("button", BOX)))
    assert not shows(None)
    assert not shows(page())
    assert not shows(page(element("button", BOX, "Anna Berg")))
    assert not shows(page(element("button", BOX, "")))
    assert not shows(page(element("text", BOX, "save")))
    assert shows(page(element("text", BOX, "save")), level="open")
    assert not shows(page(element("text", BOX, "ann@example.org")), level="open")


def test_what_is_cut_is_filled_on_top_of_what_is_cleared() -> None:
    button = element("button", BOX)
    assert not shows(page(element("text", BOX, "ann@example.org"), button), level="open")
    assert not shows(page(button, element("image", BOX)))
    assert not shows(page(button, element("textbox", BOX, "Search", "x", states=["focused"])))
    assert not shows(page(button, element("textbox", BOX, "Search", ""), focused=1))
    assert not shows(page(button, element("textbox", BOX, "Code", "", states=["protected"])))
    assert not shows(page(button, element("odd", BOX, "Save")))


def test_fields_show_what_they_hold_only_if_it_is_clear_and_at_rest() -> None:
    assert shows(page(element("textbox", BOX, "Search", "blue")), level="open")
    assert not shows(page(element("textbox", BOX, "Search", "blue")))
    assert not shows(page(element("textbox", BOX, "Search", "4111 1111 1111 1111")), level="open")
    assert not shows(page(element("textbox", BOX, "API key", "")), level="open")


def test_options_of_a_closed_list_neither_show_nor_hide_and_those_of_an_open_one_hide() -> None:
    option = element("option", BOX, "ann@example.org", parent=0)
    assert shows(page(element("combobox", BOX, "Status"), option))
    assert not shows(page(element("listbox", BOX, "Status"), option))


def test_a_page_that_is_late_truncated_or_sensitive_clears_nothing() -> None:
    button = element("button", BOX)
    assert not shows(page(button, time_ms=11))
    assert not shows(page(button, truncated=True))
    raw = page(button, sensitive="password field")
    assert Redactor("open").frame(frame(DRAWN), [REGION], raw).masked_share == 1.0
    raw = page(button, element("textbox", BOX, hints=("password",)))
    assert Redactor("open").frame(frame(DRAWN), [REGION], raw).masked_share == 1.0


def test_what_other_windows_cover_is_filled() -> None:
    assert not shows(page(element("button", BOX)), visible=[Box(REGION.x + 200, REGION.y, 280, 320)])
    assert Redactor("open").frame(frame(DRAWN), [], None).masked_share == 1.0
