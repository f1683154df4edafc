# SPDX-License-Identifier: Apache-2.0
"""Becomes a person's own systemd, in a mount namespace and control groups of its own. See tests/login.py.

Runs as root, as a script. All that it changes outside of its own namespace is who owns those control groups.
"""

import os
import subprocess
import sys
from pathlib import Path

HOME = "/home/person"


def main(uid: int, folder: str, groups: list[str], readable: list[str]) -> None:
    """Never returns."""
    _looks_booted()
    _has_an_account(uid, folder)
    _open([Path(path) for path in readable])
    for group in groups:
        _joins(Path(group), uid)
    os.chdir("/")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    mine = {"HOME": HOME, "USER": "person", "LOGNAME": "person", "XDG_RUNTIME_DIR": f"/run/user/{uid}"}
    os.execve("/usr/lib/systemd/systemd", ["systemd", "--user", "--unit=basic.target"], kept | mine)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def _looks_booted() -> None:
    """systemd looks for this folder before it believes that there is a systemd."""
    Path("/run/systemd").mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", "mode=755", "none", "/run/systemd")
    Path("/run/systemd/system").mkdir()


def _has_an_account(uid: int, folder: str) -> None:
    """A name, a home and a folder for sockets, as a login gives."""
    accounts = Path(folder).with_name("passwd")
    known = Path("/etc/passwd").read_text("utf-8")
    accounts.write_text(f"{known}person:x:{uid}:{uid}::{HOME}:/bin/sh\n", "utf-8")
    accounts.chmod(0o644)
    _mount("--bind", str(accounts), "/etc/passwd")
    for place in ("/home", "/run/user"):
        Path(place).mkdir(exist_ok=True)
        _mount("-t", "tmpfs", "-o", "mode=755", "none", place)
    sockets = Path(f"/run/user/{uid}")
    sockets.mkdir(mode=0o700)
    Path(HOME).mkdir()
    _mount("--bind", folder, HOME)
    for mine in (str(sockets), HOME):
        os.chown(mine, uid, uid)


def _open(paths: list[Path]) -> None:
    """Makes folders reachable though they lie in somebody's closed one, of which nothing else shows then."""
    closed = {path: one for path in paths for one in path.parents if not one.stat().st_mode & 0o001}
    asides = {path: Path(f"/run/systemd/aside{number}") for number, path in enumerate(closed)}
    for path, aside in asides.items():
        aside.mkdir()
        _mount("--bind", str(path), str(aside))
    for folder in dict.fromkeys(closed.values()):
        _mount("-t", "tmpfs", "-o", "mode=755", "none", str(folder))
    for path, aside in asides.items():
        path.mkdir(parents=True, exist_ok=True)
        _mount("--move", str(aside), str(path))


def _joins(group: Path, uid: int) -> None:
    for name in ("", "cgroup.procs", "cgroup.subtree_control", "cgroup.threads", "tasks"):
        if (group / name).exists():
            os.chown(group / name, uid, uid)
    (group / "cgroup.procs").write_text(str(os.getpid()), "ascii")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3].split(":"), sys.argv[4:])
