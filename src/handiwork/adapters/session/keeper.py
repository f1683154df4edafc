# SPDX-License-Identifier: Apache-2.0
"""The process that holds a private session together, run as a script of its own. Standard library only.

It starts everything, writes one JSON line with the environment to stdout, and waits for its stdin to close. The kernel
closes it even if the owner was killed, so nothing outlives the owner. As child subreaper it inherits every
descendant whose parent died (activated bus services, say), and ends them all. Everything it starts dies with it too.
"""

import contextlib
import ctypes
import json
import os
import secrets
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_START_SECONDS = 20.0
_FOREIGN = ("WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS", "SESSION_MANAGER", "NO_AT_BRIDGE", "GTK_MODULES", "XAUTHORITY")
_FAMILY_WILD, _FAMILY_SERVER_INTERPRETED = 65535, 5


class NotStarted(Exception):
    """A part of the session did not come up."""


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _start(command: list[str], environment: dict[str, str], log: Path, keep: int = -1) -> subprocess.Popen[bytes]:
    with log.open("ab") as errors:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            pass_fds=(keep,) if keep >= 0 else (),
            # This process has one thread, so code between fork and exec is safe here.
            preexec_fn=lambda: _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL),
        )


def _name_of(child: subprocess.Popen[bytes]) -> str:
    """The program's name, for a message."""
    assert isinstance(child.args, list)
    return str(child.args[0])


def _read_line(descriptor: int, child: subprocess.Popen[bytes]) -> str:
    """The first line that `child` writes to `descriptor`."""
    line, deadline = b"", time.monotonic() + _START_SECONDS
    while not line.endswith(b"\n"):
        readable, _, _ = select.select([descriptor], [], [], 0.2)
        byte = os.read(descriptor, 1) if readable else b""
        line += byte
        if (readable and not byte) or child.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(f"{_name_of(child)} did not start")
    return line.decode().strip()


def _wait_for(found: Path, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not found.exists():
        if child.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(f"{_name_of(child)} did not start")
        time.sleep(0.01)


def _write_cookie(path: Path, cookie: bytes) -> None:
    """An Xauthority file that holds for every display; see Xau(3) for its format."""

    def field(content: bytes) -> bytes:
        return struct.pack(">H", len(content)) + content

    entry = struct.pack(">H", _FAMILY_WILD) + field(b"") + field(b"") + field(b"MIT-MAGIC-COOKIE-1") + field(cookie)
    path.touch(mode=0o600)
    path.write_bytes(entry)


def _admit_own_user(number: str, cookie: bytes) -> None:
    """Lets this user's other processes in without the cookie, and nobody else: `xhost +si:localuser:#uid`."""
    name, who = b"MIT-MAGIC-COOKIE-1", b"localuser\0#%d" % os.getuid()
    with socket.socket(socket.AF_UNIX) as server:
        server.settimeout(_START_SECONDS)
        server.connect(f"/tmp/.X11-unix/X{number}")
        server.sendall(struct.pack("<BxHHHHxx", 0x6C, 11, 0, len(name), len(cookie)) + name + b"\0\0" + cookie)
        reply = server.recv(8, socket.MSG_WAITALL)
        if reply[:1] != b"\x01":
            raise NotStarted("the X server refused its own cookie")
        server.recv(struct.unpack("<H", reply[6:8])[0] * 4, socket.MSG_WAITALL)
        padded = who + b"\0" * (-len(who) % 4)
        server.sendall(
            struct.pack("<BBHBxH", 109, 0, 2 + len(padded) // 4, _FAMILY_SERVER_INTERPRETED, len(who))
            + padded
            + struct.pack("<BxH", 43, 1)  # GetInputFocus: its reply proves that the host list has changed
        )
        if server.recv(1, socket.MSG_WAITALL) != b"\x01":
            raise NotStarted("the X server refused to admit its own user")


def _x_server(size: str, folder: Path, environment: dict[str, str]) -> None:
    cookie = secrets.token_bytes(16)
    _write_cookie(folder / "Xauthority", cookie)
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    server = _start([*command, "-auth", str(folder / "Xauthority")], environment, folder / "log", write_end)
    os.close(write_end)
    number = _read_line(read_end, server)
    os.close(read_end)
    _admit_own_user(number, cookie)
    environment.update(DISPLAY=f":{number}", XAUTHORITY=str(folder / "Xauthority"))


def _buses(folder: Path, environment: dict[str, str]) -> None:
    """The session bus, and the accessibility bus switched on before any application asks whether it is."""
    address = f"unix:path={folder}/bus"
    environment["DBUS_SESSION_BUS_ADDRESS"] = address
    read_end, write_end = os.pipe()
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    daemon = _start([*command, f"--print-address={write_end}"], environment, folder / "log", write_end)
    os.close(write_end)
    _read_line(read_end, daemon)  # its socket's file is there before anyone is let in
    os.close(read_end)
    target = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]
    change = ["org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status", "string:IsEnabled"]
    switch = _start([*target, *change, "variant:boolean:true"], environment, folder / "log")
    if switch.wait(_START_SECONDS) != 0:
        raise NotStarted("the accessibility bus did not start")


def _window_manager(folder: Path, environment: dict[str, str]) -> None:
    command = ["openbox", "--startup", f"touch {folder}/managed"]
    _wait_for(folder / "managed", _start(command, environment, folder / "log"))


def _environment(folder: Path) -> dict[str, str]:
    """The owner's environment, with everything that would reach or change the owner's own desktop replaced."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    for name in ("config", "cache", "data", "state", "runtime"):
        (folder / name).mkdir(mode=0o700)
    return kept | {
        "XDG_SESSION_TYPE": "x11",
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "GSETTINGS_BACKEND": "memory",
    }


def _children() -> set[int]:
    """Of this process: as subreaper it is, sooner or later, the parent of every process that it started."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return {int(word) for word in listed.split()}


def _guests(folder: Path) -> set[int]:
    """Programs that others started in this session: the cookie's path in their environment gives them away."""
    mark = f"XAUTHORITY={folder}/".encode()
    found = set()
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # gone by now, or another user's
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                found.add(int(entry.name))
    return found - {os.getpid()}


def _end_all(folder: Path) -> None:
    """Asks first, so that the X server takes its socket and lock away, then insists."""
    for sign, seconds in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 3.0)):
        deadline = time.monotonic() + seconds
        while (members := _children() | _guests(folder)) and time.monotonic() < deadline:
            for member in members:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(member, sign)
            time.sleep(0.02)


def _wait_for_owner(owner: int) -> None:
    """Returns when stdin closes, or when the owner is gone though some other process still holds the pipe."""
    while os.getppid() == owner:
        readable, _, _ = select.select([0], [], [], 1.0)
        if readable and not os.read(0, 64):
            return
        _children()  # takes leave of those that ended


def main(size: str, managed: bool) -> int:
    """Brings a session up, holds it as long as its owner lives, and takes it down."""
    owner = os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    folder = Path(tempfile.mkdtemp(prefix="handiwork-session-"))
    try:
        environment = _environment(folder)
        _x_server(size, folder, environment)
        _buses(folder, environment)
        if managed:
            _window_manager(folder, environment)
        print(json.dumps({"env": environment}), flush=True)  # noqa: T201
        _wait_for_owner(owner)
    except (NotStarted, OSError, subprocess.TimeoutExpired) as failure:
        print(json.dumps({"error": str(failure)}), flush=True)  # noqa: T201
        return 1
    finally:
        _end_all(folder)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] == "managed"))
