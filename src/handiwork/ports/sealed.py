# SPDX-License-Identifier: Apache-2.0
"""Segments as bytes (model.segment's format), on top of the Sealing port. Pure functions: no disk, no network.

Every chunk is sealed under a nonce and associated data that name its place and its `last` mark:
0 for events, 1 for the Closing, 2 for a Closing written by recovery. The mark is part of the nonce as well
(mark << 32 | index), so that a recorder killed half-way and its recovery never use one nonce for two plaintexts.
"""

import hashlib
import zlib

import msgspec

from handiwork.model.codec import canonical_json, decode_events, encode_events, from_json
from handiwork.model.errors import Damaged
from handiwork.model.event import Event
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.segment import MAGIC, Closing, Header, OpenSegment
from handiwork.ports.sealing import Sealing

EVENTS, CLOSED, RECOVERED = 0, 1, 2

_U32 = 4
_DEFLATED = b"\x78"
"""How a zlib stream begins, and no MessagePack list does."""

_LARGEST = 64 * 1024 * 1024
"""Bytes of one chunk's events: whoever sealed more than any recorder could, meant to fill the reader's memory."""


def encode_header(header: Header) -> bytes:
    """The header JSON: the bytes that are hashed into every chunk's associated data."""
    return canonical_json(header)


def header_digest(header_json: bytes) -> Digest:
    """SHA-256 of the header JSON: how the key service names the header that a key belongs to."""
    return Digest(hashlib.sha256(header_json).hexdigest())


def content_digest(content: bytes) -> Digest:
    """SHA-256 of a whole segment."""
    return Digest(hashlib.sha256(content).hexdigest())


def wrapping_info(segment: SegmentId, role: str) -> bytes:
    """HPKE's info: binds a wrapped segment key to its segment and to one kind of recipient (device, keeper, job)."""
    return f"handiwork segment key v1|{role}|{segment}".encode("ascii")


def associated(header_json: bytes, index: int, last: int) -> bytes:
    """A chunk's associated data. `last` is EVENTS, CLOSED or RECOVERED."""
    return hashlib.sha256(header_json).digest() + index.to_bytes(_U32, "big") + last.to_bytes(1, "big")


def seal_events(sealing: Sealing, key: bytes, header_json: bytes, index: int, events: list[Event]) -> bytes:
    """Chunk `index`, of events."""
    plain = encode_events(events)
    plain = min(zlib.compress(plain), plain, key=len)
    return sealing.seal_chunk(key, index, associated(header_json, index, EVENTS), plain)


def open_events(sealing: Sealing, key: bytes, header_json: bytes, index: int, chunk: bytes) -> list[Event]:
    """The inverse; raises Damaged."""
    plain = sealing.open_chunk(key, index, associated(header_json, index, EVENTS), chunk)
    try:
        return decode_events(_inflated(plain) if plain.startswith(_DEFLATED) else plain)
    except (msgspec.ValidationError, msgspec.DecodeError, zlib.error):
        raise _damaged("a chunk holds something that this version can't read as events") from None


def seal_closing(sealing: Sealing, key: bytes, header_json: bytes, closing: Closing) -> bytes:
    """The last chunk, whose index is `closing.chunks` (the number of chunks before it)."""
    mark, index = (RECOVERED if closing.recovered else CLOSED), closing.chunks
    plain = msgspec.msgpack.encode(closing)
    return sealing.seal_chunk(key, _nonce(mark, index), associated(header_json, index, mark), plain)


def join(header_json: bytes, chunks: list[bytes]) -> bytes:
    """A segment's bytes."""
    parts = [MAGIC]
    for part in (header_json, *chunks):
        parts += [len(part).to_bytes(_U32, "big"), part]
    return b"".join(parts)


def split(content: bytes) -> tuple[Header, bytes, list[bytes]]:
    """(header, header JSON, chunks) of a segment; no key needed. Raises Damaged if it is not laid out as one."""
    if not content.startswith(MAGIC):
        raise _damaged("it does not begin as a segment does")
    parts, at = [], len(MAGIC)
    while at < len(content):
        start = at + _U32
        at = start + int.from_bytes(content[at:start], "big")
        if at > len(content) or start > len(content):
            raise _damaged("it ends in the middle")
        parts.append(content[start:at])
    if not parts:
        raise _damaged("it has no header")
    return _header(parts[0]), parts[0], parts[1:]


def unwrap_device_key(sealing: Sealing, device_private_key: bytes, header: Header) -> bytes:
    """The segment key, from the header's copy for the person's own device. Raises Damaged."""
    try:
        wrapped = bytes.fromhex(header.wrapped_for_device)
    except ValueError:
        raise _damaged("its key for this device is not hexadecimal") from None
    return sealing.unwrap(device_private_key, wrapping_info(header.segment_id, "device"), wrapped)


def open_segment(sealing: Sealing, key: bytes, content: bytes) -> OpenSegment:
    """Everything in a closed segment, in time order. Raises Damaged on any flaw: nothing of it is given back then."""
    header, header_json, chunks = split(content)
    if not chunks:
        raise _damaged("it was never closed")
    closing = _closing(sealing, key, header_json, len(chunks) - 1, chunks[-1])
    events = [
        event
        for index, chunk in enumerate(chunks[:-1])
        for event in open_events(sealing, key, header_json, index, chunk)
    ]
    if closing.chunks != len(chunks) - 1 or closing.events != len(events):
        raise _damaged("its closing counts something else than it holds")
    return OpenSegment(header, tuple(sorted(events, key=lambda event: event.t)), closing)


def _closing(sealing: Sealing, key: bytes, header_json: bytes, index: int, chunk: bytes) -> Closing:
    for mark in (CLOSED, RECOVERED):
        try:
            plain = sealing.open_chunk(key, _nonce(mark, index), associated(header_json, index, mark), chunk)
            closing = msgspec.msgpack.decode(plain, type=Closing)
        except Damaged:
            continue
        except (msgspec.ValidationError, msgspec.DecodeError):
            break
        if closing.recovered == (mark == RECOVERED):
            return closing
    raise _damaged("its end is missing, or was sealed with another key or under another header")


def _inflated(deflated: bytes) -> bytes:
    stream = zlib.decompressobj()
    plain = stream.decompress(deflated, _LARGEST)
    if not stream.eof or stream.unused_data:
        raise zlib.error
    return plain


def _nonce(mark: int, index: int) -> int:
    return mark << 32 | index


def _header(data: bytes) -> Header:
    try:
        header = from_json(data, Header)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise _damaged("its header can't be read") from None
    if encode_header(header) != data:
        raise _damaged("its header is not in canonical form")
    return header


def _damaged(why: str) -> Damaged:
    return Damaged(
        f"A segment can't be accepted: {why}.",
        data="Nothing was read from it. Other segments are not affected.",
        do="Fetch or copy it again; if it still fails, delete that segment.",
    )
