# SPDX-License-Identifier: Apache-2.0
"""`handiwork record install` and `uninstall`: whether recording starts by itself when the person logs in.

A systemd user service in plain sight: `systemctl --user status handiwork-recorder`. It starts what `record start`
starts, with the same mark, and as little without an agreement.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from handiwork.cli.paths import home
from handiwork.model.errors import BadInput

UNIT = "handiwork-recorder.service"
_TARGET = "graphical-session.target"


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds both verbs."""
    install = verbs.add_parser("install", help="start recording whenever you log in, with its mark on your screen")
    install.set_defaults(run=_install)
    uninstall = verbs.add_parser("uninstall", help="don't start recording when you log in")
    uninstall.set_defaults(run=_uninstall)


def unit_path(environment: Mapping[str, str]) -> Path:
    """Where the unit stands, or would."""
    given = environment.get("XDG_CONFIG_HOME", "")
    return (Path(given) if given else Path.home() / ".config") / "systemd" / "user" / UNIT


def is_installed(environment: Mapping[str, str]) -> bool:
    """Whether it starts at login."""
    return unit_path(environment).is_file() and _wanted(unit_path(environment)).is_symlink()


def unit_text(command: str, environment: Mapping[str, str]) -> str:
    """The unit, for this program and the folder that it keeps its state in."""
    text = resources.files("handiwork.cli").joinpath(f"texts/{UNIT}").read_text("utf-8")
    kept = [
        f"Environment={_quoted(f'{name}={environment[name]}')}" for name in ("HANDIWORK_HOME",) if name in environment
    ]
    filled = text.format(command=_quoted(command), environment="\n".join(kept))
    return filled.replace("\n\nSyslogIdentifier", "\nSyslogIdentifier")


def write(unit: Path, text: str) -> None:
    """The unit, and the link by which the session wants it: what `systemctl --user enable` would make."""
    wanted = _wanted(unit)
    wanted.parent.mkdir(parents=True, exist_ok=True)
    unit.write_text(text, "utf-8")
    wanted.unlink(missing_ok=True)
    wanted.symlink_to(Path("..") / UNIT)


def remove(unit: Path) -> bool:
    """Takes both away; whether there was anything."""
    there = unit.exists() or _wanted(unit).is_symlink()
    _wanted(unit).unlink(missing_ok=True)
    unit.unlink(missing_ok=True)
    return there


def call_off(environment: Mapping[str, str]) -> bool:
    """Whether systemd was about to start a recorder again, after a crash, and now isn't."""
    if not unit_path(environment).is_file() or _asked("show", "--property=SubState", "--value", UNIT) != "auto-restart":
        return False
    return _systemd("stop", UNIT)


def _install(_: argparse.Namespace) -> int:
    from handiwork.cli.consent import policy_in_force, require
    from handiwork.cli.device import open_device

    with open_device(home()) as device:
        require(device.store, policy_in_force(device.store))
    unit = unit_path(os.environ)
    write(unit, unit_text(_command(), os.environ))
    print(f"wrote {unit}")
    if _systemd("daemon-reload"):
        print("Recording starts when you next log in; to start it now: systemctl --user start handiwork-recorder")
    else:
        print("systemd doesn't run for you here, so nothing starts it yet. Where it does, recording starts at login.")
    return 0


def _uninstall(_: argparse.Namespace) -> int:
    unit = unit_path(os.environ)
    _systemd("stop", UNIT)
    there = remove(unit)
    _systemd("daemon-reload")
    _systemd("reset-failed", UNIT)  # else systemd goes on listing one that had failed
    print("Recording no longer starts when you log in." if there else "It was not installed; nothing was changed.")
    return 0


def _command() -> str:
    """This very program, by its own name, so that it can be seen for what it is among others."""
    script = Path(sys.executable).with_name("handiwork")
    if script.is_file():
        return str(script)
    found = shutil.which("handiwork")
    if found is None:
        raise BadInput(
            "There is no program named handiwork here, only the code",
            data="nothing was changed.",
            do="install it (`make setup`), then run `handiwork record install`.",
        )
    return found


def _systemd(*words: str) -> bool:
    """Tells the person's own systemd; whether there is one and it obeyed."""
    return _asked(*words) is not None


def _asked(*words: str) -> str | None:
    """What it answers; None if there is none, or it refused."""
    try:
        done = subprocess.run(["systemctl", "--user", *words], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _wanted(unit: Path) -> Path:
    return unit.with_name(f"{_TARGET}.wants") / UNIT


def _quoted(text: str) -> str:
    """For systemd's own reading of a line: %, quotes and backslashes are its signs, and a line must stay one."""
    if any(ord(letter) < 32 for letter in text):
        raise BadInput(
            "A path has a line break in it", data="nothing was changed.", do="use a folder with a plain name."
        )
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
