# SPDX-License-Identifier: Apache-2.0
"""The key service: holds wrapped segment keys, and believes the hub nothing that is not proven.

A key is re-wrapped to a job only after the release stands in the log: signed by the pinned log key, in a log that only
grew since the last head seen here. A key is destroyed only for a withdrawal that the person signed and the log shows.
Knows nothing of sealed bytes or HTTP.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from handiwork.hub.refusals import refused
from handiwork.model.codec import from_json
from handiwork.model.errors import BadInput, HandiworkError, Lost
from handiwork.model.grant import Approval, Job
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.logged import ReleaseLogged, ReleaseNotice, WithdrawalLogged
from handiwork.model.segment import Header
from handiwork.ports.hub import HubIdentity, Release
from handiwork.ports.keystore import Deposit, KeyStore, SeenHead
from handiwork.ports.peers import Ask, Covered, Destruction, HubPeer
from handiwork.ports.sealed import encode_header, header_digest, wrapping_info
from handiwork.ports.sealing import Sealing
from handiwork.ports.signing import Verifying
from handiwork.rules.access import (
    approving_officers,
    covers,
    crowd_flaw,
    is_digest,
    is_id,
    job_flaw,
    withdrawal_flaw,
)
from handiwork.rules.checkpoint import Checkpoint, opened
from handiwork.rules.merkle import EMPTY_ROOT
from handiwork.rules.proof import damaged, unhex, verify_details, verify_growth, verify_release

KEY_BYTES = 32
_TRIES = 8


class KeeperStore(KeyStore, SeenHead, Protocol):
    """Both of the key service's small stores."""


@dataclass(frozen=True)
class KeeperParts:
    """What a key service is made of. `identity` is the hub's as pinned when both were set up."""

    identity: HubIdentity
    private_key: bytes
    store: KeeperStore
    hub: HubPeer
    sealing: Sealing
    verifier: Verifying
    officers: Mapping[str, bytes]
    minimum_people: int

    def __repr__(self) -> str:
        return "<KeeperParts (keys withheld)>"


@dataclass(frozen=True)
class _Candidate:
    """A segment whose header, key and consent allow its release."""

    segment_id: SegmentId
    header: Header


