# SPDX-License-Identifier: Apache-2.0
"""A reader that has learned by heart what certain pictures say. It can be slow, unsure and missing."""

import threading

import numpy as np
from numpy.typing import NDArray

from handiwork.model.errors import MissingPiece
from handiwork.model.geometry import Box
from handiwork.ports.ocr import LARGEST, TALLEST, WIDEST
from handiwork.rules.redaction.reading import Reading, ReadLine


class LearnedOcr:
    """Knows the pictures that it was taught, wherever they stand; anything else it can't read."""

    version = "fake 1"

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, bytes], str] = {}
        self.is_missing = False
        self.sure = 1.0
        self.may_go_on = threading.Event()
        """Cleared: the next reading waits for it to be set."""
        self.may_go_on.set()
        self.asked = 0

    def teach(self, picture: NDArray[np.uint8], text: str) -> None:
        """From now on the ink in this picture reads so."""
        self._known[_ink(picture)] = text

    def read(self, line: NDArray[np.uint8]) -> Reading:
        """What it was taught."""
        if self.is_missing:
            raise MissingPiece("The fake model was taken away.", data="nothing.", do="put it back.")
        self.asked += 1
        self.may_go_on.wait(10)
        if not line.size or line.shape[0] > TALLEST or line.shape[1] > WIDEST:
            return Reading()
        text = self._known.get(_ink(line), "")
        count = len(text)
        return Reading(text, (self.sure,) * count, tuple((at + 0.5) / count for at in range(count)))

    def lines(self, picture: NDArray[np.uint8]) -> tuple[ReadLine, ...]:
        """At most one line: all the ink of the picture."""
        if not picture.size or picture.shape[0] * picture.shape[1] > LARGEST:
            return ()
        top, left, bottom, right = _bounds(picture)
        frame = picture[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1]
        reading = self.read(frame)
        return (ReadLine(Box(left, top, right - left, bottom - top), reading),) if reading.text else ()


def _bounds(picture: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    ink = (picture != picture[0, 0]).any(axis=2)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return 0, 0, 0, 0
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def _ink(picture: NDArray[np.uint8]) -> tuple[int, int, bytes]:
    top, left, bottom, right = _bounds(picture)
    return bottom - top, right - left, picture[top:bottom, left:right].tobytes()
