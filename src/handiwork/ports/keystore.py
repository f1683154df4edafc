# SPDX-License-Identifier: Apache-2.0
"""The key service's own small store: wrapped keys, what was destroyed, and the newest log head it has seen."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from handiwork.model.ids import ConsentId, Digest, SegmentId


class Deposit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A segment's key, wrapped to the keeper, and the header that it belongs to."""

    header_digest: Digest
    wrapped: str
    """Hex."""


class KeyStore(Protocol):
    """Safe for many threads. Holds nothing that opens a segment without the keeper's private key, kept elsewhere.

    Raises NoSpace or Lost; then nothing of that call counts.
    """

    def put(self, segment: SegmentId, deposit: Deposit) -> None:
        """When this returns, it is durable. A second deposit for the same header changes nothing.

        Raises NotAllowed for another header, or if this segment's key was destroyed.
        """
        ...

    def get(self, segment: SegmentId) -> Deposit | None:
        """The deposit, or None if there is none or it was destroyed."""
        ...

    def destroy(self, consent: ConsentId, segments: Sequence[SegmentId]) -> None:
        """Marks the consent and the segments as withdrawn for good, then overwrites and deletes the keys, durably.

        Killed half-way, it is finished by calling it again. Unknown segments are marked as well.
        """
        ...

    def withdrawn(self, consent: ConsentId) -> bool:
        """Whether this consent was ever destroyed."""
        ...


class SeenHead(Protocol):
    """The log's newest head that the key service has seen and checked."""

    def head(self) -> str:
        """A signed checkpoint, or "" if none was seen yet."""
        ...

    def keep_head(self, checkpoint: str) -> None:
        """When this returns, it is durable."""
        ...
