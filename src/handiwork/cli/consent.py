# SPDX-License-Identifier: Apache-2.0
"""The notice, and the record of its acceptance."""

import hashlib
import secrets
from importlib import resources

from handiwork.model.codec import canonical_json
from handiwork.model.consent import Consent, SignedConsent
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.ids import ConsentId, Digest, Participant
from handiwork.model.policy import Policy
from handiwork.ports.journal import CONSENT, Ledger, consent_in_force
from handiwork.ports.signing import Signing
from handiwork.rules.participation import consent_flaw
from handiwork.rules.policy import parse_policy

POLICY = "policy"
"""The policy's name in the ledger."""


def pseudonym(public_key: bytes) -> Participant:
    """The participant's name for everyone else: derived from the public key, never from the person."""
    return Participant(hashlib.sha256(public_key).hexdigest()[:16])


def put_policy_in_force(ledger: Ledger, text: str) -> Policy:
    """Checks a policy and keeps it. When this returns, it is on disk; a refused one leaves the old one in force."""
    policy = parse_policy(text)
    ledger.put_value(POLICY, text.encode())
    return policy


def policy_in_force(ledger: Ledger) -> Policy:
    """The device's policy; raises BadInput if there is none or it can't be accepted."""
    text = ledger.value(POLICY)
    if text is None:
        raise BadInput(
            "There is no policy on this device",
            data="nothing is recorded: without a policy, nothing is allowed.",
            do="install one with `handiwork record policy FILE`.",
        )
    return parse_policy(text.decode())


def notice_text(policy: Policy) -> str:
    """The words that the person is asked to accept, for this policy."""
    template = resources.files("handiwork.cli").joinpath("texts/notice.md").read_text("utf-8")
    return template.format(policy=policy.name, purposes=", ".join(policy.purposes), days=policy.retention_days)


def notice_digest(policy: Policy) -> Digest:
    """SHA-256 of those words."""
    return Digest(hashlib.sha256(notice_text(policy).encode()).hexdigest())


def accept(policy: Policy, person: Signing, ledger: Ledger, now: str) -> Consent:
    """Records the acceptance, signed with the person's own key. When this returns, it is on disk."""
    earlier = consent_in_force(ledger)
    consent = Consent(
        consent_id=ConsentId(secrets.token_hex(16)),
        version=earlier.consent.version + 1 if earlier else 1,
        participant=pseudonym(person.public_key()),
        public_key=person.public_key().hex(),
        notice_digest=notice_digest(policy),
        policy_name=policy.name,
        purposes=policy.purposes,
        accepted_at=now,
    )
    signed = SignedConsent(consent, person.sign(canonical_json(consent)).hex())
    ledger.put_value(CONSENT, canonical_json(signed))
    return consent


def require(ledger: Ledger, policy: Policy) -> Consent:
    """The consent that covers recording now; raises NotAllowed if there is none."""
    signed = consent_in_force(ledger)
    flaw = "no notice was accepted" if signed is None else consent_flaw(signed.consent, notice_digest(policy), policy)
    if signed is None or flaw:
        raise NotAllowed(
            f"Recording is not allowed: {flaw}",
            data="nothing is recorded.",
            do="read the notice with `handiwork record consent`, and accept it if you agree.",
        )
    return signed.consent
