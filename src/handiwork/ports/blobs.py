# SPDX-License-Identifier: Apache-2.0
"""Sealed bytes by their digest."""

from collections.abc import Iterable
from typing import Protocol

from handiwork.model.ids import Digest


class Blobs(Protocol):
    """A content-addressed store. Safe for many threads. Raises NoSpace or Lost; then nothing of that call counts.

    Everything in it may be world-readable: only sealed bytes may be put.
    """

    def put(self, digest: Digest, content: bytes) -> None:
        """Keeps `content`. When this returns, file and folder entry are durable (fsync). Repeating changes nothing.

        Raises Damaged if the digest is not the content's.
        """
        ...

    def get(self, digest: Digest) -> bytes:
        """The content. Raises BadInput if there is none, Damaged if it is no longer what was put."""
        ...

    def delete(self, digest: Digest) -> None:
        """Takes it away. When this returns, no name leads to its bytes, durably. Unknown digests are no error."""
        ...

    def digests(self) -> Iterable[Digest]:
        """Every digest held, in no order. Nothing half-written is among them."""
        ...
