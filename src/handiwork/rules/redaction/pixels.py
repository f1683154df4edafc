# SPDX-License-Identifier: Apache-2.0
"""Masks pictures, closed by default."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame

FILL = (128, 128, 128)
"""The one colour that stands for "not shown"."""


@dataclass(frozen=True)
class MaskedFrame:
    """RGB uint8 (height, width, 3); `masked_share` of its pixels are FILL instead of what was there."""

    pixels: NDArray[np.uint8]
    masked_share: float


def mask(raw: RawFrame, visible: Sequence[Box], clear: Sequence[Box], fill: Sequence[Box]) -> MaskedFrame:
    """Shows only what lies in both a visible and a cleared box, and in no box to fill."""
    region = raw.region
    shown = np.zeros((region.h, region.w), dtype=bool)
    for box in clear:
        for part in visible:
            _set(shown, region, box.intersection(part), True)
    for box in fill:
        _set(shown, region, box, False)
    rgb = np.frombuffer(raw.pixels, dtype=np.uint8).reshape(region.h, region.w, 4)[:, :, 2::-1]
    pixels = np.where(shown[:, :, None], rgb, np.array(FILL, dtype=np.uint8))
    return MaskedFrame(pixels, 1.0 - float(shown.mean()) if shown.size else 1.0)


def _set(shown: NDArray[np.bool_], region: Box, box: Box, value: bool) -> None:
    part = box.intersection(region)
    if part.area:
        shown[part.y - region.y : part.y - region.y + part.h, part.x - region.x : part.x - region.x + part.w] = value
