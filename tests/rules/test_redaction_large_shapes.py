# SPDX-License-Identifier: Apache-2.0
"""Huge letters can't be made out by where the plain ground ends; frames and panels keep their ground."""

import string

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.rules.redaction.islands import islands
from handiwork.rules.redaction.pixels import FILL, mask

W, H = 1440, 1000
SHAPES = "".join(char for char in string.ascii_letters + string.digits + "@&€" if char not in "ijlI")
"""All but those that are one straight bar, with or without a dot: of them no more than a bar is told."""
WHITE = (255, 255, 255)
PLACES = [(150, 130), (150, 131), (150, 137), (200, 134), (300, 130), (500, 133), (800, 130), (1_000, 130)]
"""Sizes, each with the ground on all sides: more than enough to be shown, and not the same for the cells."""


def screen(width: int = W, height: int = H) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    whole = Image.new("RGB", (width, height), WHITE)
    return whole, ImageDraw.Draw(whole)


def filled(picture: Image.Image, clear: tuple[Box, ...] = ()) -> NDArray[np.bool_]:
    """Which pixels are not shown."""
    raw = RawFrame(0, Box(0, 0, *picture.size), picture.tobytes("raw", "BGRX"))
    covered: NDArray[np.bool_] = (mask(raw, [raw.region], clear, []).pixels == FILL).all(axis=2)
    return covered


def around(picture: Image.Image) -> tuple[slice, slice]:
    """The box of all that is drawn."""
    rows, columns = np.nonzero((np.asarray(picture) != 255).any(axis=2))
    return slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)


@pytest.mark.parametrize(("size", "ground"), PLACES)
def test_of_a_huge_letter_no_ground_is_shown_within_its_box(size: int, ground: int) -> None:
    shown, side = [], size + 2 * ground
    for char in SHAPES:
        picture, draw = screen(side, side)
        draw.text((side // 2, side // 2), char, fill=(20, 40, 60), font=ImageFont.load_default(size), anchor="mm")
        if not filled(picture)[around(picture)].all():
            shown.append(char)
    assert shown == []


@pytest.mark.parametrize("turned", [10, 45, 90, 180])
@pytest.mark.parametrize("ink", [(20, 40, 60), (254, 255, 255), (255, 0, 0)])
def test_nor_of_huge_words_turned_or_faint(turned: int, ink: tuple[int, int, int]) -> None:
    picture, draw = screen()
    draw.text((W // 2, H // 2), "Rae 29", fill=ink, font=ImageFont.load_default(300), anchor="mm")
    picture = picture.rotate(turned, fillcolor=WHITE)
    covered = filled(picture)
    assert [box for box in letters(picture) if not covered[box].all()] == []


def letters(picture: Image.Image) -> list[tuple[slice, slice]]:
    """The box of each connected piece of ink; none of the dots that turning leaves behind."""
    boxes = islands((np.asarray(picture) != 255).any(axis=2)).tolist()
    found = [(slice(y, foot), slice(x, end)) for x, y, end, foot in boxes if min(end - x, foot - y) > 60]
    assert len(found) == 5, "each letter is looked at, so that this can fail"
    return found


def test_two_huge_words_whose_letters_fill_the_same_boxes_are_shown_alike() -> None:
    kept = []
    for word in ("8098", "6906"):
        picture, draw = screen()
        draw.rectangle((0, 0, W, 30), fill=(200, 200, 200))
        for at, char in enumerate(word):
            glyph = Image.new("L", (400, 500))
            ImageDraw.Draw(glyph).text((0, 0), char, fill=255, font=ImageFont.load_default(420))
            glyph = glyph.crop(glyph.getbbox()).resize((300, 400))
            picture.paste((0, 0, 0), (60 + 340 * at, 300), glyph)
        kept.append(filled(picture))
    assert (kept[0] == kept[1]).all()


def test_panels_rules_cards_and_a_sidebar_keep_their_ground() -> None:
    picture, draw = screen()
    draw.rectangle((0, 0, W, 60), fill=(40, 60, 90))
    draw.rectangle((0, 61, 260, H), fill=(235, 235, 240))
    for at in range(3):
        draw.rounded_rectangle((300 + 360 * at, 120, 620 + 360 * at, 360), 8, outline=(150, 150, 150))
    draw.line((300, 420, 1400, 420), fill=(180, 180, 180))
    draw.rectangle((300, 480, 1400, 960), fill=(250, 250, 250), outline=(120, 120, 120), width=2)
    covered = filled(picture)
    inner = [(200, 460), (600, 100), (170, 450), (300, 160), (700, 850), (240, 700), (900, 1300), (110, 100)]
    assert [place for place in inner if covered[place]] == []


def test_a_huge_word_that_was_read_and_cleared_is_shown_with_the_ground_in_it() -> None:
    picture, draw = screen()
    draw.text((W // 2, H // 2), "Save", fill=(20, 40, 60), font=ImageFont.load_default(400), anchor="mm")
    rows, columns = around(picture)
    box = Box(int(columns.start), int(rows.start), int(columns.stop - columns.start), int(rows.stop - rows.start))
    assert not filled(picture, (Box(box.x - 1, box.y - 1, box.w + 2, box.h + 2),))[rows, columns].any()
