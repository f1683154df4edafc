# SPDX-License-Identifier: Apache-2.0
"""Dates of birth: what words call one."""

import re

from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_MONTHS = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|fevrier|mar(?:ch|s|z)?|maerz|apr(?:il)?|avril|may|mai|mayo|june?|juni|juin|"
    r"july?|juli|juillet|aug(?:ust)?|aout|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|"
    r"de[cz](?:ember|embre)?|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.|º)?"
_SEP = r"\s?[-/.]\s?"
FULL = (
    rf"(?:\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}{{year}}|{{year}}{_SEP}\d{{1,2}}{_SEP}\d{{1,2}}|"
    rf"{_DAY}[\s-]{{1,2}}(?:of\s|de\s)?{_MONTHS}\.?,?[\s-]{{1,2}}(?:de\s)?{{year}}|"
    rf"{_MONTHS}\.?[\s-]{{1,2}}{_DAY},?[\s-]{{1,2}}{{year}}|{{year}}[\s-]{_MONTHS}[\s-]{_DAY})"
)
_SHORT_YEAR = r"(?:(?:19|20)\d{2}|'?\d{2})"
DATE = re.compile(
    rf"(?<![\w.])(?=[\dadefgjmnos])(?:{FULL.replace('{year}', '(?:19|20)[0-9]{2}')}|\d{{1,2}}([-/.])\d{{1,2}}\1\d{{2}}|"
    rf"{_MONTHS}\.?\s{_DAY}|{_DAY}\s(?:of\s)?{_MONTHS}|{_MONTHS},?\s(?:19|20)\d{{2}})(?!\w)"
)
"""Any date of at least two parts, in a text of small letters."""

_CUE = (
    r"(?<![a-z])(?:born(?: (?:on|in|at))?|birth(?:day|date)?(?: (?:is|on|date|year))?|(?:date|year) of birth|"
    r"d\.?o\.?b\.?|b-?day|geb(?:oren|urtsdatum|urtstag|urtsjahr|\.)?(?: am)?|nee? le|date de naissance|"
    r"nacid[oa](?: el)?|fecha de nacimiento|"
    r"nat[oa] il|data di nascita|data de nascimento|geboortedatum|fodd|fodt|fodselsdato)(?![a-z])"
)
_CUE_LIST = """
born birth birthday birthdate date year d do dob b bday geb geboren geburtsdatum geburtstag geburtsjahr ne nee nacida
nacido fecha nata nato data geboortedatum fodd fodt fodselsdato
"""
_CUE_WORDS = frozenset(_CUE_LIST.split())
"""The first words of what calls it so: without one of them no shape here matches."""
_SHORT = re.compile(rf"(?<![\w.])b\.\s{{0,2}}(?P<date>{FULL.replace('{year}', _SHORT_YEAR)})")
_BORN = re.compile(
    rf"{_CUE}[^\w\n]{{0,4}}(?:is|on|was|:)?[^\w\n]{{0,4}}"
    rf"(?P<date>{FULL.replace('{year}', _SHORT_YEAR)}|{_MONTHS}\.?[\s-]{{1,2}}{_DAY}|"
    rf"{_DAY}[\s-]{{1,2}}{_MONTHS}|(?:19|20)\d{{2}})"
)


def may_find(has: Traits) -> bool:
    """With a word that calls it so, and a number."""
    return has.digits > 0 and not has.words.isdisjoint(_CUE_WORDS)


def detect(text: str) -> list[Span]:
    """Dates that words call a birth."""
    plain = lowered(text)
    return [Span(*m.span("date"), "birth date") for shape in (_BORN, _SHORT) for m in shape.finditer(plain)]
