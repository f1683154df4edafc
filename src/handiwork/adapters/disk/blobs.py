# SPDX-License-Identifier: Apache-2.0
"""Sealed segments as files named by their digest. Knows nothing of what they mean."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from handiwork.adapters.disk import durable
from handiwork.model.errors import BadInput, Damaged
from handiwork.model.ids import Digest
from handiwork.rules.access import is_digest


class FolderBlobs:
    """The Blobs port over a folder: ab/cdef... for digest abcdef..."""

    def __init__(self, root: Path) -> None:
        self._root = root
        with durable.disk_errors():
            durable.make_folder(root)
        durable.sweep(root)

    def put(self, digest: Digest, content: bytes) -> None:
        """Keeps `content`, durably."""
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged(
                "These bytes are not the ones that the digest names.",
                data="nothing was kept; the sender still has them.",
                do="send them again.",
            )
        path = self._path(digest)
        if durable.read(path) != content:
            durable.write(path, content)

    def get(self, digest: Digest) -> bytes:
        """The content."""
        content = durable.read(self._path(digest))
        if content is None:
            raise BadInput(
                "The hub holds no such segment.",
                data="it was never stored, or was withdrawn and deleted.",
                do="ask only for segments of a release that is still valid.",
            )
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged(
                "A stored segment has changed on the hub's disk.",
                data="these bytes are no longer what was acknowledged, and are not given out.",
                do="restore the file from another copy; its name is its digest.",
            )
        return content

    def delete(self, digest: Digest) -> None:
        """Takes it away, durably."""
        durable.remove(self._path(digest))

    def digests(self) -> Iterable[Digest]:
        """Every digest held."""
        with durable.disk_errors():
            names = [path.parent.name + path.name for path in self._root.glob("[0-9a-f][0-9a-f]/*")]
        return [Digest(name) for name in names if is_digest(name)]

    def _path(self, digest: Digest) -> Path:
        if not is_digest(digest):
            raise BadInput("A digest is malformed.", data="nothing was changed.", do="use 64 lower-case hex digits.")
        return self._root / digest[:2] / digest[2:]
