# SPDX-License-Identifier: Apache-2.0
"""Sends closed segments to the hub, and believes it only on signed and logged receipts. Sees no plaintext.

Killed or cut off anywhere, the next call goes on where this one stood: every step may be repeated, and a segment counts
as uploaded only once its verified receipt is in the ledger. Nothing is deleted here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handiwork.model.codec import canonical_json
from handiwork.model.consent import SignedConsent
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.grant import Receipt
from handiwork.model.ids import SegmentId
from handiwork.ports.hub import Hub, HubIdentity, Keeper
from handiwork.ports.journal import StoredSegment, consent_in_force
from handiwork.ports.sealed import content_digest, header_digest, split, unwrap_device_key, wrapping_info
from handiwork.rules.checkpoint import Checkpoint
from handiwork.rules.proof import damaged, unhex, verify_receipt
from handiwork.uploader.device import Device, PersonsHub
from handiwork.uploader.pinning import trusted_identity
from handiwork.uploader.releases import see_releases
from handiwork.uploader.witness import Witness

Progress = Callable[[int, int], None]
"""Called with (segments done, segments in all) before the first and after each."""


@dataclass(frozen=True)
class Summary:
    """What an upload did."""

    uploaded: tuple[SegmentId, ...]
    refused: tuple[tuple[SegmentId, str], ...]
    """Segments that the hub or the key service would not take, or that are damaged, and why."""
    log_size: int
    """Entries in the hub's log, whose whole history this device has checked since its first contact."""
    unlinked: int
    """Receipts that are valid but could not yet be tied to that history, because the log grew all the while."""
    releases: int
    """How often a key of this person's segments was released so far; the desk shows to whom and for what."""


def upload(device: Device, hub: PersonsHub, keeper: Keeper, told: HubIdentity | None, progress: Progress) -> Summary:
    """Sends every closed segment. `told` is the hub's identity as the person got it by another way, if they did.

    Lost: not reached; what was sent is receipted, the rest is still here. Damaged: the hub's log or receipt fails its
    check. NotAllowed: no consent, or the hub's keys changed.
    """
    store = device.store
    consent = _consent(device)
    waiting = [segment for segment in store.segments() if segment.state == "closed"]
    identity = trusted_identity(store, hub, told)
    witness = Witness(store, hub, identity, device.verifier)
    witness.follow()
    hub.register_consent(consent)
    heads: dict[SegmentId, Checkpoint] = {}
    refused: list[tuple[SegmentId, str]] = []
    progress(0, len(waiting))
    for done, stored in enumerate(waiting, 1):
        segment = stored.header.segment_id
        try:
            content, receipt = _send(device, hub, keeper, identity, stored)
        except (BadInput, NotAllowed) as error:
            refused.append((segment, error.what))
        else:  # a receipt that fails its check is no refusal: it ends the upload
            heads[segment] = _keep(device, identity, segment, content, receipt)
        progress(done, len(waiting))
    unlinked = sum(not witness.links(head) for head in set(heads.values()))
    releases = see_releases(device, hub, identity)
    return Summary(tuple(heads), tuple(refused), witness.follow().size, unlinked, releases)


def _send(
    device: Device, hub: Hub, keeper: Keeper, identity: HubIdentity, stored: StoredSegment
) -> tuple[bytes, Receipt]:
    """The key first: a stored segment whose key nobody can release would be of no use to anyone."""
    segment = stored.header.segment_id
    content = device.store.content(segment)
    header, header_json, _ = split(content)
    key = unwrap_device_key(device.sealing, device.device_key, header)
    info = wrapping_info(segment, "keeper")
    wrapped = device.sealing.wrap(unhex(identity.keeper_key, "the key service's key"), info, key)
    keeper.deposit(segment, header_digest(header_json), wrapped)
    return content, hub.put_segment(content, content_digest(content))


def _keep(device: Device, identity: HubIdentity, segment: SegmentId, content: bytes, receipt: Receipt) -> Checkpoint:
    head = verify_receipt(receipt, identity, device.verifier, content)
    if receipt.segment_id != segment:
        raise damaged("The receipt is for another segment.")
    device.store.keep_receipt(segment, receipt.content, canonical_json(receipt))
    return head


def _consent(device: Device) -> SignedConsent:
    consent = consent_in_force(device.store)
    if consent is None:
        raise NotAllowed(
            "There is no consent on this device, or it was withdrawn.",
            data="Nothing was sent. Everything is still on this device.",
            do="Read the notice, and accept it if you agree: `handiwork record consent`.",
        )
    return consent
