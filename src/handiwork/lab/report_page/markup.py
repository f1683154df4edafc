# SPDX-License-Identifier: Apache-2.0
"""HTML and SVG that can't be broken out of: all text is escaped unless it was made here. Knows no page."""

import base64
import html
from collections.abc import Iterable

VOID = frozenset({"meta", "br", "hr", "img"})

_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


class Markup(str):
    """Text that is HTML already. Made by `element` and `join` alone."""

    __slots__ = ()


Child = str | None
"""Markup is put in as it is, other text escaped, None left out."""


def element(tag: str, *children: Child, **attributes: str | float | None) -> Markup:
    """`<tag attribute="...">children</tag>`. In attribute names `_` stands for `-`; a trailing one is dropped."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(_plain(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in VOID:
        return Markup(f"<{tag}{given}>")
    return Markup(f"<{tag}{given}>{join(children)}</{tag}>")


def join(children: Iterable[Child]) -> Markup:
    """One after the other."""
    return Markup("".join(c if isinstance(c, Markup) else html.escape(c, quote=False) for c in children if c))


def style_sheet(css: str) -> Markup:
    """A style element. The sheet is our own file; it is checked all the same."""
    if "</" in css or "@import" in css or "url(" in css:
        raise ValueError("the style sheet may neither end its element nor load anything")
    return Markup(f"<style>{css}</style>")


def data_uri(picture: bytes) -> str:
    """The picture inside the page. ValueError for anything but PNG, JPEG and WebP."""
    kind = next((kind for start, kind in _KINDS if picture.startswith(start)), "")
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        kind = "image/webp"
    if not kind:
        raise ValueError("not a PNG, JPEG or WebP picture")
    return f"data:{kind};base64,{base64.b64encode(picture).decode('ascii')}"


def _plain(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
