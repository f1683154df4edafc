# SPDX-License-Identifier: Apache-2.0
"""Jobs and the keys released to them. A key whose release isn't in the public log is not used, whoever sent it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handiwork import __version__
from handiwork.model.grant import Job
from handiwork.model.ids import SegmentId
from handiwork.model.logged import ReleaseLogged
from handiwork.ports.hub import HubIdentity, Release
from handiwork.ports.sealed import wrapping_info
from handiwork.ports.sealing import Sealing
from handiwork.ports.signing import Verifying
from handiwork.rules.checkpoint import Checkpoint
from handiwork.rules.proof import unhex, verify_details
from handiwork.rules.purpose import purpose_named


@dataclass(frozen=True)
class Grant:
    """A job, who approved it, and the releases made for it, every one of them found in the log.

    Made by `granted` alone. Wrapped keys stay wrapped until the moment a segment is opened.
    """

    job: Job
    releases: tuple[Release, ...] = field(repr=False)
    checkpoint: str
    """The newest signed head among the proofs."""


def new_job(purpose: str, epochs: Sequence[str], recipient: bytes) -> Job:
    """A request for the keys of all segments of this purpose and these days, to be approved by two officers."""
    return Job(
        kind="build-dataset",
        purpose=purpose_named(purpose),
        epochs=tuple(sorted(set(epochs))),
        code=f"handiwork {__version__}",
        recipient=recipient.hex(),
    )


def granted(
    job: Job, officers: Sequence[str], releases: Sequence[Release], keys: HubIdentity, verifier: Verifying
) -> Grant:
    """Checks each release against the log; raises Damaged if a single one is not in it as it should be."""
    purpose_named(job.purpose)
    newest: tuple[int, str] = (0, "")
    for release in releases:
        details = ReleaseLogged(segment_id=release.segment_id, job=job, officers=tuple(sorted(officers)))
        head: Checkpoint = verify_details(release.proof, release.salt, details, keys, verifier)
        newest = max(newest, (head.size, release.proof.checkpoint))
    return Grant(job, tuple(releases), newest[1])


def segment_key(sealing: Sealing, private_key: bytes, release: Release) -> bytes:
    """The segment's key, for as long as the caller holds it. Damaged if it was not sealed to this job's key."""
    wrapped = unhex(release.wrapped, "a released key")
    return sealing.unwrap(private_key, wrapping_info(SegmentId(release.segment_id), "job"), wrapped)
