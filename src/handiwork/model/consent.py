# SPDX-License-Identifier: Apache-2.0
"""A person's agreement: to which words, for which purposes, under which policy."""

import msgspec

from handiwork.model.ids import ConsentId, Digest, Participant
from handiwork.model.policy import Purpose


class Consent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One accepted notice. Changed words, or a policy that asks for more, need a new consent; it can't be stretched.

    Fields with a default are left out of its bytes when they hold it, so that earlier signatures stay valid.
    """

    consent_id: ConsentId
    version: int
    participant: Participant
    public_key: str
    """The person's Ed25519 public key, 64 hex digits; the participant's pseudonym is derived from it."""
    notice_digest: Digest
    policy_name: str
    purposes: tuple[Purpose, ...]
    accepted_at: str
    """RFC 3339, UTC."""
    policy_digest: Digest = Digest("")
    """Of the policy that was accepted. "" in consents from before policies were kept with them."""


class SignedConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A consent and the person's Ed25519 signature (128 hex digits) over its canonical JSON."""

    consent: Consent
    signature: str


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person takes back a consent and everything recorded under it."""

    consent_id: ConsentId
    participant: Participant
    public_key: str
    withdrawn_at: str


class SignedWithdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A withdrawal and the person's Ed25519 signature (128 hex digits) over its canonical JSON."""

    withdrawal: Withdrawal
    signature: str
