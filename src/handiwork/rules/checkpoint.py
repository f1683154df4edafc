# SPDX-License-Identifier: Apache-2.0
"""Signed notes and checkpoints, in the text forms of C2SP signed-note and tlog-checkpoint.

Knows nothing of keys' arithmetic: it says which bytes are signed, and asks a `Verifies` about signatures.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Protocol

from handiwork.model.errors import Damaged

_ED25519 = b"\x01"
_DASH = "\u2014 "
MAX_SIZE = 2**48
"""No log of ours grows past this; a larger number in a checkpoint is taken for damage."""


class Verifies(Protocol):
    """What checking needs of cryptography: `ports.signing.Verifying` has it."""

    def verify(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the Ed25519 signature is that key's over that message."""
        ...


@dataclass(frozen=True)
class Checkpoint:
    """A log's head: whose, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, public_key: bytes) -> bytes:
    """The four bytes by which a note's signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes) -> str:
    """The key in the text form that other verifiers of signed notes read."""
    encoded = base64.b64encode(_ED25519 + public_key).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{encoded}"


def signed_text(checkpoint: Checkpoint, public_key: bytes, signature: bytes) -> str:
    """The checkpoint as a signed note."""
    line = base64.b64encode(key_id(checkpoint.origin, public_key) + signature).decode()
    return f"{checkpoint.body}\n{_DASH}{checkpoint.origin} {line}\n"


def opened(text: str, public_key: bytes, verifier: Verifies) -> Checkpoint:
    """The checkpoint in a signed note; raises Damaged unless that key signed it in its origin's name."""
    body, separator, signatures = text.partition("\n\n")
    found = _parsed(body + "\n") if separator and signatures.endswith("\n") else None
    if found is None:
        raise _damaged("A log checkpoint is not in the form that checkpoints have.")
    for line in signatures.splitlines():
        signature = _signature(line, found.origin, public_key)
        if signature is not None and verifier.verify(public_key, (body + "\n").encode(), signature):
            return found
    raise _damaged("A log checkpoint is not signed by the log's key.")


def _parsed(body: str) -> Checkpoint | None:
    lines = body.split("\n")
    if len(lines) < 4 or not lines[0] or not (lines[1].isascii() and lines[1].isdecimal()) or len(lines[1]) > 15:
        return None
    root = _decoded(lines[2])
    size = int(lines[1])
    if root is None or len(root) != 32 or str(size) != lines[1] or size > MAX_SIZE:
        return None
    return Checkpoint(lines[0], size, root)


def _signature(line: str, name: str, public_key: bytes) -> bytes | None:
    """The signature on this line if it claims to be that key's, else None: other keys (witnesses) may sign too."""
    start = f"{_DASH}{name} "
    data = _decoded(line[len(start) :]) if line.startswith(start) else None
    if data is None or len(data) != 68 or data[:4] != key_id(name, public_key):
        return None
    return data[4:]


def _decoded(text: str) -> bytes | None:
    """Strict base64: of several texts for the same bytes only one is accepted."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def _damaged(what: str) -> Damaged:
    return Damaged(
        what,
        data="nothing was changed; what this checkpoint should prove is not proven.",
        do="keep the file, ask the hub again, and show both to someone you trust if they differ.",
    )
