# SPDX-License-Identifier: Apache-2.0
"""Telephone numbers: anything written like one, and what phonenumbers accepts in a few large countries."""

import re

import phonenumbers

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_CANDIDATE = re.compile(
    r"(?<![\w.])(?:\+|00)?\(?\d(?:[\s().\-/]{0,3}\d){6,17}(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?!\w)", re.IGNORECASE
)
_WRITTEN_SO = re.compile(r"\+|00[1-9]|0\d|\(|\d{3}[-. ]\d{4}$|\d{3}[-. )]{1,2}\d{3}[-. ]\d{4}$")
_DATE_OR_ADDRESS = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4}|\d{1,3}(?:\.\d{1,3}){3}|\d{4} ?- ?\d{4}"
)
_LEAST = 7
_MOST_NATIONAL = 12
"""Digits of a number without its country: asking about longer ones (cards, accounts) would only cost time."""

_COUNTRIES = ("US", "GB", "DE", "FR", "IN", "BR", "ES", "IT")


def may_find(has: Traits) -> bool:
    """From so many digits on."""
    return has.digits >= _LEAST


def detect(text: str) -> list[Span]:
    """All telephone numbers; dates, year ranges and IPv4 addresses are left alone."""
    return [
        Span(match.start(), match.end(), "phone")
        for match in _CANDIDATE.finditer(text)
        if _is_phone(match.group().strip())
    ]


def _is_phone(written: str) -> bool:
    if _DATE_OR_ADDRESS.fullmatch(written):
        return False
    if _WRITTEN_SO.match(written) is not None:
        return True
    may_be = sum(char.isdigit() for char in written) <= _MOST_NATIONAL
    return may_be and any(_is_valid(written, country) for country in _COUNTRIES)


def _is_valid(written: str, country: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, country))
    except phonenumbers.NumberParseException:
        return False
