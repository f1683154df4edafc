# SPDX-License-Identifier: Apache-2.0
"""Reading text in pictures."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from handiwork.rules.redaction.reading import Reading, ReadLine

WIDEST, TALLEST = 2_400, 96
"""A line larger than this is not read: its Reading is empty. So no line takes longer than about half a second."""

LARGEST = 4096 * 2304
"""Pixels of a picture. A larger one is not searched: no lines are found in it."""


class Ocr(Protocol):
    """A reader of printed text. One call at a time; any thread. Nothing that it is shown is kept, logged or raised.

    It never raises for what a picture shows: what can't be read is an empty Reading, and whoever asked masks it.
    The model is loaded by the first call, which raises MissingPiece if it isn't there or isn't the one expected.
    """

    @property
    def version(self) -> str:
        """Names the model, the way in which it is used, and nothing else: other readings, other version."""
        ...

    def read(self, line: NDArray[np.uint8]) -> Reading:
        """One line of text, tightly cut: (height, width, 3) RGB. The background is taken from its border."""
        ...

    def lines(self, picture: NDArray[np.uint8]) -> tuple[ReadLine, ...]:
        """Every line found in (height, width, 3) RGB, from top to bottom. Slow: for audits, not for every frame."""
        ...
