# SPDX-License-Identifier: Apache-2.0
"""What must come out solid at every level: faces, turned, tiny and faint text, moving pictures, images with text.

The pictures are drawn. Where masking must not rest on reading, the reader is the worst there is: it takes each line for
a harmless word, and is certain of it. Turned and tiny print rests on the doubts of the real one, which is asked.
"""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from handiwork.adapters.ocr import PaddleOcr
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement, RawFrame, RawPage
from handiwork.ports.ocr import Ocr
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.rules.redaction.pixels import FILL
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.redactor import Redactor

W, H = 640, 400
WHERE = Box(200, 120, 200, 140)
"""Where the attack stands; around it is plain ground."""

LEVELS: tuple[Words, ...] = ("interface", "balanced", "open")
Picture = NDArray[np.uint8]


class Gullible:
    """Reads "Save" wherever it is asked, without a doubt."""

    version = "gullible 1"

    def read(self, line: Picture) -> Reading:
        return Reading("Save", (1.0,) * 4, (0.125, 0.375, 0.625, 0.875))

    def lines(self, picture: Picture) -> tuple[ReadLine, ...]:
        return ()


def photo(seed: int = 1) -> Image.Image:
    """A face, as a camera gives it: soft shading, and noise in every pixel."""
    rows, columns = np.mgrid[0 : WHERE.h, 0 : WHERE.w]
    light = 200 - ((columns - 90) ** 2 + (rows - 60) ** 2) / 120
    noise = np.random.default_rng(seed).normal(0, 6, (WHERE.h, WHERE.w))
    face = Image.fromarray(np.clip(light + noise, 0, 255).astype(np.uint8)).convert("RGB")
    pen = ImageDraw.Draw(face)
    for eye in (70, 120):
        pen.ellipse((eye - 8, 50, eye + 8, 60), fill=(30, 25, 20))
    pen.arc((70, 70, 120, 105), 20, 160, fill=(120, 40, 40), width=4)
    return face.filter(ImageFilter.GaussianBlur(1))


def written(size: int, turned: float = 0.0, ink: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    paper = Image.new("RGB", (WHERE.w, WHERE.h), (255, 255, 255))
    ImageDraw.Draw(paper).text((30, 60), "Karen Whitfield", fill=ink, font=ImageFont.load_default(size))
    return paper.rotate(turned, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))


def photo_with_text() -> Image.Image:
    picture = photo()
    ImageDraw.Draw(picture).text((20, 20), "Karen Whitfield", fill=(255, 255, 255), font=ImageFont.load_default(18))
    return picture


ATTACKS: dict[str, Callable[[], Image.Image]] = {
    "a face": photo,
    "an image with text": photo_with_text,
    "text one shade off its ground": lambda: written(16, ink=(254, 255, 255)),
    "text nearly of its ground's colour": lambda: written(16, ink=(245, 245, 245)),
}

HARD_TO_READ: dict[str, Callable[[], Image.Image]] = {
    "text turned by 90 degrees": lambda: written(16, 90),
    "text turned by 270 degrees": lambda: written(16, 270),
    "text turned by 12 degrees": lambda: written(16, 12),
    "text upside down": lambda: written(16, 180),
    "tiny text": lambda: written(5),
}


def screen(picture: Image.Image, time_ms: int = 1_000) -> RawFrame:
    whole = Image.new("RGB", (W, H), (255, 255, 255))
    whole.paste(picture, (WHERE.x, WHERE.y))
    return RawFrame(time_ms, Box(0, 0, W, H), whole.tobytes("raw", "BGRX"))


def kept_of(level: Words, *pictures: Image.Image, ocr: Ocr | None = None) -> list[Picture]:
    """Each picture as it is kept, read by the gullible reader or another, one after the other in one segment."""
    reader, redactor, kept = ScreenReader(ocr or Gullible()), Redactor(level), []
    try:
        for number, picture in enumerate(pictures):
            frame = screen(picture, 1_000 + 100 * number)
            reader.look(frame)
            assert reader.settle(20)
            seen = reader.seen(frame)
            assert seen is not None
            kept.append(redactor.frame(frame, [frame.region], None, seen.lines).pixels)
    finally:
        reader.close()
    return kept


def drawn(picture: Image.Image) -> NDArray[np.bool_]:
    """Where the picture is not plain ground."""
    return np.asarray((np.asarray(picture) != 255).any(axis=2))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_no_clear_print_is_solid_at_every_level(attack: str, level: Words) -> None:
    picture = ATTACKS[attack]()
    (kept,) = kept_of(level, picture)
    inside = kept[WHERE.y : WHERE.y + WHERE.h, WHERE.x : WHERE.x + WHERE.w]
    assert drawn(picture).any()
    assert (inside[drawn(picture)] == FILL).all()


@pytest.mark.parametrize("attack", HARD_TO_READ)
def test_print_that_is_turned_or_tiny_is_solid_for_the_real_reader(attack: str) -> None:
    pytest.importorskip("tinyocr", reason="the reader of pictures is not installed")
    picture = HARD_TO_READ[attack]()
    for level in LEVELS:
        (kept,) = kept_of(level, picture, ocr=PaddleOcr())
        inside = kept[WHERE.y : WHERE.y + WHERE.h, WHERE.x : WHERE.x + WHERE.w]
        assert (inside[drawn(picture)] == FILL).all(), level


@pytest.mark.parametrize("level", LEVELS)
def test_a_moving_picture_is_solid_in_every_frame_and_all_frames_are_alike(level: Words) -> None:
    frames = [photo(seed) for seed in range(5)]
    kept = kept_of(level, *frames)
    for one in kept:
        assert (one[WHERE.y : WHERE.y + WHERE.h, WHERE.x : WHERE.x + WHERE.w] == FILL).all()
        assert np.array_equal(one, kept[0])


@pytest.mark.parametrize("level", LEVELS)
def test_clear_print_that_was_read_is_shown_so_that_these_tests_can_fail(level: Words) -> None:
    picture = written(16)
    (kept,) = kept_of(level, picture)
    inside = kept[WHERE.y : WHERE.y + WHERE.h, WHERE.x : WHERE.x + WHERE.w]
    assert (inside[drawn(picture)] != FILL).any()


@pytest.mark.parametrize("level", LEVELS)
def test_an_image_of_a_page_is_solid_whatever_text_stands_over_and_in_it(level: Words) -> None:
    """Images, videos and canvases are told by role; a harmless label over one clears nothing of it."""
    frame = screen(photo_with_text())
    harmless = RawElement(900, "button", "Save", "", Box(210, 130, 60, 20), frozenset(), -1, "", ())
    image = RawElement(900, "image", "", "", WHERE, frozenset(), -1, "", ())
    page = RawPage(900, "https://x.example/", "x", frame.region, frame.region, (harmless, image), -1, False, "")
    kept = Redactor(level).frame(frame, [frame.region], page).pixels
    assert (kept[WHERE.y : WHERE.y + WHERE.h, WHERE.x : WHERE.x + WHERE.w] == FILL).all()
