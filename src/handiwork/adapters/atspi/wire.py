# SPDX-License-Identifier: Apache-2.0
"""Messages on the accessibility bus, as bytes: calls are written, and what comes is cut out of a buffer.

Only what elements need, so that a look costs little: jeepney reads any message, at 140 us a call; a look at a window
takes hundreds. Knows no sockets and no roles.
"""

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
DOCUMENT = "org.a11y.atspi.Document"
PROPERTIES = "org.freedesktop.DBus.Properties"
BUS = "org.freedesktop.DBus"
REGISTRY = "org.a11y.atspi.Registry"

ROOT = "/org/a11y/atspi/accessible/root"
"""The path of every application's own first object, in which its windows lie."""

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
