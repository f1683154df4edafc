# SPDX-License-Identifier: Apache-2.0
"""Ages, and full dates so long ago that they are likely somebody's birth."""

import re

from handiwork.rules.redaction.detectors.birth import FULL
from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_LONG_AGO = r"(?:19\d{2}|200\d|201[0-2])"
_YEAR = re.compile(_LONG_AGO)
_OLD_DATE = re.compile(rf"(?<![\w.]){FULL.replace('{year}', _LONG_AGO)}(?!\w)")
_AGE = re.compile(
    r"(?<![a-z])(?:(?<![\w.])(?P<a>\d{1,3})[\s-]{0,2}(?:years?|yrs?|y/o|yo|jahre|ans|anos|anni|months?|weeks?)"
    r"[\s-]{0,2}(?:old|of age|alt)(?![a-z])|"
    r"(?<![\w.])(?P<b>\d{1,3})[\s-]{0,2}(?:y/o|yo)(?![a-z/])|"
    r"(?:age[ds]?|aging|turn(?:s|ed|ing)?|alter)(?:\s?[:=]|\sis|\sof|\sat)?\s{0,2}(?P<c>\d{1,3})(?![\w%]|[.,]\d)|"
    r"(?:i am|i'm|he is|he's|she is|she's|im)\s(?:now\s|only\s|just\s|almost\s|about\s)?(?P<d>\d{1,3})"
    r"(?=\s{0,2}(?:$|[.,;!?\n]|and\b|years|yrs|or\b|but\b))|"
    r"(?:sons?|daughters?|wife|husband|mother|father|brother|sister|kids?|baby|child|children|boy|girl|man|woman|"
    r"patient|candidate|applicant|employee|driver|student|pupil|resident|who)\s?(?:is|was|,|\()\s{0,2}(?P<e>\d{1,3})(?=\)|,|\s(?:and|or|but)\b|\s{0,2}[.;!?\n]|\s{0,2}$))"
)
_CUE_LIST = """
age aged ages aging turn turned turning turns alter yo y i he she im son sons daughter daughters wife husband mother
father brother sister kid kids baby child children boy girl man woman patient candidate applicant employee driver
student pupil resident who
"""
_CUE_WORDS = frozenset(word + end for word in _CUE_LIST.split() for end in ("", "is", "was"))
"""The first words of what calls it so: without one of them, and without "old" or "alt", no number is an age."""
_DIGIT = re.compile(r"\d")


def may_find(has: Traits) -> bool:
    """With a year, or with a word that calls it so."""
    return has.longest >= 4 or (has.digits > 0 and _is_called_so(has))


def detect(text: str) -> list[Span]:
    """Ages under 125, and full dates up to 2012."""
    plain = lowered(text)
    if _DIGIT.search(plain) is None:
        return []
    spans: list[Span] = []
    if _YEAR.search(plain) is not None:
        spans += [Span(m.start(), m.end(), "birth date") for m in _OLD_DATE.finditer(plain)]
    for match in _AGE.finditer(plain):
        name = match.lastgroup or "a"
        if 0 < int(match.group(name)) < 125:
            spans.append(Span(*match.span(name), "age"))
    return spans


def _is_called_so(has: Traits) -> bool:
    return not has.words.isdisjoint(_CUE_WORDS) or "old" in has.small or "alt" in has.small
