# SPDX-License-Identifier: Apache-2.0
"""The register's tables, and how the database is opened so that a commit is durable and an erasure erases."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from handiwork.model.errors import HandiworkError, Lost, NoSpace

METADATA = sa.MetaData()

CONSENTS = sa.Table(
    "consents",
    METADATA,
    sa.Column("consent_id", sa.Text, primary_key=True),
    sa.Column("signed", sa.LargeBinary, nullable=False),
    sa.Column("salt", sa.Text, nullable=False),
)
SEGMENTS = sa.Table(
    "segments",
    METADATA,
    sa.Column("segment_id", sa.Text, primary_key=True),
    sa.Column("consent_id", sa.Text, nullable=False, index=True),
    sa.Column("content", sa.Text, unique=True),
    sa.Column("size", sa.Integer),
    sa.Column("epoch", sa.Text, index=True),
    sa.Column("header", sa.LargeBinary),
    sa.Column("salt", sa.Text),
    sa.Column("receipt", sa.LargeBinary),
    sa.Column("withdrawn", sa.Boolean, nullable=False, default=False),
)
PURPOSES = sa.Table(
    "purposes",
    METADATA,
    sa.Column("segment_id", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
)
WITHDRAWALS = sa.Table(
    "withdrawals",
    METADATA,
    sa.Column("consent_id", sa.Text, primary_key=True),
    sa.Column("signed", sa.LargeBinary, nullable=False),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("receipt", sa.LargeBinary),
)
RELEASES = sa.Table(
    "releases",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("segment_id", sa.Text, nullable=False, index=True),
    sa.Column("details_digest", sa.Text, nullable=False, unique=True),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("notice", sa.LargeBinary),
)


class Database:
    """A SQLite file: write-ahead log, every commit fsynced, deleted content overwritten."""

    def __init__(self, path: Path) -> None:
        self._engine = sa.create_engine(f"sqlite:///{path}")
        sa.event.listen(self._engine, "connect", _prepare)
        self._write = threading.Lock()
        with self.writing() as connection:
            METADATA.create_all(connection)
        path.chmod(0o600)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction, alone; committed durably at the end, or undone by any exception."""
        with self._write, _database_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to read with."""
        with _database_errors(), self._engine.connect() as connection:
            yield connection

    def forget_old_pages(self) -> None:
        """Empties the write-ahead log, where pages from before an erasure may still stand."""
        with self._write, _database_errors(), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE)
"""A quota or a size limit reaches SQLite as an I/O error while it writes; it means no space as well."""


@contextmanager
def _database_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _translated(error) from None


def _translated(error: DBAPIError) -> HandiworkError:
    if getattr(error.orig, "sqlite_errorcode", 0) in _FULL:
        return NoSpace(
            "The hub's disk is full.",
            data="nothing of this call was kept or acknowledged; the device still has it.",
            do="free space on the hub's disk; devices try again by themselves.",
        )
    return Lost(
        f"The hub's database can't be used ({type(error.orig).__name__}).",
        data="nothing of this call was acknowledged; the device still has it.",
        do="look at the database file's disk and permissions, then try again.",
    )
