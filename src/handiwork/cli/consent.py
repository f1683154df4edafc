# SPDX-License-Identifier: Apache-2.0
"""The notice, and the record of its acceptance."""

import hashlib
import secrets
from importlib import resources

from handiwork.model.codec import canonical_json, digest_of, from_json
from handiwork.model.consent import Consent, SignedConsent
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.ids import ConsentId, Digest, Participant
from handiwork.model.policy import Policy
from handiwork.ports.journal import ACCEPTED_POLICY, CONSENT, POLICY, Ledger, consent_in_force
from handiwork.ports.signing import Signing
from handiwork.rules.audit_times import audit_line
from handiwork.rules.participation import consent_flaw
from handiwork.rules.policy import parse_policy
from handiwork.rules.revision import shown
from handiwork.rules.scope import keeps_text


def pseudonym(public_key: bytes) -> Participant:
    """The participant's name for everyone else: derived from the public key, never from the person."""
    return Participant(hashlib.sha256(public_key).hexdigest()[:16])


def put_policy_in_force(ledger: Ledger, text: str) -> Policy:
    """Checks a policy and keeps it. When this returns, it is on disk; a refused one leaves the old one in force."""
    policy = parse_policy(text)
    if consent_in_force(ledger) is not None and (before := ledger.value(POLICY)) is not None:
        _refuse_reused_number(parse_stored(before), policy)
    ledger.put_value(POLICY, text.encode())
    return policy


def _refuse_reused_number(before: Policy | None, policy: Policy) -> None:
    """Two policies with one number could not be told apart in what was recorded under them."""
    if before is None or before.name != policy.name or before == policy or policy.revision > before.revision:
        return
    raise BadInput(
        f"The policy differs from revision {before.revision} of {policy.name!r}, but is numbered {policy.revision}.",
        data="the policy in force is unchanged.",
        do=f"give it a revision of {before.revision + 1} or more.",
    )


def parse_stored(text: bytes) -> Policy | None:
    """A policy that was accepted once; None if this version refuses it."""
    try:
        return parse_policy(text.decode())
    except BadInput:
        return None


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
    return template.format(
        policy=policy.name,
        purposes=", ".join(policy.purposes),
        days=policy.retention_days,
        surfaces="\n".join(f"- {line}" for line in scope_lines(policy)),
        open_words=_open_words(policy),
    )


def keeps_open_words(policy: Policy) -> bool:
    """Whether any rule keeps words as they stand: then agreeing to the rest is not enough."""
    return any(rule.words == "open" and keeps_text(rule.level) for rule in policy.allow)


def _open_words(policy: Policy) -> str:
    """What the notice says of such rules; nothing where there is none."""
    if not keeps_open_words(policy):
        return ""
    template = resources.files("handiwork.cli").joinpath("texts/open.md").read_text("utf-8")
    rules = [rule for rule in policy.allow if rule.words == "open" and keeps_text(rule.level)]
    return template.format(surfaces="\n".join(f"- {shown(rule)}" for rule in rules))


def scope_lines(policy: Policy) -> list[str]:
    """What may be recorded and what never, a line each, for people."""
    allowed = [shown(rule) for rule in policy.allow] or ["nothing"]
    denied = [*(f"never: {shown(rule)}" for rule in policy.deny), "never: everything else"]
    audited = audit_line(policy.audit)
    return [*allowed, *denied, *([audited] if audited else [])]


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
        policy_digest=digest_of(policy),
    )
    ledger.put_value(ACCEPTED_POLICY, canonical_json(policy))  # first: a consent without it would cover nothing
    signed = SignedConsent(consent, person.sign(canonical_json(consent)).hex())
    ledger.put_value(CONSENT, canonical_json(signed))
    return consent


def accepted_policy(ledger: Ledger, consent: Consent) -> Policy | None:
    """The policy that the consent was given for, if it is still known, to the byte."""
    data = ledger.value(ACCEPTED_POLICY)
    if not data or hashlib.sha256(data).hexdigest() != consent.policy_digest:
        return None
    return from_json(data, Policy)


def flaw_of(ledger: Ledger, consent: Consent, policy: Policy) -> str:
    """Why this consent doesn't cover recording under this policy, or ""."""
    accepted = accepted_policy(ledger, consent)
    if accepted is None and not consent.policy_digest:
        return "the notice has changed since it was accepted: it now lists what may be recorded"
    return consent_flaw(consent, accepted, notice_digest(accepted) if accepted else Digest(""), policy)


def require(ledger: Ledger, policy: Policy) -> Consent:
    """The consent that covers recording now; raises NotAllowed if there is none."""
    signed = consent_in_force(ledger)
    flaw = "no notice was accepted" if signed is None else flaw_of(ledger, signed.consent, policy)
    if signed is None or flaw:
        raise NotAllowed(
            f"Recording is not allowed: {flaw}",
            data="nothing is recorded.",
            do="read the notice with `handiwork record consent`, and accept it if you agree.",
        )
    return signed.consent
