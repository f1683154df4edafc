# SPDX-License-Identifier: Apache-2.0
"""Trains a policy from a dataset's episodes, for the dataset's purpose, and says in the checkpoint whose they were.

Knows no model library: the model stands behind `ports.policy_model`.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from handiwork.lab.samples import samples_of
from handiwork.model.errors import NotAllowed
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.policy import Purpose
from handiwork.model.step import Episode
from handiwork.ports.policy_model import Epoch, Manifest, PolicyModel, TrainingPlan

TRAINING: Purpose = "agent-training"


@dataclass(frozen=True)
class TrainingData:
    """Episodes to learn from and to validate by, whole episodes on either side, and what they may be used for.

    `segments` are all segments that were released for `purpose`; a step from any other segment stops the run.
    """

    purpose: Purpose
    dataset: Digest
    segments: frozenset[SegmentId]
    train: tuple[Episode, ...]
    held_out: tuple[Episode, ...]


@dataclass(frozen=True)
class Trained:
    """A trained model's weights with their manifest, the learning curve, and what could not be learned from."""

    manifest: Manifest
    weights: bytes
    curve: tuple[Epoch, ...]
    left_out: Mapping[str, int]


def train(
    model: PolicyModel,
    data: TrainingData,
    plan: TrainingPlan,
    on_epoch: Callable[[Epoch], None] = lambda _: None,
) -> Trained:
    """Trains `model`. NotAllowed if the purpose isn't training, or any step's segment was not released for it."""
    used = segments_of((*data.train, *data.held_out))
    _require_allowed(data, used)
    sampling, held_out = samples_of(data.train), samples_of(data.held_out)
    curve = model.fit(sampling.samples, held_out.samples, plan, on_epoch)
    weights = model.dump()
    manifest = Manifest(
        purpose=data.purpose,
        dataset=data.dataset,
        segments=tuple(sorted(used)),
        samples=len(sampling.samples),
        seed=plan.seed,
        parameters=model.parameters(),
        weights=Digest(hashlib.sha256(weights).hexdigest()),
    )
    return Trained(manifest, weights, curve, sampling.left_out)


def segments_of(episodes: Iterable[Episode]) -> frozenset[SegmentId]:
    """Every segment that any step is from."""
    return frozenset(step.segment_id for episode in episodes for step in episode.steps)


def _require_allowed(data: TrainingData, used: frozenset[SegmentId]) -> None:
    if data.purpose != TRAINING:
        raise NotAllowed(
            f"This dataset was released for {data.purpose}, not for training agents.",
            data="no model saw it.",
            do=f"ask for a release whose purpose is {TRAINING}; only people who agreed to that will be in it.",
        )
    if not used <= data.segments:
        raise NotAllowed(
            f"{len(used - data.segments)} of the dataset's segments were not released for this purpose.",
            data="no model saw any of the dataset.",
            do="build the dataset anew from what was released.",
        )