class KeyService:
    """The Keeper port's promises, kept. Safe for many threads."""

    def __init__(self, parts: KeeperParts) -> None:
        self._parts, self._store, self._hub = parts, parts.store, parts.hub
        self._log_key = unhex(parts.identity.log_key, "the log's key")
        self._heads, self._keys = threading.Lock(), threading.Lock()

    def deposit(self, segment: SegmentId, header: Digest, wrapped: bytes) -> None:
        """Takes a segment's key, after making sure that it opens here."""
        if not is_id(segment) or not is_digest(header):
            raise BadInput("A segment id or digest is malformed.", data="the key was not kept.", do="report this.")
        key = self._parts.sealing.unwrap(self._parts.private_key, wrapping_info(segment, "keeper"), wrapped)
        if len(key) != KEY_BYTES:
            raise BadInput("What was wrapped is not a key.", data="it was not kept.", do="report this.")
        self._store.put(segment, Deposit(header, wrapped.hex()))

    def release(self, job: Job, approvals: Sequence[Approval]) -> Sequence[Release]:
        """Keys for what the job covers, each logged before it is made."""
        officers = approving_officers(job, approvals, self._parts.officers, self._parts.verifier)
        flaw = job_flaw(job, officers)
        if flaw:
            raise refused("The key service releases nothing", flaw)
        ask = Ask(job, tuple(approvals))
        candidates = [found for shown in self._hub.covered(ask) if (found := self._candidate(job, shown))]
        flaw = crowd_flaw([found.header for found in candidates], self._parts.minimum_people)
        if flaw:
            raise refused("The key service releases nothing", flaw)
        wanted = tuple(found.segment_id for found in candidates)
        if not wanted:
            return []
        notices = self._hub.log_releases(msgspec.structs.replace(ask, segments=wanted))
        expected = [ReleaseLogged(segment_id=name, job=job, officers=officers) for name in wanted]
        self._check_logged(expected, notices)
        pairs = zip(candidates, notices, strict=True)
        return [release for found, notice in pairs if (release := self._rewrapped(job, found, notice))]

    def destroy(self, destruction: Destruction) -> None:
        """Destroys the keys of a proven withdrawal."""
        withdrawal = destruction.signed.withdrawal
        flaw = withdrawal_flaw(destruction.signed, self._parts.verifier)
        if flaw:
            raise refused("The key service destroys nothing", flaw)
        names = tuple(shown.segment_id for shown in destruction.segments)
        details = WithdrawalLogged(
            consent_id=withdrawal.consent_id,
            participant=withdrawal.participant,
            segments=names,
            withdrawn_at=withdrawal.withdrawn_at,
        )
        head = verify_details(destruction.proof, destruction.salt, details, self._parts.identity, self._parts.verifier)
        self._follow(head)
        for shown in destruction.segments:
            header = _header(shown)
            mine = (header.consent_id, header.participant) == (withdrawal.consent_id, withdrawal.participant)
            deposit = self._store.get(shown.segment_id)
            if not mine or (deposit is not None and deposit.header_digest != _digest(shown)):
                raise refused("The key service destroys nothing", "a segment is not of the withdrawn consent")
        with self._keys:
            self._store.destroy(withdrawal.consent_id, names)

    def _candidate(self, job: Job, shown: Covered) -> _Candidate | None:
        """The segment, if its header is the one its key was deposited with, and the job and its consent allow it."""
        deposit = self._store.get(shown.segment_id)
        if deposit is None or deposit.header_digest != _digest(shown):
            return None
        header = _header(shown)
        if not covers(job, header) or self._store.withdrawn(header.consent_id):
            return None
        return _Candidate(shown.segment_id, header)

    def _check_logged(self, expected: Sequence[ReleaseLogged], notices: Sequence[ReleaseNotice]) -> None:
        if [notice.details for notice in notices] != list(expected):
            raise damaged("The hub logged other releases than it was asked to.")
        heads = {verify_release(notice, self._parts.identity, self._parts.verifier) for notice in notices}
        for head in heads:
            self._follow(head)

    def _follow(self, head: Checkpoint) -> None:
        """Makes sure that `head` is on the one history seen here, and remembers the newest head of it."""
        with self._heads:
            for _ in range(_TRIES):
                seen = self._newest(self._seen())
                if self._newest(head) == seen:
                    return
        raise Lost(
            "The log grows too fast to be checked just now.",
            data="no key was released or destroyed.",
            do="try again.",
        )

    def _newest(self, old: Checkpoint) -> Checkpoint:
        growth = self._hub.growth(old.size)
        new = opened(growth.checkpoint, self._log_key, self._parts.verifier)
        verify_growth(old, new, growth.path)
        if new.size > self._seen().size and old == self._seen():
            self._store.keep_head(growth.checkpoint)
        return new

    def _seen(self) -> Checkpoint:
        text = self._store.head()
        if not text:
            return Checkpoint(self._parts.identity.origin, 0, EMPTY_ROOT)
        return opened(text, self._log_key, self._parts.verifier)

    def _rewrapped(self, job: Job, found: _Candidate, notice: ReleaseNotice) -> Release | None:
        """The key, from the keeper's hands into the job's; nothing if it was withdrawn this moment."""
        with self._keys:
            deposit = self._store.get(found.segment_id)
            if deposit is None or self._store.withdrawn(found.header.consent_id):
                return None
            info = wrapping_info(found.segment_id, "keeper")
            key = self._parts.sealing.unwrap(self._parts.private_key, info, bytes.fromhex(deposit.wrapped))
            wrapped = self._parts.sealing.wrap(
                bytes.fromhex(job.recipient), wrapping_info(found.segment_id, "job"), key
            )
        return Release(segment_id=found.segment_id, wrapped=wrapped.hex(), salt=notice.salt, proof=notice.proof)


def _digest(shown: Covered) -> Digest:
    return header_digest(shown.header.encode())


def _header(shown: Covered) -> Header:
    """The header that the hub shows; raises Damaged if it isn't one, or is another segment's."""
    try:
        header = from_json(shown.header, Header)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise _bad_header() from None
    if header.segment_id != shown.segment_id or encode_header(header) != shown.header.encode():
        raise _bad_header()
    return header


def _bad_header() -> HandiworkError:
    return damaged("The hub shows a segment header that can't be read, or is another segment's.")
