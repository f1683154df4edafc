# SPDX-License-Identifier: Apache-2.0
"""The demo's third part: keys under two approvals, a dataset, a policy trained from scratch, and its judgement."""

import subprocess
from contextlib import ExitStack
from dataclasses import dataclass

import msgspec
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from handiwork.cli.demo.share import OFFICERS, Hubs
from handiwork.cli.demo.stage import Stage, command
from handiwork.cli.lab_agent import Judged
from handiwork.lab.summary import Training
from handiwork.model.errors import Lost

PURPOSE = "agent-training"
POLICIES = ("trained", "untrained", "random")


def build(stage: Stage, hubs: Hubs) -> None:
    """A job, two approvals, the release of keys, and the dataset."""
    job = stage.lab / "job.json"
    stage.run("lab", "job", "--purpose", PURPOSE, "--out", str(job))
    approvals: list[str] = []
    for officer in OFFICERS:
        approval = str(stage.lab / f"{officer}.approval.json")
        key = str(stage.hub / "officers" / f"{officer}.key")
        stage.run("hub", "approve", str(job), "--officer", officer, "--key", key, "--out", approval)
        approvals += ["--approval", approval]
    where = ("--hub", hubs.hub, "--keeper", hubs.keeper)
    secrets = ("--token", str(stage.hub / "secrets" / "lab.token"), "--identity", str(stage.hub / "identity.json"))
    stage.run("lab", "build", "--job", str(job), *approvals, *where, *secrets, "--out", str(stage.lab / "dataset"))


def train(stage: Stage) -> Training:
    """Behavioural cloning, on the processor."""
    data, out = str(stage.lab / "dataset"), str(stage.lab / "policy.ckpt")
    told = stage.run("lab", "train", "--data", data, "--purpose", PURPOSE, "--out", out, "--json", quiet=True)
    return msgspec.json.decode(told, type=Training)


@dataclass(frozen=True)
class _Trial:
    policy: str
    process: subprocess.Popen[str]


def evaluate(stage: Stage, episodes: int) -> list[Judged]:
    """Judges the three policies at the same time, each on a private screen of its own."""
    with ExitStack() as stack, Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()) as bars:
        trials = [_start(stage, stack, policy, episodes) for policy in POLICIES]
        rows = [bars.add_task(f"{trial.policy}: {episodes} fresh episodes of each task") for trial in trials]
        found = []
        for trial, row in zip(trials, rows, strict=True):
            told, _ = trial.process.communicate()
            if trial.process.returncode:
                raise Lost(
                    f"Judging the {trial.policy} agent failed:\n{stage.log_of(f'{trial.policy}.log')}",
                    data="only practice pages were open.",
                    do="run `handiwork doctor`, then the demo again.",
                )
            bars.update(row, completed=1, total=1)
            found.append(msgspec.json.decode(told, type=Judged))
    return found


def _start(stage: Stage, stack: ExitStack, policy: str, episodes: int) -> _Trial:
    arguments = ["lab", "evaluate", "--policy", policy, "--episodes", str(episodes), "--words", "open", "--json"]
    if policy == "trained":
        arguments += ["--checkpoint", str(stage.lab / "policy.ckpt"), "--film", str(stage.out)]
    print(f"  $ handiwork {' '.join(arguments)} &", flush=True)
    log = stack.enter_context((stage.out / f"{policy}.log").open("wb"))
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", *command(*arguments)],
        env={**stage.env, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=log,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    stack.callback(_end, process)
    return _Trial(policy, process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait()
