# SPDX-License-Identifier: Apache-2.0
"""What an outsider checks offline: log proofs, receipts, withdrawals, releases. Knows nothing of hubs or networks.

Every function returns the log's head (Checkpoint) that the proof leads to, or raises Damaged in plain words.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import Damaged
from handiwork.model.grant import Entry, LogProof, Receipt, WithdrawalReceipt
from handiwork.model.ids import Digest
from handiwork.model.logged import Details, ReleaseLogged, ReleaseNotice, SegmentLogged, WithdrawalLogged
from handiwork.rules.checkpoint import Checkpoint, Verifies, opened
from handiwork.rules.merkle import extends, includes, leaf_hash


class HubKeys(Protocol):
    """The public keys that a check pins: `ports.hub.HubIdentity` has them (hex)."""

    @property
    def origin(self) -> str:
        """The log's origin line."""
        ...

    @property
    def log_key(self) -> str:
        """Signs checkpoints."""
        ...

    @property
    def receipt_key(self) -> str:
        """Signs receipts."""
        ...


def commitment(salt: str, details: Details) -> Digest:
    """What stands in the log for these details. `salt` is hex; it is hashed as bytes."""
    return Digest(hashlib.sha256(unhex(salt, "a salt") + canonical_json(details)).hexdigest())


def entry_for(salt: str, details: Details) -> Entry:
    """The log entry for these details."""
    return Entry(kind=type(details).__name__.removesuffix("Logged").lower(), commitment=commitment(salt, details))


def verify_log_proof(proof: LogProof, log_key: bytes, verifier: Verifies) -> Checkpoint:
    """Checks that the leaf is in the log whose key this is; returns the signed head it was checked against."""
    head = opened(proof.checkpoint, log_key, verifier)
    path = [unhex(step, "a log proof") for step in proof.path]
    if not includes(proof.index, head.size, leaf_hash(proof.leaf.encode()), path, head.root):
        raise damaged("The log proof fails: the entry is not where the proof says.")
    return head


def verify_commitment(proof: LogProof, salt: str, details: Details) -> None:
    """Checks that the proof's leaf is the entry for exactly these details."""
    try:
        entry = from_json(proof.leaf, Entry)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise damaged("The log entry is not in the form that entries have.") from None
    if entry != entry_for(salt, details) or proof.leaf.encode() != canonical_json(entry):
        raise damaged("The log entry is about something else than this document says.")


def verify_details(proof: LogProof, salt: str, details: Details, keys: HubKeys, verifier: Verifies) -> Checkpoint:
    """Checks that these details were logged in the log of these keys."""
    verify_commitment(proof, salt, details)
    head = verify_log_proof(proof, unhex(keys.log_key, "the log's key"), verifier)
    if head.origin != keys.origin:
        raise damaged("The log proof is from another log.")
    return head


def verify_receipt(receipt: Receipt, keys: HubKeys, verifier: Verifies, content: bytes | None = None) -> Checkpoint:
    """Checks a segment's receipt, and that it is for `content` where that is given."""
    if content is not None and (len(content), hashlib.sha256(content).hexdigest()) != (receipt.size, receipt.content):
        raise damaged("The receipt is for other bytes than these.")
    _verify_signature(receipt, keys, verifier)
    details = SegmentLogged(segment_id=receipt.segment_id, content=receipt.content, size=receipt.size)
    return verify_details(receipt.proof, receipt.salt, details, keys, verifier)


def verify_withdrawal_receipt(receipt: WithdrawalReceipt, keys: HubKeys, verifier: Verifies) -> Checkpoint:
    """Checks the hub's signed word that a withdrawal was carried out, and that the withdrawal is in the log."""
    _verify_signature(receipt, keys, verifier)
    return verify_details(receipt.proof, receipt.salt, withdrawal_details(receipt), keys, verifier)


def verify_release(notice: ReleaseNotice, keys: HubKeys, verifier: Verifies) -> Checkpoint:
    """Checks that a release that someone shows us was logged as they say."""
    details: ReleaseLogged = notice.details
    return verify_details(notice.proof, notice.salt, details, keys, verifier)


def verify_growth(old: Checkpoint, new: Checkpoint, path: Sequence[str]) -> None:
    """Checks that the log only grew from `old` to `new`: nothing that was in it was changed or taken out."""
    steps = [unhex(step, "a consistency proof") for step in path]
    if old.origin != new.origin or not extends(old.size, old.root, new.size, new.root, steps):
        raise damaged("The log was rewritten: its new head does not contain the old one.")


def withdrawal_details(receipt: WithdrawalReceipt) -> WithdrawalLogged:
    """What the log entry of a withdrawal commits to."""
    return WithdrawalLogged(
        consent_id=receipt.consent_id,
        participant=receipt.participant,
        segments=receipt.segments,
        withdrawn_at=receipt.withdrawn_at,
    )


def receipt_message(receipt: Receipt | WithdrawalReceipt) -> bytes:
    """The bytes that the hub's receipt key signs."""
    return canonical_json(msgspec.structs.replace(receipt, signature=""))


def _verify_signature(receipt: Receipt | WithdrawalReceipt, keys: HubKeys, verifier: Verifies) -> None:
    signature = unhex(receipt.signature, "the receipt's signature")
    if not verifier.verify(unhex(keys.receipt_key, "the receipt key"), receipt_message(receipt), signature):
        raise damaged("The receipt is not signed by this hub, or was changed after it was signed.")


def unhex(text: str, what: str) -> bytes:
    """Bytes from lower-case hex; raises Damaged for anything else."""
    try:
        data = bytes.fromhex(text)
    except ValueError:
        data = b""
    if data.hex() != text:
        raise damaged(f"Not hexadecimal: {what}.")
    return data


def damaged(what: str) -> Damaged:
    """A failed check, in words."""
    return Damaged(
        what,
        data="it may be safe and well, but this document does not prove it.",
        do="fetch the document again; if it fails again, keep it and show it to someone you trust.",
    )
