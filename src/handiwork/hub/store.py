# SPDX-License-Identifier: Apache-2.0
"""The blind store: takes sealed segments, logs them, gives them out again, and lets go of what is withdrawn.

Sees ciphertext and headers, never plaintext and never a key. What is acknowledged was durable before: bytes, log entry,
register. Everything may be repeated; a call that was cut off goes on where it stood. Knows nothing of HTTP.
"""

import hashlib
import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from handiwork.hub.refusals import gone, refused
from handiwork.model.codec import canonical_json, digest_of
from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.errors import Damaged, HandiworkError
from handiwork.model.grant import LogProof, Receipt, WithdrawalReceipt
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.logged import (
    ConsentLogged,
    Details,
    ReleaseLogged,
    ReleaseNotice,
    SegmentLogged,
    WithdrawalLogged,
)
from handiwork.model.segment import Header
from handiwork.ports.blobs import Blobs
from handiwork.ports.hub import HubIdentity
from handiwork.ports.log import Log
from handiwork.ports.peers import Ask, Covered, Destruction, KeeperPeer
from handiwork.ports.register import NewSegment, Register, SegmentRow, WithdrawalRow
from handiwork.ports.sealed import split
from handiwork.ports.signing import Signing, Verifying
from handiwork.rules.access import approving_officers, consent_flaw, job_flaw, segment_flaw, withdrawal_flaw
from handiwork.rules.proof import entry_for, receipt_message

SALT_BYTES = 32

AnyReceipt = TypeVar("AnyReceipt", Receipt, WithdrawalReceipt)


@dataclass(frozen=True)
class HubParts:
    """What a hub is made of. `officers` maps names to Ed25519 public keys."""

    identity: HubIdentity
    blobs: Blobs
    register: Register
    log: Log
    signer: Signing
    verifier: Verifying
    keeper: KeeperPeer
    officers: Mapping[str, bytes]


