# SPDX-License-Identifier: Apache-2.0
"""Everything on the page's first view, made from the store without opening a single segment."""

import hashlib
from collections import Counter
from collections.abc import Sequence

import msgspec

from handiwork import __version__
from handiwork.desk.desk import Desk
from handiwork.desk.overview_audit import AuditShown, audit_shown
from handiwork.model.codec import from_json
from handiwork.model.consent import Consent
from handiwork.model.errors import Damaged
from handiwork.model.grant import Receipt, WithdrawalReceipt
from handiwork.model.logged import ReleaseNotice
from handiwork.ports.control import Status
from handiwork.ports.ended import Ended, last_end
from handiwork.ports.hub import HubIdentity
from handiwork.ports.journal import (
    HUB_IDENTITY,
    RELEASES,
    WITHDRAWAL,
    Journal,
    StoredSegment,
    consent_in_force,
    withdrawal_begun,
)
from handiwork.rules.proof import verify_receipt, verify_release, verify_withdrawal_receipt


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One segment, as far as its header tells."""

    id: str
    state: str
    opened_at: str
    size: int
    policy: str
    purposes: tuple[str, ...]


class Skip(msgspec.Struct, frozen=True, kw_only=True):
    """How much was skipped for one reason, by stream."""

    reason: str
    total: int
    streams: dict[str, int]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt, checked on this machine a moment ago."""

    segment: str
    size: int
    leaf: int
    log_size: int
    holds: bool
    why: str


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """One release of a segment's key: for what, to which program, and who approved it."""

    segment: str
    purpose: str
    code: str
    officers: tuple[str, ...]
    leaf: int
    holds: bool


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A withdrawal: asked for, and answered by the hub or not yet."""

    at: str
    answered: bool
    segments: int
    holds: bool


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """The first view."""

    version: str
    participant: str
    status: Status | None
    ended: Ended | None
    """How the last recording ended, if by itself."""
    segments: tuple[Row, ...]
    skips: tuple[Skip, ...]
    consent: Consent | None
    scope: tuple[str, ...]
    """The policy in force: its name, then a line for each rule."""
    notice: str
    notice_is_agreed: bool
    """Whether the notice shown is, to the letter, the one that was accepted."""
    withdrawn: Withdrawn | None
    receipts: tuple[Proof, ...]
    uses: tuple[Use, ...]
    """Every release of a key of this person's that was told at the last upload."""
    hub: str
    """The pinned log's name, "" before the first contact."""
    audit: AuditShown
    own_words: int
    """How many words of the person's own are never kept; -1 if the list can't be read, and so nothing is recorded."""


def overview(desk: Desk) -> Overview:
    """Reads it all anew, so that the page never shows what was true a while ago."""
    hub, signed = _hub(desk), consent_in_force(desk.store)
    return Overview(
        version=__version__,
        participant=desk.participant,
        status=desk.tell("status"),
        ended=last_end(desk.store),
        segments=rows(desk.store),
        skips=skips(desk),
        consent=signed.consent if signed else None,
        scope=desk.scope,
        notice=desk.notice,
        notice_is_agreed=signed is not None and _digest(desk.notice) == signed.consent.notice_digest,
        withdrawn=_withdrawn(desk, hub),
        receipts=tuple(_proof(desk, hub, receipt) for _, receipt in desk.store.receipts()),
        uses=_uses(desk, hub),
        hub=hub.origin if hub else "",
        audit=audit_shown(desk.store, desk.auditing.is_running()),
        own_words=_own_words(desk),
    )


def rows(journal: Journal) -> tuple[Row, ...]:
    """Every segment, newest first."""
    return tuple(_row(stored) for stored in reversed(journal.segments()))


def skips(desk: Desk) -> tuple[Skip, ...]:
    """What was skipped, by reason, most first."""
    return skips_by_reason(desk.store.skips())


def skips_by_reason(ledger: Sequence[tuple[str, str, str, int]]) -> tuple[Skip, ...]:
    """The ledger's rows, summed over all minutes, most first."""
    reasons: dict[str, Counter[str]] = {}
    for _, stream, reason, count in ledger:
        reasons.setdefault(reason, Counter())[stream] += count
    found = [Skip(reason=r, total=s.total(), streams=dict(s.most_common())) for r, s in reasons.items()]
    return tuple(sorted(found, key=lambda skip: -skip.total))


def _own_words(desk: Desk) -> int:
    try:
        return len(desk.words.listed())
    except Damaged:
        return -1


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _row(stored: StoredSegment) -> Row:
    header = stored.header
    return Row(
        id=header.segment_id,
        state=stored.state,
        opened_at=stored.opened_at,
        size=stored.size,
        policy=f"{header.policy_name}, revision {header.policy_revision}",
        purposes=header.purposes,
    )


def _hub(desk: Desk) -> HubIdentity | None:
    data = desk.store.value(HUB_IDENTITY)
    return from_json(data, HubIdentity) if data else None


def _proof(desk: Desk, hub: HubIdentity | None, data: bytes) -> Proof:
    receipt = from_json(data, Receipt)
    why, log_size = "", 0
    try:
        if hub is None:
            raise Damaged("There is no hub identity to check it against.", data="-", do="-")
        log_size = verify_receipt(receipt, hub, desk.verifier).size
    except Damaged as error:
        why = error.what
    return Proof(
        segment=receipt.segment_id,
        size=receipt.size,
        leaf=receipt.proof.index,
        log_size=log_size,
        holds=not why,
        why=why,
    )


def _uses(desk: Desk, hub: HubIdentity | None) -> tuple[Use, ...]:
    data = desk.store.value(RELEASES)
    notices = msgspec.json.decode(data, type=list[ReleaseNotice]) if data else []
    return tuple(
        Use(
            segment=notice.details.segment_id,
            purpose=notice.details.job.purpose,
            code=notice.details.job.code,
            officers=notice.details.officers,
            leaf=notice.proof.index,
            holds=hub is not None and _holds(desk, hub, notice),
        )
        for notice in notices
    )


def _holds(desk: Desk, hub: HubIdentity, notice: ReleaseNotice) -> bool:
    try:
        verify_release(notice, hub, desk.verifier)
    except Damaged:
        return False
    return True


def _withdrawn(desk: Desk, hub: HubIdentity | None) -> Withdrawn | None:
    begun = withdrawal_begun(desk.store)
    if begun is None or consent_in_force(desk.store) is not None:
        return None
    data = desk.store.value(WITHDRAWAL)
    receipt = from_json(data, WithdrawalReceipt) if data else None
    if receipt is None or receipt.consent_id != begun.withdrawal.consent_id:
        return Withdrawn(at=begun.withdrawal.withdrawn_at, answered=False, segments=0, holds=False)
    try:
        holds = hub is not None and bool(verify_withdrawal_receipt(receipt, hub, desk.verifier))
    except Damaged:
        holds = False
    return Withdrawn(at=receipt.withdrawn_at, answered=True, segments=len(receipt.segments), holds=holds)
