# SPDX-License-Identifier: Apache-2.0
"""Reads a person's own segments again, with their own key, and tells what should have been cut.

Content is in memory only, one segment's at a time. Who reads pictures and who knows names is handed in; without them,
the report says that nobody did. Knows no terminal.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from handiwork.derive.frames import Pixels
from handiwork.derive.leaks.judge import Find, Judge
from handiwork.derive.leaks.pictures import changed_parts, other_chunks
from handiwork.derive.leaks.planted import holds, words_in
from handiwork.derive.leaks.texts import Piece, pieces
from handiwork.model.codec import encode_events
from handiwork.model.errors import Damaged
from handiwork.model.event import Event, Frame
from handiwork.model.ids import SegmentId
from handiwork.model.leak import AuditedSegment, Leak
from handiwork.model.segment import OpenSegment
from handiwork.ports.journal import Store, StoredSegment
from handiwork.ports.leak_audit import audited, keep_audited
from handiwork.ports.pictures import Pictures
from handiwork.ports.sealed import open_segment, split, unwrap_device_key
from handiwork.ports.sealing import Sealing
from handiwork.rules.own_words import key
from handiwork.rules.redaction.redactor import REDACTOR_VERSION
from handiwork.rules.redaction.span import Detector

AUDITOR_VERSION = f"{REDACTOR_VERSION}.1"
"""The detectors' own version, and that of how they are used here."""


@dataclass(frozen=True)
class Helpers:
    """What is too slow while recording, where it is installed."""

    read: Callable[[Pixels], Iterable[str]] | None = None
    """The lines of text in a picture, from top to bottom."""
    reader: str = ""
    names: Detector | None = None
    namer: str = ""


@dataclass(frozen=True)
class Audited:
    """One segment's report. `finds` hold content, for the person's own eyes."""

    record: AuditedSegment
    finds: tuple[Find, ...] = field(repr=False)
    wall_offset_ms: int
    unread_pictures: int
    """Frames that could not be rebuilt wholly, or that nobody read."""


class LeakAudit:
    """One run. `never` are the words in force, `lists` a digest that changes when they do."""

    def __init__(
        self,
        store: Store,
        sealing: Sealing,
        device_key: bytes,
        pictures: Pictures,
        never: Sequence[str],
        lists: str,
        helpers: Helpers,
        is_open: Callable[[OpenSegment], bool] = lambda _: False,
    ) -> None:
        """`is_open`: whether all of a segment is known to be of the level "open", at which names were to be kept."""
        self._is_open = is_open
        self._store, self._sealing, self._device_key = store, sealing, device_key
        self._pictures, self._never, self._lists, self._helpers = pictures, never, lists, helpers
        self._judge = Judge(never, (helpers.names,) if helpers.names else ())

    def __repr__(self) -> str:
        return "<LeakAudit (keys and words withheld)>"

    def to_read(self, again: bool) -> list[StoredSegment]:
        """Closed segments, newest first; unless `again`, without those that were found clean by as good a look."""
        closed = [stored for stored in reversed(self._store.segments()) if stored.state in ("closed", "uploaded")]
        known = audited(self._store)
        return [one for one in closed if again or not self._is_clean(known.get(one.header.segment_id))]

    def _is_clean(self, record: AuditedSegment | None) -> bool:
        helpers = self._helpers
        if record is None or record.leaks:
            return False
        as_good = record.reader == helpers.reader or not helpers.reader
        return (
            as_good
            and (record.names == helpers.namer or not helpers.namer)
            and (record.auditor, record.lists) == (AUDITOR_VERSION, self._lists)
        )

    def read(self, segment: SegmentId, at: str) -> Audited:
        """Reads one segment and remembers the counts. Damaged or BadInput if it can't be opened (any more)."""
        content = self._store.content(segment)
        header = split(content)[0]
        opened = open_segment(self._sealing, unwrap_device_key(self._sealing, self._device_key, header), content)
        frames = [event for event in opened.events if isinstance(event, Frame)]
        shown, pictures = self._shown(frames)
        personal = not self._is_open(opened)
        finds = [*self._judge.finds(opened.events, shown, personal), *_in_files(frames)]
        finds += self._in_bytes(opened.events, {key(find.text) for find in finds if find.leak.kind == "never"})
        record = AuditedSegment(
            segment=segment,
            at=at,
            auditor=AUDITOR_VERSION,
            redactor=header.redactor_version,
            lists=self._lists,
            texts=sum(1 for _ in pieces(opened.events)),
            pictures=pictures,
            reader=self._helpers.reader,
            names=self._helpers.namer,
            found=_counted(find.leak for find in finds),
        )
        keep_audited(self._store, [record])
        return Audited(record, tuple(finds), opened.closing.wall_offset_ms, len(frames) - pictures)

    def _shown(self, frames: list[Frame]) -> tuple[list[Piece], int]:
        """What can be read in the pictures, and how many were read."""
        if self._helpers.read is None:
            return [], 0
        lines: list[Piece] = []
        places = set()
        for place, part in changed_parts(frames, self._decode):
            places.add(place)
            if part is None:
                continue
            lines += [Piece(frames[place].t, "pixels", text) for text in self._helpers.read(part) if text.strip()]
        return lines, len(places)

    def _decode(self, image: bytes) -> Pixels:
        try:
            return self._pictures.decode(image)
        except Damaged:  # a tile that is no picture shows nothing; its frame counts as not read
            return np.zeros((0, 0, 3), np.uint8)

    def _in_bytes(self, events: tuple[Event, ...], told: set[str]) -> Iterator[Find]:
        """Words never to be kept, in the events' own bytes: fields that no text belongs in, encodings of any sort."""
        held = [self._never[place] for place in words_in(encode_events(list(events)), self._never)]
        for word in (word for word in held if key(word) not in told):
            at = next((event.t for event in events if holds(encode_events([event]), word)), 0)
            yield Find(Leak(at, "bytes", "never", "in the bytes"), word)


def _in_files(frames: list[Frame]) -> Iterator[Find]:
    for frame in frames:
        for tile in frame.tiles:
            for chunk in other_chunks(tile.image):
                yield Find(Leak(frame.t, "pixels", "metadata", "as it stands"), chunk)


def _counted(leaks: Iterable[Leak]) -> dict[str, dict[str, int]]:
    counts = Counter((leak.stream, leak.kind) for leak in leaks)
    return {
        stream: {kind: n for (of, kind), n in sorted(counts.items()) if of == stream}
        for stream in sorted({stream for stream, _ in counts})
    }
