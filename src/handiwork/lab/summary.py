# SPDX-License-Identifier: Apache-2.0
"""Everything a run reports, as one value: summary.json is its encoding, the report page its only reader.

Counts and rates, digests and log proofs; never content, and no pictures (they stand in `Pictures`, beside it).
Parts that a run didn't have are None or empty, and the page leaves them out.
"""

import math
from dataclasses import dataclass
from typing import Literal

import msgspec

Policy = Literal["trained", "untrained", "random"]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every part of a summary."""


class Rate(_Part, frozen=True):
    """A share of episodes that succeeded, with its 95 % Wilson interval."""

    rate: float
    low: float
    high: float
    episodes: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.rate) and 0 <= self.low <= self.rate + 1e-9 and self.rate - 1e-9 <= self.high <= 1):
            raise ValueError("a rate lies inside its interval, between 0 and 1")


class RecorderCost(_Part, frozen=True):
    """What recording cost the person's machine, by the operating system's own accounting."""

    cpu_share: float
    """Of one core: 0.02 is two hundredths of one core's time."""
    peak_memory_bytes: int
    bytes: int
    """Sealed bytes on disk."""
    events: int
    lost: int
    """Input events known to have gone missing."""
    seconds: float


class Audit(_Part, frozen=True):
    """A search of everything stored for words that were typed where nothing may be kept."""

    planted: int
    files: int
    bytes: int


class ConsentShown(_Part, frozen=True):
    """The agreement under which all of it was recorded."""

    consent_id: str
    participant: str
    notice_digest: str
    policy_name: str
    policy_digest: str
    purposes: tuple[str, ...]
    accepted_at: str


class ProofShown(_Part, frozen=True):
    """An inclusion proof that was verified before it was put here."""

    what: str
    """What was logged, in a few words: "this segment's receipt"."""
    index: int
    size: int
    leaf: str
    """Hash of the leaf, hex."""
    path: tuple[str, ...]
    root: str


class LogShown(_Part, frozen=True):
    """The public log at the end of the run."""

    origin: str
    entries: dict[str, int]
    """By kind."""
    checkpoint: str
    proof: ProofShown | None = None


class DatasetShown(_Part, frozen=True):
    """The dataset built under the released keys."""

    rows: int
    episodes: int
    shards: int
    bytes: int
    people: int
    purpose: str
    actions: dict[str, int]
    """Steps by verb."""
    refused: dict[str, int] = {}
    flagged: dict[str, int] = {}


class Marked(_Part, frozen=True):
    """Where something lies in a picture, in the picture's own pixels."""

    x: int
    y: int
    w: int
    h: int


class Shot(_Part, frozen=True):
    """What belongs to one picture: its size, the element in question, and a few words."""

    width: int
    height: int
    words: str
    mark: Marked | None = None


class ExampleStep(_Part, frozen=True):
    """One row of the dataset, with its masked frame as the picture."""

    goal: str
    action: str
    target: str
    elements: int
    shot: Shot


class CurvePoint(_Part, frozen=True):
    """One epoch. Accuracy: share of steps with element and verb both right."""

    epoch: int
    loss: float
    accuracy: float
    held_out: float | None
    """None if nothing was held out."""


class Training(_Part, frozen=True):
    """How the policy was trained."""

    samples: int
    parameters: int
    seconds: float
    split: str
    """What was held out: person or episode."""
    curve: tuple[CurvePoint, ...]
    left_out: dict[str, int] = {}


class FilmShown(_Part, frozen=True):
    """One of the agent's own episodes."""

    task: str
    goal: str
    success: bool
    shots: tuple[Shot, ...]


class Withdrawn(_Part, frozen=True):
    """A withdrawal that was carried out, and what it removed."""

    segments: int
    rows_removed: int
    checkpoints_quarantined: int
    log_index: int


class Machine(_Part, frozen=True):
    """What it ran on."""

    system: str
    processor: str
    cores: int
    memory_bytes: int


class Summary(_Part, frozen=True):
    """One run, from recording to evaluation."""

    made_at: str
    """RFC 3339, UTC."""
    machine: Machine
    versions: dict[str, str]
    tasks: dict[str, dict[Policy, Rate]]
    leaks: int
    """Planted words found anywhere in what was stored."""
    recorder: RecorderCost
    skips: dict[str, int]
    """Raw events that were dropped, by reason."""
    segments: int
    steps: int
    overall: dict[Policy, Rate] = {}
    events: dict[str, int] = {}
    """Kept events, by kind."""
    cuts: dict[str, int] = {}
    """Pieces of text cut by redaction, by class."""
    masked_share: float | None = None
    """Of all pixels kept, on average."""
    audit: Audit | None = None
    consent: ConsentShown | None = None
    log: LogShown | None = None
    dataset: DatasetShown | None = None
    example: ExampleStep | None = None
    training: Training | None = None
    film: FilmShown | None = None
    withdrawal: Withdrawn | None = None
    durations: dict[str, float] = {}
    """Seconds, by stage, in the order they were run."""
    limits: tuple[str, ...] = ()
    """What this run does not show, besides what the page always says."""
    commands: dict[str, str] = {}
    """The command that repeats a figure, by section; the page has defaults."""
    scripted: bool = True
    """The person was a script: then the page says how little that shows."""
    sample: bool = False
    """Made-up figures: the page says so on every screenful."""


@dataclass(frozen=True)
class Pictures:
    """Pictures for the page: PNG, WebP or JPEG bytes, masked already."""

    example: bytes = b""
    film: tuple[bytes, ...] = ()
