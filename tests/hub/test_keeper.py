# SPDX-License-Identifier: Apache-2.0
"""The key service against a hub that lies: each lie by itself, and no key comes out, and none is destroyed."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import pytest
from tests.hub.running import SEALING, Person, job_for

from handiwork.adapters.sealing.cryptography_ import CryptographySealing, PrivateSigner, Verifier, x25519_public
from handiwork.hub.keeper import KeeperParts, KeyService
from handiwork.hub.store import BlindStore, HubParts
from handiwork.model.codec import canonical_json, digest_of
from handiwork.model.errors import HandiworkError, NotAllowed
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import SegmentId
from handiwork.model.logged import ReleaseNotice
from handiwork.model.segment import Header
from handiwork.ports.fakes.blobs import MemoryBlobs
from handiwork.ports.fakes.keystore import MemoryKeyStore
from handiwork.ports.fakes.log import MemoryLog
from handiwork.ports.fakes.register import MemoryRegister
from handiwork.ports.hub import HubIdentity
from handiwork.ports.peers import Ask, Covered, Destruction, Growth
from handiwork.ports.sealed import content_digest, encode_header, header_digest, wrapping_info
from handiwork.rules.access import approval_message

Lie = Callable[[Sequence[ReleaseNotice]], Sequence[ReleaseNotice]]


@dataclass
class LyingHub:
    """A true hub, and lies to put in its mouth."""

    store: BlindStore
    log: MemoryLog
    other_log: MemoryLog
    extra: tuple[Covered, ...] = ()
    notices: Lie = field(default=lambda notices: notices)
    forked: bool = False
    change: Callable[[Covered], Covered] = field(default=lambda shown: shown)

    def covered(self, ask: Ask) -> Sequence[Covered]:
        return [self.change(shown) for shown in self.store.covered(ask)] + list(self.extra)

    def log_releases(self, ask: Ask) -> Sequence[ReleaseNotice]:
        return self.notices(self.store.log_releases(ask))

    def growth(self, size_from: int) -> Growth:
        log = self.other_log if self.forked else self.log
        text, path = log.consistency(min(size_from, len(log.leaves)))
        return Growth(text, tuple(path))


class Scene:
    """Hub and key service in memory, one person with one segment, two officers."""

    def __init__(self) -> None:
        keeper_key, log_signer, receipt_signer = (secrets.token_bytes(32) for _ in range(3))
        self.log_signer = PrivateSigner(log_signer)
        self.officers = {name: PrivateSigner(secrets.token_bytes(32)) for name in ("ada", "grace")}
        keys = {name: signer.public_key() for name, signer in self.officers.items()}
        self.identity = HubIdentity(
            origin="test.example/log",
            log_key=self.log_signer.public_key().hex(),
            receipt_key=PrivateSigner(receipt_signer).public_key().hex(),
            keeper_key=x25519_public(keeper_key).hex(),
        )
        log, other = MemoryLog(self.identity.origin, self.log_signer), MemoryLog(self.identity.origin, self.log_signer)
        other.append([b"another history"])
        self.log = log
        parts = HubParts(
            identity=self.identity,
            blobs=MemoryBlobs(),
            register=MemoryRegister(),
            log=log,
            signer=PrivateSigner(receipt_signer),
            verifier=Verifier(),
            keeper=self,
            officers=keys,
        )
        self.store = BlindStore(parts)
        self.hub = LyingHub(self.store, log, other)
        self.keys = MemoryKeyStore()
        self.keeper = KeyService(
            KeeperParts(
                identity=self.identity,
                private_key=keeper_key,
                store=self.keys,
                hub=self.hub,
                sealing=CryptographySealing(),
                verifier=Verifier(),
                officers=keys,
                minimum_people=1,
            )
        )
        self.before = lambda destruction: destruction
        self.person = Person()
        self.header = self.give(self.person)

    before: Callable[[Destruction], Destruction]

    def destroy(self, destruction: Destruction) -> None:
        self.keeper.destroy(self.before(destruction))

    def give(self, person: Person) -> Header:
        self.store.register_consent(person.signed_consent())
        header, content = person.segment()
        key, info = person.keys[header.segment_id], wrapping_info(header.segment_id, "keeper")
        wrapped = SEALING.wrap(bytes.fromhex(self.identity.keeper_key), info, key)
        self.keeper.deposit(header.segment_id, header_digest(encode_header(header)), wrapped)
        self.store.put_segment(content, content_digest(content))
        return header

    def approvals(self, job: Job) -> list[Approval]:
        digest = digest_of(job)
        return [Approval(digest, name, by.sign(approval_message(digest)).hex()) for name, by in self.officers.items()]

    def release(self) -> list[SegmentId]:
        job = job_for(secrets.token_bytes(32))
        return [release.segment_id for release in self.keeper.release(job, self.approvals(job))]


def test_an_honest_hub_gets_the_key_released_and_the_head_is_remembered() -> None:
    scene = Scene()
    assert scene.release() == [scene.header.segment_id]
    assert scene.keys.head() == scene.log.checkpoint()


def forged(notices: Sequence[ReleaseNotice]) -> Sequence[ReleaseNotice]:
    """Proofs from a log that someone else signs."""
    fake = MemoryLog("test.example/log", PrivateSigner(bytes(32)))
    proofs = fake.append([notice.proof.leaf.encode() for notice in notices])
    return [msgspec.structs.replace(n, proof=proof) for n, proof in zip(notices, proofs, strict=True)]


@pytest.mark.parametrize(
    "lie",
    [
        forged,
        lambda notices: [],
        lambda notices: [msgspec.structs.replace(n, salt="00") for n in notices],
        lambda notices: [msgspec.structs.replace(n, proof=msgspec.structs.replace(n.proof, index=0)) for n in notices],
        lambda notices: [msgspec.structs.replace(n, proof=msgspec.structs.replace(n.proof, path=())) for n in notices],
        lambda notices: [
            msgspec.structs.replace(n, details=msgspec.structs.replace(n.details, officers=("ada",))) for n in notices
        ],
    ],
)
def test_a_release_that_is_not_proven_to_be_logged_gives_no_key(lie: Lie) -> None:
    scene = Scene()
    scene.hub.notices = lie
    with pytest.raises(HandiworkError):
        scene.release()
    scene.hub.notices = lambda notices: notices
    assert scene.release() == [scene.header.segment_id]


def test_a_log_with_two_histories_gives_no_key() -> None:
    scene = Scene()
    scene.release()
    scene.hub.forked = True
    with pytest.raises(HandiworkError, match="rewritten"):
        scene.release()


def test_a_log_that_fails_gives_no_key() -> None:
    scene = Scene()
    scene.log.failure = NotAllowed("no", data="no", do="no")
    with pytest.raises(NotAllowed):
        scene.release()


@pytest.mark.parametrize(
    "change",
    [
        {"purposes": ("agent-training", "interface-research")},
        {"participant": "0" * 16},
        {"consent_id": "0" * 32},
        {"epoch": "2020-01-01"},
    ],
)
def test_a_header_that_the_device_did_not_deposit_for_is_passed_over(change: dict[str, str | tuple[str, ...]]) -> None:
    scene = Scene()

    def lie(shown: Covered) -> Covered:
        header = msgspec.structs.replace(scene.header, **change)
        return msgspec.structs.replace(shown, header=canonical_json(header).decode())

    scene.hub.change = lie
    with pytest.raises(NotAllowed, match="0 people"):
        scene.release()


def test_an_old_day_s_segment_slipped_in_by_the_hub_is_passed_over() -> None:
    scene = Scene()
    scene.hub.extra = (Covered(scene.header.segment_id, encode_header(scene.header).decode()),)
    job = job_for(secrets.token_bytes(32), epochs=("2020-01-01",))
    with pytest.raises(NotAllowed, match="0 people"):
        scene.keeper.release(job, scene.approvals(job))


def test_a_key_is_destroyed_for_a_proven_withdrawal_only() -> None:
    scene = Scene()
    victim = scene.give(Person())
    shown = Covered(victim.segment_id, encode_header(victim).decode())
    stranger = Person().signed_withdrawal()
    lies: list[Callable[[Destruction], Destruction]] = [
        lambda d: msgspec.structs.replace(d, segments=(*d.segments, shown)),
        lambda d: msgspec.structs.replace(d, segments=(shown,)),
        lambda d: msgspec.structs.replace(d, segments=()),
        lambda d: msgspec.structs.replace(d, salt="00"),
        lambda d: msgspec.structs.replace(d, signed=stranger),
        lambda d: msgspec.structs.replace(d, signed=msgspec.structs.replace(d.signed, signature="0" * 128)),
        lambda d: msgspec.structs.replace(d, proof=msgspec.structs.replace(d.proof, path=())),
    ]
    for lie in lies:
        scene.before = lie
        with pytest.raises(HandiworkError):
            scene.store.withdraw(scene.person.signed_withdrawal())
        assert scene.keys.get(victim.segment_id) is not None
    scene.before = lambda destruction: destruction
    receipt = scene.store.withdraw(scene.person.signed_withdrawal())
    assert receipt.segments == (scene.header.segment_id,)
    assert scene.keys.get(scene.header.segment_id) is None
    assert scene.keys.get(victim.segment_id) is not None


def test_another_s_segment_logged_into_a_withdrawal_is_not_destroyed() -> None:
    scene = Scene()
    victim = scene.give(Person())
    withdrawal = scene.person.signed_withdrawal()
    from handiwork.model.logged import WithdrawalLogged
    from handiwork.rules.proof import entry_for

    details = WithdrawalLogged(
        consent_id=withdrawal.withdrawal.consent_id,
        participant=withdrawal.withdrawal.participant,
        segments=(victim.segment_id,),
        withdrawn_at=withdrawal.withdrawal.withdrawn_at,
    )
    [proof] = scene.log.append([canonical_json(entry_for("00", details))])
    theirs = Covered(victim.segment_id, encode_header(victim).decode())
    posing = msgspec.structs.replace(
        victim, consent_id=scene.person.consent.consent_id, participant=scene.person.consent.participant
    )
    as_mine = Covered(victim.segment_id, encode_header(posing).decode())
    for shown in (theirs, as_mine):
        with pytest.raises(NotAllowed, match="not of the withdrawn consent"):
            scene.keeper.destroy(Destruction(signed=withdrawal, segments=(shown,), salt="00", proof=proof))
    assert scene.keys.get(victim.segment_id) is not None


def test_after_a_withdrawal_a_hub_that_pretends_it_never_happened_gets_nothing() -> None:
    scene = Scene()
    shown = Covered(scene.header.segment_id, encode_header(scene.header).decode())
    scene.store.withdraw(scene.person.signed_withdrawal())
    scene.hub.extra = (shown,)
    with pytest.raises(NotAllowed, match="0 people"):
        scene.release()


def test_the_key_service_s_parts_show_no_key() -> None:
    assert repr(Scene().keeper._parts) == "<KeeperParts (keys withheld)>"
