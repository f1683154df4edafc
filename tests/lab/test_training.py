# SPDX-License-Identifier: Apache-2.0
"""Training reads only what was released for it, and a checkpoint says whose data it learned from."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from tests.lab.paper import SEGMENT, demonstrations

from handiwork.adapters.torch_policy.checkpoint import load_checkpoint, quarantine, save_checkpoint
from handiwork.adapters.torch_policy.policy import TorchPolicy
from handiwork.lab.features import ELEMENT_FEATURES, WORD_FEATURES
from handiwork.lab.training import Trained, TrainingData, train
from handiwork.model.errors import BadInput, Damaged, NotAllowed
from handiwork.model.ids import Digest, SegmentId
from handiwork.ports.fakes.policy_model import LinearPolicy
from handiwork.ports.policy_model import TrainingPlan

DATASET = Digest("d" * 64)
PLAN = TrainingPlan(seed=2, epochs=3)


def data(**changes: object) -> TrainingData:
    given = {
        "purpose": "agent-training",
        "dataset": DATASET,
        "segments": frozenset({SEGMENT}),
        "train": tuple(demonstrations("press", range(12))),
        "held_out": tuple(demonstrations("press", range(90, 94))),
    }
    return TrainingData(**{**given, **changes})  # type: ignore[arg-type]


def model() -> LinearPolicy:
    return LinearPolicy(ELEMENT_FEATURES, WORD_FEATURES)


def trained() -> Trained:
    return train(model(), data(), PLAN)


def test_the_manifest_names_purpose_dataset_and_every_segment() -> None:
    other = SegmentId("b" * 32)
    mixed = (*demonstrations("press", range(4)), *demonstrations("press", range(4, 8), other))
    done = train(model(), data(train=mixed, segments=frozenset({SEGMENT, other})), PLAN)
    assert (done.manifest.purpose, done.manifest.dataset) == ("agent-training", DATASET)
    assert done.manifest.segments == (SEGMENT, other)
    assert done.manifest.weights == hashlib.sha256(done.weights).hexdigest()
    assert done.manifest.samples == 8
    assert len(done.curve) == PLAN.epochs


def test_a_segment_that_only_validates_is_named_too() -> None:
    other = SegmentId("c" * 32)
    held_out = tuple(demonstrations("press", range(90, 92), other))
    done = train(model(), data(held_out=held_out, segments=frozenset({SEGMENT, other})), PLAN)
    assert other in done.manifest.segments


@pytest.mark.parametrize("purpose", ["interface-research", "accessibility-research"])
def test_data_given_for_another_purpose_is_refused_before_any_model_sees_it(purpose: str) -> None:
    untouched = model()
    before = untouched.dump()
    with pytest.raises(NotAllowed, match="training"):
        train(untouched, data(purpose=purpose), PLAN)
    assert untouched.dump() == before


def test_a_single_step_from_a_segment_that_was_not_released_stops_the_run() -> None:
    stray = tuple(demonstrations("press", [50], SegmentId("e" * 32)))
    for part in ("train", "held_out"):
        with pytest.raises(NotAllowed, match="1 of the dataset's segments"):
            train(model(), data(**{part: stray}), PLAN)


def test_the_same_seed_gives_the_same_checkpoint() -> None:
    assert trained().manifest == trained().manifest


def test_what_can_not_be_imitated_is_reported() -> None:
    failed = tuple(msgspec.structs.replace(e, outcome="failed") for e in demonstrations("fill", range(2)))
    done = train(model(), data(train=(*data().train, *failed)), PLAN)
    assert done.left_out == {"episode not done": 6}


def test_a_checkpoint_comes_back_whole(tmp_path: Path) -> None:
    done, path = trained(), tmp_path / "new" / "policy.ckpt"
    save_checkpoint(path, done.manifest, done.weights)
    assert load_checkpoint(path) == (done.manifest, done.weights)
    save_checkpoint(path, done.manifest, done.weights)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_weights_under_a_foreign_manifest_are_never_written(tmp_path: Path) -> None:
    done = trained()
    with pytest.raises(BadInput):
        save_checkpoint(tmp_path / "policy.ckpt", done.manifest, done.weights + b"!")
    assert list(tmp_path.iterdir()) == []


def test_a_checkpoint_that_was_changed_anywhere_is_refused(tmp_path: Path) -> None:
    done, path = trained(), tmp_path / "policy.ckpt"
    save_checkpoint(path, done.manifest, done.weights)
    whole = path.read_bytes()
    changed = [bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]]) for at in (0, 9, len(whole) // 2, len(whole) - 1)]
    for content in (b"", whole[:5], whole[:-1], whole + b"\0", *changed):
        path.write_bytes(content)
        with pytest.raises(Damaged):
            load_checkpoint(path)


def test_a_quarantined_checkpoint_is_not_loaded(tmp_path: Path) -> None:
    done, path = trained(), tmp_path / "policy.ckpt"
    save_checkpoint(path, done.manifest, done.weights)
    quarantine(path)
    with pytest.raises(NotAllowed, match="withdrawn"):
        load_checkpoint(path)


_SAVER = """
import sys
from pathlib import Path
from handiwork.adapters.torch_policy.checkpoint import load_checkpoint, save_checkpoint
path = Path(sys.argv[1])
manifest, weights = load_checkpoint(path)
print("going", flush=True)
while True:
    save_checkpoint(path, manifest, weights)
"""


def test_a_checkpoint_is_whole_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    done, path = trained(), tmp_path / "policy.ckpt"
    save_checkpoint(path, done.manifest, done.weights)
    for turn in range(6):
        writer = subprocess.Popen([sys.executable, "-c", _SAVER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"going\n"
        time.sleep(0.003 * turn)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        assert load_checkpoint(path) == (done.manifest, done.weights)


def test_the_network_learns_three_kinds_of_tasks_at_once_from_two_dozen_demonstrations_each() -> None:
    tasks = ("press", "fill", "choose")
    learned = data(
        train=tuple(episode for task in tasks for episode in demonstrations(task, range(24))),
        held_out=tuple(episode for task in tasks for episode in demonstrations(task, range(500, 510))),
    )
    done = train(TorchPolicy(ELEMENT_FEATURES, WORD_FEATURES), learned, TrainingPlan(seed=1, epochs=15))
    assert done.curve[-1].held_out_accuracy >= 0.9
