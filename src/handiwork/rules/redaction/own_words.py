# SPDX-License-Identifier: Apache-2.0
"""Which parts of a line read from the screen are the interface's own words, beside content in the same line.

By form alone: a label before a colon ("Sent to: ..."), and words beside nothing but numbers ("Total 1,240.00",
"472 items"). A label that only a space parts from a value can't be told from a sentence, and is none here.
"""

import re
from functools import cache

from handiwork.rules.redaction.detectors.birth import DATE
from handiwork.rules.redaction.interface import looks_like_interface
from handiwork.rules.redaction.lexicon.lookup import is_name
from handiwork.rules.redaction.misread import look
from handiwork.rules.redaction.vocabulary import WORDS

_ALIKE_FROM = 6
"""Letters from which a misread word of the interface is known by its look: of 90,000 surnames three look like one."""

_LABEL = re.compile(r"\s*([^\W\d_][^:：|]{0,46}?)\s?[:：](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]{5,}")
_NUMBER = r"[^\w\s]?\d[\d.,:/()%+-]{0,24}[^\w\s]?"
_AFTER = re.compile(rf"(\D{{2,48}}?)\s({_NUMBER}(?:\s{_NUMBER}){{0,5}})")
_BEFORE = re.compile(rf"({_NUMBER}(?:\s{_NUMBER}){{0,5}})\s(\D{{2,48}})")


def own_words(text: str) -> tuple[int, int]:
    """Start and end of the interface's own words in one segment of a line; (0, 0) if there are none."""
    if _is_own(text):
        return 0, len(text)
    if (label := _LABEL.match(text)) is not None and _is_own(label.group(1)):
        return label.start(1), label.end()
    if (found := _AFTER.fullmatch(text)) is not None and _is_countable(found.group(1)):
        return found.span(1)
    if (found := _BEFORE.fullmatch(text)) is not None and _is_countable(found.group(2)) and found.group(2).islower():
        return found.span(2)  # capitalised words after a number may be a street
    return 0, 0


def _is_own(text: str) -> bool:
    if not any(char.isalpha() for char in text):
        return False
    return looks_like_interface(text, strict=True) or looks_like_interface(_WORD.sub(_mended, text), strict=True)


def _is_countable(text: str) -> bool:
    """Whether it is the interface's, and no month, which the numbers beside it would make a date."""
    return _is_own(text) and not DATE.search(f"{text.lower()} 1") and not DATE.search(f"1 {text.lower()}")


def _mended(word: re.Match[str]) -> str:
    """The interface's word that this one looks like ("Overvlew", "Retums"), unless it is a name or a word itself."""
    read = word.group()
    return read if is_name(read) else _alike().get(look(read), read)


@cache
def _alike() -> dict[str, str]:
    words = {word for word in WORDS if len(word) >= _ALIKE_FROM}
    return {look(word): word for word in (*(f"{word}s" for word in words), *words)}
