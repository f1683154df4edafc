# SPDX-License-Identifier: Apache-2.0
"""The public, append-only log (C2SP tlog-tiles)."""

from collections.abc import Sequence
from typing import Protocol

from handiwork.model.grant import LogProof


class Log(Protocol):
    """One writer, many readers, many threads. Raises NoSpace, Lost, or Damaged when what is on disk contradicts itself.

    A checkpoint is signed only over what is durable, after it was read back; nobody sees one that was not kept.
    """

    def append(self, leaves: Sequence[bytes]) -> Sequence[LogProof]:
        """Adds leaves (UTF-8 text, at most 65,535 bytes each), in order, all or none. Proofs lead to one checkpoint.

        When this returns, leaves and checkpoint are durable. A leaf that is in the log already is not added again.
        """
        ...

    def checkpoint(self) -> str:
        """The newest signed checkpoint."""
        ...

    def consistency(self, size_from: int) -> tuple[str, Sequence[str]]:
        """The newest checkpoint and the proof (hex) from the tree of `size_from` leaves. BadInput if it is larger."""
        ...

    def tile(self, path: str) -> bytes:
        """A hash tile or entry bundle by its tlog-tiles name ("tile/0/000.p/5"). BadInput if the tree has none."""
        ...
