# SPDX-License-Identifier: Apache-2.0
"""The register in memory."""

from collections.abc import Sequence

import msgspec

from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.errors import NotAllowed
from handiwork.model.grant import Receipt, WithdrawalReceipt
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.logged import ReleaseLogged, ReleaseNotice
from handiwork.model.policy import Purpose
from handiwork.ports.register import ConsentRow, NewSegment, SegmentRow, WithdrawalRow


class MemoryRegister:
    """Register."""

    def __init__(self) -> None:
        self._consents: dict[ConsentId, ConsentRow] = {}
        self._segments: dict[SegmentId, tuple[NewSegment, Receipt | None]] = {}
        self._withdrawals: dict[ConsentId, WithdrawalRow] = {}
        self._withdrawn: set[SegmentId] = set()
        self._releases: dict[ReleaseLogged, tuple[str, ReleaseNotice | None]] = {}

    def add_consent(self, signed: SignedConsent, salt: str) -> ConsentRow:
        """Keeps it, or gives the row that is there."""
        name = signed.consent.consent_id
        held = self._consents.setdefault(name, ConsentRow(signed=signed, salt=salt, withdrawn=False))
        if held.signed != signed:
            raise _refused()
        return msgspec.structs.replace(held, withdrawn=name in self._withdrawals)

    def consent(self, consent: ConsentId) -> ConsentRow | None:
        """The row, or None."""
        held = self._consents.get(consent)
        return held and msgspec.structs.replace(held, withdrawn=consent in self._withdrawals)

    def reserve(self, segment: NewSegment) -> SegmentRow:
        """Keeps it as not yet stored, or gives the row that is there."""
        if segment.consent_id in self._withdrawals or segment.consent_id not in self._consents:
            raise _refused()
        for held, receipt in self._segments.values():
            same = (held.segment_id == segment.segment_id, held.content == segment.content)
            if all(same):
                return SegmentRow.of(held, receipt)
            if any(same):
                raise _refused()
        self._segments[segment.segment_id] = (segment, None)
        return SegmentRow.of(segment, None)

    def complete(self, receipt: Receipt) -> None:
        """Marks it stored."""
        segment, held = self._segments.get(receipt.segment_id, (None, None))
        if segment is None or segment.consent_id in self._withdrawals:
            raise _refused()
        self._segments[receipt.segment_id] = (segment, held or receipt)

    def segment(self, segment: SegmentId) -> SegmentRow | None:
        """The row, or None."""
        held, receipt = self._segments.get(segment, (None, None))
        return None if held is None or held.consent_id in self._withdrawals else SegmentRow.of(held, receipt)

    def covered(self, purpose: Purpose, epochs: Sequence[str]) -> Sequence[SegmentRow]:
        """Stored segments with that purpose, of those epochs."""
        return [
            SegmentRow.of(segment, receipt)
            for _, (segment, receipt) in sorted(self._segments.items())
            if receipt and purpose in segment.purposes and (not epochs or segment.epoch in epochs)
            if segment.consent_id not in self._withdrawals
        ]

    def contents(self) -> set[Digest]:
        """The content digest of every segment that is not withdrawn."""
        return {held.content for held, _ in self._segments.values() if held.consent_id not in self._withdrawals}

    def begin(self, signed: SignedWithdrawal, salt: str) -> WithdrawalRow:
        """Marks the consent withdrawn and fixes its segments."""
        name = signed.withdrawal.consent_id
        mine = tuple(SegmentRow.of(*pair) for _, pair in sorted(self._segments.items()) if pair[0].consent_id == name)
        row = WithdrawalRow(signed=signed, segments=mine, salt=salt, receipt=None)
        self._withdrawn.update(segment.segment_id for segment in mine)
        return self._withdrawals.setdefault(name, row)

    def finish(self, receipt: WithdrawalReceipt) -> None:
        """Erases what is known of its segments, and keeps the receipt."""
        held = self._withdrawals[receipt.consent_id]
        done = msgspec.structs.replace(held, segments=(), receipt=held.receipt or receipt)
        self._withdrawals[receipt.consent_id] = done
        for segment in held.segments:
            self._segments.pop(segment.segment_id)

    def unfinished(self) -> Sequence[WithdrawalRow]:
        """Withdrawals that were begun and not finished."""
        return [row for row in self._withdrawals.values() if row.receipt is None]

    def withdrawn(self) -> Sequence[SegmentId]:
        """Every segment that was ever withdrawn."""
        return sorted(self._withdrawn)

    def reserve_releases(self, releases: Sequence[ReleaseLogged], salts: Sequence[str]) -> Sequence[str]:
        """The salt of each."""
        pairs = zip(releases, salts, strict=True)
        return [self._releases.setdefault(details, (salt, None))[0] for details, salt in pairs]

    def complete_releases(self, notices: Sequence[ReleaseNotice]) -> None:
        """Keeps the proofs."""
        for notice in notices:
            self._releases[notice.details] = (notice.salt, notice)

    def releases(self, segment: SegmentId) -> Sequence[ReleaseNotice]:
        """Every logged release of this segment's key."""
        return [notice for _, notice in self._releases.values() if notice and notice.details.segment_id == segment]


def _refused() -> NotAllowed:
    return NotAllowed("The hub refuses this.", data="nothing was kept of it.", do="check the consent.")
