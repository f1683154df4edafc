# SPDX-License-Identifier: Apache-2.0
"""Words that the organisation or the person never wants kept: cut wherever they stand, inside other words too.

Also spelled out ("H e r o n"), with umlauts written either way, with letters that only a stroke tells apart, with signs
for letters ("h3r0n"), and from the end ("noreh").
"""

import re
from collections.abc import Iterator, Sequence

from handiwork.rules.redaction.lexicon.lookup import is_common
from handiwork.rules.redaction.normal import lowered, normal
from handiwork.rules.redaction.span import Detector, Span

_STROKES = str.maketrans("øłđħŧƀɨɫƚȼɇǥɉɍʉƶ", "oldhtbillcegjruz")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_WRITTEN_OUT = re.compile("ae|oe|ue|ss")
_SIGN = r"[\W_]"
_PARTED_FROM = 7
"""Letters of a word that is cut though something stands in its midst: in a shorter one that may be two words."""
_SPELLED_FROM = 4
_LEAST = 5
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s", "€": "e"}
    | {"!": "i", "|": "i", "+": "t", "l": "i"}
)
"""Signs for letters, as in "h3r0n"; a one may be an i or an l."""
_LEET_SIGN = re.compile(r"[0-9@$€!|+]")
_OF_LETTERS = 3
"""One in so many characters must still be a letter: the rest may be a number."""
_REVERSED_FROM = 5


def never(words: Sequence[str]) -> Detector:
    """A detector for these words, in any case, with any separators where they have a space."""
    ways = {way for word in words for way in _ways(word)}
    if not (choices := _choices(ways)):
        return lambda _: []
    reversed_ways = {way for one in ways for way in _from_the_end(one)}
    whole = [rf"(?<![^\W\d_])(?:{choice})(?![^\W\d_])" for choice in _choices(reversed_ways)]
    pattern = re.compile("|".join([*choices, *whole]))
    odd = re.compile(
        "|".join(_choices({way.translate(_LEET) for way in ways | reversed_ways if _is_long(way)})) or "(?!)"
    )

    def detect(text: str) -> list[Span]:
        plain = _plain(text)
        spans = [Span(match.start(), match.end(), "never") for match in pattern.finditer(plain)]
        if _LEET_SIGN.search(plain) is None:
            return spans
        found = (match.span() for match in odd.finditer(plain.translate(_LEET)))
        return spans + [Span(start, end, "never") for start, end in found if _is_spelled_oddly(plain[start:end])]

    return detect


def _choices(ways: set[str]) -> list[str]:
    parts = [[part for part in re.split(r"[\s_-]+", way) if part] for way in ways]
    return sorted((f"{_SIGN}{{0,3}}".join(map(_shape, part)) for part in parts if part), key=len, reverse=True)


def _is_spelled_oddly(written: str) -> bool:
    """With a sign for a letter, and letters enough that it is no number."""
    return _LEET_SIGN.search(written) is not None and _OF_LETTERS * sum(map(str.isalpha, written)) >= len(written)


def _is_long(way: str) -> bool:
    return sum(map(str.isalpha, way)) >= _SPELLED_FROM


def _from_the_end(way: str) -> Iterator[str]:
    """The whole, or each of its words; what is a word like any other then is none of these."""
    if sum(map(str.isalpha, way)) < _REVERSED_FROM or is_common(way[::-1]):
        return
    yield way[::-1]
    yield " ".join(part[::-1] for part in re.split(r"[\s_-]+", way))


def _plain(text: str) -> str:
    return lowered(text).translate(_STROKES)


def _ways(word: str) -> Iterator[str]:
    """How a word may be written: as it is, and with its umlauts written the other way."""
    written, small = _plain(normal(word).text), word.lower()
    yield written
    if any(umlaut in small for umlaut in _UMLAUTS):
        yield _plain(normal("".join(_UMLAUTS.get(char, char) for char in small)).text)
    if len(written) > _LEAST and _WRITTEN_OUT.search(written):
        yield _WRITTEN_OUT.sub(lambda two: "ß" if two.group() == "ss" else two.group()[0], written)


def _shape(part: str) -> str:
    """One of its words: whole, or with a sign between all its letters; between any, where it is a long one."""
    letters = [re.escape(char) for char in part]
    if len(part) >= _PARTED_FROM:
        return f"{_SIGN}?".join(letters)
    whole, spelled = "".join(letters), _SIGN.join(letters)
    return f"(?:{whole}|{spelled})" if len(part) >= _SPELLED_FROM else whole
