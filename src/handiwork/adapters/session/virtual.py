# SPDX-License-Identifier: Apache-2.0
"""A private desktop for an agent, a demonstration or a test: nothing of it reaches the person's own, and nothing stays.

Xvfb, a session bus, the accessibility bus and openbox, held by `keeper.py`, which ends them when this process does.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from handiwork.model.errors import Lost, MissingPiece

_PACKAGES = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus-daemon",
    "dbus-send": "dbus-bin",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "setpriv": "util-linux",
    "openbox": "openbox",
}
_NO_DATA = "nothing was started and nothing was recorded."


class _Report(msgspec.Struct, frozen=True):
    env: dict[str, str] = {}
    error: str = ""


class VirtualSession:
    """A context manager; may be entered once. Programs join it through `env`, or are started by `start`."""

    def __init__(self, width: int = 1280, height: int = 800, window_manager: bool = True) -> None:
        self._size = f"{width}x{height}"
        self._managed = window_manager
        self._keeper: subprocess.Popen[bytes] | None = None
        self._programs: list[subprocess.Popen[bytes]] = []
        self.env: Mapping[str, str] = {}
        """The whole environment for a child process; empty before the session is entered."""

    @property
    def display(self) -> str:
        """The display's name, ":7". Programs of the same user need no cookie."""
        return self.env["DISPLAY"]

    @property
    def pid(self) -> int:
        """The process from which X server, buses and window manager descend; 0 if the session isn't running."""
        return self._keeper.pid if self._keeper is not None else 0

    def __enter__(self) -> Self:
        _require_programs(window_manager=self._managed)
        script = Path(__file__).with_name("keeper.py")
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(script), self._size, "managed" if self._managed else "bare"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._keeper.stdout is not None
        report = _read_report(self._keeper.stdout.readline())
        if report.error or not report.env:
            self.close()
            what = f"The private session did not start: {report.error or 'its keeper ended'}."
            raise Lost(what, data=_NO_DATA, do="try again; if it stays so, run Xvfb, dbus-daemon and openbox by hand.")
        self.env = report.env
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self, command: Sequence[str], **extra: str) -> subprocess.Popen[bytes]:
        """Starts a program in the session, in a process group that `close` ends. `extra` adds to its environment."""
        # setpriv, not preexec_fn: this process may have threads. It makes the program die with this process.
        program = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", *command],
            env={**self.env, **extra},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._programs.append(program)
        return program

    def close(self) -> None:
        """Ends every program of the session and removes its files. May be called twice."""
        for program in self._programs:
            _end_group(program)
        self._programs.clear()
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        keeper.stdin.close()
        try:
            keeper.wait(15)
        except subprocess.TimeoutExpired:
            keeper.kill()  # what it started dies with it
            keeper.wait()
        keeper.stdout.close()


def _read_report(line: bytes) -> _Report:
    try:
        return msgspec.json.decode(line, type=_Report)
    except msgspec.DecodeError:
        return _Report()


def _require_programs(*, window_manager: bool) -> None:
    """MissingPiece for the first program that this machine lacks, with the Debian package that has it."""
    for program, package in _PACKAGES.items():
        if program == "openbox" and not window_manager:
            continue
        if shutil.which(program) is None:
            name = os.path.basename(program)
            raise MissingPiece(
                f"A private session needs {name}, which is not installed.",
                data=_NO_DATA,
                do=f"install it: apt install {package}",
            )


def _end_group(program: subprocess.Popen[bytes]) -> None:
    """Ends a program and what it started; asks first, so that it can leave its files in order."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(program.pid, sign)
        try:
            program.wait(2)
        except subprocess.TimeoutExpired:
            continue
    program.wait()
