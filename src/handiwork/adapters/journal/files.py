# SPDX-License-Identifier: Apache-2.0
"""The journal as a file of the system: its owner, its mode, its folder."""

import os
import stat
from pathlib import Path

from handiwork.adapters.journal.errors import no_space, not_ours


def prepare(path: Path) -> bool:
    """Makes an empty file, mode 0600 (SQLite gives its side files the same), or checks the one that is there."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        _check(path)
        return False
    except OSError as error:
        raise no_space(path) from error
    return True


def sync_folder(folder: Path) -> None:
    """Makes a new file's name durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(path: Path) -> None:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
        raise not_ours(path)
    if stat.S_IMODE(found.st_mode) & 0o077:
        path.chmod(0o600)
