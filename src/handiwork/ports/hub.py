# SPDX-License-Identifier: Apache-2.0
"""The hub and its key service as a device or a lab sees them."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.grant import Approval, Job, LogProof, Receipt, WithdrawalReceipt
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.logged import ReleaseNotice


class HubIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """The hub's public keys. A device pins them at its first contact."""

    origin: str
    """The log's origin line."""
    log_key: str
    """Ed25519, hex: signs checkpoints."""
    receipt_key: str
    """Ed25519, hex: signs receipts."""
    keeper_key: str
    """X25519, hex: the key service's; segment keys are wrapped to it."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """One segment's key, wrapped by HPKE to the job's recipient key, and the proof that the release is in the log."""

    segment_id: SegmentId
    wrapped: str
    salt: str
    proof: LogProof


class Hub(Protocol):
    """The blind store. Any call may raise Lost (not reached; nothing was changed) or NotAllowed (and why).

    All calls are idempotent: repeating one changes nothing and gives the same answer.
    """

    def identity(self) -> HubIdentity:
        """The public keys."""
        ...

    def register_consent(self, consent: SignedConsent) -> None:
        """Segments under a consent are refused until this was done. The hub checks the signature."""
        ...

    def put_segment(self, content: bytes, digest: Digest) -> Receipt:
        """Stores sealed bytes. When this returns, they are durable, logged and receipted."""
        ...

    def withdraw(self, withdrawal: SignedWithdrawal) -> WithdrawalReceipt:
        """Logs, has keys destroyed, deletes bytes; all of it done when this returns."""
        ...

    def consistency(self, size_from: int) -> tuple[str, Sequence[str]]:
        """The newest signed checkpoint and the RFC 6962 consistency proof (hex) from `size_from` leaves to it."""
        ...


class Releases(Protocol):
    """What the person whose segment it is may ask the hub about its key."""

    def releases(self, segment: SegmentId) -> Sequence[ReleaseNotice]:
        """Every logged release of this segment's key, oldest first."""
        ...


class Keeper(Protocol):
    """The key service: a process and a store of its own, apart from the hub's."""

    def deposit(self, segment: SegmentId, header_digest: Digest, wrapped: bytes) -> None:
        """Takes a segment's key, wrapped to the keeper's public key. When this returns, it is durable."""
        ...

    def release(self, job: Job, approvals: Sequence[Approval]) -> Sequence[Release]:
        """Keys for every segment that the job's purpose and epochs cover. Each release is logged before it is made.

        NotAllowed: fewer than two officers, unknown officer, purpose not covered, too few people, log unreachable.
        """
        ...


class Archive(Protocol):
    """What a lab may read from the hub: sealed bytes and the list of what was withdrawn."""

    def fetch(self, segment: SegmentId) -> bytes:
        """Sealed bytes of a segment; raises BadInput if it is unknown or gone."""
        ...

    def withdrawn(self) -> Sequence[SegmentId]:
        """Every segment that was ever withdrawn."""
        ...
