# SPDX-License-Identifier: Apache-2.0
"""Takes a consent back: on this device at once, then at the hub, with a receipt that a stranger can check."""

from handiwork.model.codec import canonical_json
from handiwork.model.consent import SignedWithdrawal, Withdrawal
from handiwork.model.errors import NotAllowed
from handiwork.model.grant import WithdrawalReceipt
from handiwork.model.ids import ConsentId, SegmentId
from handiwork.ports.hub import Hub, HubIdentity
from handiwork.ports.journal import CONSENT, WITHDRAWAL, WITHDRAWING, Ledger, Store, consent_in_force, withdrawal_begun
from handiwork.ports.signing import Signing
from handiwork.rules.proof import damaged, verify_withdrawal_receipt
from handiwork.uploader.device import Device
from handiwork.uploader.pinning import pinned_identity, trusted_identity
from handiwork.uploader.witness import Witness


def begin_withdrawal(ledger: Ledger, person: Signing, now: str) -> SignedWithdrawal:
    """Signs the withdrawal and keeps it: from here on this device records and uploads nothing, hub or no hub."""
    consent = consent_in_force(ledger)
    begun = withdrawal_begun(ledger)
    if consent is None and begun is not None:  # an earlier call did not reach the hub
        ledger.put_value(CONSENT, b"")
        return begun
    if consent is None:
        raise NotAllowed(
            "There is no consent on this device that could be withdrawn.",
            data="Nothing is recorded without a consent.",
            do="To delete what is on this device: `handiwork desk delete --all`.",
        )
    withdrawal = Withdrawal(
        consent_id=consent.consent.consent_id,
        participant=consent.consent.participant,
        public_key=consent.consent.public_key,
        withdrawn_at=now,
    )
    signed = SignedWithdrawal(withdrawal, person.sign(canonical_json(withdrawal)).hex())
    ledger.put_value(WITHDRAWING, canonical_json(signed))
    ledger.put_value(CONSENT, b"")
    return signed


def withdraw(device: Device, hub: Hub, person: Signing, told: HubIdentity | None, now: str) -> WithdrawalReceipt:
    """All of it: keys destroyed and bytes deleted at the hub, then, once its receipt is verified, here.

    Lost: the hub was not reached; recording has ended all the same, and calling again goes on from there.
    """
    signed = begin_withdrawal(device.store, person, now)
    identity = trusted_identity(device.store, hub, told)
    witness = Witness(device.store, hub, identity, device.verifier)
    witness.follow()
    receipt = hub.withdraw(signed)
    head = verify_withdrawal_receipt(receipt, identity, device.verifier)
    _verify_about(receipt, signed.withdrawal, _uploaded_under(device.store, signed.withdrawal.consent_id))
    device.store.put_value(WITHDRAWAL, canonical_json(receipt))
    delete_under(device.store, signed.withdrawal.consent_id)
    witness.links(head)  # after the deletion: whatever this finds out about the log, the person's data is gone here
    return receipt


def withdraw_here(store: Store, person: Signing, now: str) -> None:
    """The whole of a withdrawal for a device from which nothing was ever uploaded. NotAllowed if something was."""
    if store.receipts() or pinned_identity(store) is not None:
        raise NotAllowed(
            "This device has uploaded to a hub, which must hear of the withdrawal as well.",
            data="Nothing was changed yet.",
            do="Give the hub's address: `handiwork desk withdraw --hub URL`.",
        )
    signed = begin_withdrawal(store, person, now)
    delete_under(store, signed.withdrawal.consent_id)


def delete_under(store: Store, consent: ConsentId) -> None:
    """Deletes every segment of this consent on this device, the one being written included."""
    for stored in store.segments():
        if stored.header.consent_id == consent and stored.state != "deleted":
            store.delete(stored.header.segment_id)


def _uploaded_under(store: Store, consent: ConsentId) -> set[SegmentId]:
    receipted = {segment for segment, _ in store.receipts()}
    here = {stored.header.segment_id for stored in store.segments() if stored.header.consent_id == consent}
    return receipted & here


def _verify_about(receipt: WithdrawalReceipt, withdrawal: Withdrawal, uploaded: set[SegmentId]) -> None:
    if (receipt.consent_id, receipt.participant) != (withdrawal.consent_id, withdrawal.participant):
        raise damaged("The hub's receipt is for another withdrawal.")
    missing = uploaded - set(receipt.segments)
    if missing:
        raise damaged(f"The hub's receipt leaves out {len(missing)} of the segments that it had taken.")
