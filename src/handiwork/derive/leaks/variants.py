# SPDX-License-Identifier: Apache-2.0
"""The same text as somebody may have written it down: encoded, spaced out, backwards. Bounded on any input."""

import base64
import binascii
import re
from collections.abc import Iterator

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,4096}={0,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}[ :-]?){8,2048}")
_SPACED = re.compile(r"(?:[^\s][ \u00a0._*|-]{1,2}){7,200}[^\s]")
_GAPS = re.compile(r"[ \u00a0._*|-]{1,2}(?=[^\s])")
_DEPTH = 2
"""Base64 in base64, and no deeper."""


def variants(text: str, depth: int = _DEPTH) -> Iterator[tuple[str, str]]:
    """(how, text) of what the text may stand for."""
    for how, plain in _decoded(text):
        yield how, plain
        if depth > 1:
            yield from (
                (f"{how}, {inner}", deeper) for inner, deeper in variants(plain, depth - 1) if inner != "reversed"
            )
    for found in _SPACED.finditer(text):
        yield "spaced out", found.group()[0] + _without_gaps(found.group()[1:])
    yield "reversed", text[::-1]


def _without_gaps(text: str) -> str:
    return _GAPS.sub("", text)


def _decoded(text: str) -> Iterator[tuple[str, str]]:
    for found in _BASE64.finditer(text):
        for lead in range(4):  # a letter or a slash before it would shift everything
            if plain := _printable(_from_base64(found.group()[lead:])):
                yield "base64", plain
    for found in _HEX.finditer(text):
        if plain := _printable(_from_hex(found.group())):
            yield "hexadecimal", plain


def _from_base64(coded: str) -> bytes:
    plain = coded.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""


def _from_hex(coded: str) -> bytes:
    try:
        return bytes.fromhex(re.sub(r"[ :-]", "", coded))
    except ValueError:
        return b""


def _printable(data: bytes) -> str:
    """As text, if it is one: what decodes to noise stood for nothing."""
    for encoding in ("utf-8", "utf-16-le"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(text) >= 6 and all(char.isprintable() or char in "\r\n\t" for char in text) and _is_plain(text):
            return text
    return ""


def _is_plain(text: str) -> bool:
    return sum(char.isascii() for char in text) > 0.7 * len(text)
