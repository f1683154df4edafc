# SPDX-License-Identifier: Apache-2.0
"""The journal's errors, and SQLite's, in the project's own words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost, NoSpace, NotAllowed

# An I/O error while writing or growing a file is a full disk, a quota or a size limit: all of them mean no space.
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE)


@contextmanager
def from_sqlite(path: Path) -> Iterator[None]:
    """Maps SQLite's errors. None of them carries content: SQLite's messages name tables and files only."""
    try:
        yield
    except sqlite3.Error as error:
        raise _mapped(error, path) from error


def _mapped(error: sqlite3.Error, path: Path) -> HandiworkError:
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _FULL:
        return no_space(path)
    if code & 0xFF == sqlite3.SQLITE_BUSY:
        return Lost(
            "Another program has held the journal for too long.",
            data="What was being written was not kept; everything before it is safe.",
            do="Close other programs that have the journal open, then try again.",
        )
    if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Damaged(
            f"The journal {path.name} is damaged, or is no journal.",
            data="Nothing was changed in it. Uploaded segments are safe at the hub.",
            do="Keep a copy of the file, move it away, and start again; a new journal will be made.",
        )
    return Lost(
        f"The journal {path.name} can't be read or written ({getattr(error, 'sqlite_errorname', 'closed')}).",
        data="What was being written was not kept; everything before it is safe.",
        do="Check that its folder is there and belongs to you, then try again.",
    )


def no_space(path: Path) -> NoSpace:
    """The disk is full."""
    return NoSpace(
        f"There is no space left for the journal {path.name}.",
        data="What was being written was not kept (of a recording, its last seconds); everything before it is safe.",
        do="Make room on the disk, then try again; recording does not go on by itself.",
    )


def not_ours(path: Path) -> NotAllowed:
    """Someone else owns the file, or it is no plain file."""
    return NotAllowed(
        f"The journal {path.name} is not a plain file of yours.",
        data="Nothing was written to it and nothing was read from it.",
        do="Find out who put it there; move it away, then start again.",
    )


def foreign(path: Path) -> Damaged:
    """A database of some other program, or of a later version."""
    return Damaged(
        f"{path.name} is a database, but no journal that this version knows.",
        data="Nothing was changed in it.",
        do="Use the Handiwork version that made it, or move it away and start again.",
    )


def deleted() -> NotAllowed:
    """The person deleted the segment while it was being written."""
    return NotAllowed(
        "The segment was deleted by its owner while it was being recorded.",
        data="Nothing more was added to it; what it held is gone.",
        do="Nothing: recording goes on in a new segment.",
    )


def unknown() -> BadInput:
    """No such segment."""
    return BadInput(
        "The journal has no such segment, or it was deleted.",
        data="Nothing was changed.",
        do="See `handiwork desk list` for the segments there are.",
    )


def wrong_place(why: str) -> BadInput:
    """A call that does not fit the segment's state."""
    return BadInput(
        f"The journal refused a change: {why}.",
        data="Nothing was changed; what was there is whole.",
        do="This is a flaw in the program that asked. Please report it.",
    )


def torn() -> Damaged:
    """A segment's rows are not what `append` left."""
    return Damaged(
        "A segment in the journal is not whole.",
        data="Nothing was read from it. Other segments are not affected.",
        do="Delete that segment in `handiwork desk`.",
    )


def still_read() -> Lost:
    """Another process kept reading, so that the write-ahead log could not be emptied."""
    return Lost(
        "The segment is deleted, but another program kept the journal's write-ahead log from being emptied.",
        data="Sealed bytes of it may still be in that log; they go with the next deletion or when all programs close.",
        do="Close other programs that have the journal open, and delete it once more.",
    )
