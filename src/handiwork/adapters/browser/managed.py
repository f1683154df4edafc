# SPDX-License-Identifier: Apache-2.0
"""Whether this machine's managed policy rules private and guest windows out, so that none is taken for another.

From outside, such windows can't be told from others: their titles are alike. The policy counts only if it was there
before the browser began, and if nobody but the administrator can have written it. What can't be read or understood
rules nothing out.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from handiwork.model.raw import RawWindow

NOT_RULED_OUT = "private windows not ruled out"
UNKNOWN_BROWSER = "browser of unknown origin"

_CHROMIUM, _CHROME = Path("/etc/chromium/policies/managed"), Path("/etc/opt/chrome/policies/managed")
_FOLDERS = {"chromium": _CHROMIUM, "google-chrome": _CHROME}
_PROGRAMS = {"chromium": ("/usr/lib/chromium/chromium",), "google-chrome": ("/opt/google/chrome/chrome",)}
_NO_PRIVATE, _NO_GUEST, _OVERRIDE = (
    "IncognitoModeAvailability",
    "BrowserGuestModeEnabled",
    "CloudPolicyOverridesPlatformPolicy",
)
_TICKS = os.sysconf("SC_CLK_TCK")


class _Policies(msgspec.Struct, frozen=True):
    """Of a policy file, what matters here; that a key is there is told from it by its being set."""

    private: int | None = msgspec.field(name=_NO_PRIVATE, default=None)
    guest: bool | None = msgspec.field(name=_NO_GUEST, default=None)
    override: bool = msgspec.field(name=_OVERRIDE, default=False)


@dataclass(frozen=True)
class Managed:
    """`folders` and `programs` by window class; `owner` is whose the files must be: root's, but in tests."""

    folders: Mapping[str, Path] = field(default_factory=lambda: _FOLDERS)
    programs: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _PROGRAMS)
    owner: int = 0

    def refusal(self, window: RawWindow) -> str:
        """Why the browser of that window may have private or guest windows (a fixed word), or "" if it can't."""
        folder, began_ns = self.folders.get(window.app), _began_ns(window.pid)
        if folder is None or began_ns is None or not self._is_known(window):
            return UNKNOWN_BROWSER
        return "" if self._rules_out(folder, began_ns) else NOT_RULED_OUT

    def _is_known(self, window: RawWindow) -> bool:
        """The distribution's own program reads that folder; another build of the same name may read none."""
        try:
            return os.readlink(f"/proc/{window.pid}/exe") in self.programs.get(window.app, ())
        except OSError:
            return False

    def _rules_out(self, folder: Path, began_ns: int) -> bool:
        """Every file that speaks of it agrees: which of two the browser takes is its own affair."""
        try:
            files = sorted(folder.glob("*.json"))
            if not all(self._is_trusted(path) for path in (folder, *folder.parents[:2], *files)):
                return False
            told = [(path.stat().st_ctime_ns, msgspec.json.decode(path.read_bytes(), type=_Policies)) for path in files]
        except (OSError, msgspec.DecodeError):
            return False
        private = [(at, one.private == 1) for at, one in told if one.private is not None]
        guest = [(at, one.guest is False) for at, one in told if one.guest is not None]
        if not private or not guest or any(one.override for _, one in told):
            return False
        return all(holds and at < began_ns for at, holds in (*private, *guest))

    def _is_trusted(self, path: Path) -> bool:
        found = path.stat()
        return found.st_uid == self.owner and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _began_ns(pid: int) -> int | None:
    """When a process began, on the wall's clock; None if there is none."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
        boot = next(line for line in Path("/proc/stat").read_text("ascii").splitlines() if line.startswith("btime"))
        return (int(boot.split()[1]) * _TICKS + int(told.rpartition(")")[2].split()[19])) * 1_000_000_000 // _TICKS
    except (OSError, ValueError, IndexError, StopIteration):
        return None
