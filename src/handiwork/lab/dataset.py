# SPDX-License-Identifier: Apache-2.0
"""Builds datasets from granted segments, and loads them for a purpose. Plaintext segments live in memory only.

One person's day is opened, derived and written at a time, then forgotten. Nothing can be loaded before the manifest
is published, and a build that fails leaves nothing behind.
"""

import hmac
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from handiwork import __version__
from handiwork.derive.episodes import episodes
from handiwork.derive.samples import episodes_of, records
from handiwork.lab.grants import Grant, segment_key
from handiwork.model.codec import digest_of
from handiwork.model.dataset import Manifest, Record, Shard
from handiwork.model.errors import BadInput, Damaged, NotAllowed
from handiwork.model.ids import Digest, Participant, SegmentId
from handiwork.model.policy import Purpose
from handiwork.model.segment import Header, OpenSegment
from handiwork.model.step import Episode
from handiwork.ports.dataset import DatasetStore
from handiwork.ports.hub import Archive, Release
from handiwork.ports.pictures import Pictures
from handiwork.ports.sealed import open_segment, split
from handiwork.ports.sealing import Sealing
from handiwork.rules.purpose import covers, require_cover

CUT = "cut text"


@dataclass(frozen=True)
class Room:
    """What a build needs of the world."""

    archive: Archive
    sealing: Sealing
    pictures: Pictures
    private_key: bytes = field(repr=False)
    """X25519, made for this job alone."""


@dataclass(frozen=True)
class _Unit:
    """One person's segments of one day."""

    epoch: str
    name: str
    releases: tuple[Release, ...]


