# SPDX-License-Identifier: Apache-2.0
"""Journal and Ledger in one SQLite file. Knows nothing of what is inside a chunk, and holds no key.

Write-ahead log with synchronous=FULL: a commit is on disk when it returns. secure_delete writes zeros over what is
deleted, and a truncating checkpoint empties the write-ahead log: no file that the system shows has the bytes then.
Blocks that a drive or a file system keeps aside are out of any program's reach, which is why chunks are ciphertext
and why the key goes together with them.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from handiwork.adapters.journal.errors import deleted, foreign, from_sqlite, still_read, torn, unknown, wrong_place
from handiwork.adapters.journal.files import prepare, sync_folder
from handiwork.model.codec import from_json
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.segment import Header
from handiwork.ports.journal import SegmentState, StoredSegment
from handiwork.ports.sealed import encode_header, join

APPLICATION = 0x48574A31  # "HWJ1", SQLite's application_id
VERSION = 1
_PATIENCE_MS = 10_000
"""How long a write waits for another process's write."""

_SCHEMA = """
CREATE TABLE segment (
  place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, header BLOB NOT NULL,
  state TEXT NOT NULL, opened_at TEXT NOT NULL);
CREATE TABLE chunk (segment TEXT NOT NULL, place INTEGER NOT NULL, sealed BLOB NOT NULL, UNIQUE (segment, place));
CREATE TABLE skip (
  minute TEXT NOT NULL, stream TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (minute, stream, reason)) WITHOUT ROWID;
CREATE TABLE receipt (
  place INTEGER PRIMARY KEY AUTOINCREMENT, segment TEXT NOT NULL UNIQUE, content TEXT NOT NULL, receipt BLOB NOT NULL);
CREATE TABLE value (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""

_STORED = """
SELECT header, state, opened_at,
  (SELECT count(*) FROM chunk WHERE segment = s.id),
  length(header) + (SELECT coalesce(sum(length(sealed)), 0) FROM chunk WHERE segment = s.id)
