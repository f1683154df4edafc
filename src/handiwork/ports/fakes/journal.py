# SPDX-License-Identifier: Apache-2.0
"""Journal and Ledger in memory. Can be made to fail."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from handiwork.model.errors import BadInput, NoSpace, NotAllowed
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.segment import Header
from handiwork.ports.journal import SegmentState, StoredSegment
from handiwork.ports.sealed import encode_header, join


@dataclass
class _Row:
    header: Header
    state: SegmentState = "open"
    chunks: list[bytes] = field(default_factory=list)


class MemoryJournal:
    """Set `full` to make every write raise NoSpace."""

    def __init__(self) -> None:
        self.full = False
        self._rows: dict[SegmentId, _Row] = {}
        self._skips: Counter[tuple[str, str, str]] = Counter()
        self._receipts: dict[SegmentId, bytes] = {}
        self._values: dict[str, bytes] = {}

    def open_segment(self, header: Header) -> None:
        """A new, empty segment."""
        self._space()
        if header.segment_id in self._rows:
            raise _refused("a segment of this name is there already")
        self._rows[header.segment_id] = _Row(header)

    def append(self, segment: SegmentId, index: int, chunk: bytes, last: bool) -> None:
        """Adds chunk `index`; `last` closes the segment."""
        self._space()
        row = self._row(segment)
        if row.state == "deleted":
            raise NotAllowed("The segment was deleted.", data="Nothing was added.", do="Open another one.")
        if row.state != "open" or index != len(row.chunks):
            raise _refused("the segment is closed, or a chunk came out of order")
        row.chunks.append(chunk)
        row.state = "closed" if last else "open"

    def segments(self) -> Sequence[StoredSegment]:
        """All of them, oldest first."""
        return [_stored(row) for row in self._rows.values()]

    def content(self, segment: SegmentId) -> bytes:
        """The segment's bytes; of an open one, what is there so far."""
        row = self._row(segment)
        if row.state == "deleted":
            raise _refused("the segment is deleted")
        return join(encode_header(row.header), row.chunks)

    def delete(self, segment: SegmentId) -> None:
        """Forgets the chunks and the wrapped key."""
        row = self._row(segment)
        keyless = msgspec.structs.replace(row.header, wrapped_for_device="")
        self._rows[segment] = _Row(keyless, "deleted")

    def count_skips(self, minute: str, counts: dict[tuple[str, str], int]) -> None:
        """Adds to the counts of that minute."""
        self._space()
        self._skips.update({(minute, stream, reason): n for (stream, reason), n in counts.items()})

    def skips(self) -> Sequence[tuple[str, str, str, int]]:
        """(minute, stream, reason, count), oldest first."""
        return [(*key, n) for key, n in sorted(self._skips.items())]

    def keep_receipt(self, segment: SegmentId, content: Digest, receipt: bytes) -> None:  # noqa: ARG002
        """Keeps a receipt and marks the segment uploaded; a deleted segment stays deleted."""
        self._space()
        row = self._rows.get(segment)
        if row is None or row.state == "open":
            raise _refused("a receipt came for a segment that was never closed here")
        self._receipts[segment] = receipt
        row.state = "uploaded" if row.state == "closed" else row.state

    def receipts(self) -> Sequence[tuple[SegmentId, bytes]]:
        """All receipts, oldest first."""
        return list(self._receipts.items())

    def put_value(self, name: str, value: bytes) -> None:
        """Keeps a small named value."""
        self._space()
        self._values[name] = value

    def value(self, name: str) -> bytes | None:
        """That value, or None."""
        return self._values.get(name)

    def _row(self, segment: SegmentId) -> _Row:
        if segment not in self._rows:
            raise _refused("no such segment")
        return self._rows[segment]

    def _space(self) -> None:
        if self.full:
            raise NoSpace("The memory journal is full.", data="The last change was not kept.", do="Make room.")


def _stored(row: _Row) -> StoredSegment:
    size = len(encode_header(row.header)) + sum(map(len, row.chunks))
    return StoredSegment(
        header=row.header, state=row.state, chunks=len(row.chunks), size=size, opened_at="2026-01-01T00:00:00Z"
    )


def _refused(why: str) -> BadInput:
    return BadInput(f"The journal refused a change: {why}.", data="Nothing was changed.", do="Report this flaw.")
