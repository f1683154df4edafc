# SPDX-License-Identifier: Apache-2.0
"""Wiring of the lab's agents: training them, judging them, filming one."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from handiwork.adapters.disk import durable
from handiwork.adapters.miniwob.tasks import DEMO_TASKS
from handiwork.adapters.parquet.folder import ParquetFolder
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.torch_policy.checkpoint import load_checkpoint, save_checkpoint
from handiwork.adapters.torch_policy.policy import TorchPolicy
from handiwork.cli.judging import Court, court
from handiwork.cli.lab_data import progress_bars
from handiwork.derive.split import split
from handiwork.lab.agent import Agent
from handiwork.lab.dataset import load
from handiwork.lab.evaluation import FIRST_SEED, Evaluation, Film, FilmFrame, TaskResult, evaluate, film
from handiwork.lab.features import ELEMENT_FEATURES, WORD_FEATURES
from handiwork.lab.policies import LearnedPolicy, Policy, RandomPolicy, UntrainedPolicy
from handiwork.lab.summary import CurvePoint, FilmShown, Marked, Rate, Shot, Training
from handiwork.lab.training import Trained, TrainingData, train
from handiwork.model.codec import canonical_json
from handiwork.model.errors import BadInput
from handiwork.model.policy import Words
from handiwork.ports.policy_model import Epoch, TrainingPlan
from handiwork.rules.purpose import purpose_named

_TRIES = 5
"""A film of a success is looked for in this many episodes."""


def train_agent(data: Path, purpose_word: str, out: Path, plan: TrainingPlan, held_out: float, *, as_json: bool) -> int:
    """Trains on a dataset for a purpose, and writes the checkpoint."""
    purpose = purpose_named(purpose_word)
    loaded = load(ParquetFolder(data), purpose, keep_cut=True)  # the sampler shows cut steps as history only
    parts = split(loaded.units, held_out)
    given = TrainingData(purpose, loaded.digest, frozenset(loaded.segments), parts.train, parts.held_out)
    model = TorchPolicy(ELEMENT_FEATURES, WORD_FEATURES, plan.seed)
    began = time.monotonic()
    with progress_bars() as bars:
        bar = bars.add_task("epochs", total=plan.epochs)

        def on_epoch(epoch: Epoch) -> None:
            bars.update(bar, completed=epoch.number, description=f"accuracy {epoch.accuracy:.3f}")

        done = train(model, given, plan, on_epoch)
    save_checkpoint(out, done.manifest, done.weights)
    shown = training_shown(done, time.monotonic() - began, parts.by)
    if as_json:
        print(canonical_json(shown).decode())
        return 0
    last = shown.curve[-1]
    print(f"Trained on {shown.samples} steps in {shown.seconds:.0f} s; {out}")
    print(f"  accuracy {last.accuracy:.3f} on these, {_or_none(last.held_out)} on held-out {shown.split}s")
    for reason, count in sorted(shown.left_out.items()):
        print(f"  {count} steps left out: {reason}")
    return 0


def training_shown(done: Trained, seconds: float, by: str) -> Training:
    """A training run, as the report shows it."""
    return Training(
        samples=done.manifest.samples,
        parameters=done.manifest.parameters,
        seconds=seconds,
        split=by,
        curve=tuple(
            CurvePoint(epoch=e.number, loss=e.loss, accuracy=e.accuracy, held_out=_number(e.held_out_accuracy))
            for e in done.curve
        ),
        left_out=dict(done.left_out),
    )


def _number(value: float) -> float | None:
    return None if value != value else value


def _or_none(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.3f}"


@dataclass(frozen=True)
class Trial:
    """What to judge, and how."""

    checkpoint: Path | None
    policies: tuple[str, ...]
    tasks: tuple[str, ...]
    episodes: int
    words: Words
    seed: int
    film: Path | None


class Judged(msgspec.Struct, frozen=True):
    """Rates by task and policy, and of all tasks together, as in summary.json."""

    tasks: dict[str, dict[str, Rate]]
    overall: dict[str, Rate]


def evaluate_agents(trial: Trial, *, as_json: bool) -> int:
    """Judges each policy in the same fresh episodes."""
    policies = {name: _policy(name, trial) for name in trial.policies}
    tasks = trial.tasks or DEMO_TASKS
    results: list[Evaluation] = []
    with progress_bars() as bars, court(trial.words, trial.seed) as place:
        for name, policy in policies.items():
            bar = bars.add_task(name, total=len(tasks) * trial.episodes)
            agent = Agent(policy, place.eyes.look, place.hand)
            results.append(
                evaluate(
                    name, place.environment, agent, tasks, trial.episodes, place.eyes.hear,
                    lambda _task, _seed, _verdict, bar=bar: bars.advance(bar),  # type: ignore[misc]
                )
            )  # fmt: skip
        if trial.film is not None and "trained" in policies:
            agent = Agent(policies["trained"], place.eyes.look, place.hand)
            keep_film(_filmed(place, agent, tasks, trial.episodes), trial.film)
    judged = judged_of(results)
    print(canonical_json(judged).decode() if as_json else _table(results))
    return 0


def _policy(name: str, trial: Trial) -> Policy:
    if name == "random":
        return RandomPolicy(trial.seed)
    if name == "untrained":
        return UntrainedPolicy(lambda seed: TorchPolicy(ELEMENT_FEATURES, WORD_FEATURES, seed), trial.seed)
    if trial.checkpoint is None:
        raise BadInput(
            "The trained agent needs a checkpoint.",
            data="nothing was done.",
            do="give --checkpoint CKPT, or --policy untrained and --policy random.",
        )
    model = TorchPolicy(ELEMENT_FEATURES, WORD_FEATURES, trial.seed)
    model.restore(load_checkpoint(trial.checkpoint)[1])
    return LearnedPolicy(model)


def judged_of(results: Sequence[Evaluation]) -> Judged:
    """Evaluations of several policies, turned to tasks."""
    tasks: dict[str, dict[str, Rate]] = {}
    for evaluation in results:
        for result in evaluation.results:
            tasks.setdefault(result.task, {})[evaluation.policy] = rate_of(result)
    return Judged(tasks, {evaluation.policy: rate_of(evaluation.overall) for evaluation in results})


def rate_of(result: TaskResult) -> Rate:
    """A result, as the report shows it."""
    return Rate(rate=result.rate, low=result.low, high=result.high, episodes=result.episodes)


def _table(results: Sequence[Evaluation]) -> str:
    lines = []
    for evaluation in results:
        for result in (*evaluation.results, evaluation.overall):
            interval = f"[{result.low:.2f}, {result.high:.2f}]"
            lines.append(f"{evaluation.policy:10} {result.task:22} {result.rate:5.2f} {interval} of {result.episodes}")
    return "\n".join(lines)


def _filmed(place: Court, agent: Agent, tasks: Sequence[str], past: int) -> Film:
    """An episode with more than one deed, a success if there is one among the first few; never one that was judged."""
    task = next((name for name in ("enter-text", "click-checkboxes") if name in tasks), tasks[0])
    first = FIRST_SEED + past
    for seed in range(first, first + _TRIES):
        taken = film(place.environment, agent, place.screen, task, seed, place.eyes.hear)
        if taken.verdict.success:
            break
    return taken


def keep_film(taken: Film, folder: Path) -> None:
    """film.json (FilmShown) and film-01.webp, film-02.webp ... of practice pages."""
    pictures = WebpPictures()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("film-*.webp"):
        old.unlink()
    for number, frame in enumerate(taken.frames, 1):
        durable.write(folder / f"film-{number:02}.webp", pictures.encode(_rgb(frame)))
    shots = tuple(_shot(frame) for frame in taken.frames)
    shown = FilmShown(task=taken.task, goal=taken.goal, success=taken.verdict.success, shots=shots)
    durable.write(folder / "film.json", canonical_json(shown))


def _rgb(frame: FilmFrame) -> np.typing.NDArray[np.uint8]:
    region = frame.picture.region
    pixels = np.frombuffer(frame.picture.pixels, np.uint8).reshape(region.h, region.w, 4)
    return np.ascontiguousarray(pixels[:, :, 2::-1])


def _shot(frame: FilmFrame) -> Shot:
    region, box = frame.picture.region, frame.box
    mark = None if box is None else Marked(x=box.x - region.x, y=box.y - region.y, w=box.w, h=box.h)
    return Shot(width=region.w, height=region.h, words=frame.words, mark=mark)
