# SPDX-License-Identifier: Apache-2.0
"""Whether a word is everybody's or may be somebody's. Keeps no word that it was asked about."""

import re

from handiwork.rules.redaction.lexicon.english import ENGLISH
from handiwork.rules.redaction.lexicon.people import FAMILY, GIVEN, PEOPLE
from handiwork.rules.redaction.vocabulary import WORDS

COMMON = ENGLISH | WORDS
AMBIGUOUS = COMMON & PEOPLE
"""Words that are names as well: Mark, Grace, Hill, May."""

_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "s", "æ": "a", "œ": "o", "ð": "d", "þ": "t"})
_PREFIXES = (
    "un",
    "re",
    "non",
    "pre",
    "sub",
    "over",
    "under",
    "mis",
    "dis",
    "inter",
    "multi",
    "co",
    "out",
    "up",
    "down",
)
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ily", "y"), ("ier", "y"), ("iest", "y"), ("ically", "ic"), ("ability", "able"),
    ("isation", "ise"), ("ization", "ize"), ("ational", "ation"), ("ing", ""), ("ing", "e"), ("ings", ""), ("ed", ""),
    ("ed", "e"), ("es", ""), ("s", ""), ("ly", ""), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("est", ""),
    ("est", "e"), ("ness", ""), ("ment", ""), ("ments", ""), ("able", ""), ("able", "e"), ("less", ""), ("ful", ""),
    ("ation", "e"), ("ations", "e"), ("ion", ""), ("ion", "e"), ("ions", ""), ("ions", "e"), ("al", ""), ("ity", "e"),
    ("ward", ""), ("wise", ""), ("like", ""), ("ship", ""), ("ish", ""), ("able", "ate"), ("or", "e"), ("ors", "e"),
)  # fmt: skip
_SHAPES = re.compile(
    r"(?:mc|mac|fitz|o')[a-z]{3,}|"
    r"[a-z]{2,}(?:sson|ssen|dottir|owski|ewski|inski|ynski|owicz|ewicz|enko|chuk|ovic|evic|ovich|evich|escu|opoulos|"
    r"akis|idis|shvili|adze|yan|oglu|czyk|stein|baum|mann|meier|meyer|hauser|strom|quist|gren|berg|ova|eva|aite|iene|"
    r"unen|anen|onen|inen|ez|puri|walla|swamy|murthy|raju)"
)


def folded(word: str) -> str:
    """The form in which the lists hold it: small, plain letters, no possessive."""
    small = word.lower().translate(_FOLDED)
    return small[:-2] if small.endswith("'s") else small.strip("'-")


def is_common(word: str) -> bool:
    """Whether it is an everyday English word, in any case and inflection."""
    small = folded(word)
    if small in COMMON or len(small) <= 1:
        return True
    if "-" in small or "'" in small:
        return all(is_common(part) for part in re.split(r"[-']", small) if part)
    return _is_derived(small) or any(
        small.startswith(prefix) and len(small) > len(prefix) + 3 and _is_plain(small[len(prefix) :])
        for prefix in _PREFIXES
    )


def is_given(word: str) -> bool:
    """Whether it is a known given name."""
    return any(part in GIVEN for part in _parts(word))


def is_family(word: str) -> bool:
    """Whether it is a known surname, or has the make of one."""
    return any(part in FAMILY for part in _parts(word)) or _SHAPES.fullmatch(folded(word)) is not None


def is_name(word: str) -> bool:
    """Whether it is either."""
    return is_given(word) or is_family(word)


def _parts(word: str) -> list[str]:
    small = folded(word)
    return [small, *small.split("-")] if "-" in small else [small]


def _is_plain(small: str) -> bool:
    return small in COMMON or _is_derived(small)


def _is_derived(small: str) -> bool:
    """Whether a common word with a common ending; a doubled consonant before it counts as one."""
    if len(small) < 4 or small in PEOPLE:
        return False
    for ending, instead in _ENDINGS:
        if not small.endswith(ending):
            continue
        stem = small[: -len(ending)]
        if len(stem) < 2:
            continue
        if stem + instead in COMMON or (len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in COMMON):
            return True
    return False
