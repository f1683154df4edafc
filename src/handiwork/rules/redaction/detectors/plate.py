# SPDX-License-Identifier: Apache-2.0
"""Licence plates, vehicle numbers, driving licences and passports: by the words beside them, and clear shapes alone."""

import re

from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_CUE = re.compile(
    r"(?<![a-z])(?:licen[cs]e[ -]?(?:plates?)?(?: number| no)?|plates?(?: number| no)?|number ?plate|"
    r"registration(?: number| no)?|reg(?: no)?|"
    r"driv(?:er'?s?|ing) ?licen[cs]e(?: number| no| id)?|dl|kennzeichen|matricula|immatriculation|"
    r"targa|vin|chassis(?: number| no)?|"
    r"passports?(?: number| no)?|reisepass|id ?card(?: number| no)?|personalausweis)(?![a-z])"
    r"[^\w\n]{0,4}(?:is|was|number|no|nr)?[^\w\n]{0,4}(?P<value>(?:[a-z]{1,3}[ -])?[a-z]{0,6}\d[a-z0-9]{0,17}"
    r"(?:[ -](?:[a-z]{0,6}\d[a-z0-9]{0,12}|[a-z]{1,3}(?![a-z]))){0,4})"
)
_CUE_LIST = """
license licence licenses licences licenseplate licenceplate licenseplates licenceplates plate plates number numberplate
registration reg driver drivers driving driverlicense driverslicense drivinglicense driverlicence driverslicence
drivinglicence dl kennzeichen matricula immatriculation targa vin chassis passport passports reisepass id idcard
personalausweis
"""
_CUE_WORDS = frozenset(_CUE_LIST.split())
_UK = re.compile(r"(?<!\w)[A-Z]{2}\d{2} ?[A-Z]{3}(?!\w)")
_EU = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}[EH]?|[A-Z]{2}-\d{3}-[A-Z]{2}|\d{4}[ -][B-DF-HJ-NP-TV-Z]{3})(?!\w)"
)
_VIN = re.compile(r"(?<!\w)(?=[A-HJ-NPR-Z0-9]{0,16}\d)(?=[A-HJ-NPR-Z0-9]{0,16}[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}(?!\w)")
_DIGIT = re.compile(r"\d")
_CAPITAL_FIRST, _DIGIT_FIRST = re.compile(r"[A-ZÄÖÜ][ -]?\d"), re.compile(r"\d[ -]?[A-Z]")
"""One of them stands in each of the shapes, and is found sooner."""


def may_find(has: Traits) -> bool:
    """With a word that calls it so, or where a number touches a capital."""
    return has.digits > 0 and (not has.words.isdisjoint(_CUE_WORDS) or _is_shaped(has.text))


def detect(text: str) -> list[Span]:
    """All of them. Each has a digit."""
    if _DIGIT.search(text) is None:
        return []
    spans = [Span(*match.span("value"), "licence") for match in _CUE.finditer(lowered(text))]
    if not _is_shaped(text):
        return spans
    return spans + [Span(m.start(), m.end(), "licence") for shape in (_UK, _EU, _VIN) for m in shape.finditer(text)]


def _is_shaped(text: str) -> bool:
    return _CAPITAL_FIRST.search(text) is not None or _DIGIT_FIRST.search(text) is not None
