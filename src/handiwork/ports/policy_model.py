# SPDX-License-Identifier: Apache-2.0
"""A model that points: at an element, at a verb, at words of the goal. Knows arrays only, neither pages nor people.

Shapes: N elements, W words of the goal, F features an element, C characters a word. Axes vary from scene to scene,
but F, G and C are the same in all scenes that one model sees.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from handiwork.model.ids import Digest, SegmentId
from handiwork.model.policy import Purpose

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int64]

VERBS = ("click", "type", "select", "press")
KEYS = ("Return", "Tab", "Escape", "space", "BackSpace", "Up", "Down")
"""The keys that "press" knows."""
UNKNOWN = -1
"""In an Answer: this part is not to be learned from."""


@dataclass(frozen=True)
class Scene:
    """One moment, as arrays."""

    elements: Floats
    """N x F: what is known of each element, and how its name lies in the goal."""
    names: Codes
    """N x K x C: the characters of each name's first words, 0 where there is none."""
    goal: Floats
    """W x G: what is known of each word of the goal."""
    words: Codes
    """W x C: their characters."""


@dataclass(frozen=True)
class Answer:
    """What the person did: indices into the scene, VERBS, KEYS, and the first and last word copied; or UNKNOWN."""

    element: int
    verb: int
    key: int = UNKNOWN
    first: int = UNKNOWN
    last: int = UNKNOWN


@dataclass(frozen=True)
class Scores:
    """Log probabilities. `verb`, `key`, `first` and `last` are given per element (N x ...): of acting on that one."""

    element: Floats
    verb: Floats
    key: Floats
    first: Floats
    last: Floats


Sample = tuple[Scene, Answer]


@dataclass(frozen=True)
class TrainingPlan:
    """How to train. Same plan and samples: same weights."""

    seed: int
    epochs: int = 40
    batch: int = 32
    rate: float = 2e-3


@dataclass(frozen=True)
class Epoch:
    """One point of the learning curve. Accuracy: the share of samples with element and verb both right."""

    number: int
    loss: float
    accuracy: float
    held_out_accuracy: float
    """Not a number if nothing was held out."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a checkpoint says about itself: from whose consent it comes, so that a withdrawal finds it."""

    purpose: Purpose
    dataset: Digest
    """The digest of the dataset that it was trained on."""
    segments: tuple[SegmentId, ...]
    """Every segment that any training sample came from, sorted."""
    samples: int
    seed: int
    parameters: int
    weights: Digest
    """SHA-256 of the weights' bytes."""


class PolicyModel(Protocol):
    """Weights that can be trained, asked, written down and read back."""

    def fit(
        self,
        samples: Sequence[Sample],
        held_out: Sequence[Sample],
        plan: TrainingPlan,
        on_epoch: Callable[[Epoch], None],
    ) -> tuple[Epoch, ...]:
        """Trains from fresh weights; returns the learning curve. BadInput without samples."""
        ...

    def scores(self, scene: Scene) -> Scores:
        """What the model would do. Never changes the model."""
        ...

    def dump(self) -> bytes:
        """The weights, in a format that can't carry code."""
        ...

    def restore(self, weights: bytes) -> None:
        """Weights from `dump`. Damaged if they are anything else; the model is then as before."""
        ...

    def parameters(self) -> int:
        """How many numbers are learned."""
        ...
