# SPDX-License-Identifier: Apache-2.0
"""What is asked and what comes back: bodies of answers and signals, read as what was asked for.

What is not understood here is no answer: nothing is guessed.
"""

import struct
from collections.abc import Generator
from typing import TypeVar

from handiwork.adapters.atspi.wire import ANSWER, Call, Message, Ref
from handiwork.model.geometry import Box

T = TypeVar("T")

_LABELLED_BY = 2


class Answer:
    """The body of an answer, read as what was asked for. What has another shape, or was refused, is nothing."""

    def __init__(self, message: Message | None) -> None:
        ok = message is not None and message.kind == ANSWER
        self._signature, self._body = (message.signature, message.body) if message is not None and ok else ("", b"")

    def number(self) -> int | None:
        """An "u"."""
        if self._signature != "u" or len(self._body) < 4:
            return None
        return int.from_bytes(self._body[:4], "little")

    def bits(self) -> int:
        """An "au", the first word lowest."""
        if self._signature != "au":
            return 0
        return int.from_bytes(self._body[4 : 4 + min(8, int.from_bytes(self._body[:4], "little"))], "little")

    def box(self) -> Box | None:
        """An "(iiii)"; nothing if it is off any screen."""
        if self._signature != "(iiii)":
            return None
        x, y, w, h = struct.unpack_from("<iiii", self._body)
        return (
            Box(x, y, w, h) if abs(x) < 1 << 15 and abs(y) < 1 << 15 and 0 <= w < 1 << 15 and 0 <= h < 1 << 15 else None
        )

    def string(self) -> str:
        """An "s", or a variant that holds one."""
        if self._signature == "v" and self._body[:3] == b"\x01s\0":
            return _read_string(self._body, 4)[0]
        return _read_string(self._body, 0)[0] if self._signature == "s" else ""

    def strings(self) -> list[str]:
        """An "as"."""
        return _read_strings(self._body) if self._signature == "as" else []

    def pairs(self) -> dict[str, str]:
        """An "a{ss}"."""
        if self._signature != "a{ss}":
            return {}
        at, end, found = 8, 8 + int.from_bytes(self._body[:4], "little"), dict[str, str]()
        while at < end:
            at += -at % 8
            key, at = _read_string(self._body, at)
            found[key], at = _read_string(self._body, at + -at % 4)
        return found

    def ref(self) -> Ref | None:
        """A "(so)", or a variant that holds one; nothing if it is nobody."""
        start = {"(so)": 0, "v": 8}.get(self._signature)
        if start is None or (start and self._body[:6] != b"\x04(so)\0"):
            return None
        return _read_ref(self._body, start)[0]

    def refs(self, most: int) -> list[Ref]:
        """The first so many of an "a(so)"."""
        return _read_refs(self._body, 0, most)[0] if self._signature == "a(so)" else []

    def labels(self) -> list[Ref]:
        """Out of an "a(ua(so))": what LABELLED_BY (2) names."""
        if self._signature != "a(ua(so))":
            return []
        at, end = 8, 8 + int.from_bytes(self._body[:4], "little")
        while at + 8 <= end:
            at += -at % 8
            kind = int.from_bytes(self._body[at : at + 4], "little")
            found, at = _read_refs(self._body, at + 4, 4)
            if kind == _LABELLED_BY:
                return found
        return []


Question = Generator[list[Call], list[Answer], T]
"""Yields calls, all of which are sent at once, is sent their answers, and returns what they say."""


def event_of(message: Message) -> tuple[str, int, int, str]:
    """Of an AT-SPI event: its detail, two numbers, and its text if it carries one."""
    if not message.signature.startswith("siiv"):
        return "", 0, 0, ""
    body = message.body
    detail, at = _read_string(body, 0)
    at += -at % 4
    first, second = struct.unpack_from("<ii", body, at)
    at += 8
    said = _read_string(body, at + 3 + -(at + 3) % 4)[0] if body[at : at + 3] == b"\x01s\0" else ""
    return detail, first, second, said


def strings_of(message: Message) -> list[str]:
    """Of a signal that carries nothing but strings: those."""
    if set(message.signature) != {"s"}:
        return []
    found, at = [], 0
    for _ in message.signature:
        one, at = _read_string(message.body, at + -at % 4)
        found.append(one)
    return found


def _read_string(body: bytes, at: int) -> tuple[str, int]:
    size = int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : at + 4 + size].decode("utf-8", "replace"), at + 5 + size


def _read_strings(body: bytes) -> list[str]:
    at, end, found = 4, 4 + int.from_bytes(body[:4], "little"), list[str]()
    while at < end:
        one, at = _read_string(body, at + -at % 4)
        found.append(one)
    return found


def _read_ref(body: bytes, at: int) -> tuple[Ref | None, int]:
    owner, at = _read_string(body, at)
    path, at = _read_string(body, at + -at % 4)
    return (None if not owner or path.endswith("/null") else Ref(owner, path)), at


def _read_refs(body: bytes, at: int, most: int) -> tuple[list[Ref], int]:
    size = int.from_bytes(body[at : at + 4], "little")
    at += 4
    at += -at % 8
    end, found = at + size, list[Ref]()
    while at < end and len(found) < most:
        one, at = _read_ref(body, at + -at % 8)
        found += [one] if one is not None else []
    return found, end
