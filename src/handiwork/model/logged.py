# SPDX-License-Identifier: Apache-2.0
"""What log entries commit to: the details behind a commitment, shown with their salt to whoever may know them."""

import msgspec

from handiwork.model.grant import Job, LogProof
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId


class SegmentLogged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A segment was stored (entry kind "segment")."""

    segment_id: SegmentId
    content: Digest
    size: int


class ConsentLogged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A consent was registered (entry kind "consent")."""

    consent: Digest
    """Of the SignedConsent."""


class WithdrawalLogged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A consent was withdrawn, and these are all of its segments (entry kind "withdrawal")."""

    consent_id: ConsentId
    participant: Participant
    segments: tuple[SegmentId, ...]
    withdrawn_at: str


class ReleaseLogged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A segment's key is about to be released to a job (entry kind "release")."""

    segment_id: SegmentId
    job: Job
    officers: tuple[str, ...]
    """Who approved, sorted."""


Details = SegmentLogged | ConsentLogged | WithdrawalLogged | ReleaseLogged


class ReleaseNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One release of a segment's key, as the person whose segment it is may see and check it."""

    details: ReleaseLogged
    salt: str
    proof: LogProof
