# SPDX-License-Identifier: Apache-2.0
"""Who may get what: every rule, and every way round it that we could think of."""

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.codec import canonical_json, digest_of
from handiwork.model.consent import Consent, SignedConsent, SignedWithdrawal, Withdrawal
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.segment import Header
from handiwork.ports.fakes.signing import ForgeableSigner, ForgeableVerifier
from handiwork.rules import access

VERIFIER = ForgeableVerifier()
PERSON = ForgeableSigner(b"person")
OFFICERS = {name: ForgeableSigner(name.encode()) for name in ("ada", "grace", "mary")}
KEYS = {name: signer.public_key() for name, signer in OFFICERS.items()}
JOB = Job(kind="build-dataset", purpose="agent-training", epochs=("2026-05-04",), code="x", recipient="0" * 64)
CONSENT = Consent(
    consent_id=ConsentId("c" * 32),
    version=1,
    participant=access.pseudonym_of(PERSON.public_key().hex()),
    public_key=PERSON.public_key().hex(),
    notice_digest=Digest("1" * 64),
    policy_name="trial",
    purposes=("agent-training", "interface-research"),
    accepted_at="2026-05-04T08:00:00Z",
)
HEADER = Header(
    segment_id=SegmentId("a" * 32),
    participant=CONSENT.participant,
    consent_id=CONSENT.consent_id,
    consent_version=1,
    notice_digest=CONSENT.notice_digest,
    policy_digest=Digest("2" * 64),
    policy_name="trial",
    policy_revision=3,
    purposes=("agent-training",),
    recorder_version="1",
    redactor_version="1",
    epoch="2026-05-04",
    wrapped_for_device="00",
)


def consent(value: Consent = CONSENT, signer: ForgeableSigner = PERSON) -> SignedConsent:
    return SignedConsent(value, signer.sign(canonical_json(value)).hex())


def approval(name: str, job: Job = JOB, signer: str = "") -> Approval:
    digest = digest_of(job)
    return Approval(digest, name, OFFICERS[signer or name].sign(access.approval_message(digest)).hex())


def test_a_person_s_own_consent_is_taken() -> None:
    assert access.consent_flaw(consent(), VERIFIER) == ""
    assert CONSENT.participant == hashlib.sha256(PERSON.public_key()).hexdigest()[:16]


@pytest.mark.parametrize(
    "change",
    [
        {"participant": Participant("0" * 16)},
        {"public_key": "zz"},
        {"public_key": OFFICERS["ada"].public_key().hex()},
        {"consent_id": ConsentId("../x")},
        {"notice_digest": Digest("short")},
        {"purposes": ()},
    ],
)
def test_a_consent_with_a_flaw_is_not_even_if_it_is_signed(change: dict[str, str | tuple[str, ...]]) -> None:
    assert access.consent_flaw(consent(msgspec.structs.replace(CONSENT, **change)), VERIFIER) != ""


@pytest.mark.parametrize("signature", ["", "zz", "0" * 128, "0" * 127])
def test_a_consent_with_a_wrong_signature_is_not(signature: str) -> None:
    assert access.consent_flaw(SignedConsent(CONSENT, signature), VERIFIER) != ""


def test_only_the_person_withdraws() -> None:
    taken = Withdrawal(
        consent_id=CONSENT.consent_id,
        participant=CONSENT.participant,
        public_key=CONSENT.public_key,
        withdrawn_at="2026-06-01T00:00:00Z",
    )
    good = SignedWithdrawal(taken, PERSON.sign(canonical_json(taken)).hex())
    assert access.withdrawal_flaw(good, VERIFIER) == ""
    forged = SignedWithdrawal(taken, OFFICERS["ada"].sign(canonical_json(taken)).hex())
    assert access.withdrawal_flaw(forged, VERIFIER) != ""
    later = SignedWithdrawal(msgspec.structs.replace(taken, withdrawn_at="later"), good.signature)
    assert access.withdrawal_flaw(later, VERIFIER) != ""


