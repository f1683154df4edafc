# SPDX-License-Identifier: Apache-2.0
"""Who may get what: registering, storing, releasing, withdrawing. Every rule refuses unless everything holds.

Returns reasons ("" when there is none) or what passed; knows nothing of stores, networks or clocks. No rule takes a
person as something to ask for: jobs name a purpose and days.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date

from handiwork.model.codec import canonical_json, digest_of
from handiwork.model.consent import Consent, SignedConsent, SignedWithdrawal
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import Digest, Participant
from handiwork.model.segment import Header
from handiwork.rules.checkpoint import Verifies

OFFICERS_NEEDED = 2
JOB_KINDS = frozenset({"build-dataset"})
_ID = re.compile(r"[0-9a-f]{32}\Z")
_HEX_KEY = re.compile(r"[0-9a-f]{64}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def is_id(text: str) -> bool:
    """Whether this is a segment or consent id: 32 lower-case hex digits."""
    return _ID.match(text) is not None


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 digest: 64 lower-case hex digits."""
    return _HEX_KEY.match(text) is not None


def pseudonym_of(public_key: str) -> Participant:
    """The pseudonym of whoever holds this Ed25519 key (hex)."""
    return Participant(hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16])


def approval_message(job: Digest) -> bytes:
    """The bytes that an officer signs to approve a job."""
    return b"handiwork-approval\n" + job.encode("ascii")


def consent_flaw(signed: SignedConsent, verifier: Verifies) -> str:
    """Why this consent can't be registered, or ""."""
    consent = signed.consent
    if not is_id(consent.consent_id) or not is_digest(consent.notice_digest):
        return "its consent id or notice digest is malformed"
    if not consent.purposes:
        return "it names no purpose"
    return _person_flaw(consent.public_key, consent.participant, signed.signature, canonical_json(consent), verifier)


def withdrawal_flaw(signed: SignedWithdrawal, verifier: Verifies) -> str:
    """Why this withdrawal is not its person's word, or ""."""
    withdrawal = signed.withdrawal
    if not is_id(withdrawal.consent_id):
        return "its consent id is malformed"
    message = canonical_json(withdrawal)
    return _person_flaw(withdrawal.public_key, withdrawal.participant, signed.signature, message, verifier)


def _person_flaw(public_key: str, participant: str, signature: str, message: bytes, verifier: Verifies) -> str:
    if not _HEX_KEY.match(public_key) or pseudonym_of(public_key) != participant:
        return "its pseudonym does not belong to its public key"
    if not re.fullmatch("[0-9a-f]{128}", signature):
        return "its signature is malformed"
    if not verifier.verify(bytes.fromhex(public_key), message, bytes.fromhex(signature)):
        return "it is not signed by the person whose pseudonym it bears, or was changed after it was signed"
    return ""


def segment_flaw(header: Header, consent: Consent) -> str:
    """Why a segment with this header can't be taken under this consent, or ""."""
    if not is_id(header.segment_id) or not is_day(header.epoch):
        return "its segment id or its day is malformed"
    if (header.consent_id, header.consent_version) != (consent.consent_id, consent.version):
        return "it was recorded under another consent"
    if header.participant != consent.participant:
        return "it is another person's than the consent"
    if header.notice_digest != consent.notice_digest:
        return "it was recorded under another notice than the person agreed to"
    if header.policy_name != consent.policy_name:
        return "it was recorded under another policy than the person agreed to"
    if not header.purposes or not set(header.purposes) <= set(consent.purposes):
        return "it names purposes that the person did not agree to"
    return ""


def is_day(text: str) -> bool:
    """Whether this is a day that exists, YYYY-MM-DD."""
    if not _DAY.match(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def covers(job: Job, header: Header) -> bool:
    """Whether the job asks for this segment: by purpose and day, nothing else."""
    return job.purpose in header.purposes and (not job.epochs or header.epoch in job.epochs)


def approving_officers(
    job: Job, approvals: Sequence[Approval], officers: Mapping[str, bytes], verifier: Verifies
) -> tuple[str, ...]:
    """The known officers (names to public keys) who signed this very job, sorted. A key counts once under any name."""
    digest = digest_of(job)
    found: dict[bytes, str] = {}
    for approval in approvals:
        key = officers.get(approval.officer)
        if key is None or approval.job != digest or not re.fullmatch("[0-9a-f]{128}", approval.signature):
            continue
        if verifier.verify(key, approval_message(digest), bytes.fromhex(approval.signature)):
            found.setdefault(key, approval.officer)
    return tuple(sorted(found.values()))


def job_flaw(job: Job, officers: Sequence[str]) -> str:
    """Why no key may be released to this job, given who approved it, or ""."""
    if job.kind not in JOB_KINDS:
        return f"no job of kind {job.kind!r} exists"
    if not all(is_day(epoch) for epoch in job.epochs) or len(set(job.epochs)) != len(job.epochs):
        return "its days are malformed or repeated"
    if not _HEX_KEY.match(job.recipient):
        return "its recipient is not a key"
    if len(set(officers)) < OFFICERS_NEEDED:
        return f"{OFFICERS_NEEDED} different officers must approve, and {len(set(officers))} did"
    return ""


def crowd_flaw(headers: Sequence[Header], minimum_people: int) -> str:
    """Why these segments together are too few people's, or ""."""
    people = len({header.participant for header in headers})
    return f"it would reach {people} people's data, fewer than {minimum_people}" if people < minimum_people else ""