FROM segment AS s ORDER BY place
"""


class SqliteJournal:
    """Journal and Ledger. One connection, used by one thread at a time; other processes may open the same file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._values: dict[str, bytes | None] = {}
        self._values_of = -1
        """Those read since this state of the file: the recorder asks for the same few each second."""
        with from_sqlite(path):
            made = prepare(path)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_MS / 1000, check_same_thread=False)
            self._set_up()
            # A program killed in the middle of a deletion may have left sealed bytes in the write-ahead log.
            self._write_ahead_log_is_empty()
        if made:
            sync_folder(path.parent)

    def close(self) -> None:
        """Closes the file. May be called twice."""
        with self._lock:
            self._db.close()

    # Journal

    def open_segment(self, header: Header) -> None:
        """A new, empty segment."""
        opened = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        row = (header.segment_id, encode_header(header), opened)
        with self._transaction() as db:
            if self._state(header.segment_id) is not None:
                raise wrong_place("a segment of this name is there already")
            db.execute("INSERT INTO segment (id, header, state, opened_at) VALUES (?, ?, 'open', ?)", row)

    def append(self, segment: SegmentId, index: int, chunk: bytes, last: bool) -> None:
        """Adds chunk `index`; `last` closes the segment."""
        with self._transaction() as db:
            self._must_be_open(segment)
            (count,) = db.execute("SELECT count(*) FROM chunk WHERE segment = ?", (segment,)).fetchone()
            if index != count:
                raise wrong_place("a chunk came out of order")
            db.execute("INSERT INTO chunk (segment, place, sealed) VALUES (?, ?, ?)", (segment, index, chunk))
            if last:
                db.execute("UPDATE segment SET state = 'closed' WHERE id = ?", (segment,))

    def segments(self) -> Sequence[StoredSegment]:
        """All of them, oldest first."""
        with self._reading() as db:
            rows = db.execute(_STORED).fetchall()
        return [
            StoredSegment(header=self._header(header), state=state, chunks=chunks, size=size, opened_at=opened_at)
            for header, state, opened_at, chunks, size in rows
        ]

    def content(self, segment: SegmentId) -> bytes:
        """The segment's bytes; of an open one, what is there so far."""
        with self._reading() as db:
            found = db.execute("SELECT header, state FROM segment WHERE id = ?", (segment,)).fetchone()
            if found is None or found[1] == "deleted":
                raise unknown()
            query = "SELECT place, sealed FROM chunk WHERE segment = ? ORDER BY place"
            rows = db.execute(query, (segment,)).fetchall()
        if [place for place, _ in rows] != list(range(len(rows))):
            raise torn()
        return join(bytes(found[0]), [bytes(sealed) for _, sealed in rows])

    def delete(self, segment: SegmentId) -> None:
        """Writes zeros over the chunks and the wrapped key, and empties the write-ahead log."""
        with self._transaction() as db:
            row = db.execute("SELECT header FROM segment WHERE id = ?", (segment,)).fetchone()
            if row is None:
                raise unknown()
            keyless = msgspec.structs.replace(self._header(row[0]), wrapped_for_device="")
            db.execute("DELETE FROM chunk WHERE segment = ?", (segment,))
            changed = (encode_header(keyless), segment)
            db.execute("UPDATE segment SET header = ?, state = 'deleted' WHERE id = ?", changed)
        self._empty_write_ahead_log()

    # Ledger

    def count_skips(self, minute: str, counts: dict[tuple[str, str], int]) -> None:
        """Adds to the counts of that minute."""
        rows = [(minute, stream, reason, n) for (stream, reason), n in counts.items()]
        with self._transaction() as db:
            db.executemany(
                "INSERT INTO skip VALUES (?, ?, ?, ?)"
                " ON CONFLICT (minute, stream, reason) DO UPDATE SET n = n + excluded.n",
                rows,
            )

    def skips(self) -> Sequence[tuple[str, str, str, int]]:
        """(minute, stream, reason, count), oldest first."""
        with self._reading() as db:
            return db.execute("SELECT minute, stream, reason, n FROM skip ORDER BY minute, stream, reason").fetchall()

    def keep_receipt(self, segment: SegmentId, content: Digest, receipt: bytes) -> None:
        """Keeps a verified receipt and marks the segment uploaded; a deleted segment stays deleted."""
        with self._transaction() as db:
            state = self._state(segment)
            if state is None or state == "open":
                raise wrong_place("a receipt came for a segment that was never closed here")
            db.execute(
                "INSERT INTO receipt (segment, content, receipt) VALUES (?, ?, ?) ON CONFLICT (segment)"
                " DO UPDATE SET content = excluded.content, receipt = excluded.receipt",
                (segment, content, receipt),
            )
            db.execute("UPDATE segment SET state = 'uploaded' WHERE id = ? AND state = 'closed'", (segment,))

    def receipts(self) -> Sequence[tuple[SegmentId, bytes]]:
        """All receipts, oldest first."""
        with self._reading() as db:
            rows = db.execute("SELECT segment, receipt FROM receipt ORDER BY place").fetchall()
        return [(SegmentId(segment), bytes(receipt)) for segment, receipt in rows]

    def put_value(self, name: str, value: bytes) -> None:
        """Keeps a small named value."""
        with self._transaction() as db:
            self._values.pop(name, None)
            db.execute(
                "INSERT INTO value VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
            )

    def value(self, name: str) -> bytes | None:
        """That value, or None. Read again only after another connection has written to the file (`data_version`)."""
        with self._lock, from_sqlite(self._path):
            if (version := self._pragma("data_version")) != self._values_of:
                self._values.clear()
                self._values_of = version
            if name not in self._values:
                row = self._db.execute("SELECT value FROM value WHERE name = ?", (name,)).fetchone()
                self._values[name] = bytes(row[0]) if row else None
            return self._values[name]

    # Ways of the file

    def _set_up(self) -> None:
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute("PRAGMA temp_store = MEMORY")
        self._db.execute("PRAGMA journal_mode = WAL")
        with self._transaction() as db:
            found = (self._pragma("application_id"), self._pragma("user_version"))
            if found == (APPLICATION, VERSION):
                return
            if found != (0, 0) or db.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
                raise foreign(self._path)
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute(f"PRAGMA user_version = {VERSION}")

    def _pragma(self, name: str) -> int:
        return int(self._db.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot for everything inside."""
        with self._lock, from_sqlite(self._path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it durably, or nothing."""
        with self._lock, from_sqlite(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _empty_write_ahead_log(self) -> None:
        """A reader in another process can hold it up for as long as it reads; then it is tried again for a while."""
        for _ in range(20):
            with self._lock, from_sqlite(self._path):
                if self._write_ahead_log_is_empty():
                    return
            time.sleep(0.1)
        raise still_read()

    def _write_ahead_log_is_empty(self) -> bool:
        """Tries once to make it so. A short wait: while it waits for readers, it keeps the recorder from writing."""
        self._db.execute("PRAGMA busy_timeout = 50")
        try:
            busy, _, _ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._db.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        return not busy

    def _state(self, segment: SegmentId) -> SegmentState | None:
        row = self._db.execute("SELECT state FROM segment WHERE id = ?", (segment,)).fetchone()
        return row[0] if row else None

    def _must_be_open(self, segment: SegmentId) -> None:
        state = self._state(segment)
        if state == "deleted":
            raise deleted()
        if state is None:
            raise unknown()
        if state != "open":
            raise wrong_place("the segment is closed")

    def _header(self, data: bytes) -> Header:
        try:
            return from_json(bytes(data), Header)
        except (msgspec.ValidationError, msgspec.DecodeError):
            raise torn() from None
