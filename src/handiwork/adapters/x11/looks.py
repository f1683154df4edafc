# SPDX-License-Identifier: Apache-2.0
"""How mark and tray icon look in each state, as pixels. Knows no window and no connection.

Drawn with Pillow, whose own font (Aileron, CC0) is there on every machine: an X server's core fonts are not, and are
hard to read on today's screens.
"""

from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from handiwork.ports.indicator import State

HEIGHT = 22
_PAD, _SIGN_AT, _TEXT_AT = 11, 15, 26
_FINE = 4  # drawn so many times larger, then shrunk: smooth edges
_SIZE = 12.5


class Look(NamedTuple):
    """Colours as #RRGGBB; the sign is a disc, two bars (pause), a ring or a square (stop)."""

    ground: str
    edge: str
    name: str
    ink: str
    sign: str
    sign_ink: str


LOOKS: dict[State, Look] = {
    "recording": Look("#1b1e27", "#ff4b4b", "#aeb4c2", "#ffffff", "disc", "#ff4b4b"),
    "paused": Look("#ffc233", "#8a5a00", "#6b4a08", "#2a1c00", "bars", "#2a1c00"),
    "out of scope": Look("#eceef2", "#8b93a3", "#6a7180", "#2b303b", "ring", "#6a7180"),
    "sign-in": Look("#1f5fd0", "#9cc0ff", "#c9dcff", "#ffffff", "ring", "#ffffff"),
    "trouble": Look("#c2006b", "#ffb3dc", "#ffd3ea", "#ffffff", "square", "#ffffff"),
    "stopped": Look("#3a3f4a", "#7a808c", "#b3b8c2", "#e4e6ea", "square", "#e4e6ea"),
}


class Picture(NamedTuple):
    """Pixels as an X server takes them: four bytes each, BGRX, rows from top to bottom."""

    width: int
    height: int
    pixels: bytes


@lru_cache(maxsize=16)
def mark(state: State, why: str) -> Picture:
    """The strip on the screen: the sign, our name, the state and the reason, as wide as its words."""
    look = LOOKS[state]
    words = [("Handiwork ", look.name), (state, look.ink), (f" · {why}" if why else "", look.name)]
    width = _TEXT_AT + round(sum(_length(text) for text, _ in words) / _FINE) + _PAD
    drawn = _ground(width, HEIGHT, HEIGHT // 2, look)
    _draw_sign(drawn, look, _SIGN_AT * _FINE, HEIGHT * _FINE // 2, 5 * _FINE)
    pen, at = ImageDraw.Draw(drawn), float(_TEXT_AT * _FINE)
    for text, ink in words:
        pen.text((at, HEIGHT * _FINE / 2), text, fill=ink, font=_font(), anchor="lm")
        at += _length(text)
    return _shrunk(drawn, width, HEIGHT)


@lru_cache(maxsize=16)
def icon(state: State, side: int) -> Picture:
    """The tray's: the sign alone on the state's colour, a square of that side."""
    look = LOOKS[state]
    drawn = _ground(side, side, side // 4, look)
    _draw_sign(drawn, look, side * _FINE // 2, side * _FINE // 2, side * _FINE // 4)
    return _shrunk(drawn, side, side)


def rounded(x: int, y: int, width: int, height: int, radius: int) -> list[tuple[int, int, int, int]]:
    """A rectangle with round corners, row by row, as x, y, width, height: the shape of a window."""
    boxes = []
    for row in range(height):
        above = max(radius - row - 0.5, row + 0.5 - (height - radius), 0.0)
        inset = round(radius - (radius * radius - above * above) ** 0.5)
        boxes.append((x + inset, y + row, width - 2 * inset, 1))
    return boxes


def _ground(width: int, height: int, radius: int, look: Look) -> Image.Image:
    drawn = Image.new("RGB", (width * _FINE, height * _FINE), look.edge)
    box = (0, 0, width * _FINE - 1, height * _FINE - 1)
    ImageDraw.Draw(drawn).rounded_rectangle(box, radius * _FINE, look.ground, look.edge, _FINE)
    return drawn


def _draw_sign(drawn: Image.Image, look: Look, x: int, y: int, r: int) -> None:
    pen, ink = ImageDraw.Draw(drawn), look.sign_ink
    box = (x - r, y - r, x + r, y + r)
    if look.sign == "disc":
        pen.ellipse(box, ink)
    elif look.sign == "ring":
        pen.ellipse(box, None, ink, max(1, r * 2 // 5))
    elif look.sign == "bars":
        pen.rectangle((x - r * 4 // 5, y - r, x - r // 4, y + r), ink)
        pen.rectangle((x + r // 4, y - r, x + r * 4 // 5, y + r), ink)
    else:
        pen.rounded_rectangle((x - r, y - r, x + r, y + r), r // 4, ink)


def _shrunk(drawn: Image.Image, width: int, height: int) -> Picture:
    small = drawn.resize((width, height), Image.Resampling.LANCZOS)
    return Picture(width, height, small.tobytes("raw", "BGRX"))


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    found = ImageFont.load_default(_SIZE * _FINE)
    assert isinstance(found, ImageFont.FreeTypeFont)  # asked for by size
    return found


def _length(text: str) -> float:
    return _font().getlength(text)