class BlindStore:
    """Safe for many threads; one process only, which the log's and the blobs' folders see to."""

    def __init__(self, parts: HubParts) -> None:
        self._parts, self._register, self._log = parts, parts.register, parts.log
        self._locks = [threading.Lock() for _ in range(256)]

    @property
    def identity(self) -> HubIdentity:
        """The public keys."""
        return self._parts.identity

    def register_consent(self, signed: SignedConsent) -> None:
        """Keeps and logs a consent."""
        flaw = consent_flaw(signed, self._parts.verifier)
        if flaw:
            raise refused("The hub does not take this consent", flaw)
        row = self._register.add_consent(signed, _salt())
        self._log_entry(row.salt, ConsentLogged(consent=digest_of(signed)))

    def put_segment(self, content: bytes, digest: Digest) -> Receipt:
        """Stores sealed bytes, durably and logged."""
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged(
                "The bytes that arrived are not the ones that their address names.",
                data="nothing was kept; the segment is still on the device.",
                do="send it again.",
            )
        header, header_json, chunks = split(content)
        if not chunks:
            raise refused("The hub does not take this segment", "it was never closed")
        self._check_consent(header)
        new = NewSegment(
            segment_id=header.segment_id,
            consent_id=header.consent_id,
            content=digest,
            size=len(content),
            epoch=header.epoch,
            purposes=tuple(sorted(set(header.purposes))),
            header=header_json,
            salt=_salt(),
        )
        with self._lock(header.consent_id):
            return self._stored(new, content)

    def fetch(self, segment: SegmentId) -> bytes:
        """Sealed bytes of a segment."""
        row = self._register.segment(segment)
        if row is None or row.receipt is None:
            raise gone()
        return self._parts.blobs.get(row.content)

    def withdrawn(self) -> Sequence[SegmentId]:
        """Every segment that was ever withdrawn."""
        return self._register.withdrawn()

    def releases(self, segment: SegmentId) -> Sequence[ReleaseNotice]:
        """Every logged release of this segment's key."""
        return self._register.releases(segment)

    def withdraw(self, signed: SignedWithdrawal) -> WithdrawalReceipt:
        """Logs, has keys destroyed, deletes bytes; all of it done when this returns."""
        withdrawal = signed.withdrawal
        flaw = withdrawal_flaw(signed, self._parts.verifier)
        if flaw:
            raise refused("The hub does not take this withdrawal", flaw)
        consent = self._register.consent(withdrawal.consent_id)
        if consent is not None and consent.signed.consent.public_key != withdrawal.public_key:
            raise refused("The hub does not take this withdrawal", "the consent is another person's")
        with self._lock(withdrawal.consent_id):
            row = self._register.begin(signed, _salt())
            if row.signed.withdrawal.public_key != withdrawal.public_key:
                raise refused("The hub does not take this withdrawal", "the consent is another person's")
            return row.receipt or self._carry_out(row)

    def resume(self) -> Sequence[HandiworkError]:
        """Carries on with withdrawals that were cut off; the reasons why some could not be finished yet."""
        troubles: list[HandiworkError] = []
        for row in self._register.unfinished():
            try:
                self.withdraw(row.signed)
            except HandiworkError as error:
                troubles.append(error)
        return troubles

    def sweep(self) -> int:
        """Deletes bytes that no live segment owns (cut-off uploads, cut-off deletions). Before serving only."""
        owned = self._register.contents()
        orphans = [digest for digest in self._parts.blobs.digests() if digest not in owned]
        for digest in orphans:
            self._parts.blobs.delete(digest)
        return len(orphans)

    def covered(self, ask: Ask) -> Sequence[Covered]:
        """What an approved job covers, by purpose and day."""
        self._check_job(ask)
        rows = self._register.covered(ask.job.purpose, ask.job.epochs)
        return [_shown(row) for row in rows]

    def log_releases(self, ask: Ask) -> Sequence[ReleaseNotice]:
        """Logs that these segments' keys are about to be released."""
        officers = self._check_job(ask)
        allowed = {row.segment_id for row in self._register.covered(ask.job.purpose, ask.job.epochs)}
        if not allowed.issuperset(ask.segments):
            raise refused("The hub does not log this release", "the job does not cover all of these segments")
        logged = [ReleaseLogged(segment_id=name, job=ask.job, officers=officers) for name in ask.segments]
        salts = self._register.reserve_releases(logged, [_salt() for _ in logged])
        pairs = list(zip(logged, salts, strict=True))
        proofs = self._log.append([canonical_json(entry_for(salt, details)) for details, salt in pairs])
        notices = [
            ReleaseNotice(details=details, salt=salt, proof=proof)
            for (details, salt), proof in zip(pairs, proofs, strict=True)
        ]
        self._register.complete_releases(notices)
        return notices

    def _check_consent(self, header: Header) -> None:
        row = self._register.consent(header.consent_id)
        if row is None:
            raise refused("The hub does not take this segment", "it does not know the consent; register it first")
        if row.withdrawn:
            raise refused("The hub does not take this segment", "its consent was withdrawn")
        flaw = segment_flaw(header, row.signed.consent)
        if flaw:
            raise refused("The hub does not take this segment", flaw)

    def _check_job(self, ask: Ask) -> tuple[str, ...]:
        officers = approving_officers(ask.job, ask.approvals, self._parts.officers, self._parts.verifier)
        flaw = job_flaw(ask.job, officers)
        if flaw:
            raise refused("The hub does not serve this job", flaw)
        return officers

    def _stored(self, new: NewSegment, content: bytes) -> Receipt:
        row = self._register.reserve(new)
        self._parts.blobs.put(new.content, content)
        if row.receipt is not None:
            return row.receipt
        details = SegmentLogged(segment_id=new.segment_id, content=new.content, size=new.size)
        proof = self._log_entry(row.salt, details)
        unsigned = Receipt(
            segment_id=new.segment_id,
            content=new.content,
            size=new.size,
            salt=row.salt,
            proof=proof,
            signature="",
        )
        receipt = self._signed(unsigned)
        self._register.complete(receipt)
        return receipt

    def _carry_out(self, row: WithdrawalRow) -> WithdrawalReceipt:
        withdrawal = row.signed.withdrawal
        details = WithdrawalLogged(
            consent_id=withdrawal.consent_id,
            participant=withdrawal.participant,
            segments=tuple(segment.segment_id for segment in row.segments),
            withdrawn_at=withdrawal.withdrawn_at,
        )
        proof = self._log_entry(row.salt, details)
        shown = tuple(_shown(segment) for segment in row.segments)
        try:
            self._parts.keeper.destroy(Destruction(signed=row.signed, segments=shown, salt=row.salt, proof=proof))
        finally:  # bytes go at once, even if the key service must be asked again
            for segment in row.segments:
                self._parts.blobs.delete(segment.content)
        unsigned = WithdrawalReceipt(
            consent_id=details.consent_id,
            participant=details.participant,
            segments=details.segments,
            withdrawn_at=details.withdrawn_at,
            salt=row.salt,
            proof=proof,
            signature="",
        )
        receipt = self._signed(unsigned)
        self._register.finish(receipt)
        return receipt

    def _signed(self, receipt: AnyReceipt) -> AnyReceipt:
        return msgspec.structs.replace(receipt, signature=self._parts.signer.sign(receipt_message(receipt)).hex())

    def _log_entry(self, salt: str, details: Details) -> LogProof:
        return self._log.append([canonical_json(entry_for(salt, details))])[0]

    def _lock(self, consent: str) -> threading.Lock:
        """Uploads and the withdrawal of one consent wait for each other; others share a lock only by chance."""
        return self._locks[int(consent[:2], 16)]


def _shown(row: SegmentRow) -> Covered:
    return Covered(row.segment_id, row.header.decode())


def _salt() -> str:
    return secrets.token_hex(SALT_BYTES)
