# SPDX-License-Identifier: Apache-2.0
"""The screen is read beside the loop: nothing twice, nothing waited for, nothing kept longer than the segment."""

import time
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.properties.harness import Life
from tests.recorder.test_fresh_picture import busy

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame, RawPage
from handiwork.ports.fakes.ocr import LearnedOcr
from handiwork.recorder.pictures.reading import ScreenReader

REGION = Box(100, 50, 640, 400)
TEXTS = ("Save changes", "Invoices", "Another line")


def screen(*texts: str, time_ms: int = 1_000, region: Box = REGION) -> RawFrame:
    """A frame with one text below the other; each text always looks the same."""
    image = Image.new("RGB", (region.w, region.h), (240, 240, 240))
    for row, text in enumerate(texts):
        ImageDraw.Draw(image).text((40, 30 + 40 * row), text, fill=(0, 0, 0), font=ImageFont.load_default(15))
    rgb = np.asarray(image)
    bgrx = np.zeros((*rgb.shape[:2], 4), dtype=np.uint8)
    bgrx[:, :, :3] = rgb[:, :, ::-1]
    return RawFrame(time_ms, region, bgrx.tobytes())


def picture(text: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    raw = screen(text)
    bgrx = np.frombuffer(raw.pixels, dtype=np.uint8).reshape(REGION.h, REGION.w, 4)
    return np.ascontiguousarray(bgrx[:, :, 2::-1])


@pytest.fixture
def ocr() -> LearnedOcr:
    learned = LearnedOcr()
    for text in TEXTS:
        learned.teach(picture(text), text)
    return learned


@pytest.fixture
def reader(ocr: LearnedOcr) -> Iterator[ScreenReader]:
    reader = ScreenReader(ocr)
    yield reader
    ocr.may_go_on.set()
    reader.close()
    reader.close()


def texts_of(reader: ScreenReader, frame: RawFrame, before_ms: int | None = None) -> tuple[list[str], int]:
    reader.look(frame)
    assert reader.settle(10)
    seen = reader.seen(frame, before_ms)
    assert seen is not None
    return [line.reading.text for line in seen.lines], seen.unread


def test_every_line_of_a_frame_is_read_where_it_stands(reader: ScreenReader) -> None:
    frame = screen("Save changes", "Invoices")
    reader.look(frame)
    reader.settle(10)
    seen = reader.seen(frame)
    assert seen is not None
    assert [line.reading.text for line in seen.lines] == ["Save changes", "Invoices"]
    assert seen.unread == 0
    assert [(line.box.x - REGION.x) // 10 for line in seen.lines] == [4, 4]


def test_a_line_that_was_read_is_never_read_again_wherever_it_goes(reader: ScreenReader, ocr: LearnedOcr) -> None:
    assert texts_of(reader, screen("Save changes", "Invoices")) == (["Save changes", "Invoices"], 0)
    assert ocr.asked == 2
    moved = screen("Invoices", "Save changes", "Another line", time_ms=1_200)
    assert texts_of(reader, moved) == (["Invoices", "Save changes", "Another line"], 0)
    assert ocr.asked == 3


def test_what_is_not_read_in_time_is_not_waited_for(reader: ScreenReader, ocr: LearnedOcr) -> None:
    ocr.may_go_on.clear()
    frame, again = screen("Save changes", "Invoices"), screen("Save changes", "Invoices", time_ms=1_300)
    reader.look(frame)
    while ocr.asked == 0:
        pass
    seen = reader.seen(frame)
    assert seen is not None
    assert (seen.lines, seen.unread) == ((), 2)
    ocr.may_go_on.set()
    reader.settle(10)
    assert texts_of(reader, again) == (["Save changes", "Invoices"], 0)


def test_of_a_frame_whose_lines_were_not_even_found_nothing_is_known(reader: ScreenReader) -> None:
    assert reader.seen(screen("Save changes")) is None


def test_a_newer_frame_is_more_urgent_than_the_rest_of_an_older_one(reader: ScreenReader, ocr: LearnedOcr) -> None:
    ocr.may_go_on.clear()
    reader.look(screen("Save changes", "Invoices"))
    while ocr.asked == 0:
        pass
    newer = screen("Another line", time_ms=1_200)
    reader.look(newer)
    ocr.may_go_on.set()
    reader.settle(10)
    seen = reader.seen(newer)
    assert seen is not None
    assert [line.reading.text for line in seen.lines] == ["Another line"]
    assert ocr.asked == 2, "of the older frame, only the line under way was read"


def test_lines_that_came_while_somebody_was_typing_are_left_out(reader: ScreenReader) -> None:
    assert texts_of(reader, screen("Save changes", time_ms=1_000)) == (["Save changes"], 0)
    assert texts_of(reader, screen("Save changes", "Invoices", time_ms=2_000), before_ms=1_500) == (["Save changes"], 0)
    later = screen("Save changes", "Invoices", time_ms=3_000)
    assert texts_of(reader, later) == (["Save changes", "Invoices"], 0)


def test_lines_that_change_with_every_key_are_not_read_before_the_typing_is_over(
    reader: ScreenReader, ocr: LearnedOcr
) -> None:
    texts_of(reader, screen("Save changes", time_ms=1_000))
    for time_ms, text in ((2_000, "Invo"), (2_100, "Invoi"), (2_200, "Invoices")):
        frame = screen("Save changes", text, time_ms=time_ms)
        reader.look(frame, typing_since_ms=1_900)
        assert reader.settle(10)
        seen = reader.seen(frame, before_ms=1_900)
        assert seen is not None
        assert ([line.reading.text for line in seen.lines], seen.unread) == (["Save changes"], 0)
    assert ocr.asked == 1
    assert texts_of(reader, screen("Save changes", "Invoices", time_ms=3_000)) == (["Save changes", "Invoices"], 0)


def test_a_new_segment_knows_nothing_of_the_last(reader: ScreenReader, ocr: LearnedOcr) -> None:
    frame = screen("Save changes")
    texts_of(reader, frame)
    reader.look(frame)
    reader.settle(10)
    reader.forget()
    assert reader.seen(frame) is None
    assert texts_of(reader, screen("Save changes")) == (["Save changes"], 0)
    assert ocr.asked == 2


def test_a_missing_model_ends_the_reading_and_says_so(reader: ScreenReader, ocr: LearnedOcr) -> None:
    ocr.is_missing = True
    frame = screen("Save changes")
    reader.look(frame)
    assert reader.settle(10)
    assert reader.trouble == "no model"
    seen = reader.seen(frame)
    assert seen is None or (seen.lines, seen.unread) == ((), 1)
    reader.look(frame)


def test_a_photograph_is_never_taken_for_text(reader: ScreenReader, ocr: LearnedOcr) -> None:
    frame = screen("Save changes")
    pixels = np.frombuffer(frame.pixels, dtype=np.uint8).reshape(REGION.h, REGION.w, 4).copy()
    pixels[200:260, 100:220] = np.random.default_rng(3).integers(0, 255, (60, 120, 4), dtype=np.uint8)
    assert texts_of(reader, RawFrame(1_000, REGION, pixels.tobytes()))[0][:1] == ["Save changes"]
    assert ocr.asked == 1


class Traced(RawFrame):
    """A frame that can be seen to go."""

    __slots__ = ("__weakref__",)


def test_a_thread_that_waits_holds_on_to_nothing_of_a_segment_that_ended(reader: ScreenReader) -> None:
    plain = screen("Invoices")
    shown = Traced(plain.time_ms, plain.region, plain.pixels)
    gone = weakref.ref(shown)
    texts_of(reader, shown)
    assert gone() is not None
    del shown
    reader.forget()
    for _ in range(200):
        if gone() is None:
            break
        time.sleep(0.01)
    assert gone() is None


def test_where_text_may_run_along_only_what_stood_there_in_the_frame_before_is_told(reader: ScreenReader) -> None:
    """What runs along is cut off at an edge: half of a name is no name to any detector."""
    frames = [
        screen(*texts, time_ms=time_ms) for time_ms, texts in ((1_000, TEXTS[:1]), (2_000, TEXTS), (3_000, TEXTS))
    ]
    told = []
    for frame in frames:
        reader.look(frame)
        assert reader.settle(10)
        seen = reader.seen(frame, standing=True)
        assert seen is not None
        told.append(([line.reading.text for line in seen.lines], seen.unread))
    assert told == [([], 1), ([TEXTS[0]], 2), ([*TEXTS], 0)]


def test_a_line_that_was_read_elsewhere_is_not_told_where_it_runs_along(reader: ScreenReader) -> None:
    for time_ms, region in ((1_000, REGION), (2_000, Box(REGION.x, REGION.y + 3, REGION.w, REGION.h))):
        frame = screen(TEXTS[0], time_ms=time_ms, region=region)
        reader.look(frame)
        assert reader.settle(10)
        seen = reader.seen(frame, standing=True)
        assert seen is not None
        assert (seen.lines, seen.unread) == ((), 1)


def test_a_programs_window_is_read_though_a_page_is_known_that_tells_all_of_itself() -> None:
    class Noting(ScreenReader):
        looked = 0

        def look(self, frame: RawFrame, typing_since_ms: int | None = None) -> None:
            self.looked += 1

    life, reader = Life(), Noting(LearnedOcr())
    life.recorder._keeping._reader = reader
    life.become(front="notes")
    life.pass_time(1_000)
    box = Box(0, 0, 900, 20)
    page = RawPage(life.clock.now, "https://mail.example/", "mail", box, box, (), -1, False, "")
    life.recorder._watch.pages.add(page)
    reader.looked = 0
    busy(life, 1_000)
    life.pass_time(1_000)
    assert reader.looked > 0
