# SPDX-License-Identifier: Apache-2.0
"""No consent, no recording; a pause holds; the indicator tells the truth."""

import msgspec
import pytest

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.consent import Consent
from handiwork.model.ids import ConsentId, Digest, Participant
from handiwork.model.policy import Allow, Policy
from handiwork.rules.participation import Participation, consent_flaw, shown_state
from handiwork.rules.scope import Decision, denied

POLICY = Policy(name="desk", revision=1, purposes=("agent-training",))
CONSENT = Consent(
    consent_id=ConsentId("0" * 32),
    version=1,
    participant=Participant("0" * 16),
    public_key="00" * 32,
    notice_digest=Digest("a" * 64),
    policy_name="desk",
    purposes=("agent-training",),
    accepted_at="2026-01-01T00:00:00Z",
)
ALLOWED = Decision(allowed=True)


def test_a_matching_consent_covers_recording() -> None:
    assert consent_flaw(CONSENT, POLICY, Digest("a" * 64), POLICY) == ""


def test_a_consent_covers_a_revision_that_asks_for_less_and_none_that_asks_for_more() -> None:
    wide = msgspec.structs.replace(POLICY, allow=(Allow(app="code"), Allow(app="calc")))
    narrow = msgspec.structs.replace(wide, revision=2, allow=wide.allow[:1])
    assert consent_flaw(CONSENT, wide, Digest("a" * 64), narrow) == ""
    assert "adds calc" in consent_flaw(CONSENT, narrow, Digest("a" * 64), wide)


def test_without_the_policy_that_was_accepted_no_consent_covers_anything() -> None:
    assert "isn't known" in consent_flaw(CONSENT, None, Digest("a" * 64), POLICY)


def test_a_consent_from_before_policies_were_kept_with_it_is_read_and_signs_the_same_bytes() -> None:
    old = canonical_json(CONSENT)
    assert b"policy_digest" not in old
    assert canonical_json(from_json(old, Consent)) == old


@pytest.mark.parametrize(
    ("notice", "policy"),
    [
        (Digest("b" * 64), POLICY),
        (Digest("a" * 64), msgspec.structs.replace(POLICY, name="other")),
        (Digest("a" * 64), msgspec.structs.replace(POLICY, purposes=("agent-training", "interface-research"))),
    ],
)
def test_changed_words_another_policy_or_a_new_purpose_void_the_consent(notice: Digest, policy: Policy) -> None:
    assert consent_flaw(CONSENT, POLICY, notice, policy)


def test_without_consent_nothing_may_be_kept_and_it_shows() -> None:
    nobody = Participation(consented=False)
    assert nobody.refusal() == "no consent"
    assert shown_state(nobody, ALLOWED) == "trouble"


def test_a_timed_pause_ends_by_itself_and_an_open_one_does_not() -> None:
    person = Participation(consented=True)
    assert person.pause(1_000).at(999).refusal() == "paused"
    assert person.pause(1_000).at(1_000).refusal() == ""
    assert person.pause(None).at(10**9).refusal() == "paused"


@pytest.mark.parametrize(
    ("person", "decision", "shown"),
    [
        (Participation(consented=True), ALLOWED, "recording"),
        (Participation(consented=True), denied("unlisted site"), "out of scope"),
        (Participation(consented=True), denied("password field"), "sign-in"),
        (Participation(consented=True).pause(None), ALLOWED, "paused"),
        (Participation(consented=True, trouble="disk full"), ALLOWED, "trouble"),
    ],
)
def test_the_indicator_shows_what_is_so(person: Participation, decision: Decision, shown: str) -> None:
    assert shown_state(person, decision) == shown
