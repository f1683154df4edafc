# SPDX-License-Identifier: Apache-2.0
"""Numbers that states give to persons: by shape, and by check digit where the shape alone would flood.

Whole runs of nine digits and more are cut by `number` anyway: here are those with separators or letters.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from stdnum.ar import cuit
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ch_ssn
from stdnum.cl import rut
from stdnum.cz import rc
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.se import personnummer

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

Check = Callable[[str], bool]


class _Number(NamedTuple):
    """A shape, and what proves that it is meant; without proof the shape is enough."""

    shape: re.Pattern[str]
    is_valid: Check | None = None


def _number(shape: str, is_valid: Check | None = None) -> _Number:
    return _Number(re.compile(rf"(?<![\w]){shape}(?![\w])", re.IGNORECASE), is_valid)


_NUMBERS = (
    _number(r"\d{3}[\s./_-]{1,3}\d{2}[\s./_-]{1,3}\d{4}"),  # US social security and tax numbers, valid or not
    _number(r"[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]"),  # GB national insurance
    _number(r"[12][\s.]?\d{2}[\s.]?(?:0\d|1[0-2])[\s.]?\d[\dAB][\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{2})?"),  # FR
    _number(r"[A-Z]{6}\s?\d{2}[A-EHLMPR-T]\d{2}\s?[A-Z]\d{3}[A-Z]"),  # IT codice fiscale, slips included
    _number(r"\d{3}\.\d{3}\.\d{3}[-.]\d{2}"),  # BR CPF as printed, slips included
    _number(r"\d{3}[ -]\d{3}[ -]\d{3}[ -]\d{2}", cpf.is_valid),
    _number(r"756[. ]\d{4}[. ]\d{4}[. ]\d{2}", ch_ssn.is_valid),
    _number(r"\d{2}[. ]\d{2}[. ]\d{2}[- ]\d{3}[. -]\d{2}", nn.is_valid),  # BE
    _number(r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),  # SE
    _number(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", hetu.is_valid),  # FI
    _number(r"\d{6}-\d{4}", cpr.is_valid),  # DK
    _number(r"\d{6}/\d{3,4}", rc.is_valid),  # CZ, SK
    _number(r"\d{6}-[1-8]\d{6}", rrn.is_valid),  # KR
    _number(r"\d{8}[ -]?[A-Z]", dni.is_valid),  # ES
    _number(r"[XYZ][ -]?\d{7}[ -]?[A-Z]", nie.is_valid),  # ES
    _number(r"\d{7}[A-W][A-IW]?", pps.is_valid),  # IE
    _number(r"\d{1,2}\.\d{3}\.\d{3}-[\dK]", rut.is_valid),  # CL
    _number(r"\d{2}-\d{8}-\d", cuit.is_valid),  # AR
    _number(r"[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d", curp.is_valid),  # MX
    _number(r"\d{4}[ -]\d{4}[ -]\d{4}", aadhaar.is_valid),  # IN
    _number(r"\d{3}[ -]\d{3}[ -]\d{4}", nhs.is_valid),  # GB
    _number(r"\d{3}[ -]\d{3}[ -]\d{3}", sin.is_valid),  # CA
    _number(r"\d{3} \d{3} \d{3}", tfn.is_valid),  # AU
    _number(r"[STFGM]\d{7}[A-Z]"),  # SG
    _number(r"[A-Z]{1,2}\d{6}\([0-9A]\)?"),  # HK
    _number(r"\d{2}-\d{7}"),  # US employer number
)
_ANY = re.compile("|".join(number.shape.pattern for number in _NUMBERS), re.IGNORECASE)
"""Where this finds nothing, none of them does: a clock's time is asked once, not once a number."""

_PAN = _number(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]")
"""India's: the one with fewer than six digits."""

_SIX_DIGITS = re.compile(r"\d(?:\D{0,9}\d){5,}")
"""All the others have so many, this close together, and at most eight characters before or after them."""

_FOUR_DIGITS = re.compile(r"\d{4}")
_AROUND = 16


def may_find(has: Traits) -> bool:
    """From so many digits on; of India's one, four together."""
    return has.digits >= 6 or has.longest >= 4


def detect(text: str) -> list[Span]:
    """All of them. Most texts hold few digits: the many shapes are looked for around those only."""
    around = [(max(0, found.start() - _AROUND), found.end() + _AROUND) for found in _SIX_DIGITS.finditer(text)]
    places = [(start, end) for start, end in around if _ANY.search(text, start, end)]
    spans = [span for number in _NUMBERS for start, end in places for span in _matches(number, text, start, end)]
    return [*spans, *_matches(_PAN, text, 0, len(text))] if _FOUR_DIGITS.search(text) else spans


def _matches(number: _Number, text: str, start: int, end: int) -> list[Span]:
    return [
        Span(match.start(), match.end(), "national id")
        for match in number.shape.finditer(text, start, end)
        if number.is_valid is None or number.is_valid(match.group())
    ]
