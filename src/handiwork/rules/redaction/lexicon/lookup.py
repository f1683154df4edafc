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
_BY_LAST: dict[str, list[tuple[str, str]]] = {}
for _ending, _instead in _ENDINGS:
    _BY_LAST.setdefault(_ending[-1], []).append((_ending, _instead))
_ALL_ENDINGS = tuple({ending for ending, _ in _ENDINGS})
_derived: set[str] = set()
"""Forms of everyday words that were met, to be known at once the next time. Never a word that isn't everybody's."""
_MOST_DERIVED = 20_000
_SHAPED_FROM = 4
_SHAPES = re.compile(
    r"(?:mc|mac|fitz|o')[a-z]{3,}|"
    r"[a-z]{2,}(?:sson|[a-z]sen|dottir|owski|ewski|inski|ynski|owicz|ewicz|enko|chuk|ovic|evic|ovich|evich|escu|opoulos|"
    r"akis|idis|shvili|adze|yan|oglu|czyk|stein|baum|mann|meier|meyer|hauser|strom|quist|gren|berg|ova|eva|aite|iene|"
    r"unen|anen|onen|inen|ez|puri|walla|swamy|murthy|raju)"
)


def folded(word: str) -> str:
    """The form in which the lists hold it: small, plain letters, no possessive."""
    small = word.lower() if word.isascii() else word.lower().translate(_FOLDED)
    if "'" in small or "-" in small:
        return small[:-2] if small.endswith("'s") else small.strip("'-")
    return small


def is_common(word: str) -> bool:
    """Whether it is an everyday English word, in any case and inflection."""
    return common(folded(word))


def common(small: str) -> bool:
    """The same of a folded word."""
    if small in COMMON or small in _derived or len(small) <= 1:
        return True
    if "-" in small or "'" in small:
        return all(common(part) for part in re.split(r"[-']", small) if part)
    if not (_is_derived(small) or _is_prefixed(small)):
        return False
    if len(_derived) < _MOST_DERIVED:
        _derived.add(small)
    return True


def given(small: str) -> bool:
    """Whether a folded word is a known given name."""
    return small in GIVEN or ("-" in small and any(part in GIVEN for part in small.split("-")))


def family(small: str) -> bool:
    """Whether a folded word is a known surname, or has the make of one."""
    if small in FAMILY or ("-" in small and any(part in FAMILY for part in small.split("-"))):
        return True
    return len(small) > _SHAPED_FROM and _SHAPES.fullmatch(small) is not None


def name(small: str) -> bool:
    """Whether a folded word is either."""
    return given(small) or family(small)


def is_name(word: str) -> bool:
    """Whether a word is a name of either kind."""
    return name(folded(word))


def _is_prefixed(small: str) -> bool:
    """Whether a common word, or one with a common ending, after a common beginning."""
    if not small.startswith(_PREFIXES):
        return False
    for prefix in _PREFIXES:
        if small.startswith(prefix) and len(small) > len(prefix) + 3:
            rest = small[len(prefix) :]
            if rest in COMMON or _is_derived(rest):
                return True
    return False


def _is_derived(small: str) -> bool:
    """Whether a common word with a common ending; a doubled consonant before it counts as one."""
    if len(small) < 4 or not small.endswith(_ALL_ENDINGS) or small in PEOPLE:
        return False
    for ending, instead in _BY_LAST.get(small[-1], ()):
        if not small.endswith(ending):
            continue
        stem = small[: -len(ending)]
        if len(stem) < 2:
            continue
        if stem + instead in COMMON or (len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in COMMON):
            return True
    return False
