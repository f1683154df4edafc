# SPDX-License-Identifier: Apache-2.0
"""The first and last word of a run of typing that was left amid a word, if they may be part of a key or a password.

No detector knows the beginning of a token, and what would show it may never be typed here. So such a word is cut by
its make alone: the beginning of a known provider's key, or letters and figures that change too often to be a word, a
code with one seam ("RE24-117", "room12") or a measure ("10x20cm"). Only at such edges: within a run, words are whole.
"""

import re

from handiwork.rules.redaction.detectors.keys import begins_like_a_key
from handiwork.rules.redaction.lexicon.lookup import is_common
from handiwork.rules.redaction.span import Span

SHORTEST = 4
"""Characters. Of what is shorter, nothing can be told, and nothing is lost."""
_LONGEST = 400
_FIRST, _LAST = re.compile(r"[^\s\"'`<>(){}\[\],;|]+"), re.compile(r"[^\s\"'`<>(){}\[\],;|=:]+=*\Z")
_PIECE = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MEASURE = re.compile(r"\d{1,5}(?:x\d{1,5}){0,2}[A-Za-z]{0,3}")
_WORD_OF_CODE = 3
"""Letters of a code's word: "RE24"; a longer one must be everybody's, as in "room12"."""
_MOST_HUMPS = 4


def unfinished(text: str, before: str = "") -> list[Span]:
    """Both words' places in the text. `before` is what stood in the field just before it, as far as it was typed."""
    spans = []
    first = _FIRST.match(text)
    if first is not None:
        begun = _LAST.search(before[-_LONGEST:])
        if may_be_half((begun.group() if begun is not None else "") + first.group()):
            spans.append(Span(0, first.end(), "unsure"))
    last = _LAST.search(text, max(0, len(text) - _LONGEST))
    if last is not None and last.start() > 0 and may_be_half(last.group()):
        spans.append(Span(last.start(), len(text), "unsure"))
    return spans


def may_be_half(word: str) -> bool:
    """Whether a word may be the beginning, the middle or the end of a secret. Letters alone rarely are."""
    if len(word) < SHORTEST or word.isdigit():
        return False
    return begins_like_a_key(word) or any(_is_mixed(piece) for piece in _PIECE.findall(word))


def _is_mixed(piece: str) -> bool:
    if len(piece) < SHORTEST or _MEASURE.fullmatch(piece):
        return False
    parts = _PARTS.findall(piece)
    if len(parts) == 1:
        return _changes_case(piece)
    letters = next(part for part in parts if not part[0].isdigit())
    return len(parts) > 2 or not (len(letters) <= _WORD_OF_CODE or is_common(letters))


def _changes_case(piece: str) -> bool:
    """As no name of a product or of a function does: their parts are words."""
    humps = _HUMPS.findall(piece)
    return len(humps) >= _MOST_HUMPS and 2 * sum(map(is_common, humps)) <= len(humps)
