# SPDX-License-Identifier: Apache-2.0
"""Pixels by mss. Tried on X11 alone; refuses a screen whose pixels are not one to one with its coordinates."""

import time
from contextlib import suppress

from handiwork.model.errors import Lost, MissingPiece
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame


class PortableScreen:
    """Screen for the session of `display` ($DISPLAY if None; without meaning where there are no displays)."""

    def __init__(self, display: str | None = None) -> None:
        try:
            import mss
            from mss.exception import ScreenShotError
        except ModuleNotFoundError as error:
            raise MissingPiece(
                f"The portable screen needs the library {error.name}, which is not installed here.",
                data="nothing was recorded.",
                do="install handiwork[portable].",
            ) from None
        # On Linux, mss 10 meets a server that is gone with a failed assertion.
        self._failures = (ScreenShotError, OSError, AssertionError)
        try:
            self._mss = mss.MSS(display=display) if display else mss.MSS()
        except self._failures:
            raise MissingPiece(
                "No screen can be read here.",
                data="nothing was recorded.",
                do="run this inside a session that has a screen.",
            ) from None

    def size(self) -> Box:
        """All monitors together, as they were at the start: mss asks once."""
        try:
            whole = self._mss.monitors[0]
        except self._failures:
            raise _gone() from None
        return Box(whole["left"], whole["top"], whole["width"], whole["height"])

    def grab(self, region: Box) -> RawFrame:
        """The pixels of `region`, clipped to the screen."""
        clipped = region.intersection(self.size())
        before = time.monotonic_ns() // 1_000_000
        return RawFrame(before, clipped, self._pixels(clipped) if clipped.area else b"")

    def close(self) -> None:
        """May be called twice."""
        with suppress(*self._failures):
            self._mss.close()

    def _pixels(self, region: Box) -> bytes:
        try:
            shot = self._mss.grab({"left": region.x, "top": region.y, "width": region.w, "height": region.h})
        except self._failures:
            raise _gone() from None
        pixels = bytes(shot.bgra)
        if len(pixels) != region.area * 4:
            raise MissingPiece(
                "This screen's pixels are not one to one with its coordinates (a scaled display).",
                data="nothing of it was kept.",
                do="set the display's scale to 1, or don't use the portable backend.",
            )
        return pixels


def _gone() -> Lost:
    return Lost(
        "The screen can't be read any more.",
        data="recording stopped; nothing after this moment was kept.",
        do="log in again, then start it.",
    )
