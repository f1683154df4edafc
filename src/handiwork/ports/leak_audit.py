# SPDX-License-Identifier: Apache-2.0
"""What earlier leak audits found, in the ledger: counts and classes of each segment, never content."""

from collections.abc import Sequence

import msgspec

from handiwork.model.ids import SegmentId
from handiwork.model.leak import AuditedSegment
from handiwork.ports.journal import Store

LEAK_AUDIT = "leak-audit"
"""The record's name in the ledger."""

LEAKS_TOLD = "leak-audit-told"
"""By segment, how many places the person has been told of."""

LEAKS_EVERY, LEAKS_SAMPLED = "leak-audit-every", "leak-audit-sampled"


def audited(store: Store) -> dict[SegmentId, AuditedSegment]:
    """The last audit of each segment that is still here. A record that can't be read counts as none: read again."""
    data = store.value(LEAK_AUDIT)
    try:
        known = msgspec.json.decode(data, type=list[AuditedSegment]) if data else []
    except msgspec.MsgspecError:
        return {}
    here = {stored.header.segment_id for stored in store.segments() if stored.state != "deleted"}
    return {record.segment: record for record in known if record.segment in here}


def untold(store: Store) -> int:
    """Places found in segments that are still here, of which the person has not been told yet."""
    told = _told(store)
    return sum(max(0, record.leaks - told.get(segment, 0)) for segment, record in audited(store).items())


def have_told(store: Store) -> None:
    """The person has seen what there is: nothing of it is news any more. Written only where it changes something."""
    now = {str(segment): record.leaks for segment, record in audited(store).items() if record.leaks}
    if now != _told(store):
        store.put_value(LEAKS_TOLD, msgspec.json.encode(now))


def wished_every_s(store: Store) -> int | None:
    """How often an audit may begin by itself, by the person's wish, in seconds; 0: never; None: they have none."""
    wished = _number(store, LEAKS_EVERY, -1)
    return None if wished < 0 else wished


def wish_audit_every(store: Store, seconds: int | None) -> None:
    """From now on so often; 0: never; None: as the policy asks."""
    store.put_value(LEAKS_EVERY, b"" if seconds is None else b"%d" % seconds)


def sampled_unix_s(store: Store) -> int:
    """When one last began beside a recording; 0 if none ever did."""
    return _number(store, LEAKS_SAMPLED, 0)


def note_sampled(store: Store, unix_s: int) -> None:
    """One begins now."""
    store.put_value(LEAKS_SAMPLED, b"%d" % unix_s)


def _number(store: Store, name: str, default: int) -> int:
    data = store.value(name)
    return int(data) if data and data.isdigit() else default


def _told(store: Store) -> dict[str, int]:
    data = store.value(LEAKS_TOLD)
    try:
        return msgspec.json.decode(data, type=dict[str, int]) if data else {}
    except msgspec.MsgspecError:  # then it is told once more
        return {}


def keep_audited(store: Store, records: Sequence[AuditedSegment]) -> None:
    """Adds these to the record, in place of earlier ones. When this returns, it is on disk."""
    kept = audited(store) | {record.segment: record for record in records}
    store.put_value(LEAK_AUDIT, msgspec.json.encode(list(kept.values())))
