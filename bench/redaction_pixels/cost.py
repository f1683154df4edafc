# SPDX-License-Identifier: Apache-2.0
"""Processor time of one frame on its way through finding, reading, judging and masking, by what changed on the screen.

All threads count. The screen is one rendered page of 1920 x 1080 (more below it, to scroll), warm: the frame before was
read through. Each figure is the median of several such changes, each new to the reader.
"""

import random
import statistics
import subprocess
import sys
import time

from bench.redaction_pixels.page import Page, rendered
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame
from handiwork.ports.ocr import Ocr
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.rules.redaction.redactor import Redactor

BUDGETS = {"typing": 10.0, "hover": 60.0, "scroll": 120.0, "window_switch": 900.0}
WIDTH, HEIGHT, BELOW = 1920, 1080, 1200
TIMES = 5

_WORDS = (
    "order", "invoice", "parcel", "shelf", "garden", "window", "monday", "report", "number", "harbour", "meeting",
    "ticket", "yellow", "draft", "museum", "station", "answer", "ladder", "bridge", "silver", "market", "letter",
    "coffee", "winter", "paper", "signal",
)  # fmt: skip


def screen() -> Page:
    """A work page: a bar, a list at the side, a table, some cards."""
    return rendered("work", _work(random.Random(5)), WIDTH, HEIGHT + BELOW)


def frames(page: Page, ocr: Ocr) -> dict[str, float]:
    """Milliseconds by kind of change."""
    other = rendered("other", _work(random.Random(6)), WIDTH, HEIGHT)
    one = _Window(ocr)
    one.see(page.frame(1, 0, HEIGHT))
    one.see(page.frame(2, 0, HEIGHT))
    typing: list[float] = []
    typed, hover, scroll, switch = [], [], [], []
    text = page.frame(3, 0, HEIGHT)
    for number in range(TIMES):
        text = _typed(text, number)
        typing.append(one.see(text, typing_since_ms=3))
    for number in range(TIMES):
        typed.append(one.see(_typed(text, -1 - number % 3)))
    for number in range(TIMES):
        hover.append(one.see(_hovered(page.frame(100 + number, 0, HEIGHT), number)))
    one.see(page.frame(200, 0, HEIGHT))
    for number in range(1, TIMES + 1):
        scroll.append(one.see(page.frame(200 + number, 120 * number, HEIGHT)))
    for number in range(2):
        another = _Window(ocr)
        another.see(_typed(page.frame(1, 0, HEIGHT), number))
        switch.append(another.see(other.frame(2, 0, HEIGHT)))
    kinds = zip((*BUDGETS, "typing_read_at_every_key"), (typing, hover, scroll, switch, typed), strict=True)
    return {kind: statistics.median(times) for kind, times in kinds}


def memory() -> float:
    """PSS in MB of a process that has read and masked a whole frame."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.redaction_pixels.cost"], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


class _Window:
    """One window's reader and redactor."""

    def __init__(self, ocr: Ocr) -> None:
        self._reader, self._redactor = ScreenReader(ocr), Redactor("balanced")

    def see(self, frame: RawFrame, typing_since_ms: int | None = None) -> float:
        """Milliseconds of processor time that a frame takes, all threads together."""
        began = time.process_time()
        self._reader.look(frame, typing_since_ms)
        self._reader.settle(60)
        seen = self._reader.seen(frame, typing_since_ms)
        assert seen is not None
        self._redactor.frame(frame, [frame.region], None, seen.lines)
        return 1e3 * (time.process_time() - began)


def _work(chance: random.Random) -> str:
    def words(count: int) -> str:
        return " ".join(chance.choice(_WORDS) for _ in range(count)).capitalize()

    side = "".join(f"<p>{words(2)}</p>" for _ in range(22))
    rows = "".join(
        f"<tr><td>{chance.randrange(1000, 9999)}</td><td>{words(2)}</td><td>{words(3)}</td>"
        f"<td>{chance.randrange(9, 400)}.50</td></tr>"
        for _ in range(60)
    )
    cards = "".join(f"<p style='margin:6px 0 44px'><b>{words(2)}</b><br>{words(7)}</p>" for _ in range(14))
    return f"""<style>body {{ margin: 0; font: 14px 'DejaVu Sans'; background: #fff; color: #222 }}
    td {{ padding: 8px 24px; border-bottom: 1px solid #ddd }} p {{ margin: 9px 0 }}</style>
    <div style='background:#234;color:#fff;padding:12px'>{" &emsp; ".join(words(1) for _ in range(9))}</div>
    <div style='float:left;width:240px;background:#f2f3f5;padding:8px 16px'>{side}</div>
    <div style='float:right;width:520px;padding:8px 16px'>{cards}</div>
    <div style='margin-left:290px'><table>{rows}</table></div>"""


def _typed(frame: RawFrame, number: int) -> RawFrame:
    """With one letter more in a field at the top right."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.frombytes("RGB", (frame.region.w, frame.region.h), frame.pixels, "raw", "BGRX")
    pen = ImageDraw.Draw(image)
    pen.rectangle((1500, 8, 1800, 34), fill=(255, 255, 255))
    pen.text((1508, 12), "harvest report"[: 4 + number], fill=(0, 0, 0), font=ImageFont.load_default(15))
    return RawFrame(frame.time_ms + 1, frame.region, image.tobytes("raw", "BGRX"))


def _hovered(frame: RawFrame, number: int) -> RawFrame:
    """With one row of the table on another ground, as under a pointer."""
    import numpy as np

    pixels = np.frombuffer(frame.pixels, dtype=np.uint8).reshape(frame.region.h, frame.region.w, 4).copy()
    row = pixels[200 + 28 * number : 228 + 28 * number, 290:1300, :3]
    row[(row > 235).all(axis=2)] = (250, 236, 226)
    return RawFrame(frame.time_ms, frame.region, pixels.tobytes())


def _pss_mb() -> float:
    with open("/proc/self/smaps_rollup", encoding="ascii") as file:
        (line,) = (line for line in file if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Reads and masks one whole frame and prints how much memory that took."""
    from handiwork.adapters.ocr import PaddleOcr

    page = screen()
    frame = page.frame(1, 0, HEIGHT)
    del page
    _Window(PaddleOcr()).see(frame)
    assert frame.region == Box(0, 0, WIDTH, HEIGHT)
    print(f"{_pss_mb():.1f}")


if __name__ == "__main__":
    main()
