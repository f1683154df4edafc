# SPDX-License-Identifier: Apache-2.0
"""Words that the organisation or the person never wants kept: cut wherever they stand, inside other words too.

Also spelled out ("H e r o n"), with umlauts written either way, and with letters that only a stroke tells apart.
"""

import re
from collections.abc import Iterator, Sequence

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


def never(words: Sequence[str]) -> Detector:
    """A detector for these words, in any case, with any separators where they have a space."""
    ways = {way for word in words for way in _ways(word)}
    parts = [[part for part in re.split(r"[\s_-]+", way) if part] for way in ways]
    choices = sorted((f"{_SIGN}{{0,3}}".join(map(_shape, part)) for part in parts if part), key=len, reverse=True)
    if not choices:
        return lambda _: []
    pattern = re.compile("|".join(choices))

    def detect(text: str) -> list[Span]:
        return [Span(match.start(), match.end(), "never") for match in pattern.finditer(_plain(text))]

    return detect


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
