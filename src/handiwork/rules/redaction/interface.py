# SPDX-License-Identifier: Apache-2.0
"""Whether a text reads as the interface's own words: fit for a button, a menu, a label. Knows no elements."""

import re

from handiwork.rules.redaction.lexicon.lookup import is_common, is_name
from handiwork.rules.redaction.vocabulary import WORDS
from handiwork.rules.redaction.work_labels import FORMS_THAT_NAME

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FILE = re.compile(r"\w[._@]\w")
_LONGEST = 60
_MOST_WORDS, _MOST_STRICT = 7, 4
_MOST_DIGITS = 2
_SHORTEST_STEM = 3
_FORMS = (
    ("s", ""),
    ("xes", "x"),
    ("ses", "s"),
    ("hes", "h"),
    ("ies", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
)


def looks_like_interface(text: str, *, strict: bool) -> bool:
    """Whether every word is known and there are no numbers to speak of.

    `strict` wants four words at most, each in the interface's own vocabulary or a form of a word in it: for names that
    are content elsewhere.
    Otherwise everyday words pass, and small plain ones that are nobody's name as far as is known.
    """
    words = _WORD.findall(text[:_LONGEST])
    if len(text) > _LONGEST or len(words) > (_MOST_STRICT if strict else _MOST_WORDS):
        return False
    if sum(char.isdigit() for char in text) > _MOST_DIGITS:
        return False
    return all(_is_own(word.lower()) if strict else _is_known(word) for word in words)


def _is_own(small: str) -> bool:
    """Whether it is in the vocabulary, or the plural or a verb's form of a word in it that is nobody's name."""
    if small in WORDS:
        return True
    if small in FORMS_THAT_NAME or is_name(small) or not is_common(small):
        return False
    return any(
        small.endswith(ending)
        and len(small) >= len(ending) + _SHORTEST_STEM
        and small[: -len(ending)] + instead in WORDS
        for ending, instead in _FORMS
    )


def looks_like_file(text: str) -> bool:
    """Whether it has the marks of a file's name or an address, though each of its words be the interface's own."""
    return _FILE.search(text) is not None


def _is_known(word: str) -> bool:
    return is_common(word) or (word == word.lower() and word.isascii() and not is_name(word))
