# SPDX-License-Identifier: Apache-2.0
"""Hub, Keeper and Archive over HTTP, by httpx. Knows nothing of what the bytes mean, and trusts no answer to be true.

hub          GET /identity   POST /consents   PUT /segments/{sha256}   GET /segments/{id}   POST /withdrawals
             GET /consistency/{size}   GET /withdrawn
key service  PUT /keys/{id}   POST /releases
"""

from collections.abc import Sequence

import httpx
import msgspec

from handiwork.adapters.hubclient.wire import Connection
from handiwork.model.codec import canonical_json
from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.grant import Approval, Job, Receipt, WithdrawalReceipt
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.logged import ReleaseNotice
from handiwork.ports.hub import HubIdentity, Release


class _Consistency(msgspec.Struct, frozen=True):
    checkpoint: str
    path: tuple[str, ...]


class _Deposit(msgspec.Struct, frozen=True):
    header_digest: Digest
    wrapped: str


class _Request(msgspec.Struct, frozen=True):
    job: Job
    approvals: tuple[Approval, ...]


class HttpHub:
    """The Hub and Releases ports. `transport` replaces the network in tests."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._to = Connection(url, "The hub", transport)

    def close(self) -> None:
        """Closes connections."""
        self._to.close()

    def identity(self) -> HubIdentity:
        """The public keys."""
        return self._to.ask("GET", "/identity", b"", HubIdentity)

    def register_consent(self, consent: SignedConsent) -> None:
        """Registers a consent."""
        self._to.tell("POST", "/consents", canonical_json(consent))

    def put_segment(self, content: bytes, digest: Digest) -> Receipt:
        """Stores sealed bytes."""
        return self._to.ask("PUT", f"/segments/{digest}", content, Receipt)

    def withdraw(self, withdrawal: SignedWithdrawal) -> WithdrawalReceipt:
        """Withdraws a consent."""
        return self._to.ask("POST", "/withdrawals", canonical_json(withdrawal), WithdrawalReceipt)

    def consistency(self, size_from: int) -> tuple[str, Sequence[str]]:
        """The newest checkpoint, and the proof that leads to it."""
        found = self._to.ask("GET", f"/consistency/{size_from}", b"", _Consistency)
        return found.checkpoint, found.path

    def releases(self, segment: SegmentId) -> Sequence[ReleaseNotice]:
        """Every logged release of this segment's key."""
        return self._to.ask_many("GET", f"/releases/{segment}", b"", ReleaseNotice)


class HttpKeeper:
    """The Keeper port."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._to = Connection(url, "The key service", transport)

    def close(self) -> None:
        """Closes connections."""
        self._to.close()

    def deposit(self, segment: SegmentId, header_digest: Digest, wrapped: bytes) -> None:
        """Hands over a wrapped key."""
        self._to.tell("PUT", f"/keys/{segment}", canonical_json(_Deposit(header_digest, wrapped.hex())))

    def release(self, job: Job, approvals: Sequence[Approval]) -> Sequence[Release]:
        """Asks for keys."""
        return self._to.ask_many("POST", "/releases", canonical_json(_Request(job, tuple(approvals))), Release)


class HttpArchive:
    """The Archive port. The lab's token stands in the address: https://lab:TOKEN@host."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._to = Connection(url, "The hub", transport)

    def close(self) -> None:
        """Closes connections."""
        self._to.close()

    def fetch(self, segment: SegmentId) -> bytes:
        """Sealed bytes."""
        return self._to.tell("GET", f"/segments/{segment}", b"")

    def withdrawn(self) -> Sequence[SegmentId]:
        """Every segment that was ever withdrawn."""
        return self._to.ask_many("GET", "/withdrawn", b"", SegmentId)
