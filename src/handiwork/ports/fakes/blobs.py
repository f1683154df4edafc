# SPDX-License-Identifier: Apache-2.0
"""Blobs in memory. Can be made to fail."""

import hashlib
from collections.abc import Iterable

from handiwork.model.errors import BadInput, Damaged, NoSpace
from handiwork.model.ids import Digest


class MemoryBlobs:
    """Set `full` to make every put raise NoSpace."""

    def __init__(self) -> None:
        self.full = False
        self.held: dict[Digest, bytes] = {}

    def put(self, digest: Digest, content: bytes) -> None:
        """Keeps `content`."""
        if self.full:
            raise NoSpace("The disk is full.", data="nothing was kept.", do="free space.")
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged("These bytes are not the digest's.", data="nothing was kept.", do="send them again.")
        self.held[digest] = content

    def get(self, digest: Digest) -> bytes:
        """The content."""
        if digest not in self.held:
            raise BadInput("There is no such segment.", data="nothing was changed.", do="ask for another.")
        return self.held[digest]

    def delete(self, digest: Digest) -> None:
        """Takes it away."""
        self.held.pop(digest, None)

    def digests(self) -> Iterable[Digest]:
        """Every digest held."""
        return list(self.held)