def test_a_segment_under_its_own_consent_is_taken() -> None:
    assert access.segment_flaw(HEADER, CONSENT) == ""


@pytest.mark.parametrize(
    "change",
    [
        {"segment_id": "A" * 32},
        {"epoch": "2026-02-30"},
        {"epoch": "2026-05-04T08"},
        {"consent_id": "d" * 32},
        {"consent_version": 2},
        {"participant": "0" * 16},
        {"notice_digest": "3" * 64},
        {"policy_name": "other"},
        {"purposes": ()},
        {"purposes": ("agent-training", "accessibility-research")},
    ],
)
def test_a_segment_under_any_other_is_not(change: dict[str, str | int | tuple[str, ...]]) -> None:
    assert access.segment_flaw(msgspec.structs.replace(HEADER, **change), CONSENT) != ""


def test_a_job_covers_by_purpose_and_day() -> None:
    assert access.covers(JOB, HEADER)
    assert access.covers(msgspec.structs.replace(JOB, epochs=()), HEADER)
    assert not access.covers(msgspec.structs.replace(JOB, epochs=("2026-05-05",)), HEADER)
    assert not access.covers(msgspec.structs.replace(JOB, purpose="interface-research"), HEADER)


def test_two_officers_are_needed_and_each_counts_once() -> None:
    def who(*approvals: Approval) -> tuple[str, ...]:
        return access.approving_officers(JOB, approvals, KEYS, VERIFIER)

    assert who(approval("grace"), approval("ada"), approval("ada")) == ("ada", "grace")
    assert who(approval("ada"), approval("grace", signer="ada")) == ("ada",)
    other = msgspec.structs.replace(JOB, code="y")
    assert who(approval("ada"), approval("grace", other)) == ("ada",)
    assert who(approval("ada"), msgspec.structs.replace(approval("grace", other), job=digest_of(JOB))) == ("ada",)
    assert who(msgspec.structs.replace(approval("ada"), officer="eve"), approval("grace")) == ("grace",)
    assert access.job_flaw(JOB, who(approval("ada"))) != ""
    assert access.job_flaw(JOB, who(approval("ada"), approval("grace"))) == ""


def test_one_key_under_two_names_is_one_officer() -> None:
    twice = {"ada": KEYS["ada"], "lovelace": KEYS["ada"]}
    both = [approval("ada"), msgspec.structs.replace(approval("ada"), officer="lovelace")]
    assert len(access.approving_officers(JOB, both, twice, VERIFIER)) == 1


@pytest.mark.parametrize(
    "change", [{"kind": "show-me"}, {"epochs": ("today",)}, {"epochs": ("2026-05-04",) * 2}, {"recipient": "0" * 63}]
)
def test_a_malformed_job_gets_nothing(change: dict[str, str | tuple[str, ...]]) -> None:
    assert access.job_flaw(msgspec.structs.replace(JOB, **change), ("ada", "grace")) != ""


@given(st.lists(st.integers(0, 6), max_size=20), st.integers(1, 6))
def test_a_crowd_is_counted_in_people_not_in_segments(people: list[int], minimum: int) -> None:
    headers = [msgspec.structs.replace(HEADER, participant=Participant(f"{number:016x}")) for number in people]
    assert (access.crowd_flaw(headers, minimum) == "") == (len(set(people)) >= minimum)


@given(st.text())
def test_ids_digests_and_days_are_taken_in_one_spelling_only(text: str) -> None:
    assert not access.is_id(text) or (len(text) == 32 and text == text.lower() and int(text, 16) >= 0)
    assert not access.is_digest(text)
    assert not access.is_day(text) or len(text) == 10


@pytest.mark.parametrize("text", ["a" * 32 + "\n", "\u0661" * 32, "A" * 32, "a" * 31])
def test_near_misses_are_no_ids(text: str) -> None:
    assert not access.is_id(text)
    assert not access.is_day("2026-05-0\u0664")
