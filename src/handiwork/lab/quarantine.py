# SPDX-License-Identifier: Apache-2.0
"""What a withdrawal does in the lab: takes the data out of datasets, and models that saw it out of use.

A model that was trained is not undone by this, and nothing here pretends so: it is set aside, and must be trained
anew without the data. What it has learned can't be taken out of its weights.
"""

from collections.abc import Collection, Mapping
from typing import Protocol

import msgspec

from handiwork.lab.dataset import shard_of
from handiwork.model.dataset import Manifest, Record, Shard
from handiwork.model.ids import SegmentId
from handiwork.ports.dataset import DatasetStore

NOT_UNDONE = (
    "Models that were trained on withdrawn data are set aside, not undone: what they learned can't be taken out of "
    "their weights. Train again without it, then delete them."
)


class Shelf(Protocol):
    """Checkpoints, by name."""

    def segments(self) -> Mapping[str, Collection[SegmentId]]:
        """Every checkpoint in use, and the segments that it was trained on."""
        ...

    def quarantine(self, name: str) -> None:
        """When this returns, loading that checkpoint is refused, here and after a crash."""
        ...


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to one dataset."""

    dataset: str
    segments: int
    """Withdrawn segments that were in it."""
    shards_removed: int
    shards_rewritten: int
    rows_removed: int
    rows_left: int


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """What a sweep found and did."""

    withdrawn: int
    """Segments on the hub's list of withdrawals."""
    datasets: tuple[Cleaned, ...]
    """Only those that held withdrawn data."""
    quarantined: tuple[str, ...]
    note: str = NOT_UNDONE


def sweep(withdrawn: Collection[SegmentId], datasets: Mapping[str, DatasetStore], shelf: Shelf) -> Sweep:
    """Sets checkpoints aside first (use stops at once), then cleans datasets. Repeating it changes nothing more."""
    gone = frozenset(withdrawn)
    aside = [name for name, segments in sorted(shelf.segments().items()) if gone & frozenset(segments)]
    for name in aside:
        shelf.quarantine(name)
    cleaned = [done for name, store in sorted(datasets.items()) if (done := _clean(name, store, gone)) is not None]
    return Sweep(withdrawn=len(gone), datasets=tuple(cleaned), quarantined=tuple(aside))


def _clean(name: str, store: DatasetStore, gone: frozenset[SegmentId]) -> Cleaned | None:
    manifest = store.manifest()
    if manifest is None:
        store.discard()  # a build that was killed: no dataset, but perhaps its rows
        return None
    affected = [shard for shard in manifest.shards if gone & {*shard.segments}]
    if not affected:
        store.publish(manifest)  # removes what a killed sweep or build may have left beside it
        return None
    rewritten = {shard.name: _without(shard, store, gone) for shard in affected}
    kept = [rewritten.get(shard.name, shard) for shard in manifest.shards]
    shards = tuple(shard for shard in kept if shard is not None)
    taken = {segment for shard in affected for segment in shard.segments} & gone
    store.publish(_lessened(manifest, shards, taken))
    before, after = (sum(shard.rows for shard in group) for group in (manifest.shards, shards))
    return Cleaned(
        dataset=name,
        segments=len(taken),
        shards_removed=sum(shard is None for shard in rewritten.values()),
        shards_rewritten=sum(shard is not None for shard in rewritten.values()),
        rows_removed=before - after,
        rows_left=after,
    )


def _without(shard: Shard, store: DatasetStore, gone: frozenset[SegmentId]) -> Shard | None:
    """The shard again, under a new name, without whole episodes that hold a withdrawn segment; None if none is left.

    The old one stays until the new manifest is published, so that a crash leaves one whole dataset or the other.
    """
    if gone >= {*shard.segments}:
        return None
    rows: list[Record] = list(store.shard(shard))
    spoiled = {row.episode_id for row in rows if row.segment_id in gone}
    left = [row for row in rows if row.episode_id not in spoiled]
    if not left:
        return None
    name = _next_name(shard.name)
    digest, size = store.put_shard(name, left)
    return shard_of(name, shard.epoch, shard.unit, left, digest, size)


def _next_name(name: str) -> str:
    """ "NAME" becomes "NAME-r1", that "NAME-r2"."""
    base, mark, number = name.rpartition("-r")
    return f"{base}-r{int(number) + 1}" if mark and number.isdecimal() else f"{name}-r1"


def _lessened(manifest: Manifest, shards: tuple[Shard, ...], taken: set[SegmentId]) -> Manifest:
    return msgspec.structs.replace(manifest, shards=shards, withdrawn=tuple(sorted({*manifest.withdrawn, *taken})))
