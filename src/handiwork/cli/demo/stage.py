# SPDX-License-Identifier: Apache-2.0
"""Where the demo plays: its folders, its child processes, and how it speaks to whoever watches."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from handiwork.model.errors import BadInput, Lost

_MARK = ".made-by-handiwork-demo"
_NO_DATA = "only the demo's own practice data is concerned."


class Stage:
    """The demo's folder and processes. Leaving it ends every process that it started."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.device = out / "device"
        self.hub = out / "hub"
        self.lab = out / "lab"
        self.env: Mapping[str, str] = {}
        self._stack = ExitStack()
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        if self.out.exists():
            if not (self.out / _MARK).exists() and any(self.out.iterdir()):
                raise BadInput(
                    f"{self.out} holds something that the demo did not make",
                    data="nothing was touched.",
                    do="choose another folder with --out.",
                )
            shutil.rmtree(self.out)
        for folder in (self.device, self.lab):
            folder.mkdir(parents=True, mode=0o700)
        (self.out / _MARK).touch()
        self.env = {**os.environ, "HANDIWORK_HOME": str(self.device), "PYTHONUNBUFFERED": "1"}
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def seconds(self) -> float:
        """Since the demo began."""
        return time.monotonic() - self._started

    def say(self, words: str) -> None:
        """A heading for whoever watches."""
        print(
            f"\n\033[1m[{self.seconds():5.0f} s] {words}\033[0m"
            if sys.stdout.isatty()
            else f"\n[{self.seconds():5.0f} s] {words}"
        )

    def run(self, *arguments: str, quiet: bool = False, env: Mapping[str, str] | None = None) -> str:
        """Runs a `handiwork` command as a person would, showing it; gives what it printed. Raises Lost if it fails."""
        print(f"  $ handiwork {' '.join(arguments)}", flush=True)
        done = subprocess.run(
            command(*arguments), env={**self.env, **(env or {})}, stdout=subprocess.PIPE, text=True, check=False
        )
        if not quiet:
            for line in done.stdout.splitlines():
                print(f"    {line}")
        if done.returncode:
            raise Lost(
                f"`handiwork {' '.join(arguments)}` failed with status {done.returncode}",
                data=_NO_DATA,
                do="read what it said above.",
            )
        return done.stdout

    def spawn(self, *arguments: str, env: Mapping[str, str] | None = None, log: str) -> subprocess.Popen[bytes]:
        """Starts a `handiwork` command that stays; it ends with the stage, or with this process."""
        print(f"  $ handiwork {' '.join(arguments)} &", flush=True)
        return self.spawn_program(command(*arguments), env=env, log=log)

    def spawn_program(
        self, program: Sequence[str], env: Mapping[str, str] | None = None, *, log: str
    ) -> subprocess.Popen[bytes]:
        """Starts any program that stays; it ends likewise."""
        out: IO[bytes] = self._stack.enter_context((self.out / log).open("wb"))
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *program],
            env={**self.env, **(env or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        self._stack.callback(_end, process)
        return process

    def log_of(self, log: str) -> str:
        """What a spawned command has printed so far."""
        return (self.out / log).read_text("utf-8", "replace")


def command(*arguments: str) -> Sequence[str]:
    """The command line of `handiwork` in this very environment."""
    return [sys.executable, "-m", "handiwork.cli.main", *arguments]


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 20.0) -> None:
    """Returns once `ready` says so; raises Lost after that many seconds."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise Lost(f"{what} within {seconds:.0f} s", data=_NO_DATA, do="look at the logs in the demo's folder.")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
