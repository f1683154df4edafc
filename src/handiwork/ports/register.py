# SPDX-License-Identifier: Apache-2.0
"""The hub's register: consents, segments, withdrawals, releases. One database behind four small protocols.

Salts are chosen by the caller and fixed by the first call, so that a call repeated after a crash commits to the same
log leaf. Every method that writes has committed durably when it returns. Raises NoSpace or Lost.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.grant import Receipt, WithdrawalReceipt
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.logged import ReleaseLogged, ReleaseNotice
from handiwork.model.policy import Purpose


class ConsentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A registered consent."""

    signed: SignedConsent
    salt: str
    withdrawn: bool


class NewSegment(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub needs of a segment in the clear."""

    segment_id: SegmentId
    consent_id: ConsentId
    content: Digest
    size: int
    epoch: str
    purposes: tuple[Purpose, ...]
    header: bytes
    """The header JSON, as in the segment."""
    salt: str


class SegmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A reserved segment; stored once it has a receipt. A withdrawn one keeps its id and nothing else."""

    segment_id: SegmentId
    consent_id: ConsentId
    content: Digest
    header: bytes
    salt: str
    receipt: Receipt | None

    @classmethod
    def of(cls, segment: NewSegment, receipt: Receipt | None = None) -> "SegmentRow":
        """What a register holds of a new segment."""
        return cls(
            segment_id=segment.segment_id,
            consent_id=segment.consent_id,
            content=segment.content,
            header=segment.header,
            salt=segment.salt,
            receipt=receipt,
        )


class WithdrawalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A withdrawal under way, or done once it has a receipt. `segments` was fixed when it began."""

    signed: SignedWithdrawal
    segments: tuple[SegmentRow, ...]
    """With header and content for as long as it is under way; empty when done."""
    salt: str
    receipt: WithdrawalReceipt | None


class Consents(Protocol):
    """Who agreed to what."""

    def add_consent(self, signed: SignedConsent, salt: str) -> ConsentRow:
        """Keeps it, or gives the row that is there. Raises NotAllowed if that id stands for another consent."""
        ...

    def consent(self, consent: ConsentId) -> ConsentRow | None:
        """The row, or None."""
        ...


class Segments(Protocol):
    """Which segments there are."""

    def reserve(self, segment: NewSegment) -> SegmentRow:
        """Keeps it as not yet stored, or gives the row that is there (with the salt of the first call).

        NotAllowed if the consent is unknown or withdrawn, or if that segment id or content stands for something else.
        """
        ...

    def complete(self, receipt: Receipt) -> None:
        """Marks it stored. NotAllowed if it was withdrawn meanwhile. Repeating keeps the first receipt."""
        ...

    def segment(self, segment: SegmentId) -> SegmentRow | None:
        """The row, or None if unknown or withdrawn."""
        ...

    def covered(self, purpose: Purpose, epochs: Sequence[str]) -> Sequence[SegmentRow]:
        """Stored segments with that purpose, of those epochs (none given: of all), by segment id."""
        ...

    def contents(self) -> set[Digest]:
        """The content digest of every segment that is not withdrawn, reserved ones included."""
        ...


class Withdrawals(Protocol):
    """What was taken back."""

    def begin(self, signed: SignedWithdrawal, salt: str) -> WithdrawalRow:
        """In one transaction: marks the consent withdrawn and fixes its segments, or gives the row that is there."""
        ...

    def finish(self, receipt: WithdrawalReceipt) -> None:
        """Erases headers, salts and digests of its segments, beyond the database file too, and keeps the receipt."""
        ...

    def unfinished(self) -> Sequence[WithdrawalRow]:
        """Withdrawals that were begun and not finished."""
        ...

    def withdrawn(self) -> Sequence[SegmentId]:
        """Every segment that was ever withdrawn, by id."""
        ...


class Releases(Protocol):
    """Which keys went to which jobs."""

    def reserve_releases(self, releases: Sequence[ReleaseLogged], salts: Sequence[str]) -> Sequence[str]:
        """The salt of each: the given one, or that of the first call for the same segment, job and officers."""
        ...

    def complete_releases(self, notices: Sequence[ReleaseNotice]) -> None:
        """Keeps the proofs."""
        ...

    def releases(self, segment: SegmentId) -> Sequence[ReleaseNotice]:
        """Every logged release of this segment's key, oldest first."""
        ...


class Register(Consents, Segments, Withdrawals, Releases, Protocol):
    """All four."""
