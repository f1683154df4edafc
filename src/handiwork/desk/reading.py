# SPDX-License-Identifier: Apache-2.0
"""Opens segments with the person's own key, in memory only, and makes small pictures of their frames.

What was opened last is remembered until something else is, so that looking at one segment decrypts it once.
"""

import threading

import numpy as np

from handiwork.derive.frames import Pixels, rebuild
from handiwork.desk.desk import Desk
from handiwork.model.errors import BadInput
from handiwork.model.event import Frame
from handiwork.model.ids import SegmentId
from handiwork.model.segment import OpenSegment
from handiwork.ports.sealed import open_segment, split, unwrap_device_key

_AT_ONCE = 12
_WIDEST = 640


class Reader:
    """May be used by many threads; one opens at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._last: OpenSegment | None = None
        self._drawn: dict[int, Pixels] = {}

    def open(self, segment: SegmentId) -> OpenSegment:
        """A closed segment's events; raises Damaged or BadInput."""
        with self._lock:
            return self._open(segment)

    def picture(self, segment: SegmentId, place: int, width: int) -> bytes:
        """Frame number `place`, shrunk to about `width` pixels, as WebP; raises BadInput if there is no such frame."""
        with self._lock:
            opened = self._open(segment)
            if place not in self._drawn:
                self._drawn = self._draw(opened, place - place % _AT_ONCE)
            if place not in self._drawn:
                raise BadInput("There is no such picture.", data="Nothing was changed.", do="Reload the page.")
            return self._desk.pictures.encode(_shrunk(self._drawn[place], width))

    def forget(self) -> None:
        """Drops what was opened; after every deletion."""
        with self._lock:
            self._last, self._drawn = None, {}

    def _draw(self, opened: OpenSegment, first: int) -> dict[int, Pixels]:
        """Some pictures in a row: a page asks for neighbours, and all of a segment's would fill the memory."""
        frames = [event for event in opened.events if isinstance(event, Frame)]
        wanted = range(first, min(first + _AT_ONCE, len(frames)))
        whole = rebuild(frames, wanted, self._desk.pictures.decode)
        return {place: _shrunk(pixels, _WIDEST) for place, pixels in whole.items()}

    def _open(self, segment: SegmentId) -> OpenSegment:
        known, self._last = self._last, None
        content = self._desk.store.content(segment)  # each time: another program may have deleted it meanwhile
        if known is not None and known.header.segment_id == segment:
            self._last = known
        else:
            self._drawn = {}
            key = unwrap_device_key(self._desk.sealing, self._desk.device_key, split(content)[0])
            self._last = open_segment(self._desk.sealing, key, content)
        return self._last


def _shrunk(pixels: Pixels, width: int) -> Pixels:
    """Each pixel the mean of a square; never enlarged."""
    factor = max(1, round(pixels.shape[1] / width))
    height, across = pixels.shape[0] // factor, pixels.shape[1] // factor
    squares = pixels[: height * factor, : across * factor].reshape(height, factor, across, factor, 3)
    mean: Pixels = squares.mean(axis=(1, 3)).astype(np.uint8)
    return mean
