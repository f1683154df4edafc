# SPDX-License-Identifier: Apache-2.0
"""Pixels."""

from typing import Protocol

from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame


class Screen(Protocol):
    """Reads pixels from the screen into memory, nowhere else."""

    def size(self) -> Box:
        """The whole screen."""
        ...

    def grab(self, region: Box) -> RawFrame:
        """The pixels of `region` clipped to the screen, stamped with the time *before* the copy. Raises Lost."""
        ...
