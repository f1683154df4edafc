# SPDX-License-Identifier: Apache-2.0
"""What every Register promises; the real one and the fake."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from handiwork.adapters.database.register import SqlRegister
from handiwork.model.consent import Consent, SignedConsent, SignedWithdrawal, Withdrawal
from handiwork.model.errors import NotAllowed
from handiwork.model.grant import Job, LogProof, Receipt, WithdrawalReceipt
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.logged import ReleaseLogged, ReleaseNotice
from handiwork.model.policy import Purpose
from handiwork.ports.fakes.register import MemoryRegister
from handiwork.ports.register import NewSegment, Register

CONSENT = ConsentId("c" * 32)
PROOF = LogProof(leaf="leaf", index=0, checkpoint="text", path=("00",))


def signed(consent: ConsentId = CONSENT) -> SignedConsent:
    inner = Consent(
        consent_id=consent,
        version=1,
        participant=Participant("p" * 16),
        public_key="0" * 64,
        notice_digest=Digest("1" * 64),
        policy_name="trial",
        purposes=("agent-training",),
        accepted_at="2026-05-04T08:00:00Z",
    )
    return SignedConsent(inner, "2" * 128)


def taken_back(consent: ConsentId = CONSENT) -> SignedWithdrawal:
    inner = Withdrawal(consent_id=consent, participant=Participant("p" * 16), public_key="0" * 64, withdrawn_at="now")
    return SignedWithdrawal(inner, "3" * 128)


def new(
    name: str, epoch: str = "2026-05-04", purposes: tuple[Purpose, ...] = ("agent-training",), salt: str = "salt"
) -> NewSegment:
    return NewSegment(
        segment_id=SegmentId(name * 32),
        consent_id=CONSENT,
        content=Digest(hashlib.sha256(name.encode()).hexdigest()),
        size=5,
        epoch=epoch,
        purposes=purposes,
        header=b"header of " + name.encode(),
        salt=salt,
    )


def receipt_for(segment: NewSegment, signature: str = "first") -> Receipt:
    return Receipt(
        segment_id=segment.segment_id,
        content=segment.content,
        size=segment.size,
        salt=segment.salt,
        proof=PROOF,
        signature=signature,
    )


def withdrawal_receipt(*segments: NewSegment) -> WithdrawalReceipt:
    return WithdrawalReceipt(
        consent_id=CONSENT,
        participant=Participant("p" * 16),
        segments=tuple(segment.segment_id for segment in segments),
        withdrawn_at="now",
        salt="salt",
        proof=PROOF,
        signature="",
    )


@pytest.fixture(params=["sqlite", "memory"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    if request.param == "memory":
        yield MemoryRegister()
        return
    database = SqlRegister(tmp_path / "register.sqlite")
    yield database
    database.close()


def test_a_consent_keeps_its_first_salt(register: Register) -> None:
    assert register.consent(CONSENT) is None
    first = register.add_consent(signed(), "salt one")
    assert register.add_consent(signed(), "salt two") == first == register.consent(CONSENT)
    assert (first.salt, first.withdrawn) == ("salt one", False)
    with pytest.raises(NotAllowed):
        register.add_consent(msgspec.structs.replace(signed(), signature="9" * 128), "salt")


def test_a_reserved_segment_is_there_but_not_stored_until_it_has_a_receipt(register: Register) -> None:
    register.add_consent(signed(), "salt")
    row = register.reserve(new("a", salt="first"))
    assert register.reserve(new("a", salt="second")) == row
    assert (row.salt, row.receipt) == ("first", None)
    assert register.covered("agent-training", ()) == []
    assert register.contents() == {new("a").content}
    register.complete(receipt_for(new("a")))
    register.complete(receipt_for(new("a"), "second"))
    stored = register.segment(new("a").segment_id)
    assert stored is not None
    assert stored.receipt == receipt_for(new("a"))
    assert register.covered("agent-training", ()) == [stored]


def test_ids_and_contents_stand_for_one_segment_each(register: Register) -> None:
    register.add_consent(signed(), "salt")
    register.reserve(new("a"))
    for clash in (
        msgspec.structs.replace(new("a"), content=new("b").content),
        msgspec.structs.replace(new("a"), segment_id=new("b").segment_id),
    ):
        with pytest.raises(NotAllowed):
            register.reserve(clash)


def test_without_a_consent_nothing_is_reserved(register: Register) -> None:
    with pytest.raises(NotAllowed):
        register.reserve(new("a"))
    with pytest.raises(NotAllowed):
        register.complete(receipt_for(new("a")))


def test_coverage_is_by_purpose_and_day(register: Register) -> None:
    register.add_consent(signed(), "salt")
    pile = [
        new("a", "2026-05-04"),
        new("b", "2026-05-05", ("agent-training", "interface-research")),
        new("d", "2026-05-06", ("interface-research",)),
    ]
    for segment in pile:
        register.reserve(segment)
        register.complete(receipt_for(segment))

    def names(purpose: Purpose, *epochs: str) -> str:
        return "".join(row.segment_id[0] for row in register.covered(purpose, epochs))

    assert names("agent-training") == "ab"
    assert names("interface-research") == "bd"
    assert names("interface-research", "2026-05-06", "2026-05-04") == "d"
    assert names("accessibility-research") == ""


def test_a_withdrawal_fixes_its_segments_and_shuts_the_door(register: Register) -> None:
    register.add_consent(signed(), "salt")
    for name in "ab":
        register.reserve(new(name))
    register.complete(receipt_for(new("a")))
    row = register.begin(taken_back(), "first")
    assert [segment.segment_id for segment in row.segments] == [new("a").segment_id, new("b").segment_id]
    assert row.segments[0].header == b"header of a"
    again = register.begin(taken_back(), "second")
    assert (again.salt, again.segments, again.receipt) == ("first", row.segments, None)
    for refused in (lambda: register.reserve(new("d")), lambda: register.complete(receipt_for(new("b")))):
        with pytest.raises(NotAllowed):
            refused()
    assert register.segment(new("a").segment_id) is None
    assert register.covered("agent-training", ()) == []
    assert register.contents() == set()
    assert [found.salt for found in register.unfinished()] == ["first"]
    assert register.withdrawn() == [new("a").segment_id, new("b").segment_id]


def test_a_finished_withdrawal_has_its_receipt_and_nothing_else(register: Register) -> None:
    register.add_consent(signed(), "salt")
    register.reserve(new("a"))
    register.begin(taken_back(), "salt")
    register.finish(withdrawal_receipt(new("a")))
    row = register.begin(taken_back(), "other")
    assert (row.receipt, row.segments) == (withdrawal_receipt(new("a")), ())
    assert register.unfinished() == []
    assert register.withdrawn() == [new("a").segment_id]
    found = register.consent(CONSENT)
    assert found is not None
    assert found.withdrawn


def test_a_withdrawal_may_come_before_its_consent(register: Register) -> None:
    assert register.begin(taken_back(), "salt").segments == ()
    assert register.add_consent(signed(), "salt").withdrawn
    with pytest.raises(NotAllowed):
        register.reserve(new("a"))


def test_releases_keep_their_first_salt_and_show_once_they_are_logged(register: Register) -> None:
    job = Job(kind="build-dataset", purpose="agent-training", epochs=(), code="x", recipient="0" * 64)
    logged = [ReleaseLogged(segment_id=new(name).segment_id, job=job, officers=("a", "b")) for name in "ab"]
    assert register.reserve_releases(logged[:1], ["one"]) == ["one"]
    assert register.reserve_releases(logged, ["two", "three"]) == ["one", "three"]
    assert register.releases(logged[0].segment_id) == []
    notice = ReleaseNotice(details=logged[0], salt="one", proof=PROOF)
    register.complete_releases([notice])
    assert register.releases(logged[0].segment_id) == [notice]
    assert register.releases(logged[1].segment_id) == []


def test_what_was_erased_is_in_no_file_of_the_database(tmp_path: Path) -> None:
    register = SqlRegister(tmp_path / "register.sqlite")
    register.add_consent(signed(), "salt")
    secret = new("a", salt="a salt to forget")
    register.reserve(secret)
    register.complete(receipt_for(secret))
    register.begin(taken_back(), "salt")
    register.finish(withdrawal_receipt(secret))
    for path in tmp_path.iterdir():
        for needle in (b"a salt to forget", b"header of a", secret.content.encode()):
            assert needle not in path.read_bytes(), path
    register.close()


def test_the_register_is_as_it_was_after_a_restart(tmp_path: Path) -> None:
    first = SqlRegister(tmp_path / "register.sqlite")
    first.add_consent(signed(), "salt")
    row = first.reserve(new("a"))
    second = SqlRegister(tmp_path / "register.sqlite")
    assert second.reserve(new("a", salt="other")) == row
    first.close()
    second.close()
