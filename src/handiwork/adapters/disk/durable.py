# SPDX-License-Identifier: Apache-2.0
"""Write, fsync the file, rename, fsync the folder; the only way the hub's files are written. Knows no file's meaning.

A file is there whole or not at all, whenever the machine stops. New files wait as `.new-*` beside their place.
"""

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from handiwork.model.errors import HandiworkError, Lost, NoSpace

_NEW = ".new-"


@contextmanager
def disk_errors() -> Iterator[None]:
    """The operating system's errors in the project's own words."""
    try:
        yield
    except OSError as error:
        raise _translated(error) from error


def _translated(error: OSError) -> HandiworkError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoSpace(
            "The disk is full.",
            data="nothing of this call was kept or acknowledged; what a device was sending is still on that device.",
            do="free space on it and try again; devices try again by themselves.",
        )
    return Lost(
        f"The disk can't be used ({errno.errorcode.get(error.errno or 0, 'unknown error')}).",
        data="nothing of this call was acknowledged; the device still has it.",
        do="look at the folder's mount and permissions, then try again.",
    )


def write(path: Path, data: bytes) -> None:
    """When this returns, `path` durably holds `data`."""
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """When this returns, every path durably holds its data. Killed half-way, each holds its old data or its new."""
    with disk_errors():
        waiting: list[tuple[Path, Path]] = []
        for path, data in files.items():
            make_folder(path.parent)
            waiting.append((_written(path, data), path))
        for new, path in waiting:
            os.replace(new, path)
        for folder in {path.parent for path in files}:
            sync_folder(folder)


def _written(path: Path, data: bytes) -> Path:
    new = path.parent / f"{_NEW}{secrets.token_hex(8)}"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    return new


def make_folder(folder: Path) -> None:
    """When this returns, the folder is durably there, mode 0700 if it was made now."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes renames and deletions in it durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> bytes | None:
    """The file's bytes, or None if there is none."""
    with disk_errors():
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None


def remove(path: Path) -> None:
    """When this returns, the file is durably gone, its blocks overwritten first as far as the disk obeys."""
    with disk_errors():
        try:
            handle = os.open(path, os.O_WRONLY)
        except FileNotFoundError:
            return
        try:
            left = os.fstat(handle).st_size
            while left > 0:
                left -= os.write(handle, bytes(min(left, 1 << 20)))
            os.fsync(handle)
        finally:
            os.close(handle)
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def sweep(root: Path) -> None:
    """Takes away what an interrupted write left behind."""
    with disk_errors():
        for left in root.rglob(f"{_NEW}*"):
            left.unlink(missing_ok=True)


class Claim:
    """Holds a folder for this process alone, until it is released or the process ends."""

    def __init__(self, folder: Path) -> None:
        with disk_errors():
            make_folder(folder)
            self._handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(self._handle)
                raise Lost(
                    f"Another process already uses {folder}.",
                    data="nothing was changed.",
                    do="stop the other process first; two writers would fork the log.",
                ) from None

    def release(self) -> None:
        """Lets others have it."""
        os.close(self._handle)
