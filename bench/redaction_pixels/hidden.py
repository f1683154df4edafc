# SPDX-License-Identifier: Apache-2.0
"""What of a page can still be seen after redaction: the way of a frame in the recorder, and the count of its ink."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bench.redaction_pixels.page import Marked, Page
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.ports.ocr import Ocr
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.rules.redaction.pixels import FILL
from handiwork.rules.redaction.redactor import Redactor

ENOUGH = 0.95
"""Of the ink of a piece of text: hidden, for what is personal; kept, for what belongs to the interface."""

_STANDS_OUT = 40


@dataclass
class Count:
    """Pieces of text by kind: how many there were, and how many were dealt with as they should be."""

    there: dict[str, int] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, page: str, mark: Marked, share_kept: float) -> None:
        """One piece of text and how much of its ink was kept."""
        is_right = 1.0 - share_kept >= ENOUGH if mark.kind else share_kept >= ENOUGH
        self.there[mark.kind] = self.there.get(mark.kind, 0) + 1
        self.right[mark.kind] = self.right.get(mark.kind, 0) + is_right
        if not is_right:
            self.wrong.append((page, mark.kind or "ui", mark.text))

    def hidden(self) -> float:
        """The share of personal items that are hidden."""
        return self._share([kind for kind in self.there if kind])

    def readable(self) -> float:
        """The share of the interface's words that can still be read."""
        return self._share([""])

    def _share(self, kinds: list[str]) -> float:
        there = sum(self.there.get(kind, 0) for kind in kinds)
        return sum(self.right.get(kind, 0) for kind in kinds) / there if there else 1.0


def count(pages: list[Page], ocr: Ocr, level: Words) -> Count:
    """Every page through a redactor and a reader of its own, as the first frame of a window, read in time."""
    counted = Count()
    for page in pages:
        shown = redacted(page, ocr, level)
        for mark in page.marks:
            counted.add(page.name, mark, _kept(page.pixels, shown, mark.boxes))
    return counted


def redacted(page: Page, ocr: Ocr, level: Words) -> NDArray[np.uint8]:
    """The page's picture as it would be kept."""
    reader, frame = ScreenReader(ocr), page.frame()
    reader.look(frame)
    reader.settle(60)
    seen = reader.seen(frame)
    reader.close()
    assert seen is not None
    assert not seen.unread
    return Redactor(level).frame(frame, [page.region], None, seen.lines).pixels


def _kept(before: NDArray[np.uint8], after: NDArray[np.uint8], boxes: tuple[Box, ...]) -> float:
    """Of the pixels that stand out from the ground, the share that is still as it was."""
    ink = kept = 0
    for box in boxes:
        here = slice(box.y, box.y + box.h), slice(box.x, box.x + box.w)
        part, shown = before[here].astype(int), after[here].astype(int)
        colours, counts = np.unique(part.reshape(-1, 3), axis=0, return_counts=True)
        stands_out = np.abs(part - colours[counts.argmax()]).max(axis=2) > _STANDS_OUT
        ink += int(stands_out.sum())
        kept += int((stands_out & (part == shown).all(axis=2) & (shown != FILL).any(axis=2)).sum())
    return kept / ink if ink else 0.0
