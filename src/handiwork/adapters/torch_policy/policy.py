# SPDX-License-Identifier: Apache-2.0
"""PolicyModel in PyTorch: behaviour cloning on the CPU, one seed one result. Knows neither pages nor people."""

import io
import math
import zipfile
import zlib
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from handiwork.adapters.torch_policy.network import Batch, Heads, Network
from handiwork.model.errors import BadInput, Damaged
from handiwork.ports.policy_model import Answer, Epoch, Sample, Scene, Scores, TrainingPlan

_NAME_DROP, _WORD_DROP = 0.3, 0.15
"""Shares of names and words whose spelling is hidden in training: what they mean should count for less than how they
match, since a few dozen demonstrations hold few words."""
_NO_DATA = "nothing was changed."
_UNREADABLE = (ValueError, OSError, EOFError, RuntimeError, KeyError, TypeError, zipfile.BadZipFile, zlib.error)
"""What reading foreign bytes as an archive of arrays, and the arrays as these weights, may end in."""


class TorchPolicy:
    """Weights are random, by `seed`, until trained or restored."""

    def __init__(self, element_features: int, word_features: int, seed: int = 0) -> None:
        torch.set_num_threads(
            1
        )  # so small a model waits longer for a second thread than it gains, above all on busy cores
        self._sizes = element_features, word_features
        self._network = self._fresh(seed)

    def fit(
        self,
        samples: Sequence[Sample],
        held_out: Sequence[Sample],
        plan: TrainingPlan,
        on_epoch: Callable[[Epoch], None],
    ) -> tuple[Epoch, ...]:
        """See PolicyModel."""
        if not samples:
            raise BadInput(
                "There is nothing to learn from: no step of these episodes can be imitated.",
                data=_NO_DATA,
                do="record demonstrations that end well, with goals; look at the dataset's report.",
            )
        with torch.random.fork_rng(devices=[]):
            network = self._fresh(plan.seed)
            torch.manual_seed(plan.seed)
            curve = _train(network, samples, held_out, plan, on_epoch)
        self._network = network
        return curve

    def scores(self, scene: Scene) -> Scores:
        """See PolicyModel."""
        with torch.no_grad():
            heads = _ask(self._network.eval(), _batch([scene]))
        element, *others = (F.log_softmax(logits[0], -1).numpy() for logits in heads)
        verb, key, first, last = others
        return Scores(element, verb, key, first, last)

    def dump(self) -> bytes:
        """See PolicyModel: a NumPy archive, one array a parameter."""
        target = io.BytesIO()
        arrays = {name: tensor.numpy() for name, tensor in self._network.state_dict().items()}
        np.savez(target, allow_pickle=False, **arrays)
        return target.getvalue()

    def restore(self, weights: bytes) -> None:
        """See PolicyModel."""
        fresh = self._fresh(0)
        try:
            with np.load(io.BytesIO(weights), allow_pickle=False) as archive:
                arrays = {name: torch.from_numpy(archive[name]) for name in archive.files}
            fresh.load_state_dict(arrays)
        except _UNREADABLE as error:
            raise Damaged(
                "These are not the weights of this model.",
                data=_NO_DATA,
                do="train again, or copy the checkpoint again.",
            ) from error
        self._network = fresh

    def parameters(self) -> int:
        """See PolicyModel."""
        return sum(tensor.numel() for tensor in self._network.parameters())

    def _fresh(self, seed: int) -> Network:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return Network(*self._sizes)


def _train(
    network: Network,
    samples: Sequence[Sample],
    held_out: Sequence[Sample],
    plan: TrainingPlan,
    on_epoch: Callable[[Epoch], None],
) -> tuple[Epoch, ...]:
    optimizer = torch.optim.AdamW(network.parameters(), plan.rate, weight_decay=0.01)
    rounds = plan.epochs * math.ceil(len(samples) / plan.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=rounds)
    curve = []
    for number in range(1, plan.epochs + 1):
        network.train()
        total, right = 0.0, 0.0
        for picked in torch.split(torch.randperm(len(samples)), plan.batch):
            chosen = [samples[index] for index in picked.tolist()]
            heads, answers = _ask(network, _batch([scene for scene, _ in chosen])), [answer for _, answer in chosen]
            loss = _loss(heads, answers)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
            right += _right(heads, answers)
        epoch = Epoch(number, total / len(samples), right / len(samples), _accuracy(network, held_out, plan.batch))
        curve.append(epoch)
        on_epoch(epoch)
    return tuple(curve)


def _ask(network: Network, batch: Batch) -> Heads:
    """The network's answer; in training, with some spelling hidden."""
    names, words = torch.ones(batch.names.shape[:2]), torch.ones(batch.words.shape[:2])
    if network.training:
        names, words = torch.bernoulli(names * (1 - _NAME_DROP)), torch.bernoulli(words * (1 - _WORD_DROP))
    heads: Heads = network(batch, names, words)
    return heads


def _accuracy(network: Network, samples: Sequence[Sample], size: int) -> float:
    if not samples:
        return math.nan
    network.eval()
    right = 0.0
    with torch.no_grad():
        for start in range(0, len(samples), size):
            part = samples[start : start + size]
            right += _right(_ask(network, _batch([scene for scene, _ in part])), [answer for _, answer in part])
    return right / len(samples)


def _right(heads: Heads, answers: Sequence[Answer]) -> float:
    """How many samples have element and verb both right."""
    elements, verbs = _column(answers, "element"), _column(answers, "verb")
    pointed = heads.element.argmax(-1)
    said = heads.verb[torch.arange(len(answers)), pointed].argmax(-1)
    return float(((pointed == elements) & (said == verbs)).sum())


def _loss(heads: Heads, answers: Sequence[Answer]) -> Tensor:
    """Each part's cross entropy; the parts that say how are asked at the element that the person chose."""
    elements = _column(answers, "element")
    rows = torch.arange(len(answers))
    loss = F.cross_entropy(heads.element, elements)
    for name in ("verb", "key", "first", "last"):
        wanted = _column(answers, name)
        known = wanted >= 0
        if bool(known.any()):
            logits: Tensor = getattr(heads, name)[rows, elements]
            loss = loss + F.cross_entropy(logits[known], wanted[known]) * (known.sum() / len(answers))
    return loss


def _column(answers: Sequence[Answer], name: str) -> Tensor:
    return torch.tensor([int(getattr(answer, name)) for answer in answers])


def _batch(scenes: Sequence[Scene]) -> Batch:
    """Scenes padded to the longest."""
    elements, has_element = _padded([scene.elements for scene in scenes])
    goal, has_word = _padded([scene.goal for scene in scenes])
    names, _ = _padded([scene.names for scene in scenes])
    words, _ = _padded([scene.words for scene in scenes])
    return Batch(elements, names, goal, words, has_element, has_word)


def _padded(arrays: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.float32 | np.int64]]]) -> tuple[Tensor, Tensor]:
    longest = max(1, *(len(array) for array in arrays))
    shape = (len(arrays), longest, *arrays[0].shape[1:])
    filled, there = np.zeros(shape, arrays[0].dtype), np.zeros(shape[:2], np.bool_)
    for row, array in enumerate(arrays):
        filled[row, : len(array)] = array
        there[row, : len(array)] = True
    return torch.from_numpy(filled), torch.from_numpy(there)
