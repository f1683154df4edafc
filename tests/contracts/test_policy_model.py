# SPDX-License-Identifier: Apache-2.0
"""The PolicyModel contract, against the network and the linear fake, on demonstrations made on paper."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from tests.lab.paper import demonstrations

from handiwork.adapters.torch_policy.policy import TorchPolicy
from handiwork.lab.features import ELEMENT_FEATURES, WORD_FEATURES
from handiwork.lab.samples import samples_of
from handiwork.model.errors import BadInput, Damaged
from handiwork.ports.fakes.policy_model import LinearPolicy
from handiwork.ports.policy_model import KEYS, VERBS, Epoch, PolicyModel, Sample, TrainingPlan

Make = Callable[[int], PolicyModel]
PLAN = TrainingPlan(seed=1, epochs=12)


@pytest.fixture(params=["torch", "linear"])
def make(request: pytest.FixtureRequest) -> Make:
    kind = TorchPolicy if request.param == "torch" else LinearPolicy
    return lambda seed: kind(ELEMENT_FEATURES, WORD_FEATURES, seed)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(samples_of(demonstrations("press", range(24))).samples)


def ignore(_: Epoch) -> None:
    """Nobody listens."""


def test_it_learns_a_simple_task_and_does_it_on_pages_it_never_saw(make: Make, samples: list[Sample]) -> None:
    unseen = list(samples_of(demonstrations("press", range(500, 520))).samples)
    curve = make(0).fit(samples, unseen, PLAN, ignore)
    assert curve[-1].loss < curve[0].loss
    assert curve[-1].held_out_accuracy >= 0.9


def test_every_epoch_is_told_and_returned(make: Make, samples: list[Sample]) -> None:
    told: list[Epoch] = []
    curve = make(0).fit(samples, samples[:4], TrainingPlan(seed=1, epochs=3), told.append)
    assert tuple(told) == curve
    assert [epoch.number for epoch in curve] == [1, 2, 3]


def test_without_held_out_samples_there_is_no_held_out_accuracy(make: Make, samples: list[Sample]) -> None:
    (epoch,) = make(0).fit(samples, [], TrainingPlan(seed=1, epochs=1), ignore)
    assert math.isnan(epoch.held_out_accuracy)


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(make: Make, samples: list[Sample]) -> None:
    def weights(seed: int) -> bytes:
        model = make(99)
        model.fit(samples, [], TrainingPlan(seed=seed, epochs=2), ignore)
        return model.dump()

    assert weights(1) == weights(1)
    assert weights(1) != weights(2)
    assert make(3).dump() == make(3).dump()
    assert make(3).dump() != make(4).dump()


def test_scores_are_log_probabilities_of_the_right_shapes(make: Make, samples: list[Sample]) -> None:
    scene, _ = samples[0]
    scores, count, words = make(0).scores(scene), len(scene.elements), len(scene.words)
    shapes = [part.shape for part in (scores.element, scores.verb, scores.key, scores.first, scores.last)]
    assert shapes == [(count,), (count, len(VERBS)), (count, len(KEYS)), (count, words), (count, words)]
    for part in (scores.element, scores.verb, scores.key, scores.first, scores.last):
        assert np.exp(part).sum(-1) == pytest.approx(np.ones(part.shape[:-1]), abs=1e-4)


def test_asking_changes_nothing(make: Make, samples: list[Sample]) -> None:
    model = make(0)
    before = model.dump()
    first, second = model.scores(samples[0][0]), model.scores(samples[0][0])
    assert np.array_equal(first.element, second.element)
    assert model.dump() == before


def test_weights_come_back_as_they_were(make: Make, samples: list[Sample]) -> None:
    trained, other = make(0), make(5)
    trained.fit(samples, [], TrainingPlan(seed=1, epochs=2), ignore)
    other.restore(trained.dump())
    assert other.dump() == trained.dump()
    assert np.array_equal(other.scores(samples[0][0]).verb, trained.scores(samples[0][0]).verb)


@pytest.mark.parametrize("wrong", [b"", b"not weights", bytes(1000)])
def test_wrong_weights_are_refused_and_the_model_stays_as_it_was(make: Make, wrong: bytes) -> None:
    model = make(0)
    before = model.dump()
    with pytest.raises(Damaged):
        model.restore(wrong)
    with pytest.raises(Damaged):
        model.restore(before[:-9])
    assert model.dump() == before


def test_without_samples_there_is_no_training_and_the_model_stays_as_it_was(make: Make) -> None:
    model = make(0)
    before = model.dump()
    with pytest.raises(BadInput):
        model.fit([], [], PLAN, ignore)
    assert model.dump() == before


def test_it_says_how_much_is_learned(make: Make) -> None:
    assert 100 < make(0).parameters() < 1_000_000
