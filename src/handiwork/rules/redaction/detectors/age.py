# SPDX-License-Identifier: Apache-2.0
"""Ages, and full dates so long ago that they are likely somebody's birth."""

import re

from handiwork.rules.redaction.detectors.birth import FULL
from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span

_LONG_AGO = r"(?:19\d{2}|200\d|201[0-2])"
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
_DIGIT = re.compile(r"\d")


def detect(text: str) -> list[Span]:
    """Ages under 125, and full dates up to 2012."""
    plain = lowered(text)
    if _DIGIT.search(plain) is None:
        return []
    spans = [Span(m.start(), m.end(), "birth date") for m in _OLD_DATE.finditer(plain)]
    for match in _AGE.finditer(plain):
        name = match.lastgroup or "a"
        if 0 < int(match.group(name)) < 125:
            spans.append(Span(*match.span(name), "age"))
    return spans
