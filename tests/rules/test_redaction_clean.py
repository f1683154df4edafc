# SPDX-License-Identifier: Apache-2.0
"""A cut-out is print only if a reader would see all that is in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handiwork.rules.redaction.clean import FRINGE, is_print

Colour = tuple[int, int, int]


def cut_out(*texts: tuple[str, int, Colour], back: Colour = (240, 240, 240), width: int = 220) -> NDArray[np.uint32]:
    image = Image.new("RGB", (width, 24), back)
    for text, x, colour in texts:
        ImageDraw.Draw(image).text((x, 3), text, fill=colour, font=ImageFont.load_default(15))
    rgb = np.asarray(image).astype(np.uint32)
    return ((rgb[:, :, 0] << 16) | (rgb[:, :, 1] << 8) | rgb[:, :, 2]).astype(np.uint32)


DARK, LIGHT = (40, 50, 80), (255, 255, 255)


@pytest.mark.parametrize(
    ("ink", "back"),
    [((0, 0, 0), LIGHT), ((0, 0, 238), LIGHT), ((200, 30, 30), LIGHT), ((119, 119, 119), LIGHT), (LIGHT, DARK)],
)
def test_text_that_stands_out_is_print(ink: Colour, back: Colour) -> None:
    assert is_print(cut_out(("Weekly harvest", 6, ink), back=back))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 14), st.sampled_from(["4111", "ann", "x", "hunter2"]), st.integers(0, 2))
def test_text_that_hardly_stands_out_spoils_what_is_beside_it(shade: int, hidden: str, channel: int) -> None:
    faint = [240, 240, 240]
    faint[channel] -= shade
    red, green, blue = faint
    assert not is_print(cut_out(("Save", 6, (0, 0, 0)), (hidden, 120, (red, green, blue))))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(8, 60), st.integers(8, 200))
def test_noise_and_photographs_are_not_print(seed: int, height: int, width: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 1 << 24, (height, width), dtype=np.uint32)
    assert not is_print(noise)


def test_a_photograph_beside_a_word_spoils_it() -> None:
    picture = cut_out(("Save", 6, (0, 0, 0)))
    ramp = np.arange(40, dtype=np.uint32) * 5 + 30
    picture[:, 100:140] = (ramp << 16) | (ramp << 8) | ramp
    assert not is_print(picture)


def test_a_ground_that_changes_from_row_to_row_is_even() -> None:
    picture = cut_out(("Cancel", 6, (0, 0, 0)))
    rows = np.repeat(np.arange(255, 231, -1, dtype=np.uint32)[:, None], picture.shape[1], axis=1)
    ground = (rows << 16) | (rows << 8) | rows
    dark = (picture & 0xFF) < 120
    assert is_print(np.where(dark, np.uint32(0), ground))


def test_what_is_too_small_is_not_print() -> None:
    assert not is_print(np.zeros((5, 1), dtype=np.uint32))
    assert not is_print(np.zeros((0, 8), dtype=np.uint32))
    assert FRINGE < 5
