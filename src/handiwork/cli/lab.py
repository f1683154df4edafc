# SPDX-License-Identifier: Apache-2.0
"""`handiwork lab`: for engineers. Asks for keys, builds datasets, trains and judges agents, honours withdrawals."""

import argparse
from pathlib import Path

from handiwork.cli.interrupts import interrupts_held

ABOUT = """\
The clean room. A job names a purpose and days, never people; two officers approve it; every key that is released for
it stands in the public log first. What is built from it may be used for that purpose and no other.

  lab job      ask for keys                 lab train     train an agent on a dataset
  lab build    turn segments into a dataset lab evaluate  judge an agent in fresh episodes
  lab sweep    honour withdrawals           lab report    print a run as one page
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `lab` and its verbs."""
    top = commands.add_parser(
        "lab", help="datasets, training, evaluation, reports (engineer)", description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).add_subparsers(metavar="VERB", required=True)  # fmt: skip
    _add_job(top)
    _add_build(top)
    _add_train(top)
    _add_evaluate(top)
    _add_sweep(top)
    _add_report(top)


def _add_job(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    job = top.add_parser("job", help="write a request for keys, for two officers to approve")
    job.add_argument("--purpose", required=True, metavar="P", help="one of the purposes that people can consent to")
    job.add_argument("--epoch", action="append", default=[], metavar="YYYY-MM-DD", help="a UTC day; default: all days")
    job.add_argument("--out", required=True, type=Path, metavar="JOB.json", help="its private key goes beside it")
    job.add_argument("--json", action="store_true")
    job.set_defaults(run=_job)


def _add_build(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    build = top.add_parser("build", help="have keys released for an approved job, and build its dataset")
    build.add_argument("--job", required=True, type=Path, metavar="JOB.json")
    build.add_argument("--approval", action="append", required=True, type=Path, metavar="FILE", help="two are needed")
    build.add_argument("--hub", required=True, metavar="URL")
    build.add_argument("--keeper", required=True, metavar="URL")
    build.add_argument("--token", required=True, type=Path, metavar="FILE", help="the lab's token, from `hub init`")
    build.add_argument("--identity", type=Path, metavar="FILE", help="the hub's public keys, known by another way")
    build.add_argument("--out", required=True, type=Path, metavar="DIR", help="a new folder, on the lab's own disk")
    build.add_argument("--json", action="store_true")
    build.set_defaults(run=_build)


def _add_train(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    train = top.add_parser("train", help="train an agent by imitation")
    train.add_argument("--data", required=True, type=Path, metavar="DIR")
    train.add_argument("--purpose", required=True, metavar="P", help="what this run is for; the data must cover it")
    train.add_argument("--out", required=True, type=Path, metavar="CKPT")
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--epochs", type=int, default=40)
    train.add_argument("--held-out", type=float, default=0.1, metavar="SHARE", help="default 0.1")
    train.add_argument("--json", action="store_true", help="print the learning curve as JSON")
    train.set_defaults(run=_train)


def _add_evaluate(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    judge = top.add_parser("evaluate", help="judge agents in fresh episodes on a private screen")
    judge.add_argument("--checkpoint", type=Path, metavar="CKPT", help="needed for the trained agent")
    judge.add_argument(
        "--policy", action="append", choices=("trained", "untrained", "random"), help="may be repeated; default: all"
    )
    judge.add_argument("--task", action="append", metavar="NAME", help="may be repeated; default: the demo's tasks")
    judge.add_argument("--episodes", type=int, default=30, metavar="N", help="of each task (30)")
    judge.add_argument("--words", choices=("interface", "balanced", "open"), default="balanced",
                       help="the recording's redaction level: the agent must see as the recorder did")  # fmt: skip
    judge.add_argument("--seed", type=int, default=0, help="of hand and chance, not of the episodes")
    judge.add_argument("--film", type=Path, metavar="DIR", help="also keep one episode's pictures, for the report")
    judge.add_argument("--json", action="store_true")
    judge.set_defaults(run=_evaluate)


def _add_sweep(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sweep = top.add_parser("sweep", help="take withdrawn data out of datasets, and set models that saw it aside")
    sweep.add_argument("--hub", required=True, metavar="URL")
    sweep.add_argument("--data", action="append", default=[], type=Path, metavar="DIR", help="may be repeated")
    sweep.add_argument("--checkpoint", action="append", default=[], type=Path, metavar="CKPT", help="may be repeated")
    sweep.add_argument("--json", action="store_true")
    sweep.set_defaults(run=_sweep)


def _add_report(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = top.add_parser("report", help="print a run's summary as one self-contained page")
    report.add_argument("summary", type=Path, metavar="SUMMARY.json")
    report.add_argument("--out", required=True, type=Path, metavar="PAGE.html")
    report.add_argument(
        "--pictures", type=Path, metavar="DIR", help="example.webp and film-*.webp; default: the summary's folder"
    )
    report.set_defaults(run=_report)


def _job(chosen: argparse.Namespace) -> int:
    from handiwork.cli.lab_data import write_job

    return write_job(chosen.purpose, chosen.epoch, chosen.out, as_json=chosen.json)


def _build(chosen: argparse.Namespace) -> int:
    from handiwork.cli.lab_data import Hubs, build_dataset

    hubs = Hubs(chosen.hub, chosen.keeper, chosen.token, chosen.identity)
    return build_dataset(chosen.job, chosen.approval, hubs, chosen.out, as_json=chosen.json)


def _train(chosen: argparse.Namespace) -> int:
    with interrupts_held():
        from handiwork.cli.lab_agent import train_agent
        from handiwork.ports.policy_model import TrainingPlan

    plan = TrainingPlan(seed=chosen.seed, epochs=chosen.epochs)
    return train_agent(chosen.data, chosen.purpose, chosen.out, plan, chosen.held_out, as_json=chosen.json)


def _evaluate(chosen: argparse.Namespace) -> int:
    with interrupts_held():
        from handiwork.cli.lab_agent import Trial, evaluate_agents

    trial = Trial(
        checkpoint=chosen.checkpoint,
        policies=tuple(chosen.policy or ("trained", "untrained", "random")),
        tasks=tuple(chosen.task or ()),
        episodes=chosen.episodes,
        words=chosen.words,
        seed=chosen.seed,
        film=chosen.film,
    )
    return evaluate_agents(trial, as_json=chosen.json)


def _sweep(chosen: argparse.Namespace) -> int:
    from handiwork.cli.lab_data import sweep_withdrawn

    return sweep_withdrawn(chosen.hub, chosen.data, chosen.checkpoint, as_json=chosen.json)


def _report(chosen: argparse.Namespace) -> int:
    from handiwork.cli.lab_data import print_page

    return print_page(chosen.summary, chosen.pictures or chosen.summary.parent, chosen.out)
