# SPDX-License-Identifier: Apache-2.0
"""Keys of 32 raw bytes, one file each, mode 0600. Knows nothing of what they are keys to.

The files protect against other users of the machine, not against someone who holds the person's disk and account.
"""

import os
import stat
from pathlib import Path

from handiwork.adapters.keyfiles.durable import write_new
from handiwork.model.errors import BadInput, Damaged, NoSpace, NotAllowed

SIZE = 32


def load_or_create(path: Path) -> bytes:
    """The key in this file; a new one from the operating system's generator if there is no such file.

    Two programs may do this at once: both get the same key.
    """
    if not path.is_symlink() and not path.exists():
        try:
            write_new(path, os.urandom(SIZE))
        except FileExistsError:  # another program was first
            pass
        except OSError as error:
            raise NoSpace(
                f"The key file {path.name} could not be written ({error.strerror}).",
                data="Nothing was recorded and no key was made.",
                do="Make room on the disk and check that the folder belongs to you, then try again.",
            ) from error
    return load(path)


def load(path: Path) -> bytes:
    """The key in this file. BadInput if there is none, NotAllowed if others could read it, Damaged if it is no key."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise BadInput(
            f"There is no key file {path.name}.",
            data="Segments sealed to that key can't be opened without it.",
            do="If you have a copy of it, put it back; else run `handiwork record setup` to begin anew.",
        ) from None
    except OSError:
        raise _exposed(path) from None
    try:
        _check(path, os.fstat(handle))
        key = os.read(handle, SIZE + 1)
    finally:
        os.close(handle)
    if len(key) != SIZE:
        raise Damaged(
            f"The key file {path.name} is not {SIZE} bytes long.",
            data="Nothing was changed. Segments sealed to the lost key can't be opened without it.",
            do="If you have a copy of it, put it back; else move the file away and begin anew.",
        )
    return key


def _check(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise _exposed(path)


def _exposed(path: Path) -> NotAllowed:
    return NotAllowed(
        f"The key file {path.name} is not a plain file that you alone can read.",
        data="It was not used. Someone else on this machine may have read it.",
        do=f"If you are sure that nobody did: `chmod 600 {path.name}`. Else delete it and begin anew.",
    )
