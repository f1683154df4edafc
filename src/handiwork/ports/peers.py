# SPDX-License-Identifier: Apache-2.0
"""What the hub and the key service say to each other, and to nobody else. Neither believes the other without proof."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from handiwork.model.consent import SignedWithdrawal
from handiwork.model.grant import Approval, Job, LogProof
from handiwork.model.ids import SegmentId
from handiwork.model.logged import ReleaseNotice


class Covered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A segment that a job covers, shown by its header (JSON text), whose digest the keeper compares."""

    segment_id: SegmentId
    header: str


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the keeper asks with: the job and who approved. `segments` is empty when it asks what is covered."""

    job: Job
    approvals: tuple[Approval, ...]
    segments: tuple[SegmentId, ...] = ()


class Growth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The log's newest checkpoint, and the consistency proof (hex) to it."""

    checkpoint: str
    path: tuple[str, ...]


class Destruction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A withdrawal, proven: the person's signature, the log's proof, and the header of every segment it names."""

    signed: SignedWithdrawal
    segments: tuple[Covered, ...]
    salt: str
    proof: LogProof


class HubPeer(Protocol):
    """The hub as its key service sees it. Any call may raise Lost or NotAllowed."""

    def covered(self, ask: Ask) -> Sequence[Covered]:
        """Stored segments of the job's purpose and epochs."""
        ...

    def log_releases(self, ask: Ask) -> Sequence[ReleaseNotice]:
        """Logs the release of `ask.segments` to the job; one notice each, in that order."""
        ...

    def growth(self, size_from: int) -> Growth:
        """The consistency proof from that size to the newest checkpoint."""
        ...


class KeeperPeer(Protocol):
    """The key service as its hub sees it."""

    def destroy(self, destruction: Destruction) -> None:
        """When this returns, those keys are gone for good. NotAllowed or Damaged if it isn't proven; Lost."""
        ...
