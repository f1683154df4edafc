# SPDX-License-Identifier: Apache-2.0
"""A policy model in a few lines of arithmetic: every head is linear, and sees one element or word at a time."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from handiwork.model.errors import BadInput, Damaged
from handiwork.ports.policy_model import (
    KEYS,
    VERBS,
    Answer,
    Epoch,
    Floats,
    Sample,
    Scene,
    Scores,
    TrainingPlan,
)

_RATE = 0.5


class LinearPolicy:
    """The PolicyModel port. One matrix per head; what it can't see by itself it never learns."""

    def __init__(self, element_features: int, word_features: int, seed: int = 0) -> None:
        self._widths = {"element": (element_features, 1), "verb": (element_features, len(VERBS))}
        self._widths |= {"key": (element_features, len(KEYS)), "first": (word_features, 1), "last": (word_features, 1)}
        self._weights = self._fresh(seed)

    def fit(
        self,
        samples: Sequence[Sample],
        held_out: Sequence[Sample],
        plan: TrainingPlan,
        on_epoch: Callable[[Epoch], None],
    ) -> tuple[Epoch, ...]:
        """See the port."""
        if not samples:
            raise BadInput("There is nothing to learn from.", data="nothing was changed.", do="give samples.")
        self._weights = self._fresh(plan.seed)
        order, curve = np.random.default_rng(plan.seed), list[Epoch]()
        for number in range(1, plan.epochs + 1):
            losses = [self._learn(*samples[place]) for place in order.permutation(len(samples))]
            epoch = Epoch(number, float(np.mean(losses)), self._accuracy(samples), self._accuracy(held_out))
            curve.append(epoch)
            on_epoch(epoch)
        return tuple(curve)

    def scores(self, scene: Scene) -> Scores:
        """See the port."""
        element = _log_softmax((scene.elements @ self._weights["element"])[:, 0])
        verb, key = (_log_softmax(scene.elements @ self._weights[head]) for head in ("verb", "key"))
        first, last = (_log_softmax((scene.goal @ self._weights[head])[:, 0]) for head in ("first", "last"))
        count = len(scene.elements)
        return Scores(element, verb, key, np.tile(first, (count, 1)), np.tile(last, (count, 1)))

    def dump(self) -> bytes:
        """See the port."""
        return b"".join(self._weights[head].astype("<f4").tobytes() for head in self._widths)

    def restore(self, weights: bytes) -> None:
        """See the port."""
        sizes = [math.prod(shape) for shape in self._widths.values()]
        if len(weights) != 4 * sum(sizes):
            raise Damaged("These are not the weights of this model.", data="nothing was changed.", do="train again.")
        parts = np.split(np.frombuffer(weights, "<f4"), np.cumsum(sizes)[:-1])
        self._weights = {
            head: part.reshape(shape).astype(np.float32)
            for part, (head, shape) in zip(parts, self._widths.items(), strict=True)
        }

    def parameters(self) -> int:
        """See the port."""
        return sum(math.prod(shape) for shape in self._widths.values())

    def _fresh(self, seed: int) -> dict[str, Floats]:
        random = np.random.default_rng(seed)
        return {head: random.normal(0, 0.1, shape).astype(np.float32) for head, shape in self._widths.items()}

    def _learn(self, scene: Scene, answer: Answer) -> float:
        """One step of gradient descent for each head that the answer says something about; the loss before it."""
        scores, acted = self.scores(scene), scene.elements[answer.element]
        loss = -float(scores.element[answer.element])
        self._weights["element"] -= _RATE * scene.elements.T @ _off(scores.element, answer.element)[:, None]
        for head, wanted, said in (("verb", answer.verb, scores.verb), ("key", answer.key, scores.key)):
            if wanted >= 0:
                loss -= float(said[answer.element][wanted])
                self._weights[head] -= _RATE * np.outer(acted, _off(said[answer.element], wanted))
        for head, wanted, said in (("first", answer.first, scores.first), ("last", answer.last, scores.last)):
            if wanted >= 0:
                loss -= float(said[answer.element][wanted])
                self._weights[head] -= _RATE * scene.goal.T @ _off(said[answer.element], wanted)[:, None]
        return loss

    def _accuracy(self, samples: Sequence[Sample]) -> float:
        if not samples:
            return math.nan
        right = 0
        for scene, answer in samples:
            scores = self.scores(scene)
            pointed = int(scores.element.argmax())
            right += pointed == answer.element and int(scores.verb[pointed].argmax()) == answer.verb
        return right / len(samples)


def _off(scores: Floats, wanted: int) -> Floats:
    """The gradient of the cross entropy: what was said, less what was wanted."""
    off: Floats = np.exp(scores)
    off[wanted] -= 1
    return off


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(-1, keepdims=True)
    found: Floats = (shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))).astype(np.float32)
    return found
