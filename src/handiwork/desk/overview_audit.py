# SPDX-License-Identifier: Apache-2.0
"""What earlier leak audits found, for the page: counts and classes, no content. Opens no segment."""

from collections import Counter

import msgspec

from handiwork.desk.audit import AUDITOR_VERSION
from handiwork.ports.journal import Store
from handiwork.ports.leak_audit import audited
from handiwork.rules.redaction.redactor import REDACTOR_VERSION


class LeakRow(msgspec.Struct, frozen=True, kw_only=True):
    """One class in one stream of one segment."""

    segment: str
    stream: str
    kind: str
    count: int


class AuditShown(msgspec.Struct, frozen=True, kw_only=True):
    """The last look at each segment."""

    at: str
    """When the newest was read; "" if none ever was."""
    read: int
    """Segments that were read again."""
    unread: int
    """Closed ones that nobody has read again."""
    outdated: int
    """Read by an older set of detectors than today's."""
    older: int
    """Recorded under an older set of detectors than today's."""
    pictures: bool
    """Whether pictures were read, in every one of them."""
    names: bool
    """Whether a language model looked for names, in every one of them."""
    rows: tuple[LeakRow, ...]
    running: bool


def audit_shown(store: Store, running: bool) -> AuditShown:
    """Reads the ledger."""
    known = list(audited(store).values())
    closed = [stored for stored in store.segments() if stored.state in ("closed", "uploaded")]
    counts: Counter[tuple[str, str, str]] = Counter()
    for record in known:
        for stream, kinds in record.found.items():
            for kind, count in kinds.items():
                counts[record.segment, stream, kind] += count
    return AuditShown(
        at=max((record.at for record in known), default=""),
        read=len(known),
        unread=len({stored.header.segment_id for stored in closed} - {record.segment for record in known}),
        outdated=sum(record.auditor != AUDITOR_VERSION for record in known),
        older=sum(stored.header.redactor_version != REDACTOR_VERSION for stored in closed),
        pictures=bool(known) and all(record.reader for record in known),
        names=bool(known) and all(record.names for record in known),
        rows=tuple(
            LeakRow(segment=segment, stream=stream, kind=kind, count=count)
            for (segment, stream, kind), count in counts.most_common()
        ),
        running=running,
    )
