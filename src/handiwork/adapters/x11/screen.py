# SPDX-License-Identifier: Apache-2.0
"""Pixels of an X11 screen, through memory shared with the server where it can be had. Keeps none of them."""

import mmap
import os

from handiwork.adapters.x11.extensions import shm_attach, shm_detach, shm_get_image
from handiwork.adapters.x11.requests import get_geometry, get_image, read_geometry
from handiwork.adapters.x11.wire import Connection, ProtocolError, monotonic_ms, server_lost
from handiwork.model.errors import MissingPiece
from handiwork.model.geometry import Box
from handiwork.model.raw import RawFrame

_ATTEMPTS = 20


class X11Screen:
    """Screen for `display` ($DISPLAY if None). MissingPiece if its pixels are not 24 bits in 32."""

    def __init__(self, display: str | None = None) -> None:
        self._link = Connection(display)
        if self._link.screen.depth not in (24, 32):
            raise MissingPiece(
                f"This screen has {self._link.screen.depth} bits per pixel, not 24.",
                data="nothing was recorded.",
                do="set the screen to 24-bit colour.",
            )
        self._major = (self._link.extension("MIT-SHM") or (0, 0, 0))[0]
        self._memory: mmap.mmap | None = None
        self._segment = 0

    def size(self) -> Box:
        """The whole screen as it is now."""
        found = read_geometry(self._link.ask(get_geometry(self._link.screen.root)))
        return Box(0, 0, found.width, found.height)

    def grab(self, region: Box) -> RawFrame:
        """The pixels of `region`, clipped to the screen; a screen that shrinks meanwhile is looked at again."""
        for attempt in range(1, _ATTEMPTS + 1):
            clipped = region.intersection(self.size())
            before = monotonic_ms()
            try:
                return RawFrame(before, clipped, self._pixels(clipped) if clipped.area else b"")
            except ProtocolError as refused:
                if attempt == _ATTEMPTS:
                    raise server_lost(f"The X server does not give the screen's pixels ({refused}).") from refused
        raise AssertionError  # the last attempt returned or raised

    def close(self) -> None:
        """Gives the shared memory back. May be called twice."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None
        self._link.close()

    def _pixels(self, region: Box) -> bytes:
        box = region.x, region.y, region.w, region.h
        length = region.area * 4
        memory = self._shared(length)
        if memory is None:
            image = self._link.ask(get_image(self._link.screen.root, box))
            return image[32 : 32 + length]
        self._link.ask(shm_get_image(self._major, self._link.screen.root, box, self._segment))
        return memory[:length]

    def _shared(self, length: int) -> mmap.mmap | None:
        """Memory of at least that length, shared with the server; None where the server shares none."""
        if self._memory is not None and len(self._memory) >= length:
            return self._memory
        if not self._major:
            return None
        if self._memory is not None:  # the screen has grown
            self._link.send(shm_detach(self._major, self._segment))
            self._memory.close()
            self._memory = None
        # memfd: anonymous memory, never a file; the server gets the descriptor over the socket.
        descriptor = os.memfd_create("handiwork-screen", os.MFD_CLOEXEC)
        try:
            os.ftruncate(descriptor, length)
            memory = mmap.mmap(descriptor, length)
            memory.madvise(mmap.MADV_DONTDUMP)
            self._segment = self._link.new_id()
            self._link.flush()
            self._link.send(shm_attach(self._major, self._segment))
            self._link.flush(descriptor)
            self._link.sync()
        except ProtocolError:
            self._major = 0  # a server in another container or machine
            return None
        finally:
            os.close(descriptor)
        self._memory = memory
        return memory
