# SPDX-License-Identifier: Apache-2.0
"""What every Ocr promises; the real one and the fake."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from handiwork.adapters.ocr import PaddleOcr, models
from handiwork.adapters.ocr.paddle import HEIGHT, MARGIN, MOST_COLUMNS, STRETCH
from handiwork.model.errors import MissingPiece
from handiwork.ports.fakes.ocr import LearnedOcr
from handiwork.ports.ocr import LARGEST, TALLEST, WIDEST, Ocr

Pixels = NDArray[np.uint8]


def written(text: str, size: int = 15, around: int = 8) -> Pixels:
    """A picture of a text in the middle of plain background."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = (int(side) for side in font.getbbox(text))
    image = Image.new("RGB", (right - left + 2 * around, bottom - top + 2 * around), (245, 245, 245))
    ImageDraw.Draw(image).text((around - left, around - top), text, fill=(10, 10, 60), font=font)
    return np.asarray(image)


@dataclass
class Reader:
    ocr: Ocr
    learn: Callable[[Pixels, str], None]
    lose_model: Callable[[], None]


@pytest.fixture(params=["fake", "PP-OCRv6 tiny"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Reader:
    if request.param == "fake":
        fake = LearnedOcr()
        return Reader(fake, fake.teach, lambda: setattr(fake, "is_missing", True))
    if not models.is_installed():
        pytest.skip(f"needs the models: {models.INSTALL}")
    return Reader(PaddleOcr(), lambda _picture, _text: None, lambda: monkeypatch.setattr(models, "_PACKAGE", "gone"))


@pytest.mark.parametrize("text", ["Save changes", "Invoice 2041 is due", "anna.berg@example.org", "Yellow balloon"])
def test_a_line_is_read_with_a_place_and_a_confidence_for_each_character(reader: Reader, text: str) -> None:
    reader.learn(written(text), text)
    reading = reader.ocr.read(written(text, around=1))
    assert reading.text == text
    assert len(reading.text) == len(reading.sure) == len(reading.places)
    assert all(0.0 <= sure <= 1.0 for sure in reading.sure)
    assert list(reading.places) == sorted(reading.places)
    assert 0.0 <= reading.places[0] < 0.2
    assert 0.8 < reading.places[-1] <= 1.0


def test_lines_of_a_picture_come_with_their_boxes(reader: Reader) -> None:
    picture = np.full((120, 400, 3), 245, dtype=np.uint8)
    line = written("Quarterly report")
    picture[40 : 40 + line.shape[0], 100 : 100 + line.shape[1]] = line
    reader.learn(written("Quarterly report"), "Quarterly report")
    (found,) = reader.ocr.lines(picture)
    assert found.reading.text == "Quarterly report"
    assert abs(found.box.x - 108) < 8
    assert abs(found.box.y - 48) < 8
    assert abs(found.box.x + found.box.w - 92 - line.shape[1]) < 8


def test_nothing_is_read_where_nothing_stands(reader: Reader) -> None:
    assert reader.ocr.read(np.full((20, 100, 3), 200, dtype=np.uint8)).text == ""
    assert reader.ocr.read(np.zeros((0, 0, 3), dtype=np.uint8)).text == ""
    assert reader.ocr.lines(np.full((64, 64, 3), 7, dtype=np.uint8)) == ()
    assert reader.ocr.lines(np.zeros((0, 9, 3), dtype=np.uint8)) == ()


def test_what_is_too_large_is_not_read(reader: Reader) -> None:
    assert reader.ocr.read(np.zeros((TALLEST + 1, 200, 3), dtype=np.uint8)).text == ""
    assert reader.ocr.read(np.zeros((20, WIDEST + 1, 3), dtype=np.uint8)).text == ""
    assert reader.ocr.lines(np.broadcast_to(np.uint8(0), (LARGEST // 4096 + 1, 4096, 3))) == ()


def test_a_missing_model_is_said_at_the_first_call_with_what_to_do(reader: Reader) -> None:
    reader.lose_model()
    with pytest.raises(MissingPiece) as refused:
        reader.ocr.read(written("Save"))
    assert refused.value.do


def test_it_says_which_version_it_is(reader: Reader) -> None:
    assert reader.ocr.version


def test_another_model_than_the_tested_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    if not models.is_installed():
        pytest.skip(f"needs the models: {models.INSTALL}")
    monkeypatch.setitem(models._DIGESTS, models.RECOGNIZER, "0" * 64)
    with pytest.raises(MissingPiece, match="not the one that was tested"):
        PaddleOcr().read(written("Save"))


def test_a_very_long_line_of_tiny_text_is_not_read() -> None:
    """Its time would not be bounded. No model is needed to see that."""
    narrow = np.zeros((2, 2_000, 3), dtype=np.uint8)
    assert MOST_COLUMNS < 2_000 * HEIGHT / (2 + 2 * MARGIN) * STRETCH
    assert PaddleOcr().read(narrow).text == ""


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(1, 300), st.integers(0, 2**32 - 1), st.booleans())
def test_noise_of_any_size_is_read_or_not_but_never_breaks(height: int, width: int, seed: int, colours: bool) -> None:
    if not models.is_installed():
        pytest.skip(f"needs the models: {models.INSTALL}")
    chance = np.random.default_rng(seed)
    noise = chance.integers(0, 255, (height, width, 3 if colours else 1), dtype=np.uint8)
    reading = _SHARED.read(np.ascontiguousarray(np.broadcast_to(noise, (height, width, 3))))
    assert len(reading.text) == len(reading.sure) == len(reading.places)
    assert len(reading.text) <= MOST_COLUMNS


_SHARED = PaddleOcr()
