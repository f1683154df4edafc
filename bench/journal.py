# SPDX-License-Identifier: Apache-2.0
"""Durable appends per second of the journal, against writing and syncing the same bytes to a plain file.

The limit is physical: nothing that is on disk when the call returns can be faster than write + fdatasync into space
that the file already has (a file that grows costs more: its size has to reach the disk too; that is measured as well).
A write-ahead log writes every byte twice, so where bytes count (64 KiB), half of the limit is the most it can reach.
Sizes: 4 KiB, a few seconds of events; 64 KiB, events with tiles of a frame.
"""

import os
import sqlite3
import statistics
import tempfile
from pathlib import Path

from bench.report import Report, at_least, in_turn, median_ratio
from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.segment import Header

APPENDS = 100
ROUNDS = 7
SIZES = {"4k": 4_096, "64k": 65_536}
REACH = {"4k": 0.5, "64k": 0.25}
DISK = Path("build")
"""Here, not in /tmp, which on many machines is memory."""


def measure() -> Report:
    """About half a minute."""
    figures: dict[str, float] = {}
    peers: dict[str, float] = {}
    ratios: dict[str, float] = {}
    DISK.mkdir(exist_ok=True)
    for label, size in SIZES.items():
        with tempfile.TemporaryDirectory(dir=DISK, prefix="bench-journal-") as name:
            ours, floor, plain, default = _rounds(Path(name), os.urandom(size))
        figures[f"appends_{label}_per_s"] = APPENDS / statistics.median(ours)
        peers[f"overwrite_fdatasync_{label}_per_s"] = APPENDS / statistics.median(floor)
        peers[f"append_fsync_{label}_per_s"] = APPENDS / statistics.median(plain)
        peers[f"sqlite_defaults_{label}_per_s"] = APPENDS / statistics.median(default)
        ratios[f"to_limit_{label}"] = median_ratio(floor, ours)
        ratios[f"to_append_fsync_{label}"] = median_ratio(plain, ours)
        ratios[f"to_sqlite_defaults_{label}"] = median_ratio(default, ours)
    targets = {f"to_limit_{label}": at_least(REACH[label], ratios[f"to_limit_{label}"]) for label in SIZES}
    return Report(bench="journal", figures=figures, peers=peers, ratios=ratios, targets=targets)


def _rounds(folder: Path, chunk: bytes) -> list[list[float]]:
    """Seconds by round for the journal, for two plain files, and for SQLite as it comes."""
    journal = SqliteJournal(folder / "journal.sqlite")
    growing = os.open(folder / "growing", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    fixed = os.open(folder / "fixed", os.O_WRONLY | os.O_CREAT, 0o600)
    os.write(fixed, bytes(len(chunk) * APPENDS))
    default = sqlite3.connect(folder / "default.sqlite", isolation_level=None)
    default.execute("CREATE TABLE chunk (place INTEGER PRIMARY KEY, sealed BLOB NOT NULL)")
    numbers = iter(range(1, 1_000_000))

    def append() -> None:
        segment = SegmentId(f"{next(numbers):032x}")
        journal.open_segment(_header(segment))
        for index in range(APPENDS - 1):  # opening the segment is the hundredth durable write
            journal.append(segment, index, chunk, last=index == APPENDS - 2)

    def overwrite() -> None:
        for index in range(APPENDS):
            os.pwrite(fixed, chunk, index * len(chunk))
            os.fdatasync(fixed)

    def grow() -> None:
        for _ in range(APPENDS):
            os.write(growing, chunk)
            os.fsync(growing)

    def insert() -> None:
        for _ in range(APPENDS):
            default.execute("INSERT INTO chunk (sealed) VALUES (?)", (chunk,))

    try:
        return in_turn(ROUNDS, append, overwrite, grow, insert)
    finally:
        journal.close()
        default.close()
        os.close(growing)
        os.close(fixed)


def _header(segment: SegmentId) -> Header:
    return Header(
        segment_id=segment,
        participant=Participant("0" * 16),
        consent_id=ConsentId("0" * 32),
        consent_version=1,
        notice_digest=Digest("0" * 64),
        policy_digest=Digest("0" * 64),
        policy_name="bench",
        policy_revision=1,
        purposes=("agent-training",),
        recorder_version="0",
        redactor_version="0",
        epoch="2026-01-01",
        wrapped_for_device="00" * 80,
    )
