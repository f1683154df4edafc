# SPDX-License-Identifier: Apache-2.0
"""A person who is logged in: their own systemd, session bus and X server, as an ordinary user of this machine.

Needs root, to make that user. What is made goes when the login ends; nothing of it reaches this machine's own systemd.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from handiwork.cli.demo.stage import wait_until

UID = 61_234
HOME = "/home/person"
"""As the person sees it."""

_SYSTEMD = "/usr/lib/systemd/systemd"
_INSIDE = Path(__file__).with_name("login_inside.py")
_ROOT = Path(__file__).parents[1]
_PROGRAMS = ("Xvfb", "openbox", "systemctl", "dbus-daemon", "nsenter", "setpriv", "unshare")
_DESKTOP = """\
[Unit]
Description=What a desktop starts when it is there
BindsTo=graphical-session.target
"""


def why_no_login() -> str:
    """Why nobody can be logged in here, in words; "" if somebody can."""
    if os.geteuid() != 0:
        return "logging another user in needs root"
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    missing += [] if Path(_SYSTEMD).exists() else ["systemd"]
    if missing or not Path("/usr/lib/systemd/user/dbus.socket").exists():
        return f"not installed: {', '.join(missing) or 'dbus-user-session'}"
    mount = ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        return "mounting is not allowed here"
    return "" if _can_make(_groups(f"handiwork-may-{os.getpid()}")) else "no control group can be made here"


class Login:
    """A context manager. `folder` is the person's home, as others see it."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "person"
        self.home.mkdir()
        self.display = ""
        self._groups = _groups(f"handiwork-login-{os.getpid()}")
        self._log = folder / "systemd.log"
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        for group in self._groups:
            group.mkdir()
        readable = dict.fromkeys(map(str, (sys.base_prefix, sys.prefix, _ROOT)))
        inside = [sys.executable, "-I", str(_INSIDE), str(UID), str(self.home), ":".join(map(str, self._groups))]
        try:
            self._start(["unshare", "-m", "--", *inside, *readable])
            wait_until(lambda: self.systemctl("is-system-running") == "running", "systemd did not start")
            self._show()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def run(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        """A command of the person's, to its end."""
        return subprocess.run(
            self._as_person(words), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )

    def start(self, *words: str | Path) -> None:
        """A program of the person's, until they log out."""
        self._start(["setpriv", "--pdeathsig", "KILL", *self._as_person(words)])

    def systemctl(self, *words: str) -> str:
        """What the person's own systemd answers."""
        done = self.run("systemctl", "--user", "--no-pager", *words)
        return (done.stdout + done.stderr).strip()

    def begin_desktop(self) -> None:
        """What a desktop does once it is there: tells systemd of its screen, and that it has begun."""
        self.systemctl("set-environment", f"DISPLAY={self.display}", "XDG_SESSION_TYPE=x11")
        assert self.systemctl("start", "desktop.target") == ""

    def close(self) -> None:
        """Ends whatever runs in the person's name."""
        for program in self._started:
            program.kill()
            program.wait(10)
        wait_until(lambda: all([_is_emptied(group) for group in self._groups]), "The control groups stayed")

    def _show(self) -> None:
        """The screen and the window manager that a display manager would have started."""
        units = f"{HOME}/.config/systemd/user"
        assert self.run("mkdir", "-p", units).returncode == 0
        (self.home / ".config/systemd/user/desktop.target").write_text(_DESKTOP, "utf-8")
        screen = ["Xvfb", "-displayfd", "1", "-ac", "-nolisten", "tcp", "-screen", "0", "1280x800x24"]
        told = self._start(["setpriv", "--pdeathsig", "KILL", *self._as_person(screen)], tells=True).stdout
        assert told is not None
        self.display = f":{told.readline().decode().strip()}"
        self.start("openbox", "--startup", f"touch {HOME}/managed")
        wait_until((self.home / "managed").exists, "openbox did not start")

    def _start(self, words: Sequence[str], tells: bool = False) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            program = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if tells else log, stderr=log
            )
        self._started.append(program)
        return program

    def _as_person(self, words: Sequence[str | Path]) -> list[str]:
        """That command, in the person's own view of this machine."""
        runtime = f"/run/user/{UID}"
        mine = {
            "PATH": f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": HOME, "USER": "person",
            "XDG_RUNTIME_DIR": runtime, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
            "DISPLAY": self.display, "PYTHONPATH": str(_ROOT),
        }  # fmt: skip
        enter = ["nsenter", f"--mount=/proc/{self._started[0].pid}/ns/mnt", "--wd=/", "setpriv", f"--reuid={UID}"]
        given = [f"{name}={value}" for name, value in mine.items() if value]
        return [*enter, f"--regid={UID}", "--clear-groups", "env", "-i", *given, *map(str, words)]


def _groups(name: str) -> list[Path]:
    """Where systemd keeps track of processes, below this process's own group: in cgroup 2, and in 1 beside it."""
    mine = dict(line.split(":", 2)[1:] for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines())
    found = []
    for line in Path("/proc/self/mountinfo").read_text("utf-8").splitlines():
        first, _, last = line.partition(" - ")
        place, (kind, _, options) = first.split()[4], last.split(maxsplit=2)
        if kind == "cgroup2" and "" in mine:
            found.append(Path(place + mine[""], name))
        elif kind == "cgroup" and "name=systemd" in options.split(",") and "name=systemd" in mine:
            found.append(Path(place + mine["name=systemd"], name))
    return found


def _can_make(groups: Sequence[Path]) -> bool:
    try:
        for group in groups:
            group.mkdir()
    except OSError:
        return False
    finally:
        for group in groups:
            with suppress(OSError):
                group.rmdir()
    return bool(groups)


def _is_emptied(group: Path) -> bool:
    """Whether it is gone: its processes are killed, its folders removed, which they leave when they have ended."""
    for folder, _, _ in os.walk(group, topdown=False):
        with suppress(OSError):  # gone meanwhile
            for pid in Path(folder, "cgroup.procs").read_text("ascii").split():
                os.kill(int(pid), signal.SIGKILL)
            os.rmdir(folder)
    return not group.exists()
