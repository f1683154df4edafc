# SPDX-License-Identifier: Apache-2.0
"""The peers: other recorders, each in a virtual environment of its own, run only as processes of their own.

Nothing of them is imported by this project or installed beside it. The environments are made when first needed.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handiwork.model.errors import Lost, MissingPiece

_CACHE = Path("build/peers")


@dataclass(frozen=True)
class Peer:
    """Another recorder: what to install, and the script that runs it until SIGTERM and prints "ready"."""

    name: str
    packages: tuple[str, ...]
    script: str


PYNPUT = Peer("pynput_mss", ("pynput==1.8.2", "mss==10.2.0", "av==18.1.0", "numpy==2.4.6"), "pynput_mss.py")
"""The usual beginning of a recorder: pynput's events, the whole screen ten times a second by mss, H.264 by PyAV."""

OPENADAPT = Peer("openadapt", ("openadapt-capture==1.3.0", "imageio-ffmpeg==0.8.1"), "openadapt.py")
"""As it comes: 10 pictures a second, H.264 by FFmpeg (which it wants to be given), its own structural observations."""


def python_of(peer: Peer) -> Path:
    """The interpreter of the peer's environment, made now if need be. MissingPiece if it can't be installed."""
    digest = hashlib.sha256("\n".join((sys.version, *peer.packages)).encode()).hexdigest()[:12]
    folder = _CACHE / f"{peer.name}-{digest}"
    python = folder / "bin" / "python"
    if (folder / "whole").exists():
        return python.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    quiet = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", "install", *peer.packages]
    for command in ([sys.executable, "-m", "venv", str(folder)], quiet):
        if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            raise MissingPiece(
                f"{peer.name} can't be installed here.",
                data="none is concerned.",
                do=f"see what says: pip install {' '.join(peer.packages)}",
            )
    (folder / "whole").touch()
    return python.absolute()


def starter(peer: Peer) -> Callable[[Mapping[str, str], Path], "subprocess.Popen[bytes]"]:
    """Starts it in a session, writing below a folder; returns when it says that it records."""
    python = python_of(peer)

    def start(env: Mapping[str, str], out: Path) -> "subprocess.Popen[bytes]":
        script = Path(__file__).with_name(peer.script)
        with (out / "peer.log").open("wb") as log:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", str(python), "-I", str(script), str(out / "peer")],
                env=dict(env), cwd=out, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while b"ready" not in (out / "peer.log").read_bytes():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                tail = (out / "peer.log").read_text("utf-8", "replace")[-400:]
                raise Lost(f"{peer.name} does not record: {tail}", data="none is concerned.", do="read what it says.")
            time.sleep(0.1)
        return process

    return start
