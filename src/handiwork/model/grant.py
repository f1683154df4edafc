# SPDX-License-Identifier: Apache-2.0
"""Jobs, approvals, log entries and receipts: how a key comes to be released, and how that stays visible."""

import msgspec

from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.policy import Purpose


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What someone wants keys for. It names a purpose and epochs, never people: one person can't be asked for."""

    kind: str
    """"build-dataset", the only kind so far."""
    purpose: Purpose
    epochs: tuple[str, ...]
    """UTC days, YYYY-MM-DD; empty means every epoch."""
    code: str
    """Name and version of what will read the data, "handiwork 0.1.0"."""
    recipient: str
    """X25519 public key (64 hex digits) made for this job alone; released keys are sealed to it."""


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One officer's Ed25519 signature over b"handiwork-approval\n" + job digest."""

    job: Digest
    officer: str
    """The officer's name, as the key service knows it."""
    signature: str


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One leaf of the public log. `commitment` hides the details until a salt is shown; erased, they stay hidden."""

    kind: str
    """"segment", "release", "consent" or "withdrawal"."""
    commitment: Digest
    """SHA-256(salt | canonical JSON of the details)."""


class LogProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything an outsider needs, with the log's public key, to check that a leaf is in the log."""

    leaf: str
    """The leaf's bytes: canonical JSON of an Entry."""
    index: int
    checkpoint: str
    """A C2SP signed checkpoint whose tree contains the leaf."""
    path: tuple[str, ...]
    """RFC 6962 inclusion proof, hex, leaf to root."""


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The hub's word that a segment is durably stored and logged.

    `signature` is Ed25519 over the canonical JSON of the receipt with an empty signature.
    """

    segment_id: SegmentId
    content: Digest
    """SHA-256 of the stored bytes."""
    size: int
    salt: str
    proof: LogProof
    signature: str


class WithdrawalReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The hub's word that a consent's segments are deleted, their keys destroyed, and the withdrawal logged."""

    consent_id: ConsentId
    participant: Participant
    segments: tuple[SegmentId, ...]
    withdrawn_at: str
    salt: str
    proof: LogProof
    signature: str
