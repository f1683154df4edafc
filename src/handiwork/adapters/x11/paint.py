# SPDX-License-Identifier: Apache-2.0
"""How the mark looks in each state. Knows one window, not where it stands or why it changes."""

from typing import NamedTuple

from handiwork.adapters.x11.requests import (
    BACKGROUND,
    FONT,
    FOREGROUND,
    change_gc,
    create_gc,
    fill_ellipse,
    fill_rectangles,
    image_text,
    open_font,
)
from handiwork.adapters.x11.wire import Connection, ProtocolError
from handiwork.ports.indicator import State

WIDTH, HEIGHT = 190, 22
_FONTS = ("-misc-fixed-bold-r-semicondensed--13-*-*-*-*-*-iso8859-1", "fixed")
_BASELINE, _TEXT_X = 15, 28


class _Look(NamedTuple):
    """Colours as 0xRRGGBB; the sign at the left is a disc, two bars (pause), a ring or a bar (stop)."""

    ground: int
    edge: int
    ink: int
    sign: str
    sign_ink: int


_LOOKS: dict[State, _Look] = {
    "recording": _Look(0x1D212B, 0xFF4B4B, 0xFFFFFF, "disc", 0xFF4B4B),
    "paused": _Look(0xFFC233, 0x8A5A00, 0x2A1C00, "bars", 0x2A1C00),
    "out of scope": _Look(0xE4E6EA, 0x7A808C, 0x3A3F4A, "ring", 0x7A808C),
    "sign-in": _Look(0x1F5FD0, 0x9CC0FF, 0xFFFFFF, "ring", 0xFFFFFF),
    "trouble": _Look(0xC2006B, 0xFFB3DC, 0xFFFFFF, "bar", 0xFFFFFF),
    "stopped": _Look(0x3A3F4A, 0x7A808C, 0xE4E6EA, "bar", 0xE4E6EA),
}


class Painter:
    """Queues the drawing of a state; the caller sends it off."""

    def __init__(self, link: Connection, window: int) -> None:
        self._link, self._window = link, window
        self._context = link.new_id()
        link.send(create_gc(self._context, window, [(FONT, _open_font(link))]))
        link.sync()

    def paint(self, state: State) -> None:
        """Edge, ground, sign and words, over the whole window."""
        look = _LOOKS[state]
        self._ink(look.edge)
        self._fill((0, 0, WIDTH, HEIGHT))
        self._ink(look.ground)
        self._fill((1, 1, WIDTH - 2, HEIGHT - 2))
        self._sign(look)
        self._ink(look.ink, look.ground)
        self._link.send(image_text(self._window, self._context, _TEXT_X, _BASELINE, f"Handiwork: {state}"))

    def _sign(self, look: _Look) -> None:
        self._ink(look.sign_ink)
        if look.sign in ("disc", "ring"):
            self._link.send(fill_ellipse(self._window, self._context, (9, 6, 10, 10)))
        if look.sign == "ring":
            self._ink(look.ground)
            self._link.send(fill_ellipse(self._window, self._context, (11, 8, 6, 6)))
        if look.sign == "bars":
            self._fill((10, 6, 3, 10), (15, 6, 3, 10))
        if look.sign == "bar":
            self._fill((9, 6, 10, 10))

    def _ink(self, colour: int, ground: int = 0) -> None:
        self._link.send(change_gc(self._context, [(FOREGROUND, colour), (BACKGROUND, ground)]))

    def _fill(self, *boxes: tuple[int, int, int, int]) -> None:
        self._link.send(fill_rectangles(self._window, self._context, boxes))


def _open_font(link: Connection) -> int:
    """A legible core font; every X server has "fixed"."""
    for name in _FONTS[:-1]:
        font = link.new_id()
        link.send(open_font(font, name))
        try:
            link.sync()
        except ProtocolError:
            continue
        return font
    font = link.new_id()
    link.send(open_font(font, _FONTS[-1]))
    link.sync()
    return font
