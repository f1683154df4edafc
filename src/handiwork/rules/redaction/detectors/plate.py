# SPDX-License-Identifier: Apache-2.0
"""Licence plates, vehicle numbers, driving licences and passports: by the words beside them, and clear shapes alone."""

import re

from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span

_CUE = re.compile(
    r"(?<![a-z])(?:licen[cs]e[ -]?(?:plates?)?(?: number| no)?|plates?(?: number| no)?|number ?plate|"
    r"registration(?: number| no)?|reg(?: no)?|"
    r"driv(?:er'?s?|ing) ?licen[cs]e(?: number| no| id)?|dl|kennzeichen|matricula|immatriculation|"
    r"targa|vin|chassis(?: number| no)?|"
    r"passports?(?: number| no)?|reisepass|id ?card(?: number| no)?|personalausweis)(?![a-z])"
    r"[^\w\n]{0,4}(?:is|was|number|no|nr)?[^\w\n]{0,4}(?P<value>(?:[a-z]{1,3}[ -])?[a-z]{0,6}\d[a-z0-9]{0,17}"
    r"(?:[ -](?:[a-z]{0,6}\d[a-z0-9]{0,12}|[a-z]{1,3}(?![a-z]))){0,4})"
)
_UK = re.compile(r"(?<!\w)[A-Z]{2}\d{2} ?[A-Z]{3}(?!\w)")
_EU = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?|[A-Z]{2}-\d{3}-[A-Z]{2}|\d{4}[ -][B-DF-HJ-NP-TV-Z]{3})(?!\w)"
)
_VIN = re.compile(r"(?<!\w)(?=[A-HJ-NPR-Z0-9]{0,16}\d)(?=[A-HJ-NPR-Z0-9]{0,16}[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}(?!\w)")
_DIGIT = re.compile(r"\d")


def detect(text: str) -> list[Span]:
    """All of them. Each has a digit."""
    if _DIGIT.search(text) is None:
        return []
    spans = [Span(*match.span("value"), "licence") for match in _CUE.finditer(lowered(text))]
    return spans + [Span(m.start(), m.end(), "licence") for shape in (_UK, _EU, _VIN) for m in shape.finditer(text)]
