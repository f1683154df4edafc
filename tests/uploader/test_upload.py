# SPDX-License-Identifier: Apache-2.0
"""Uploading and withdrawing, over real HTTP, against a small honest hub that can be told to misbehave."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from tests.headers import TEMPLATE

from handiwork.adapters.hubclient.http import HttpArchive, HttpHub, HttpKeeper
from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, PrivateSigner, Verifier, x25519_public
from handiwork.model.codec import canonical_json, from_json
from handiwork.model.consent import Consent, SignedConsent, SignedWithdrawal
from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost, NotAllowed
from handiwork.model.event import Note
from handiwork.model.grant import Approval, Job, LogProof, Receipt, WithdrawalReceipt
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.logged import Details, ReleaseLogged, ReleaseNotice, SegmentLogged, WithdrawalLogged
from handiwork.ports.hub import HubIdentity
from handiwork.ports.journal import CHECKPOINT, CONSENT, RELEASES, consent_in_force
from handiwork.ports.sealed import open_segment, split, wrapping_info
from handiwork.recorder.kept.segment_writer import SegmentWriter
from handiwork.rules import merkle
from handiwork.rules.checkpoint import Checkpoint, signed_text
from handiwork.rules.proof import entry_for, receipt_message, verify_receipt
from handiwork.uploader.device import Device
from handiwork.uploader.upload import Summary, upload
from handiwork.uploader.withdraw import withdraw, withdraw_here

SEALING = CryptographySealing()
DEVICE_KEY, KEEPER_KEY = b"\x01" * 32, b"\x02" * 32
PERSON, LOG, RECEIPTS = PrivateSigner(b"\x03" * 32), PrivateSigner(b"\x04" * 32), PrivateSigner(b"\x05" * 32)
PARTICIPANT = Participant(hashlib.sha256(PERSON.public_key()).hexdigest()[:16])
CONSENT_ID = ConsentId("c" * 32)
NOW = "2026-11-21T10:00:00Z"


@dataclass
class StudyHub:
    """Hub and key service in memory. `lie` changes a receipt before it is signed or sent."""

    leaves: list[bytes] = field(default_factory=list)
    stored: dict[Digest, tuple[SegmentId, bytes]] = field(default_factory=dict)
    receipts: dict[Digest, Receipt] = field(default_factory=dict)
    keys: dict[SegmentId, bytes] = field(default_factory=dict)
    consents: list[SignedConsent] = field(default_factory=list)
    receipt_key: PrivateSigner = RECEIPTS
    lie: Callable[[Receipt], Receipt] = field(default=lambda receipt: receipt)
    forget: bool = False
    refuse: set[SegmentId] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    down_after: int = 10_000
    notices: list[ReleaseNotice] = field(default_factory=list)

    def release(self, segment: SegmentId) -> None:
        job = Job(kind="build-dataset", purpose="agent-training", epochs=(), code="x", recipient="00" * 32)
        details = ReleaseLogged(segment_id=segment, job=job, officers=("ada", "ben"))
        self.notices.append(ReleaseNotice(details=details, salt="5a" * 16, proof=self.log(details)))

    def identity(self) -> HubIdentity:
        return HubIdentity(
            origin="study.example/log",
            log_key=LOG.public_key().hex(),
            receipt_key=self.receipt_key.public_key().hex(),
            keeper_key=x25519_public(KEEPER_KEY).hex(),
        )

    def put(self, content: bytes, digest: Digest) -> Receipt:
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged("Other bytes.", data="-", do="-")
        segment = split(content)[0].segment_id
        if segment in self.refuse:
            raise NotAllowed("This segment is not wanted.", data="Not stored.", do="Nothing.")
        if digest not in self.receipts:
            self.stored[digest] = (segment, content)
            proof = self.log(SegmentLogged(segment_id=segment, content=digest, size=len(content)))
            plain = Receipt(
                segment_id=segment, content=digest, size=len(content), salt="5a" * 16, proof=proof, signature=""
            )
            self.receipts[digest] = msgspec.structs.replace(plain, signature=self.sign(plain))
        return self.lie(self.receipts[digest])

    def sign(self, receipt: Receipt | WithdrawalReceipt) -> str:
        return self.receipt_key.sign(receipt_message(receipt)).hex()

    def withdraw(self, signed: SignedWithdrawal) -> WithdrawalReceipt:
        segments = () if self.forget else tuple(segment for segment, _ in self.stored.values())
        asked = signed.withdrawal
        details = WithdrawalLogged(
            consent_id=asked.consent_id,
            participant=asked.participant,
            segments=segments,
            withdrawn_at=asked.withdrawn_at,
        )
        self.keys.clear()
        self.stored.clear()
        plain = WithdrawalReceipt(
            consent_id=asked.consent_id,
            participant=asked.participant,
            segments=segments,
            withdrawn_at=asked.withdrawn_at,
            salt="5a" * 16,
            proof=self.log(details),
            signature="",
        )
        return msgspec.structs.replace(plain, signature=self.sign(plain))

    def log(self, details: Details) -> LogProof:
        self.leaves.append(canonical_json(entry_for("5a" * 16, details)))
        index, node = len(self.leaves) - 1, self.node()
        path = merkle.inclusion_path(node, index, len(self.leaves))
        leaf = self.leaves[index].decode()
        return LogProof(leaf=leaf, index=index, checkpoint=self.checkpoint(), path=tuple(step.hex() for step in path))

    def node(self) -> merkle.Node:
        return merkle.nodes_over([merkle.leaf_hash(leaf) for leaf in self.leaves])

    def checkpoint(self) -> str:
        head = Checkpoint("study.example/log", len(self.leaves), merkle.root(self.node(), len(self.leaves)))
        return signed_text(head, LOG.public_key(), LOG.sign(head.body.encode()))

    def consistency(self, old: int) -> bytes:
        if old > len(self.leaves):
            raise BadInput("No such size.", data="-", do="-")
        path = merkle.consistency_path(self.node(), old, len(self.leaves))
        return msgspec.json.encode({"checkpoint": self.checkpoint(), "path": [step.hex() for step in path]})

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        """The HTTP interface of hub and key service in one."""
        self.calls.append(f"{method} /{path.split('/')[1]}")
        if len(self.calls) > self.down_after:
            raise ConnectionError
        last = path.rpartition("/")[2]
        match self.calls[-1]:
            case "GET /identity":
                return canonical_json(self.identity())
            case "POST /consents":
                self.consents.append(from_json(body, SignedConsent))
                return b""
            case "PUT /segments":
                return canonical_json(self.put(body, Digest(last)))
            case "GET /segments":
                return next(content for segment, content in self.stored.values() if segment == last)
            case "POST /withdrawals":
                return canonical_json(self.withdraw(from_json(body, SignedWithdrawal)))
            case "GET /consistency":
                return self.consistency(int(last))
            case "GET /releases":
                return msgspec.json.encode([notice for notice in self.notices if notice.details.segment_id == last])
            case "GET /withdrawn":
                return msgspec.json.encode(["d" * 32])
            case "PUT /keys":
                self.keys[SegmentId(last)] = bytes.fromhex(msgspec.json.decode(body)["wrapped"])
                return b""
            case other:
                raise NotAllowed(f"Not here: {other}\x1b[31m", data="-", do="-")


@pytest.fixture
def hub() -> StudyHub:
    return StudyHub()


@pytest.fixture
def url(hub: StudyHub) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status = 200
            try:
                content = hub.answer(self.command, self.path, body)
            except ConnectionError:
                self.close_connection = True
                return
            except HandiworkError as error:
                status = 400
                told = {"what": error.what, "data": error.data, "do": error.do, "kind": type(error).__name__}
                content = msgspec.json.encode(told)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_POST = do

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


class FixedClock:
    def monotonic_ms(self) -> int:
        return 0

    def unix_ms(self) -> int:
        return 1_795_219_200_000


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    store = SqliteJournal(tmp_path / "j")
    give_consent(store)
    record(store, 3)
    yield Device(store, SEALING, Verifier(), DEVICE_KEY)
    store.close()


def give_consent(store: SqliteJournal) -> None:
    consent = Consent(
        consent_id=CONSENT_ID,
        version=1,
        participant=PARTICIPANT,
        public_key=PERSON.public_key().hex(),
        notice_digest=Digest("1" * 64),
        policy_name="clerks",
        purposes=("agent-training",),
        accepted_at=NOW,
    )
    store.put_value(CONSENT, canonical_json(SignedConsent(consent, PERSON.sign(canonical_json(consent)).hex())))


def record(store: SqliteJournal, count: int) -> None:
    template = msgspec.structs.replace(TEMPLATE, participant=PARTICIPANT, consent_id=CONSENT_ID)
    writing = SegmentWriter(store, SEALING, x25519_public(DEVICE_KEY), template, FixedClock())
    for t in range(count):
        writing.add(Note(t=t, kind="goal", text=f"an unmistakable sentence {t}"))
        writing.close(t)


def sent(device: Device, url: str, told: HubIdentity | None = None) -> Summary:
    return upload(device, HttpHub(url), HttpKeeper(url), told, lambda done, total: None)


def states(device: Device) -> list[str]:
    return [stored.state for stored in device.store.segments()]


def test_every_closed_segment_arrives_whole_and_is_receipted(device: Device, hub: StudyHub, url: str) -> None:
    told: list[tuple[int, int]] = []
    summary = upload(device, HttpHub(url), HttpKeeper(url), None, lambda *at: told.append(at))
    assert states(device) == ["uploaded"] * 3
    assert (len(summary.uploaded), summary.refused, summary.log_size, summary.unlinked) == (3, (), 3, 0)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert len(hub.consents) == 1
    for (segment, receipt), stored in zip(device.store.receipts(), device.store.segments(), strict=True):
        content = HttpArchive(url).fetch(segment)
        verify_receipt(from_json(receipt, Receipt), hub.identity(), Verifier(), content)
        key = SEALING.unwrap(KEEPER_KEY, wrapping_info(segment, "keeper"), hub.keys[segment])
        assert open_segment(SEALING, key, content).header == stored.header


def test_nothing_that_leaves_the_device_shows_plaintext_or_an_unwrapped_key(
    device: Device, hub: StudyHub, url: str
) -> None:
    sent(device, url)
    everything = b"".join(content for _, content in hub.stored.values()) + b"".join(hub.keys.values())
    assert b"unmistakable" not in everything
    for segment, wrapped in hub.keys.items():
        assert SEALING.unwrap(KEEPER_KEY, wrapping_info(segment, "keeper"), wrapped) not in everything


def test_uploading_again_sends_no_segment_again(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    hub.calls.clear()
    assert sent(device, url).uploaded == ()
    assert "PUT /segments" not in hub.calls


@pytest.mark.parametrize("down_after", range(19))
def test_a_hub_that_goes_away_anywhere_is_said_to_be_lost_and_the_next_upload_goes_on(
    device: Device, hub: StudyHub, url: str, down_after: int
) -> None:
    hub.down_after = down_after
    with suppress(Lost):
        sent(device, url)
    hub.down_after = 10_000
    sent(device, url)
    assert states(device) == ["uploaded"] * 3
    assert len(hub.stored) == 3
    assert len(hub.leaves) == 3


def test_nobody_listening_is_lost(device: Device) -> None:
    with pytest.raises(Lost) as lost:
        sent(device, "http://127.0.0.1:9")
    assert "still on this device" in str(lost.value)
    assert states(device) == ["closed"] * 3


def test_open_and_deleted_segments_stay_here(device: Device, hub: StudyHub, url: str) -> None:
    first, second, _ = device.store.segments()
    device.store.delete(first.header.segment_id)
    device.store.open_segment(msgspec.structs.replace(second.header, segment_id=SegmentId("e" * 32)))
    sent(device, url)
    assert states(device) == ["deleted", "uploaded", "uploaded", "open"]
    assert len(hub.stored) == 2


def test_a_refused_segment_is_told_and_the_others_go_on(device: Device, hub: StudyHub, url: str) -> None:
    unwanted = device.store.segments()[1].header.segment_id
    hub.refuse.add(unwanted)
    assert sent(device, url).refused == ((unwanted, "This segment is not wanted."),)
    assert states(device) == ["uploaded", "closed", "uploaded"]


@pytest.mark.parametrize(
    "lie",
    [
        lambda receipt: msgspec.structs.replace(receipt, size=receipt.size + 1),
        lambda receipt: msgspec.structs.replace(receipt, signature="00" * 64),
        lambda receipt: msgspec.structs.replace(receipt, segment_id=SegmentId("f" * 32)),
        lambda receipt: msgspec.structs.replace(receipt, proof=msgspec.structs.replace(receipt.proof, index=1)),
        lambda receipt: msgspec.structs.replace(receipt, content=Digest("0" * 64)),
    ],
)
def test_a_receipt_that_fails_its_check_ends_the_upload_and_counts_for_nothing(
    device: Device, hub: StudyHub, url: str, lie: Callable[[Receipt], Receipt]
) -> None:
    hub.lie = lie
    with pytest.raises(Damaged):
        sent(device, url)
    assert states(device) == ["closed"] * 3
    assert device.store.receipts() == []


def test_a_hub_with_changed_keys_is_refused_before_anything_is_sent(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    record(device.store, 1)  # type: ignore[arg-type]
    hub.receipt_key = PrivateSigner(b"\x66" * 32)
    hub.calls.clear()
    with pytest.raises(NotAllowed, match="other keys"):
        sent(device, url)
    assert hub.calls == ["GET /identity"]


def test_a_hub_other_than_the_person_was_told_is_refused_at_the_first_contact(
    device: Device, hub: StudyHub, url: str
) -> None:
    told = msgspec.structs.replace(hub.identity(), keeper_key="00" * 32)
    with pytest.raises(NotAllowed):
        sent(device, url, told)
    assert hub.calls == ["GET /identity"]


def test_a_log_that_was_rewritten_is_caught(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    hub.leaves[0] = b"another past"
    hub.leaves.append(b"and more")
    with pytest.raises(Damaged, match="rewritten"):
        sent(device, url)


def test_a_log_that_shrank_is_caught(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    checkpoint = device.store.value(CHECKPOINT)
    hub.consistency = lambda old: msgspec.json.encode({"checkpoint": hub.checkpoint(), "path": []})  # type: ignore[method-assign]
    del hub.leaves[2:]
    with pytest.raises(Damaged):
        sent(device, url)
    assert device.store.value(CHECKPOINT) == checkpoint


def test_releases_of_the_persons_keys_are_checked_and_kept(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    hub.release(device.store.segments()[1].header.segment_id)
    assert sent(device, url).releases == 1
    kept = msgspec.json.decode(device.store.value(RELEASES) or b"", type=list[ReleaseNotice])
    assert kept == hub.notices


def test_a_release_that_is_not_in_the_log_as_told_is_refused(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    hub.release(device.store.segments()[1].header.segment_id)
    details = msgspec.structs.replace(hub.notices[0].details, officers=("ada", "eve"))
    hub.notices[0] = msgspec.structs.replace(hub.notices[0], details=details)
    with pytest.raises(Damaged):
        sent(device, url)


def test_without_a_consent_nothing_is_sent(device: Device, hub: StudyHub, url: str) -> None:
    device.store.put_value(CONSENT, b"")
    with pytest.raises(NotAllowed):
        sent(device, url)
    assert hub.calls == []


def test_a_withdrawal_deletes_there_and_here_and_leaves_a_receipt(device: Device, hub: StudyHub, url: str) -> None:
    sent(device, url)
    record(device.store, 1)  # type: ignore[arg-type]
    receipt = withdraw(device, HttpHub(url), PERSON, None, NOW)
    assert len(receipt.segments) == 3
    assert states(device) == ["deleted"] * 4
    assert consent_in_force(device.store) is None
    assert (hub.stored, hub.keys) == ({}, {})
    with pytest.raises(NotAllowed):
        sent(device, url)


def test_a_withdrawal_ends_consent_here_even_if_the_hub_is_away_and_goes_on_later(
    device: Device, hub: StudyHub, url: str
) -> None:
    sent(device, url)
    hub.down_after = 0
    with pytest.raises(Lost):
        withdraw(device, HttpHub(url), PERSON, None, NOW)
    assert consent_in_force(device.store) is None
    hub.down_after = 10_000
    assert withdraw(device, HttpHub(url), PERSON, None, "2026-11-22T10:00:00Z").withdrawn_at == NOW
    assert states(device) == ["deleted"] * 3


def test_a_withdrawal_receipt_that_leaves_out_a_segment_is_not_believed(
    device: Device, hub: StudyHub, url: str
) -> None:
    sent(device, url)
    hub.forget = True
    with pytest.raises(Damaged, match="leaves out 3"):
        withdraw(device, HttpHub(url), PERSON, None, NOW)


def test_a_withdrawal_where_nothing_was_uploaded_needs_no_hub(device: Device) -> None:
    withdraw_here(device.store, PERSON, NOW)
    assert states(device) == ["deleted"] * 3
    assert consent_in_force(device.store) is None


def test_a_withdrawal_after_an_upload_needs_the_hub(device: Device, url: str) -> None:
    sent(device, url)
    with pytest.raises(NotAllowed, match="must hear"):
        withdraw_here(device.store, PERSON, NOW)
    assert consent_in_force(device.store) is not None


def test_withdrawing_twice_gives_the_same_and_without_any_consent_is_refused(
    device: Device, hub: StudyHub, url: str, tmp_path: Path
) -> None:
    first = withdraw(device, HttpHub(url), PERSON, None, NOW)
    again = withdraw(device, HttpHub(url), PERSON, None, NOW)
    assert (first.consent_id, first.withdrawn_at) == (again.consent_id, again.withdrawn_at)
    empty = Device(SqliteJournal(tmp_path / "empty"), SEALING, Verifier(), DEVICE_KEY)
    with pytest.raises(NotAllowed):
        withdraw(empty, HttpHub(url), PERSON, None, NOW)


@pytest.mark.parametrize("address", ["http://hub.example", "ftp://127.0.0.1", "hub.example", ""])
def test_an_address_without_tls_is_refused_unless_it_is_this_machine(address: str) -> None:
    with pytest.raises(BadInput):
        HttpHub(address)


def test_errors_from_outside_can_not_paint_the_terminal(url: str) -> None:
    job = Job(kind="build-dataset", purpose="agent-training", epochs=(), code="x", recipient="00" * 32)
    with pytest.raises(NotAllowed) as caught:
        HttpKeeper(url).release(job, [Approval(Digest("0" * 64), "officer", "00")])
    assert "\x1b" not in str(caught.value)


def test_answers_that_are_not_what_was_asked_for_are_refused(hub: StudyHub, url: str) -> None:
    assert HttpArchive(url).withdrawn() == ["d" * 32]
    hub.answer = lambda *asked: b'{"surprise": true}'  # type: ignore[method-assign]
    for ask in (HttpHub(url).identity, HttpArchive(url).withdrawn, lambda: HttpHub(url).consistency(0)):
        with pytest.raises(Damaged):
            ask()
