# SPDX-License-Identifier: Apache-2.0
"""Strings that look random or like a password, whoever made them."""

import re
from collections import Counter
from itertools import pairwise
from math import log2

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_TOKEN = re.compile(r"[^\s\"'`<>(){}\[\],;|]{16,}")
_PIECE = re.compile(r"[^\s\"'`<>(){}\[\],;|\-_/.:\\]{8,}")
_DIGEST = re.compile(
    r"(?:\b(?:commit|revision|rev|sha-?1|sha-?256|sha-?512|md5|checksum|digest|integrity|etag|hash)\b[\"']?[\s:=\"'#-]{1,4})"
    r"(?P<value>[0-9a-fA-F]{7,128})\b",
    re.IGNORECASE,
)
"""What words call a digest is one: it opens nothing."""
_SYMBOLS = frozenset("!@#$%^&*+=?~")
_LONG, _CHOSEN = 16, 8
_BITS = 3.0
_CHANGES = 4
_CASE_CHANGES = 6


def may_find(has: Traits) -> bool:
    """In a long token; in a short one only with a digit."""
    return has.widest >= _LONG or (has.widest >= _CHOSEN and has.digits > 0)


def detect(text: str) -> list[Span]:
    """Tokens with the make-up of keys and passwords. Costs some look-alikes: product codes, file hashes."""
    spans = [Span(m.start(), m.end(), "secret") for m in _TOKEN.finditer(text) if looks_random(m.group())]
    if spans:
        harmless = [match.span("value") for match in _DIGEST.finditer(text)]
        spans = [span for span in spans if not any(a <= span.start and span.end <= b for a, b in harmless)]
    return spans + [Span(m.start(), m.end(), "secret") for m in _PIECE.finditer(text) if looks_chosen(m.group())]


def looks_random(token: str) -> bool:
    """Sixteen or more characters that change too often between letters, digits and cases to be words."""
    if len(token) < _LONG:
        return False
    bare = "".join(char for char in token if char.isalnum())
    if len(bare) < _LONG or "://" in token or _bits(bare) < _BITS:
        return False
    if any(char.isdigit() for char in bare):
        return _changes(bare) >= _CHANGES or _case_changes(bare) >= _CASE_CHANGES
    return _case_changes(bare) > 0.5 * len(bare)


def looks_chosen(token: str) -> bool:
    """Eight or more characters of three kinds, with a digit: what password rules make people write."""
    if token.isalpha():
        return False
    kinds = (
        any(char.islower() for char in token),
        any(char.isupper() for char in token),
        any(char in _SYMBOLS for char in token.rstrip("!?")),
    )
    return len(token) <= 128 and any(char.isdigit() for char in token) and sum(kinds) >= 2


def _bits(token: str) -> float:
    return -sum(n / len(token) * log2(n / len(token)) for n in Counter(token).values())


def _changes(token: str) -> int:
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(token))


def _case_changes(token: str) -> int:
    return sum(a.isupper() != b.isupper() for a, b in pairwise(token))
