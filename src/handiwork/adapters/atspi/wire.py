# SPDX-License-Identifier: Apache-2.0
"""Calls and answers on the accessibility bus, as bytes: only what elements need, so that a look costs little.

jeepney reads any message, at 140 us a call; a look at a window takes hundreds. What is not understood here is no
answer: nothing is guessed. Knows no sockets and no roles.
"""

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from handiwork.model.geometry import Box

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
DOCUMENT = "org.a11y.atspi.Document"
PROPERTIES = "org.freedesktop.DBus.Properties"
BUS = "org.freedesktop.DBus"
REGISTRY = "org.a11y.atspi.Registry"

CALL, ANSWER, ERROR, SIGNAL = 1, 2, 3, 4
_LONGEST = 1 << 22
_HEADER = 16
_PATH, _INTERFACE, _MEMBER, _REPLY, _DESTINATION, _SENDER, _SIGNATURE = 1, 2, 3, 5, 6, 7, 8


class Ref(NamedTuple):
    """One accessible thing: whose it is on the bus, and where."""

    owner: str
    path: str


class Call(NamedTuple):
    """One question to one thing."""

    to: Ref
    interface: str
    member: str
    signature: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Message:
    """What has come: an answer (by the serial of its question), an error, or a signal."""

    kind: int
    reply_to: int
    sender: str
    path: str
    member: str
    signature: str
    body: bytes


def role(of: Ref) -> Call:
    """What it is, as a number."""
    return Call(of, ACCESSIBLE, "GetRole")


def states(of: Ref) -> Call:
    """Its states, as bits."""
    return Call(of, ACCESSIBLE, "GetState")


def children(of: Ref) -> Call:
    """What lies in it."""
    return Call(of, ACCESSIBLE, "GetChildren")


def relations(of: Ref) -> Call:
    """What labels it, among other things."""
    return Call(of, ACCESSIBLE, "GetRelationSet")


def attributes(of: Ref) -> Call:
    """What else it says of itself, by name. To Chromium it is also the sign that somebody reads pages."""
    return Call(of, ACCESSIBLE, "GetAttributes")


def extents(of: Ref) -> Call:
    """Where it is, in root pixels (some toolkits: in the window's)."""
    return Call(of, COMPONENT, "GetExtents", "u", bytes(4))


def at_point(of: Ref, x: int, y: int) -> Call:
    """What of it lies at the point."""
    return Call(of, COMPONENT, "GetAccessibleAtPoint", "iiu", struct.pack("<iiI", x, y, 0))


def name(of: Ref) -> Call:
    """Its name."""
    return _property(of, "Name")


def parent(of: Ref) -> Call:
    """What it lies in."""
    return _property(of, "Parent")


def text(of: Ref, most: int) -> Call:
    """The first `most` characters that a field holds."""
    return Call(of, TEXT, "GetText", "ii", struct.pack("<ii", 0, most))


def document_attributes(of: Ref) -> Call:
    """What a document says of itself: its address."""
    return Call(of, DOCUMENT, "GetAttributes")


def bus_call(member: str, argument: str = "") -> Call:
    """A question to the bus itself."""
    body = _string(argument) if argument else b""
    return Call(Ref(BUS, "/org/freedesktop/DBus"), BUS, member, "s" if argument else "", body)


def register(event: str, owner: str) -> Call:
    """Asks that one application tell of such events, and no other."""
    body = _string(event)
    body += bytes(-len(body) % 4) + bytes(4) + _string(owner)
    return Call(Ref(REGISTRY, "/org/a11y/atspi/registry"), REGISTRY, "RegisterEvent", "sass", body)


def _property(of: Ref, word: str) -> Call:
    return Call(of, PROPERTIES, "Get", "ss", _property_body(word))


@lru_cache(maxsize=8)
def _property_body(word: str) -> bytes:
    body = _string(ACCESSIBLE)
    return body + bytes(-len(body) % 4) + _string(word)


def encoded(call: Call, serial: int) -> bytes:
    """The message, little-endian."""
    head = _fields(call.to.owner, call.interface, call.member, call.signature)
    place = _field(_PATH, b"o", call.to.path)
    fields = len(head) + len(place)
    start = struct.pack("<4BIII", ord("l"), CALL, 2, 1, len(call.body), serial, fields)
    return start + head + place + bytes(-fields % 8) + call.body


@lru_cache(maxsize=512)
def _fields(owner: str, interface: str, member: str, signature: str) -> bytes:
    kept = [(_DESTINATION, b"s", owner), (_INTERFACE, b"s", interface), (_MEMBER, b"s", member)]
    packed = b"".join(_padded(_field(*one)) for one in kept)
    if signature:
        packed += _padded(struct.pack("4B", _SIGNATURE, 1, ord("g"), 0) + _signature(signature))
    return packed


def _field(code: int, kind: bytes, value: str) -> bytes:
    return struct.pack("4B", code, 1, kind[0], 0) + _string(value)


def _string(value: str) -> bytes:
    content = value.encode()
    return struct.pack("<I", len(content)) + content + b"\0"


def _signature(value: str) -> bytes:
    return bytes([len(value)]) + value.encode() + b"\0"


def _padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 8)


def taken(buffer: bytearray) -> Message | None:
    """The first whole message, taken out of the buffer; None if more has to come. Raises ValueError for nonsense."""
    if len(buffer) < _HEADER:
        return None
    order = {ord("l"): "<", ord("B"): ">"}.get(buffer[0])
    if order is None:
        raise ValueError("no message")
    body_length, _, fields_length = struct.unpack_from(order + "III", buffer, 4)
    start = _HEADER + fields_length + -fields_length % 8
    if body_length + fields_length > _LONGEST:
        raise ValueError("too long")
    if len(buffer) < start + body_length:
        return None
    whole = bytes(buffer[: start + body_length])
    del buffer[: start + body_length]
    kind = whole[1] if order == "<" else 0  # another byte order is nobody on this machine
    return _message(kind, whole, _HEADER + fields_length, start)


def _message(kind: int, whole: bytes, end: int, start: int) -> Message:
    found: dict[int, str] = {}
    reply, at = 0, _HEADER
    while kind and at < end:
        at += -at % 8
        code, shape = whole[at], whole[at + 2]
        at += 4
        if shape == ord("u"):
            if code == _REPLY:
                reply = struct.unpack_from("<I", whole, at)[0]
            at += 4
        elif shape == ord("g"):
            found[code] = whole[at + 1 : at + 1 + whole[at]].decode("ascii", "replace")
            at += 2 + whole[at]
        else:
            size = struct.unpack_from("<I", whole, at)[0]
            found[code] = whole[at + 4 : at + 4 + size].decode("utf-8", "replace")
            at += 5 + size
    sender, path, member, signature = (found.get(code, "") for code in (_SENDER, _PATH, _MEMBER, _SIGNATURE))
    return Message(kind, reply, sender, path, member, signature, whole[start:])


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


_LABELLED_BY = 2


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
