# SPDX-License-Identifier: Apache-2.0
"""The demo's first part: a scripted person works in a real browser while the real recorder records."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.miniwob.harness import MiniwobEnvironment
from handiwork.adapters.miniwob.server import World
from handiwork.adapters.miniwob.tasks import CUSTOMER, DEMO_TASKS, PRIVATE_NOTE, SIGN_IN_PASSWORD, SIGN_IN_USER
from handiwork.adapters.session.virtual import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.browsing import open_browser
from handiwork.cli.demo.stage import Stage, wait_until
from handiwork.lab.hand import Hand
from handiwork.lab.person import Person
from handiwork.model.errors import Lost
from handiwork.ports.control import Command, Status

PLANTED = (SIGN_IN_PASSWORD, SIGN_IN_USER, PRIVATE_NOTE, *(entry.removeprefix("access key ") for entry in CUSTOMER))
"""What the scripted person types where nothing may be kept, and what must be cut where the rest may be. None of it may
be found anywhere afterwards."""

POLICY = """\
name = "demo"
revision = 1
purposes = ["agent-training"]
retention_days = 30

# A script works many times faster than a person: the budget that is right for people would leave out its frames.
[cost]
cpu_percent = 100.0
delay_ms = 1000.0

# The practice pages are public test pages, so their words may survive ("open"); passwords, secrets, the sign-in page
# and everything else are cut all the same.
[[allow]]
app = "chromium"
site = "{site}"
level = "full"
words = "open"
"""

ROUNDS = 3

READING_S = 0.6
LEAVING_S = 0.4
"""A person looks at a new page before acting, and at the result before leaving. Work done within the recorder's hold
time of a change of page is dropped as uncertain, as it should be."""


@dataclass(frozen=True)
class Recorded:
    """How the recording went."""

    account: Status
    episodes: int
    successes: int


def record_work(stage: Stage, demonstrations: int, seed: int) -> Recorded:
    """Records that many demonstrations of each task, with out-of-scope work mixed in."""
    with VirtualSession() as session, World() as world:
        env = {**session.env, "HANDIWORK_HOME": str(stage.device)}
        policy = stage.out / "policy.toml"
        policy.write_text(POLICY.format(site=world.url), "utf-8")
        stage.run("record", "policy", str(policy), env=env)
        stage.run("record", "consent", "--accept-as", "Demo Participant", env=env)
        recorder = stage.spawn("record", "start", "--json", env=env, log="recorder.log")
        wait_until(lambda: _is_up(stage) or recorder.poll() is not None, "The recorder did not start")
        if recorder.poll() is not None:
            raise Lost(
                "The recorder did not start:\n" + stage.log_of("recorder.log"),
                data="nothing was recorded.",
                do="see what it says above.",
            )
        with _environment(stage, session, world) as environment:
            person = Person(environment, Hand(X11Actuator(session.display), seed))
            done = _work(stage, person, demonstrations, seed)
        account = stop(stage)
        recorder.wait(20)
    return Recorded(account, *done)


def tell(stage: Stage, command: Command) -> Status:
    """Speaks to the running recorder."""
    return ask(stage.device / "run" / "control.sock", command)


def stop(stage: Stage) -> Status:
    """Stops the recorder in order; gives its account."""
    return tell(stage, Command(do="stop"))


@contextmanager
def _environment(stage: Stage, session: VirtualSession, world: World) -> Iterator[MiniwobEnvironment]:
    """The practice pages in a real browser with the extension, connected to the recorder."""
    environment = MiniwobEnvironment(world, lambda url: open_browser(session.env, stage.device / "run", url))
    try:
        environment.reset(DEMO_TASKS[0], 0)
        wait_until(lambda: tell(stage, Command(do="status")).browsers > 0, "The browser's extension did not connect")
        wait_until(lambda: tell(stage, Command(do="status")).state == "recording", "The page did not come into scope")
        yield environment
    finally:
        environment.close()


def _work(stage: Stage, person: Person, demonstrations: int, seed: int) -> tuple[int, int]:
    """Rounds of practice tasks, each followed by an order with a customer's data, a sign-in and a private note."""
    columns = (TextColumn("  {task.description:18}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    episodes = successes = 0
    with Progress(*columns) as progress:
        bar = progress.add_task("demonstrations", total=demonstrations * len(DEMO_TASKS))
        for number in range(ROUNDS):
            for task in DEMO_TASKS:
                for turn in range(number, demonstrations, ROUNDS):
                    progress.update(bar, description=task)
                    shown = person.demonstrate(task, seed + turn, partial(_read, stage, turn == number))
                    _note(stage, "", "done" if shown.verdict.success else "failed")
                    episodes, successes = episodes + 1, successes + shown.verdict.success
                    progress.advance(bar)
                time.sleep(LEAVING_S)
            progress.update(bar, description="what must be cut")
            person.demonstrate("place-order", seed + number, partial(_read, stage, True))
            _note(stage, "", "done")
            time.sleep(LEAVING_S)
            for task in ("sign-in", "private-notes"):
                person.demonstrate(task, seed + number)
    return episodes, successes


def _read(stage: Stage, is_new: bool, goal: str) -> None:
    """The person reads the task, which takes longer on a page that has just opened."""
    if is_new:
        time.sleep(READING_S)
    _note(stage, goal)


def _note(stage: Stage, text: str, kind: str = "goal") -> None:
    tell(stage, msgspec.convert({"do": "note", "kind": kind, "text": text}, Command))


def _is_up(stage: Stage) -> bool:
    try:
        tell(stage, Command(do="status"))
    except Lost:
        return False
    return True