def build(
    grant: Grant, room: Room, store: DatasetStore, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Manifest:
    """Opens what was granted and writes the dataset. `progress` hears (units done, units in all).

    NotAllowed if nothing that was granted may be used; BadInput if the place holds a dataset already.
    """
    if store.manifest() is not None:
        raise BadInput(
            "There is a dataset here already.",
            data="it was not touched, and no segment was opened.",
            do="choose another folder, or delete that dataset first.",
        )
    published = False
    try:
        manifest = _Build(grant, room, store).run(progress)
        store.publish(manifest)
        published = True
    finally:
        if not published:
            store.discard()
    return manifest


class _Build:
    """One build under way: what was refused so far, and the shards written so far."""

    def __init__(self, grant: Grant, room: Room, store: DatasetStore) -> None:
        self._grant, self._room, self._store = grant, room, store
        self._refused: dict[SegmentId, str] = {}
        self._shards: dict[str, Shard] = {}

    def run(self, progress: Callable[[int, int], None]) -> Manifest:
        archive = self._room.archive
        withdrawn = frozenset(archive.withdrawn())
        units = self._units(withdrawn)
        for place, unit in enumerate(units):
            self._write(unit, withdrawn)
            progress(place + 1, len(units))
        late = frozenset(archive.withdrawn()) - withdrawn  # a build takes time, and people may change their minds
        for unit in units:
            if late & {release.segment_id for release in unit.releases}:
                self._write(unit, late)
        if not self._shards:
            raise _nothing_to_use(self._grant, self._counts())
        return Manifest(
            purpose=self._grant.job.purpose,
            job=digest_of(self._grant.job),
            code=f"handiwork {__version__}",
            checkpoint=self._grant.checkpoint,
            shards=tuple(shard for _, shard in sorted(self._shards.items())),
            refused=self._counts(),
        )

    def _counts(self) -> dict[str, int]:
        return dict(Counter(self._refused.values()))

    def _units(self, withdrawn: frozenset[SegmentId]) -> list[_Unit]:
        """Groups what may be used by person and day, from the headers alone. Pseudonyms end here."""
        name_key = self._room.sealing.new_key()
        found: dict[tuple[str, str], list[Release]] = {}
        for release in {release.segment_id: release for release in self._grant.releases}.values():
            header, why = self._header(release, withdrawn)
            if header is None:
                self._refused[release.segment_id] = why
            else:
                found.setdefault((header.epoch, _unit_name(name_key, header.participant)), []).append(release)
        return [_Unit(epoch, name, tuple(group)) for (epoch, name), group in sorted(found.items())]

    def _header(self, release: Release, withdrawn: frozenset[SegmentId]) -> tuple[Header | None, str]:
        """The header of a segment that may be used, or why it may not."""
        if release.segment_id in withdrawn:
            return None, "withdrawn"
        try:
            header, _, _ = split(self._room.archive.fetch(release.segment_id))
        except Damaged:
            return None, "damaged"
        except BadInput:
            return None, "gone"
        job = self._grant.job
        if header.segment_id != release.segment_id or (job.epochs and header.epoch not in job.epochs):
            return None, "foreign"
        return (header, "") if covers(header.purposes, job.purpose) else (None, "other purpose")

    def _write(self, unit: _Unit, withdrawn: frozenset[SegmentId]) -> None:
        """Derives one unit's records and writes its shard; forgets the shard if nothing is left of it."""
        name = f"{unit.epoch}-{self._grant.job.purpose}-{unit.name}"
        self._shards.pop(name, None)
        self._refused |= {one.segment_id: "withdrawn" for one in unit.releases if one.segment_id in withdrawn}
        opened = [self._opened(one) for one in unit.releases if one.segment_id not in withdrawn]
        rows = _derived([segment for segment in opened if segment is not None], self._room)
        if rows:
            digest, size = self._store.put_shard(name, rows)
            self._shards[name] = shard_of(name, unit.epoch, unit.name, rows, digest, size)

    def _opened(self, release: Release) -> OpenSegment | None:
        sealing = self._room.sealing
        try:
            content = self._room.archive.fetch(release.segment_id)
            segment = open_segment(sealing, segment_key(sealing, self._room.private_key, release), content)
        except Damaged:
            self._refused[release.segment_id] = "damaged"
            return None
        except BadInput:
            self._refused[release.segment_id] = "gone"
            return None
        # The header may have been exchanged since it was first read; the one that the key opened under counts.
        good = segment.header.segment_id == release.segment_id and covers(
            segment.header.purposes, self._grant.job.purpose
        )
        if not good:
            self._refused[release.segment_id] = "foreign"
        return segment if good else None


def _unit_name(key: bytes, participant: Participant) -> str:
    return hmac.digest(key, participant.encode(), "sha256").hex()[:16]


def _derived(segments: Sequence[OpenSegment], room: Room) -> list[Record]:
    """Rows of one unit. Only segments of one consent are read as one stream of work."""
    headers = {segment.header.segment_id: segment.header for segment in segments}
    by_consent: dict[tuple[str, int], list[OpenSegment]] = {}
    for segment in segments:
        by_consent.setdefault((segment.header.consent_id, segment.header.consent_version), []).append(segment)
    return [
        record
        for group in by_consent.values()
        for episode in episodes(group, room.pictures.decode, room.pictures.encode)
        for record in records(episode, headers)
    ]


def shard_of(name: str, epoch: str, unit: str, rows: Sequence[Record], digest: Digest, size: int) -> Shard:
    """A shard's entry in the manifest, counted from its rows."""
    shared = set.intersection(*({*row.purposes} for row in rows))
    return Shard(
        name=name,
        digest=digest,
        size=size,
        rows=len(rows),
        episodes=len({row.episode_id for row in rows}),
        epoch=epoch,
        unit=unit,
        segments=tuple(sorted({row.segment_id for row in rows})),
        consents=tuple(sorted({row.consent_id for row in rows})),
        purposes=tuple(sorted(shared)),
    )


def _nothing_to_use(grant: Grant, refused: Mapping[str, int]) -> NotAllowed:
    counts = ", ".join(f"{count} {reason}" for reason, count in sorted(refused.items())) or "none refused"
    return NotAllowed(
        f"Nothing that was released may be used for {grant.job.purpose}, or holds an episode with a goal "
        f"({len(grant.releases)} segments released: {counts}).",
        data="no dataset was written.",
        do="check the job's purpose and days against the consents; episodes begin where a person states a goal.",
    )


@dataclass(frozen=True)
class Loaded:
    """A dataset that was checked for one purpose. `units` maps a unit of privacy (a person) to their episodes."""

    purpose: Purpose
    digest: Digest
    segments: tuple[SegmentId, ...]
    units: Mapping[str, tuple[Episode, ...]] = field(repr=False)

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Everyone's."""
        return tuple(episode for episodes in self.units.values() for episode in episodes)


def load(store: DatasetStore, purpose: Purpose, *, keep_cut: bool = False) -> Loaded:
    """The dataset's episodes, for this purpose. NotAllowed if the dataset or a single row was not given for it.

    Steps whose own words were cut by redaction are left out, unless `keep_cut`: nobody is to learn to type the marks.
    """
    manifest = store.manifest()
    if manifest is None:
        raise BadInput(
            "There is no dataset here: it has no manifest.",
            data="nothing was read.",
            do="build one with `handiwork lab build`; a build that was killed must be repeated.",
        )
    require_cover((manifest.purpose,), purpose, f"This dataset, released for {manifest.purpose},")
    units: dict[str, tuple[Episode, ...]] = {}
    for shard in manifest.shards:
        require_cover(shard.purposes, purpose, "A shard of this dataset")
        rows = store.shard(shard)
        for row in rows:
            require_cover(row.purposes, purpose, "A row of this dataset")
        _check_provenance(shard, rows, manifest.withdrawn)
        kept = tuple(found for found in (_without_cut(e, keep_cut) for e in episodes_of(rows)) if found.steps)
        units[shard.unit] = (*units.get(shard.unit, ()), *kept)
    segments = sorted(segment for shard in manifest.shards for segment in shard.segments)
    return Loaded(purpose, digest_of(manifest), tuple(segments), units)


def _check_provenance(shard: Shard, rows: Sequence[Record], withdrawn: Sequence[SegmentId]) -> None:
    found = {row.segment_id for row in rows}
    if found != {*shard.segments} or found & {*withdrawn}:
        raise Damaged(
            f"The shard {shard.name} holds rows of other segments than its manifest names.",
            data="nothing of it is used: a withdrawal might have missed them.",
            do="build the dataset again.",
        )


def _without_cut(episode: Episode, keep_cut: bool) -> Episode:
    kept = tuple(step for step in episode.steps if keep_cut or CUT not in step.flags)
    return Episode(
        episode_id=episode.episode_id,
        goal=episode.goal,
        outcome=episode.outcome,
        steps=kept,
        flags=episode.flags,
    )
