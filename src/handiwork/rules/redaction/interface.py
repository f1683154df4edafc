# SPDX-License-Identifier: Apache-2.0
"""Whether a text reads as the interface's own words: fit for a button, a menu, a label. Knows no elements."""

import re

from handiwork.rules.redaction.lexicon.lookup import is_common, is_name
from handiwork.rules.redaction.vocabulary import WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONGEST = 60
_MOST_WORDS, _MOST_STRICT = 7, 4
_MOST_DIGITS = 2


def looks_like_interface(text: str, *, strict: bool) -> bool:
    """Whether every word is known and there are no numbers to speak of.

    `strict` wants four words at most, each in the interface's own vocabulary: for names that are content elsewhere.
    Otherwise everyday words pass, and small plain ones that are nobody's name as far as is known.
    """
    words = _WORD.findall(text)
    if len(text) > _LONGEST or len(words) > (_MOST_STRICT if strict else _MOST_WORDS):
        return False
    if sum(char.isdigit() for char in text) > _MOST_DIGITS:
        return False
    return all(word.lower() in WORDS if strict else _is_known(word) for word in words)


def _is_known(word: str) -> bool:
    return is_common(word) or (word == word.lower() and word.isascii() and not is_name(word))
