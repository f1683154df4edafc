# SPDX-License-Identifier: Apache-2.0
"""Where an X server listens, and the cookie it wants. Knows display names and Xauthority files, no protocol."""

import os
import re
import socket
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from handiwork.model.errors import MissingPiece

_COOKIE_NAME = b"MIT-MAGIC-COOKIE-1"
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65535
_NAME = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")


class _Entry(NamedTuple):
    family: int
    address: bytes
    number: bytes
    name: bytes
    data: bytes


def display_number(display: str | None, environment: Mapping[str, str]) -> int:
    """The number in ":7", "unix:7" or ":7.0", from $DISPLAY if `display` is None. MissingPiece for anything else."""
    name = environment.get("DISPLAY", "") if display is None else display
    found = _NAME.fullmatch(name)
    if found:
        return int(found[1])
    what = f"The display {name!r} is not on this machine." if name else "There is no display: DISPLAY is not set."
    raise MissingPiece(what, data="nothing was recorded.", do="run this inside a graphical X11 session (DISPLAY=:0).")


def cookie(number: int, environment: Mapping[str, str]) -> tuple[bytes, bytes]:
    """(name, data) of the authorisation for a local display, or two empty strings if there is none to be found."""
    for entry in _entries(_authority_file(environment)):
        local = entry.family == _FAMILY_LOCAL and entry.address == socket.gethostname().encode()
        right_number = entry.number in (b"", str(number).encode())
        if entry.name == _COOKIE_NAME and right_number and (local or entry.family == _FAMILY_WILD):
            return entry.name, entry.data
    return b"", b""


def _authority_file(environment: Mapping[str, str]) -> bytes:
    path = Path(environment.get("XAUTHORITY") or os.path.expanduser("~/.Xauthority"))
    try:
        return path.read_bytes()
    except OSError:
        return b""  # a server may let this user in without a cookie; if not, it says so


def _entries(content: bytes) -> Iterator[_Entry]:
    """The file's entries, as far as it is whole: u16 family, then four strings with u16 lengths, big-endian."""
    at = 0
    while at + 2 <= len(content):
        (family,) = struct.unpack_from(">H", content, at)
        at += 2
        fields: list[bytes] = []
        for _ in range(4):
            if at + 2 > len(content):
                return
            (length,) = struct.unpack_from(">H", content, at)
            fields.append(content[at + 2 : at + 2 + length])
            at += 2 + length
        yield _Entry(family, *fields)
