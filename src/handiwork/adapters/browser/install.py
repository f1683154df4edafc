# SPDX-License-Identifier: Apache-2.0
"""Registers the native messaging host with Chromium, for one user. Puts two small files per browser profile folder.

The wrapper holds the socket's path and the interpreter, since Chromium passes the host neither arguments nor variables.
"""

import os
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

HOST_NAME = "handiwork.recorder"
EXTENSION_ID = "jllmofhmokacgegjblaomolmdbglmfem"
"""Follows from the "key" in the extension's manifest."""

DESCRIPTION = "Passes what allowed pages show to the Handiwork recorder on this computer"

_WRAPPER = "handiwork-recorder-host"


class _Manifest(msgspec.Struct, frozen=True):
    name: str
    description: str
    path: str
    type: str
    allowed_origins: tuple[str, ...]


def default_profile_dirs() -> list[Path]:
    """Where this user's Chromium and Chrome keep their profiles, whether or not they are installed."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return [config / "chromium", config / "google-chrome"]


def install_host(
    profile_dirs: Iterable[Path],
    socket_path: Path,
    python: str = sys.executable,
    ids: tuple[str, ...] = (EXTENSION_ID,),
) -> list[Path]:
    """Writes wrapper and manifest below each `--user-data-dir`; returns what was written. May be repeated."""
    written = []
    for profile in profile_dirs:
        folder = profile / "NativeMessagingHosts"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wrapper, manifest = _places(profile)
        replace_file(wrapper, wrapper_text(python, socket_path), 0o700)
        replace_file(manifest, host_manifest(wrapper, ids), 0o600)
        written += [wrapper, manifest]
    return written


def uninstall(profile_dirs: Iterable[Path]) -> list[Path]:
    """Removes what `install_host` wrote; returns what was there."""
    found = [place for profile in profile_dirs for place in _places(profile) if place.exists()]
    for place in found:
        place.unlink()
    return found


def registered(profile_dirs: Iterable[Path]) -> dict[Path, bool]:
    """For each profile folder that exists, whether the host is registered there."""
    return {profile: all(place.exists() for place in _places(profile)) for profile in profile_dirs if profile.is_dir()}


def _places(profile: Path) -> tuple[Path, Path]:
    folder = profile.absolute() / "NativeMessagingHosts"
    return folder / _WRAPPER, folder / f"{HOST_NAME}.json"


def wrapper_text(python: str, socket_path: Path) -> bytes:
    """The program that the browser starts: it passes the host what the browser doesn't."""
    host = Path(__file__).with_name("native_host.py").absolute()
    command = shlex.join([python, "-I", "-S", str(host), str(socket_path.absolute())])
    return f"#!/bin/sh\nexec {command}\n".encode()


def host_manifest(wrapper: Path, ids: tuple[str, ...] = (EXTENSION_ID,)) -> bytes:
    """What tells Chromium which program the host is, and which extensions may start it."""
    manifest = _Manifest(
        name=HOST_NAME,
        description=DESCRIPTION,
        path=str(wrapper),
        type="stdio",
        allowed_origins=tuple(f"chrome-extension://{one}/" for one in ids),
    )
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2)


def replace_file(place: Path, content: bytes, mode: int) -> None:
    """A browser that starts meanwhile sees the old file or the new one, never half of one."""
    fresh = place.with_name(f".{place.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)  # whatever the mask
        file.write(content)
    fresh.replace(place)
