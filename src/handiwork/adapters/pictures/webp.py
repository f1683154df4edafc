# SPDX-License-Identifier: Apache-2.0
"""Lossless WebP by Pillow."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError, WebPImagePlugin

from handiwork.model.errors import Damaged

# Named here, so that it is known: at the first unknown format Pillow would load every plugin it has.
assert Image.SAVE.get(WebPImagePlugin.WebPImageFile.format) is not None, "Pillow was built without WebP"


LARGEST = 1 << 25
"""Pixels of one picture: an 8K screen. A few bytes can claim far more, and would take gigabytes of memory."""


class WebpPictures:
    """`effort` 0 to 6 trades time for size; 2 is about a quarter of the time of 4 for a tenth more bytes."""

    def __init__(self, effort: int = 2) -> None:
        self._effort = effort

    def encode(self, pixels: NDArray[np.uint8]) -> bytes:
        """Lossless WebP of (height, width, 3) RGB."""
        held = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(pixels)).save(held, "WEBP", lossless=True, method=self._effort, quality=20)
        return held.getvalue()

    def decode(self, picture: bytes) -> NDArray[np.uint8]:
        """(height, width, 3) RGB."""
        try:
            with Image.open(io.BytesIO(picture), formats=["WEBP"]) as image:
                if image.width * image.height > LARGEST:
                    raise ValueError
                return np.asarray(image.convert("RGB"))
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
            raise Damaged(
                f"A picture can't be read ({type(error).__name__})",
                data="the rest of the segment is unaffected.",
                do="delete the segment if this repeats; it was not written by this recorder.",
            ) from None
