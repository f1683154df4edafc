# SPDX-License-Identifier: Apache-2.0
"""Puts pictures on one window. Knows not where it stands or why it changes."""

from handiwork.adapters.x11.looks import Picture
from handiwork.adapters.x11.requests import create_gc, put_image
from handiwork.adapters.x11.wire import Connection


class Painter:
    """Queues the drawing of a picture; the caller sends it off."""

    def __init__(self, link: Connection, window: int) -> None:
        self._link, self._window = link, window
        self._context = link.new_id()
        link.send(create_gc(self._context, window, []))
        link.sync()

    def paint(self, picture: Picture, x: int = 0, y: int = 0) -> None:
        """From that place in the window on."""
        box = (x, y, picture.width, picture.height)
        request = put_image(self._window, self._context, box, self._link.screen.depth, picture.pixels)
        self._link.send(request)
