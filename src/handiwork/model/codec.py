# SPDX-License-Identifier: Apache-2.0
"""The two encodings of model values: canonical JSON where bytes are signed or hashed, MessagePack inside segments."""

import hashlib
from typing import TypeVar

import msgspec

from handiwork.model.event import Event
from handiwork.model.ids import Digest

T = TypeVar("T", bound=msgspec.Struct)

_json = msgspec.json.Encoder(order="sorted")
_events_encoder = msgspec.msgpack.Encoder()
_events_decoder = msgspec.msgpack.Decoder(list[Event])


def canonical_json(value: msgspec.Struct) -> bytes:
    """The one JSON encoding of a value: keys sorted, no white space, UTF-8."""
    return _json.encode(value)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """A value of `kind`; raises msgspec.ValidationError or DecodeError for anything else, unknown fields included."""
    try:
        return msgspec.json.decode(data, type=kind)
    except UnicodeDecodeError:  # what msgspec lets through for broken UTF-8
        raise msgspec.DecodeError("not UTF-8") from None


def digest_of(value: msgspec.Struct) -> Digest:
    """SHA-256 of the canonical JSON."""
    return Digest(hashlib.sha256(_json.encode(value)).hexdigest())


def encode_events(events: list[Event]) -> bytes:
    """MessagePack of kept events. A raw event makes it raise TypeError: no codec knows them."""
    return _events_encoder.encode(events)


def decode_events(data: bytes) -> list[Event]:
    """The events of one chunk; raises msgspec.ValidationError or DecodeError for anything else."""
    try:
        return _events_decoder.decode(data)
    except UnicodeDecodeError:
        raise msgspec.DecodeError("not UTF-8") from None
