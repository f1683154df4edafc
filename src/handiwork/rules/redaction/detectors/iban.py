# SPDX-License-Identifier: Apache-2.0
"""Bank account numbers (IBAN), grouped or not; also mistyped ones that have a country and mostly digits."""

import re

from stdnum import iban

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[\s.-]{0,2}\d[\s.-]?\d(?=[\s.-]{0,2}[A-Za-z0-9])")
_SHORTEST, _LONGEST = 15, 34
_LIKELY_DIGITS = 12
_CODES = """
AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FK FO FR GB GE GI GL GR GT HN HR HU IE IL IQ
IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU SA SC SD SE SI SK SM
SO ST SV TL TN TR UA VA VG XK YE
"""
_COUNTRIES = frozenset(_CODES.split())


def may_find(has: Traits) -> bool:
    """With the country's two check digits."""
    return has.digits >= 2


def detect(text: str) -> list[Span]:
    """All account numbers."""
    spans = (_from(text, match.start()) for match in _START.finditer(text))
    return [span for span in spans if span is not None]


def _from(text: str, start: int) -> Span | None:
    places = _places(text, start)
    compact = "".join(text[place] for place in places).upper()
    values = [str(int(char, 36)) for char in compact]
    for length in range(min(len(compact), _LONGEST), _SHORTEST - 1, -1):
        if _checks(values[:length]) and iban.is_valid(compact[:length]):
            return Span(start, places[length - 1] + 1, "iban")
    if compact[:2] in _COUNTRIES and len(compact) >= _SHORTEST:
        last = max(at for at, char in enumerate(compact) if char.isdigit())
        if sum(char.isdigit() for char in compact) >= _LIKELY_DIGITS:
            return Span(start, places[last] + 1, "iban")
    return None


def _checks(values: list[str]) -> bool:
    """ISO 7064, modulus 97-10: cheap, so that the whole check is made for one in ninety-seven."""
    return int("".join(values[4:] + values[:4])) % 97 == 1


def _places(text: str, start: int) -> list[int]:
    """Where up to 34 letters and digits stand, across single separators."""
    places, gap = [], 0
    for at in range(start, min(len(text), start + 3 * _LONGEST)):
        if text[at].isascii() and text[at].isalnum():
            places.append(at)
            gap = 0
        elif text[at] in " \n.-" and gap < 2:
            gap += 1
        else:
            break
        if len(places) == _LONGEST:
            break
    return places
