# SPDX-License-Identifier: Apache-2.0
"""The device's store of sealed segments. Knows nothing of what is inside them."""

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from handiwork.model.codec import from_json
from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.segment import Header

SegmentState = Literal["open", "closed", "uploaded", "deleted"]

# Names of the Ledger's values.
POLICY = "policy"
"""The policy in force, as the TOML text that was checked."""
ACCEPTED_POLICY = "accepted-policy"
"""Canonical JSON of the policy that the consent in force was given for; the consent has its digest."""
CONSENT = "consent"
"""Canonical JSON of the SignedConsent in force; empty after a withdrawal."""
WITHDRAWING = "withdrawing"
"""Canonical JSON of the last SignedWithdrawal: written before the hub hears of it, so that recording ends at once."""
HUB_IDENTITY = "hub-identity"
"""Canonical JSON of the HubIdentity that was pinned at the first contact."""
CHECKPOINT = "checkpoint"
"""The newest checkpoint of the hub's log that this device has checked (text)."""
RELEASES = "releases"
"""JSON list of the verified ReleaseNotices: every release of a key of this person's that the hub told of."""
WITHDRAWAL = "withdrawal"
"""Canonical JSON of the hub's WithdrawalReceipt."""


class StoredSegment(msgspec.Struct, frozen=True, kw_only=True):
    """What the journal knows of a segment."""

    header: Header
    state: SegmentState
    chunks: int
    size: int
    """Bytes of header and chunks."""
    opened_at: str
    """RFC 3339, UTC."""


class Journal(Protocol):
    """Crash-safe: killed at any instruction, every chunk whose `append` returned is there, whole and once.

    One recorder writes; other processes (desk, uploader) may read and change states at the same time.
    Raises NoSpace when the disk is full: then nothing of that call is kept.
    """

    def open_segment(self, header: Header) -> None:
        """A new, empty segment. When this returns, it is on disk."""
        ...

    def append(self, segment: SegmentId, index: int, chunk: bytes, last: bool) -> None:
        """Adds chunk `index` (0, 1, ...). When this returns, it is on disk (fsync). `last` closes the segment.

        NotAllowed if the person deleted the segment meanwhile; BadInput if it is closed or `index` is not the next.
        """
        ...

    def segments(self) -> Sequence[StoredSegment]:
        """All of them, oldest first, deleted ones (their header and nothing more) included."""
        ...

    def content(self, segment: SegmentId) -> bytes:
        """The segment's bytes in the format of model.segment; of an open one, what is there so far.

        Raises BadInput if it is unknown or deleted, Damaged if torn.
        """
        ...

    def delete(self, segment: SegmentId) -> None:
        """Overwrites and frees the chunks and the wrapped key. When this returns, no file of the journal has them."""
        ...


class Ledger(Protocol):
    """Counts of what was skipped and why, and receipts. Same store, same promises; content never."""

    def count_skips(self, minute: str, counts: dict[tuple[str, str], int]) -> None:
        """Adds to the counts of (stream, reason) in that UTC minute, YYYY-MM-DDTHH:MM."""
        ...

    def skips(self) -> Sequence[tuple[str, str, str, int]]:
        """(minute, stream, reason, count), oldest first."""
        ...

    def keep_receipt(self, segment: SegmentId, content: Digest, receipt: bytes) -> None:
        """Keeps a verified receipt and marks the segment uploaded, in one transaction."""
        ...

    def receipts(self) -> Sequence[tuple[SegmentId, bytes]]:
        """All receipts, oldest first."""
        ...

    def put_value(self, name: str, value: bytes) -> None:
        """Keeps a small named value durably (consent record, last seen log checkpoint)."""
        ...

    def value(self, name: str) -> bytes | None:
        """That value, or None."""
        ...


class Store(Journal, Ledger, Protocol):
    """The device's store: journal and ledger as one object."""


def withdrawal_begun(ledger: Ledger) -> SignedWithdrawal | None:
    """The last withdrawal that the person asked for, whether the hub has answered yet or not."""
    data = ledger.value(WITHDRAWING)
    return from_json(data, SignedWithdrawal) if data else None


def is_withdrawn(ledger: Ledger, consent: ConsentId) -> bool:
    """Whether the person has taken this consent back."""
    begun = withdrawal_begun(ledger)
    return begun is not None and begun.withdrawal.consent_id == consent


def consent_in_force(ledger: Ledger) -> SignedConsent | None:
    """The consent on this device, None if there is none or it was taken back."""
    data = ledger.value(CONSENT)
    signed = from_json(data, SignedConsent) if data else None
    return None if signed is None or is_withdrawn(ledger, signed.consent.consent_id) else signed
