# SPDX-License-Identifier: Apache-2.0
"""What a leak audit has to say, as a value and in words: segment, time, stream, class. Content never stands in it."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from handiwork.cli.device import Device
from handiwork.desk.audit import AUDITOR_VERSION, Audited
from handiwork.model.errors import HandiworkError
from handiwork.model.ids import SegmentId
from handiwork.ports.journal import Store
from handiwork.ports.leak_audit import audited
from handiwork.rules.redaction.redactor import REDACTOR_VERSION

FOUND, UNREADABLE = 1, 2


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of leak in one segment."""

    segment: SegmentId
    at: str
    """Local time of the first, RFC 3339; "" where only counts are remembered."""
    stream: str
    kind: str
    how: str
    count: int


Shown = list[tuple[Row, list[str]]]
"""What was found, for the person's own eyes: in memory, and nowhere else."""


class Report(msgspec.Struct, kw_only=True):
    """The whole account."""

    read: int
    clean_before: int
    """Segments that an earlier audit had found clean, by as good a look."""
    still_open: int
    leaks: list[Row]
    older: dict[str, int]
    """Segments recorded under an older set of detectors, by that set's version."""
    detectors: str = REDACTOR_VERSION
    auditor: str = AUDITOR_VERSION
    unreadable: list[SegmentId]
    texts: int
    pictures: int
    unread_pictures: int
    names: bool
    """Whether a language model looked for people's names."""

    @property
    def exit_code(self) -> int:
        """0 nothing found, 1 something found, 2 something could not be read."""
        return FOUND if self.leaks else UNREADABLE if self.unreadable else 0


def gathered(device: Device, reports: Iterable[tuple[SegmentId, Audited | HandiworkError]]) -> tuple[Report, Shown]:
    """Reads them one after the other: a segment's content is let go before the next one is opened."""
    report = _empty(device)
    shown: Shown = []
    names = set()
    for segment, told in reports:
        if isinstance(told, HandiworkError):
            report.unreadable.append(segment)
            continue
        report.read += 1
        report.texts += told.record.texts
        report.pictures += told.record.pictures
        report.unread_pictures += told.unread_pictures
        names.add(bool(told.record.names))
        shown += _rows(told)
    report.leaks = [row for row, _ in shown]
    report.names = names == {True}
    known = audited(device.store)
    report.clean_before = len(known) - report.read
    return report, shown


def last_report(device: Device) -> Report:
    """What is remembered."""
    report, known = _empty(device), audited(device.store)
    report.clean_before = sum(not record.leaks for record in known.values())
    report.texts = sum(record.texts for record in known.values())
    report.pictures = sum(record.pictures for record in known.values())
    report.names = bool(known) and all(record.names for record in known.values())
    report.leaks = [
        Row(segment=record.segment, at="", stream=stream, kind=kind, how="", count=count)
        for record in known.values()
        for stream, kinds in record.found.items()
        for kind, count in kinds.items()
    ]
    return report


def _empty(device: Device) -> Report:
    kept = [stored for stored in device.store.segments() if stored.state != "deleted"]
    older: dict[str, int] = {}
    for stored in kept:
        if stored.header.redactor_version != REDACTOR_VERSION:
            older[stored.header.redactor_version] = older.get(stored.header.redactor_version, 0) + 1
    return Report(
        read=0, clean_before=0, still_open=sum(stored.state == "open" for stored in kept), leaks=[], older=older,
        unreadable=[], texts=0, pictures=0, unread_pictures=0, names=False,
    )  # fmt: skip


def _rows(told: Audited) -> Shown:
    groups: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for find in told.finds:
        leak = find.leak
        groups.setdefault((leak.stream, leak.kind, leak.how), []).append((leak.t + told.wall_offset_ms, find.text))
    return [
        (
            Row(
                segment=told.record.segment,
                at=datetime.fromtimestamp(min(t for t, _ in found) / 1000).astimezone().isoformat(timespec="seconds"),
                stream=stream,
                kind=kind,
                how=how,
                count=len(found),
            ),
            [text for _, text in found],
        )
        for (stream, kind, how), found in sorted(groups.items())
    ]


def as_words(report: Report) -> str:
    """For people."""
    lines = [f"Read {_of(report.read, 'segment')}: {_of(report.texts, 'text')}, {_of(report.pictures, 'picture')}."]
    if report.clean_before:
        lines.append(f"{_of(report.clean_before, 'segment')} had been found clean before, by the same detectors.")
    if report.still_open:
        lines.append(f"{_of(report.still_open, 'segment')} still being written: not read yet.")
    lines += _limits(report)
    lines += [f"Segment {segment} can't be opened; it was left as it is." for segment in report.unreadable]
    if not report.leaks:
        lines.append("Nothing was found that should have been cut.")
        return "\n".join(lines)
    total, where = sum(row.count for row in report.leaks), {row.segment for row in report.leaks}
    lines += ["", f"{_of(total, 'place')} in {_of(len(where), 'segment')} should have been cut:", ""]
    lines.append(f"  {'segment':9} {'first at':20} {'stream':10} {'class':12} {'times':>5}  found")
    for row in report.leaks:
        when = row.at[:19].replace("T", " ")
        lines.append(f"  {row.segment[:8]:9} {when:20} {row.stream:10} {row.kind:12} {row.count:5}  {row.how}".rstrip())
    lines += ["", "See it yourself: --show. Delete these segments: --delete. To cut such words from now on:"]
    return "\n".join([*lines, "`handiwork redact never`; and please report a class that is missed often."])


def in_a_line(store: Store) -> str:
    """For who asked for something else."""
    known = audited(store).values()
    if not known:
        return "leak audit: nothing was read again yet"
    leaks, when = sum(record.leaks for record in known), max(record.at for record in known)
    if not leaks:
        return f"leak audit: nothing found in {_of(len(known), 'segment')} ({when})"
    return f"leak audit: {_of(leaks, 'place')} should have been cut; see `handiwork audit leaks` ({when})"


def _limits(report: Report) -> list[str]:
    lines = []
    if report.unread_pictures:
        lines.append(
            f"{_of(report.unread_pictures, 'picture')} could not be read: no reader of pictures is installed, "
            "or a part of them is missing."
        )
    if not report.names:
        lines.append("People's names were looked for by word lists alone: no language model read them all.")
    for version, count in sorted(report.older.items()):
        lines.append(
            f"{_of(count, 'segment')} recorded under an older set of detectors ({version}; now {report.detectors})."
        )
    return lines


def _of(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
