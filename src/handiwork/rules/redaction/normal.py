# SPDX-License-Identifier: Apache-2.0
"""One plain form of a text, so that look-alike characters hide nothing, with a map back to the original.

Compatibility forms (fullwidth, circled, superscript) are folded, marks and invisible characters dropped, Cyrillic and
Greek look-alikes and all digits made ASCII, every kind of space and dash made one, and %XX and &#N; decoded.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handiwork.rules.redaction.span import Span

_LOOK_ALIKES = str.maketrans(
    "АВЕЅZІЈКМНОРСТУХЬаеіјорсухѕһԁԛԝɡıΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυ",
    "ABESZIJKMHOPCTYXbaeijopcyxshdqwgiABEZHIKMNOPTYXaivopu",
)
_OTHERS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "⁃": "-", "﹘": "-", "‘": "'", "’": "'"})
_COARSE = re.compile(r"%[0-9A-Fa-f]{2}|&#(?:x[0-9A-Fa-f]{1,5}|[0-9]{1,6});|&(?:amp|commat|period|colon|num|equals);")
_NAMED = {"amp": "&", "commat": "@", "period": ".", "colon": ":", "num": "#", "equals": "="}
_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co"})
_PASSES = 3


class Normal(NamedTuple):
    """`text[i]` came from the original's characters `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def __repr__(self) -> str:
        return "<Normal (content withheld)>"

    def original(self, span: Span) -> Span:
        """The same span in the original's characters."""
        return Span(self.starts[span.start], self.ends[span.end - 1], span.kind)


def normal(text: str) -> Normal:
    """The plain form."""
    if is_plain(text):
        return Normal(text, range(len(text)), range(1, len(text) + 1))
    pieces = [(folded, at, at + 1) for at, char in enumerate(text) for folded in _folded(char)]
    for _ in range(_PASSES):
        decoded = _decoded(pieces)
        if len(decoded) == len(pieces):
            break
        pieces = decoded
    return Normal("".join(p[0] for p in pieces), tuple(p[1] for p in pieces), tuple(p[2] for p in pieces))


def is_plain(text: str) -> bool:
    """Whether it is its own plain form."""
    return text.isascii() and text.isprintable() and "%" not in text and "&" not in text


def lowered(text: str) -> str:
    """Lower case of the same length, character by character."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char.isspace():
        return "\n" if char in "\n\r\v\f\u2028\u2029\x85" else " "
    plain = unicodedata.normalize("NFKD", char.translate(_LOOK_ALIKES).translate(_OTHERS))
    kept = (c for c in plain if unicodedata.category(c) not in _INVISIBLE)
    return "".join(_digit(c) for c in kept).translate(_LOOK_ALIKES).translate(_OTHERS)


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(int(value))


def _decoded(pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    text = "".join(piece[0] for piece in pieces)
    result, at = [], 0
    for found in _COARSE.finditer(text):
        char = _char(found.group())
        if not char:
            continue
        result += pieces[at : found.start()]
        result.append((char, pieces[found.start()][1], pieces[found.end() - 1][2]))
        at = found.end()
    return result + pieces[at:]


def _char(escape: str) -> str:
    if escape.startswith("%"):
        code = int(escape[1:], 16)
    elif escape.startswith("&#x"):
        code = int(escape[3:-1], 16)
    elif escape.startswith("&#"):
        code = int(escape[2:-1])
    else:
        return _NAMED[escape[1:-1]]
    return chr(code) if 32 <= code < 127 else ""
