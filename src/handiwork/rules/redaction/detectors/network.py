# SPDX-License-Identifier: Apache-2.0
"""Addresses of machines: IPv4, IPv6, MAC. They lead to a home or a device, and so to a person."""

import ipaddress
import re

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_V4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d{1,5})?(?![\w]|\.\d)")
_V6 = re.compile(
    r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{4,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:/\d{1,3})?(?![\w:])"
)
_MAC = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?:\1[0-9A-Fa-f]{2}){0,2}(?![\w:-])"
)
_CISCO = re.compile(r"(?<![\w.])[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![\w.])")
_NOBODYS = frozenset({"127.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "::"})


def may_find(has: Traits) -> bool:
    """Where something parts the numbers."""
    return has.text.count(".") > 1 or has.text.count(":") > 1 or has.text.count("-") > 4


def detect(text: str) -> list[Span]:
    """All of them but the loopback's and the like, which are everybody's; "10.0.2" is a version."""
    spans: list[Span] = []
    if (dots := text.count(".")) > 2:
        spans += [Span(m.start(), m.end(), "ip") for m in _V4.finditer(text) if _is_ip(m.group())]
    if dots > 1:
        spans += [Span(m.start(), m.end(), "mac") for m in _CISCO.finditer(text)]
    if text.count(":") > 4 or text.count("-") > 4:
        spans += [Span(m.start(), m.end(), "mac") for m in _MAC.finditer(text)]
    if text.count(":") > 1:
        spans += [Span(m.start(), m.end(), "ip") for m in _V6.finditer(text) if _is_ip(m.group())]
    return spans


def _is_ip(written: str) -> bool:
    bare = written.partition("/")[0]
    bare = bare.partition(":")[0] if "." in bare and bare.count(":") == 1 else bare
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return False
    return bare not in _NOBODYS
