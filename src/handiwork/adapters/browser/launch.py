# SPDX-License-Identifier: Apache-2.0
"""Starts a browser of its own, with the extension, on a given display: for the lab, the tests and demonstrations.

It never touches the person's own browser: its profile is private and thrown away. No debugging port is ever opened.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from handiwork.adapters.browser.install import install_host
from handiwork.model.errors import MissingPiece
from handiwork.model.geometry import Box

_NAMES = ("chromium", "chromium-browser")
_PATIENCE_S = 5.0

FLAGS = (
    "--test-type",  # no bars that warn of --no-sandbox: they would shift the page
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-gpu",
    "--disable-smooth-scrolling",
    "--disable-search-engine-choice-screen",
    "--disable-session-crashed-bubble",
    "--force-device-scale-factor=1",
    "--password-store=basic",
    "--lang=en-US",
    "--disable-features=DisableLoadExtensionCommandLineSwitch,Translate,MediaRouter,OptimizationHints,AutofillServer"
    "Communication,CertificateTransparencyComponentUpdater,GlobalMediaControls,InterestFeedContentSuggestions",
)


_USUAL = Box(0, 0, 1200, 780)


@dataclass(frozen=True)
class View:
    """What to open and where. `is_app`: a bare window without tabs and address bar."""

    url: str = "about:blank"
    is_app: bool = False
    bounds: Box = _USUAL


class OwnBrowser(ABC):
    """A running browser: `with Chromium(session.env, View(url), socket_path=bridge.path) as browser: ...`.

    Dies with the thread that started it (PR_SET_PDEATHSIG), so start it from one that lives as long as it should.
    """

    def __init__(
        self, environment: Mapping[str, str], view: View, *, socket_path: Path | None, extra: tuple[str, ...] = ()
    ) -> None:
        """`socket_path`: where the recorder listens (`BrowserBridge.path`); None starts without the extension."""
        self._environment, self._view, self._socket_path, self._extra = dict(environment), view, socket_path, extra
        self._process: subprocess.Popen[bytes] | None = None
        self.profile = Path()

    @abstractmethod
    def _found(self) -> str:
        """The program's path, or MissingPiece."""

    @abstractmethod
    def _prepared(self, folder: Path) -> Sequence[str]:
        """Makes `profile` in a folder that is thrown away at the end, and gives the command that starts the browser."""

    @abstractmethod
    def _another(self, url: str, flags: Sequence[str]) -> Sequence[str]:
        """The command that asks the running browser for another tab or window."""

    def __enter__(self) -> Self:
        self._program = self._found()  # before anything is made
        self._folder = Path(tempfile.mkdtemp(prefix="handiwork-browser-"))
        command = self._prepared(self._folder)
        self._process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", *command],  # not preexec_fn: this process may have threads
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The browser's main process; also its process group."""
        assert self._process is not None, "not started"
        return self._process.pid

    def open(self, url: str, *flags: str) -> None:
        """Asks the running browser for another tab, or for another window with --new-window or --incognito."""
        quiet = subprocess.DEVNULL
        command = self._another(url, flags)
        subprocess.run(command, env=self._environment, stdout=quiet, stderr=quiet, timeout=30, check=False)

    def is_running(self) -> bool:
        """Whether the main process lives."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """Ends every process of the browser and removes its profile. May be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        for sign in (signal.SIGTERM, signal.SIGKILL):
            _signal_group(process.pid, sign)
            try:
                process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                continue
        _signal_group(process.pid, signal.SIGKILL)  # children that outlived their parent
        shutil.rmtree(self._folder, ignore_errors=True)


class Chromium(OwnBrowser):
    """Debian's or Ubuntu's, whichever is there."""

    def _found(self) -> str:
        return find_chromium()

    def _prepared(self, folder: Path) -> Sequence[str]:
        self.profile = folder
        _write_preferences(self.profile)
        if self._socket_path is not None:
            install_host([self.profile], self._socket_path, sys.executable)
        return [self._program, *self._flags(), *self._extra, *self._target()]

    def _another(self, url: str, flags: Sequence[str]) -> Sequence[str]:
        return [self._program, *self._flags(), *flags, url]

    def _flags(self) -> list[str]:
        box = self._view.bounds
        flags = [*FLAGS, f"--user-data-dir={self.profile}"]
        flags += [f"--window-position={box.x},{box.y}", f"--window-size={box.w},{box.h}"]
        if os.getuid() == 0:
            flags.append("--no-sandbox")  # Chromium refuses to run as root with it
        if self._socket_path is not None:
            flags.append(f"--load-extension={extension_folder()}")
        return flags

    def _target(self) -> list[str]:
        return [f"--app={self._view.url}"] if self._view.is_app else [self._view.url]


def _write_preferences(profile: Path) -> None:
    """No offers to save passwords, cards or addresses: their bubbles would take the keyboard from the page."""
    folder = profile / "Default"
    folder.mkdir(mode=0o700)
    wishes = {
        "credentials_enable_service": False,
        "profile": {"password_manager_enabled": False},
        "autofill": {"credit_card_enabled": False, "profile_enabled": False},
    }
    (folder / "Preferences").write_text(json.dumps(wishes), "utf-8")


def find_chromium() -> str:
    """The program's path, or MissingPiece."""
    return find_program("Chromium", _NAMES)


def find_program(browser: str, names: Sequence[str]) -> str:
    """The path of the first of these commands that is there, or MissingPiece; the first is also Debian's package."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise MissingPiece(
            f"{browser} is not installed.",
            data="Nothing was recorded or changed.",
            do=f"Install it: sudo apt install {names[0]}",
        )
    return found


def extension_folder() -> Path:
    """The extension: package data of an installed wheel, or the repository's own folder in a source checkout."""
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "_extension", package.parents[1] / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    raise MissingPiece(
        "The browser extension is missing from this installation.",
        data="Nothing was recorded or changed.",
        do="Install Handiwork again, from its wheel or from a whole checkout.",
    )


def _signal_group(group: int, sign: signal.Signals) -> None:
    try:
        os.killpg(group, sign)
    except ProcessLookupError:
        return
