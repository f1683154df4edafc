# SPDX-License-Identifier: Apache-2.0
"""What earlier leak audits found, in the ledger: counts and classes of each segment, never content."""

from collections.abc import Sequence

import msgspec

from handiwork.model.ids import SegmentId
from handiwork.model.leak import AuditedSegment
from handiwork.ports.journal import Store

LEAK_AUDIT = "leak-audit"
"""The record's name in the ledger."""


def audited(store: Store) -> dict[SegmentId, AuditedSegment]:
    """The last audit of each segment that is still here. A record that can't be read counts as none: read again."""
    data = store.value(LEAK_AUDIT)
    try:
        known = msgspec.json.decode(data, type=list[AuditedSegment]) if data else []
    except msgspec.MsgspecError:
        return {}
    here = {stored.header.segment_id for stored in store.segments() if stored.state != "deleted"}
    return {record.segment: record for record in known if record.segment in here}


def keep_audited(store: Store, records: Sequence[AuditedSegment]) -> None:
    """Adds these to the record, in place of earlier ones. When this returns, it is on disk."""
    kept = audited(store) | {record.segment: record for record in records}
    store.put_value(LEAK_AUDIT, msgspec.json.encode(list(kept.values())))
