# SPDX-License-Identifier: Apache-2.0
"""Runs the demo: record, upload, build, train, evaluate, report. Every step is a command that is shown as it runs."""

import argparse
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar

from handiwork.cli.demo.account import Run, account, write_summary
from handiwork.cli.demo.learn import build, evaluate, train
from handiwork.cli.demo.share import start_hub, upload_twice
from handiwork.cli.demo.stage import Stage
from handiwork.cli.demo.work import record_work
from handiwork.lab.summary import Rate, Summary
from handiwork.model.errors import HandiworkError

T = TypeVar("T")

ABOUT = """\
Records real work in a real browser on a private screen, redacts and seals it, uploads it to a hub that can't read it,
has keys released through a public log, builds a dataset, trains a small agent from scratch, judges it, and writes a
page about all of it. Takes about six minutes on two cores. Touches nothing outside its folder.
"""


def main() -> int:
    """The demo; exit status 0 if all of it worked and nothing leaked."""
    chosen = _arguments()
    try:
        with Stage(chosen.out) as stage:
            return _play(stage, chosen)
    except HandiworkError as error:
        print(f"demo: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\ndemo: stopped. Its processes were ended; what it made so far is in", chosen.out, file=sys.stderr)
        return 130


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make demo", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="the demo's folder (demo-out)")
    parser.add_argument("--demonstrations", type=int, default=15, metavar="N", help="of each task (15)")
    parser.add_argument("--episodes", type=int, default=20, metavar="N", help="of each task, for each agent (20)")
    parser.add_argument("--seed", type=int, default=1, help="of the practice tasks and the person's hand")
    parser.add_argument(
        "--no-serve", action="store_true", help="end at once, even in a terminal, instead of serving the page"
    )
    return parser.parse_args()


class _Timed:
    """Announces each part, and remembers how long it took."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.durations: dict[str, float] = {}

    def __call__(self, name: str, words: str, part: Callable[[], T]) -> T:
        self._stage.say(words)
        began = self._stage.seconds()
        done = part()
        self.durations[name] = round(self._stage.seconds() - began, 1)
        return done


def _play(stage: Stage, chosen: argparse.Namespace) -> int:
    timed = _Timed(stage)
    recorded = timed(
        "record", "1-3  Record, redact, seal: a person works, the recorder watches what it may",
        lambda: record_work(stage, chosen.demonstrations, chosen.seed),
    )  # fmt: skip
    timed("review", "4  Review: what is on the person's device", lambda: stage.run("desk", "list"))
    hubs = timed("hub", "5  A hub that can't read what it stores, and a key service apart", lambda: start_hub(stage))
    timed("upload", "5  Upload, and again: nothing may change", lambda: upload_twice(stage, hubs))
    timed("build", "6-7  A job, two approvals, keys through the public log, and a dataset", lambda: build(stage, hubs))
    stage.run("verify", "log", hubs.hub, "--identity", str(stage.hub / "identity.json"))
    training = timed("train", "8  Train a small policy from scratch", lambda: train(stage))
    judged = timed(
        "evaluate", "9  Judge it in fresh episodes, against an untrained and a random one",
        lambda: evaluate(stage, chosen.episodes),
    )  # fmt: skip
    summary = timed(
        "account", "10  Read everything that was stored, and report",
        lambda: account(stage, Run(recorded, training, judged, timed.durations)),
    )  # fmt: skip
    path = write_summary(stage, summary)
    page = stage.out / "report.html"
    stage.run("lab", "report", str(path), "--out", str(page))
    return _close(stage, summary, page, serve=sys.stdout.isatty() and not chosen.no_serve)


def _close(stage: Stage, summary: Summary, page: Path, *, serve: bool) -> int:
    print(f"\n{_table(summary)}\n")
    cost = summary.recorder
    print(f"  recorder: {cost.cpu_share:.1%} of one core, {cost.peak_memory_bytes / 2**20:.0f} MiB, lost {cost.lost}")
    print(f"  leaks: {summary.leaks} of {summary.audit.planted if summary.audit else 0} planted words found anywhere")
    print(f"  took {stage.seconds():.0f} s\n\nThe page: {page.resolve().as_uri()}")
    print(f"Its figures: {stage.out / 'summary.json'}; your side of it: HANDIWORK_HOME={stage.device} handiwork desk")
    if serve:
        _serve(stage.out)
    return 1 if summary.leaks else 0


def _table(summary: Summary) -> str:
    lines = [f"  {'task':18} {'trained':>22} {'untrained':>22} {'random':>22}"]
    for task, rates in {**summary.tasks, "all": summary.overall}.items():
        shown = [_rate(rates.get(policy)) for policy in ("trained", "untrained", "random")]
        lines.append(f"  {task:18} {shown[0]:>22} {shown[1]:>22} {shown[2]:>22}")
    return "\n".join(lines)


def _rate(rate: Rate | None) -> str:
    return "-" if rate is None else f"{rate.rate:.2f} [{rate.low:.2f}, {rate.high:.2f}]"


class _PageOnly(SimpleHTTPRequestHandler):
    """Serves the report and nothing else of the demo's folder, which also holds keys."""

    def do_GET(self) -> None:
        self.path = "/report.html"
        super().do_GET()

    def do_HEAD(self) -> None:
        self.path = "/report.html"
        super().do_HEAD()

    def log_message(self, format: str, *args: object) -> None:
        """Nobody needs to know who read the page."""


def _serve(folder: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_PageOnly, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Also at http://127.0.0.1:{server.server_port}/ until Ctrl-C.", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
