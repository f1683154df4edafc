# SPDX-License-Identifier: Apache-2.0
"""Turns kept events into sealed segments in the journal, one chunk a second. Knows nothing of how events are made.

The segment key is in memory only, and in the header wrapped to the person's own device key; when a segment is closed
it is forgotten here. Killed at any instruction, what was flushed is there; `recover` closes it at the next start.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from handiwork.model.errors import Damaged, HandiworkError, NotAllowed
from handiwork.model.event import Event
from handiwork.model.ids import SegmentId
from handiwork.model.segment import Closing, Header
from handiwork.ports.clock import Clock
from handiwork.ports.journal import Store, StoredSegment, is_withdrawn
from handiwork.ports.sealed import (
    encode_header,
    open_events,
    seal_closing,
    seal_events,
    split,
    unwrap_device_key,
    wrapping_info,
)
from handiwork.ports.sealing import Sealing

MAX_BYTES = 4 * 1024 * 1024
MAX_MS = 10 * 60 * 1000


@dataclass
class _Open:
    """The segment being written."""

    header: Header
    header_json: bytes
    key: bytes
    since: int
    offset: int
    chunks: int = 0
    events: int = 0
    size: int = 0
    first_t: int = 0
    last_t: int = 0
    spent: bool = False
    """The next nonce was used for a chunk that could not be kept: nothing but the Closing may follow."""


class SegmentWriter:
    """One recorder's way into the journal. `template` is a Header whose id, epoch and wrapped key it fills in."""

    def __init__(
        self, store: Store, sealing: Sealing, device_public_key: bytes, template: Header, clock: Clock
    ) -> None:
        self._store, self._sealing, self._public = store, sealing, device_public_key
        self._template, self._clock = template, clock
        self._buffer: list[Event] = []
        self._open: _Open | None = None

    @property
    def segment(self) -> SegmentId | None:
        """The id of the segment being written, None between segments."""
        return self._open.header.segment_id if self._open else None

    @property
    def has_unwritten(self) -> bool:
        """Whether anything was added since the last flush."""
        return bool(self._buffer)

    def revise(self, template: Header) -> None:
        """What later segments say about themselves. To be called between segments."""
        assert self._open is None, "a segment is bound to the policy that it was opened under"
        self._template = template

    def add(self, event: Event) -> None:
        """Takes an event into memory, for the next flush."""
        self._buffer.append(event)

    def flush(self, now: int) -> bool:
        """Seals what was added since the last call as one chunk, at monotonic `now`; when it returns, it is on disk.

        True if the segment ended with it: what is added next belongs to a new one, so that frames must be whole again.
        Raises NoSpace if the disk is full: the chunk's events are given up then, nothing half-written is kept, and
        what is added next belongs to a new segment too. Raises NotAllowed if the consent was withdrawn meanwhile.
        """
        events, self._buffer = self._buffer, []
        if is_withdrawn(self._store, self._template.consent_id):
            self._open = None
            raise _withdrawn()
        before = self.segment
        try:
            if self._open is not None and self._open.spent:
                self._end(self._open)
            if events:
                self._write(self._open or self._begin(now), events)
            if self._open is not None and self._is_due(self._open, now):
                self._end(self._open)
        except NotAllowed:  # the person deleted this segment while it was being written: what was in it stays gone
            self._open = None
        return self._open is None and (before is not None or bool(events))

    def close(self, now: int) -> None:
        """Flushes and ends the segment, if there is one. After a withdrawal, or a deletion, there is nothing to end."""
        try:
            self.flush(now)
            if self._open is not None:
                self._end(self._open)
        except NotAllowed:
            self._open = None

    def _is_due(self, segment: _Open, now: int) -> bool:
        return segment.size >= MAX_BYTES or now - segment.since >= MAX_MS

    def _begin(self, now: int) -> _Open:
        segment, key = SegmentId(secrets.token_hex(16)), self._sealing.new_key()
        unix = self._clock.unix_ms()
        header = msgspec.structs.replace(
            self._template,
            segment_id=segment,
            epoch=time.strftime("%Y-%m-%d", time.gmtime(unix / 1000)),
            wrapped_for_device=self._sealing.wrap(self._public, wrapping_info(segment, "device"), key).hex(),
        )
        offset = unix - self._clock.monotonic_ms()
        # Before the segment itself: recovery after a restart has no other way to know this clock.
        self._store.put_value(_offset_name(segment), str(offset).encode())
        self._store.open_segment(header)
        self._open = _Open(header, encode_header(header), key, now, offset)
        return self._open

    def _write(self, segment: _Open, events: list[Event]) -> None:
        chunk = seal_events(self._sealing, segment.key, segment.header_json, segment.chunks, events)
        try:
            self._store.append(segment.header.segment_id, segment.chunks, chunk, last=False)
        except HandiworkError:
            segment.spent = True
            raise
        times = [event.t for event in events]
        segment.first_t = min(times) if segment.events == 0 else min(segment.first_t, *times)
        segment.last_t = max(segment.last_t, *times)
        segment.chunks, segment.events = segment.chunks + 1, segment.events + len(events)
        segment.size += len(chunk)

    def _end(self, segment: _Open) -> None:
        _append_closing(self._store, self._sealing, segment, recovered=False)
        self._open = None


def recover(
    store: Store, sealing: Sealing, device_private_key: bytes, damaged: Callable[[SegmentId], None]
) -> list[SegmentId]:
    """Closes what a killed recorder left open, and says which; to be called before a SegmentWriter is made.

    A segment without a single chunk is deleted. One that does not open is left as it is and told to `damaged`: the
    desk shows it, and the person decides.
    """
    closed = []
    for stored in store.segments():
        if stored.state != "open":
            continue
        segment = stored.header.segment_id
        try:
            _close_left_open(store, sealing, device_private_key, stored)
            closed.append(segment)
        except Damaged:
            damaged(segment)
        except NotAllowed:  # deleted by the person at this very moment
            continue
    return closed


def _close_left_open(store: Store, sealing: Sealing, private_key: bytes, stored: StoredSegment) -> None:
    segment = stored.header.segment_id
    if stored.chunks == 0:
        store.delete(segment)
        return
    header, header_json, chunks = split(store.content(segment))
    key = unwrap_device_key(sealing, private_key, header)
    events = [e for i, chunk in enumerate(chunks) for e in open_events(sealing, key, header_json, i, chunk)]
    times = [event.t for event in events]
    offset = int(store.value(_offset_name(segment)) or b"0")
    left = _Open(header, header_json, key, 0, offset, len(chunks), len(events), 0, min(times), max(times))
    _append_closing(store, sealing, left, recovered=True)


def _append_closing(store: Store, sealing: Sealing, segment: _Open, recovered: bool) -> None:
    closing = Closing(
        chunks=segment.chunks,
        events=segment.events,
        first_t=segment.first_t,
        last_t=segment.last_t,
        wall_offset_ms=segment.offset,
        recovered=recovered,
    )
    chunk = seal_closing(sealing, segment.key, segment.header_json, closing)
    store.append(segment.header.segment_id, segment.chunks, chunk, last=True)


def _offset_name(segment: SegmentId) -> str:
    return f"clock-offset {segment}"


def _withdrawn() -> NotAllowed:
    return NotAllowed(
        "The consent was withdrawn while it was being recorded under it.",
        data="What was recorded in the last second was not kept; the rest is deleted with the withdrawal.",
        do="Nothing. To record again, read and accept a notice: `handiwork record consent`.",
    )
