# SPDX-License-Identifier: Apache-2.0
"""Lossless pictures."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Pictures(Protocol):
    """A lossless image format, one for all: what is decoded equals what was encoded, pixel for pixel."""

    def encode(self, pixels: NDArray[np.uint8]) -> bytes:
        """A picture of (height, width, 3) RGB."""
        ...

    def decode(self, picture: bytes) -> NDArray[np.uint8]:
        """(height, width, 3) RGB; raises Damaged if it is no picture of ours."""
        ...
