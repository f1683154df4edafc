# SPDX-License-Identifier: Apache-2.0
"""Receipts and proofs as strangers check them: any change anywhere is noticed, in words."""

from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.codec import canonical_json
from handiwork.model.errors import Damaged
from handiwork.model.grant import Receipt
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.logged import ConsentLogged, SegmentLogged, WithdrawalLogged
from handiwork.ports.fakes.log import MemoryLog
from handiwork.ports.fakes.signing import ForgeableSigner, ForgeableVerifier
from handiwork.rules import proof
from handiwork.rules.checkpoint import opened

LOG, RECEIPTS = ForgeableSigner(b"log"), ForgeableSigner(b"receipts")
VERIFIER = ForgeableVerifier()
CONTENT = b"sealed"


class Keys(NamedTuple):
    origin: str = "test.example/log"
    log_key: str = LOG.public_key().hex()
    receipt_key: str = RECEIPTS.public_key().hex()


def receipt() -> Receipt:
    log = MemoryLog(Keys().origin, LOG)
    log.append([b"one", b"two", b"three"])
    details = SegmentLogged(segment_id=SegmentId("a" * 32), content=digest(), size=len(CONTENT))
    [shown] = log.append([canonical_json(proof.entry_for("5a17", details))])
    unsigned = Receipt(
        segment_id=details.segment_id, content=details.content, size=6, salt="5a17", proof=shown, signature=""
    )
    return msgspec.structs.replace(unsigned, signature=RECEIPTS.sign(proof.receipt_message(unsigned)).hex())


def digest() -> Digest:
    import hashlib

    return Digest(hashlib.sha256(CONTENT).hexdigest())


def resigned(changed: Receipt) -> Receipt:
    unsigned = msgspec.structs.replace(changed, signature="")
    return msgspec.structs.replace(changed, signature=RECEIPTS.sign(proof.receipt_message(unsigned)).hex())


def test_a_true_receipt_is_proven_and_leads_to_the_log_s_head() -> None:
    assert proof.verify_receipt(receipt(), Keys(), VERIFIER, CONTENT).size == 4


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_changed_character_of_a_receipt_is_noticed(data: st.DataObject) -> None:
    text = canonical_json(receipt()).decode()
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from('0123456789abcdefXYZ/+{}",:'))
    changed = text[:place] + letter + text[place + 1 :]
    try:
        read = msgspec.json.decode(changed, type=Receipt)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return
    if read != receipt():
        with pytest.raises(Damaged):
            proof.verify_receipt(read, Keys(), VERIFIER, CONTENT)


def test_even_a_hub_that_signs_lies_can_t_prove_what_it_did_not_log() -> None:
    true = receipt()
    for lie in (
        msgspec.structs.replace(true, content=Digest("0" * 64)),
        msgspec.structs.replace(true, size=7),
        msgspec.structs.replace(true, salt="5a18"),
        msgspec.structs.replace(true, segment_id=SegmentId("b" * 32)),
        msgspec.structs.replace(true, proof=msgspec.structs.replace(true.proof, index=2)),
        msgspec.structs.replace(true, proof=msgspec.structs.replace(true.proof, path=true.proof.path[:-1])),
        msgspec.structs.replace(true, proof=msgspec.structs.replace(true.proof, leaf=" " + true.proof.leaf)),
    ):
        with pytest.raises(Damaged):
            proof.verify_receipt(resigned(lie), Keys(), VERIFIER)


@pytest.mark.parametrize(
    "keys",
    [Keys(origin="other.example/log"), Keys(log_key="0" * 64), Keys(receipt_key="0" * 64), Keys(log_key="not hex")],
)
def test_with_other_keys_nothing_is_proven(keys: Keys) -> None:
    with pytest.raises(Damaged):
        proof.verify_receipt(receipt(), keys, VERIFIER)


def test_a_receipt_is_for_its_own_bytes_only() -> None:
    with pytest.raises(Damaged, match="other bytes"):
        proof.verify_receipt(receipt(), Keys(), VERIFIER, b"others")


def test_kinds_of_entries_can_t_stand_for_each_other() -> None:
    taken = WithdrawalLogged(
        consent_id=ConsentId("c" * 32), participant=Participant("d" * 16), segments=(), withdrawn_at="now"
    )
    given_ = ConsentLogged(consent=Digest("0" * 64))
    assert proof.entry_for("00", taken).kind == "withdrawal"
    assert proof.entry_for("00", given_).kind == "consent"
    assert proof.entry_for("00", taken).commitment != proof.entry_for("01", taken).commitment


def test_growth_is_accepted_and_shrinking_forking_and_other_logs_are_not() -> None:
    log, fork = MemoryLog("test.example/log", LOG), MemoryLog("test.example/log", LOG)
    log.append([b"one", b"two"])
    fork.append([b"one", b"TWO", b"three"])
    old = opened(log.checkpoint(), LOG.public_key(), VERIFIER)
    log.append([b"three"])
    text, path = log.consistency(old.size)
    new = opened(text, LOG.public_key(), VERIFIER)
    proof.verify_growth(old, new, path)
    forked, fork_path = fork.consistency(old.size)
    lies = [
        (new, old, path),
        (old, opened(forked, LOG.public_key(), VERIFIER), fork_path),
        (old, type(new)("other.example/log", new.size, new.root), path),
        (old, new, ["zz"]),
    ]
    for before, after, steps in lies:
        with pytest.raises(Damaged):
            proof.verify_growth(before, after, steps)


@pytest.mark.parametrize("text", ["AB", "a", "0x00", " 00", "00 ", "\u0660\u0660"])
def test_hexadecimal_has_one_spelling(text: str) -> None:
    with pytest.raises(Damaged, match="hexadecimal"):
        proof.unhex(text, "this")
