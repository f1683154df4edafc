# SPDX-License-Identifier: Apache-2.0
"""Datasets: one record per step, shards of one person and one day, and the manifest that says where all came from.

A shard's rows carry segment and consent ids, never a person's pseudonym: withdrawal walks over segment ids, and no
query over a dataset can be "by person".
"""

import msgspec

from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.policy import Purpose

FORMAT = "handiwork-dataset-1"


class Area(msgspec.Struct, frozen=True):
    """A rectangle in root-window pixels."""

    x: int
    y: int
    w: int
    h: int


class Shown(msgspec.Struct, frozen=True):
    """One element of an observation; the columns of model.event.Element."""

    role: str
    name: str
    value: str
    bounds: Area
    states: tuple[str, ...]
    parent: int
    cuts: tuple[str, ...]


class Move(msgspec.Struct, frozen=True):
    """The pointer was at (x, y), `after` milliseconds after the onset (before it, if negative)."""

    after: int
    x: int
    y: int


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One step as it stands in a shard. The columns of model.table.SCHEMA, in the same order."""

    episode_id: str
    step: int
    goal: str
    outcome: str
    episode_flags: tuple[str, ...]
    flags: tuple[str, ...]

    observed: int
    """Milliseconds of the device's monotonic clock, as are onset, began, ended."""
    url: str
    title: str
    window: Area
    elements: tuple[Shown, ...]
    focused: int
    frame: bytes
    """Lossless WebP of the masked pixels, or empty."""
    frame_region: Area

    verb: str
    """The action's tag: click, drag, scroll, type, hotkey, select, switch_app, hover, wait."""
    onset: int
    began: int
    ended: int
    x: int | None = None
    y: int | None = None
    rel_x: float | None = None
    """(x - window.x) / window.w: 0 to 1 inside the observed window."""
    rel_y: float | None = None
    x2: int | None = None
    y2: int | None = None
    dx: int | None = None
    dy: int | None = None
    button: int | None = None
    count: int | None = None
    text: str | None = None
    keys: tuple[str, ...] | None = None
    option: str | None = None
    opened: str | None = None
    """Of a hover: menu, list or tooltip."""
    app: str | None = None
    site: str | None = None
    target: Shown | None = None
    target_index: int = -1
    """Where the target stands in `elements`, or -1."""
    path: tuple[Move, ...] = ()

    segment_id: SegmentId
    consent_id: ConsentId
    consent_version: int
    purposes: tuple[Purpose, ...]
    policy_digest: Digest
    notice_digest: Digest
    recorder_version: str
    redactor_version: str


class Shard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file: the steps of one person on one day for one purpose, so that withdrawal removes files, not rows."""

    name: str
    digest: Digest
    size: int
    rows: int
    episodes: int
    epoch: str
    unit: str
    """Whose it is, under a key that was thrown away after the build: counts people, names none."""
    segments: tuple[SegmentId, ...]
    consents: tuple[ConsentId, ...]
    purposes: tuple[Purpose, ...]
    """Those that every row covers."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a dataset is made of, by whose leave, and by what code. A folder without one is no dataset."""

    purpose: Purpose
    job: Digest
    """Of the job whose releases opened the segments; they are in the public log."""
    code: str
    checkpoint: str
    """The newest log checkpoint among the releases' proofs."""
    shards: tuple[Shard, ...]
    refused: dict[str, int]
    """Segments that were released and not used, by reason."""
    withdrawn: tuple[SegmentId, ...] = ()
    """Segments taken out after the build."""
    format: str = FORMAT
