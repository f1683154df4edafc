# SPDX-License-Identifier: Apache-2.0
"""The extension for every user of a machine, by Chromium's enterprise policy: packed here, installed by the browser.

Chromium takes an extension by policy only as a signed package from an address; a file of this machine is one. The key
is the administrator's own, made by Chromium's packer and readable by its owner alone: whoever has it can sign what the
browser takes for a newer version of this extension.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from handiwork.adapters.browser.install import EXTENSION_ID, HOST_NAME, host_manifest, replace_file
from handiwork.adapters.browser.launch import extension_folder, find_chromium
from handiwork.model.errors import BadInput, NotAllowed

POLICY_NAME = "handiwork.json"

_DATA = "nothing was recorded or changed."
_LETTERS = "abcdefghijklmnop"
_CRX_ID = b"\x82\xf1\x04\x12\x0a\x10"  # CRX3's signed_header_data, 18 bytes: crx_id, 16 bytes


@dataclass(frozen=True)
class Places:
    """Where everything goes."""

    chromium: Path
    """Chromium's own folder of policies and native messaging hosts."""
    share: Path
    """The package, and the native host: readable by everyone."""
    key: Path

    @property
    def policy(self) -> Path:
        """The managed policy file."""
        return self.chromium / "policies" / "managed" / POLICY_NAME

    @property
    def host(self) -> Path:
        """The native host's manifest."""
        return self.chromium / "native-messaging-hosts" / f"{HOST_NAME}.json"

    @property
    def package(self) -> Path:
        """The packed extension."""
        return self.share / "handiwork.crx"

    @property
    def update(self) -> Path:
        """What tells the browser where the package is, and its version."""
        return self.share / "update.xml"

    @property
    def wrapper(self) -> Path:
        """What Chromium starts as the native host."""
        return self.share / "native-host"

    def written(self) -> list[Path]:
        """All that an uninstallation removes; the key stays, since the extension's id follows from it."""
        return [self.policy, self.host, self.package, self.update, self.wrapper, self.share / "native_host.py"]


def places(into: Path | None) -> Places:
    """This machine's own, or all of it below a folder, to be carried to other machines."""
    if into is None:
        return Places(Path("/etc/chromium"), Path("/usr/local/share/handiwork"), Path("/etc/handiwork/extension.pem"))
    root = into.absolute()
    return Places(root / "chromium", root / "share", root / "extension.pem")


def install_for_all(where: Places, label: str = "", key: Path | None = None) -> str:
    """Packs and installs; returns the extension's id. May be repeated. `label` is that of every profile."""
    _refuse_without_right(where.chromium.parent)
    _refuse_open_key(key or where.key)
    with tempfile.TemporaryDirectory(prefix="handiwork-pack-") as scratch:
        package, fresh_key = _pack(Path(scratch), key or where.key)
    if fresh_key is not None:
        _make(where.key.parent, 0o755)
        replace_file(where.key, fresh_key, 0o600)
    identity = id_in(package)
    for folder in (where.share, where.policy.parent, where.host.parent):
        _make(folder, 0o755)
    replace_file(where.package, package, 0o644)
    replace_file(where.update, _update_text(identity, where.package), 0o644)
    replace_file(where.share / "native_host.py", Path(__file__).with_name("native_host.py").read_bytes(), 0o644)
    replace_file(where.wrapper, wrapper_text(where.share / "native_host.py"), 0o755)
    replace_file(where.host, host_manifest(where.wrapper, (identity, EXTENSION_ID)), 0o644)
    replace_file(where.policy, _policy_text(identity, where.update, label), 0o644)  # last: now the browser acts
    return identity


def uninstall_for_all(where: Places) -> list[Path]:
    """Removes what `install_for_all` wrote; returns what was there. Browsers drop the extension by themselves."""
    _refuse_without_right(where.chromium.parent)
    found = [place for place in where.written() if place.exists()]
    for place in found:
        place.unlink()
    return found


def installed_id(where: Places) -> str:
    """The id of the extension that the managed policy installs; "" if it installs none of ours."""
    try:
        policy = msgspec.json.decode(where.policy.read_bytes(), type=_Policy)
    except (OSError, msgspec.MsgspecError):
        return ""
    return next((entry.partition(";")[0] for entry in policy.forced), "")


def id_in(package: bytes) -> str:
    """The extension's id, as its package bears it. Raises BadInput if it is no package of version 3."""
    length = int.from_bytes(package[8:12], "little")
    header = package[12 : 12 + length]
    at = header.rfind(_CRX_ID)
    found = header[at + len(_CRX_ID) :][:16]
    if package[:8] != b"Cr24\x03\0\0\0" or at < 0 or len(found) != 16:
        raise BadInput("Chromium packed something that is no extension.", data=_DATA, do="try a newer Chromium.")
    return "".join(_LETTERS[byte >> 4] + _LETTERS[byte & 15] for byte in found)


class _Settings(msgspec.Struct, frozen=True):
    profile: str


class _Extensions(msgspec.Struct, frozen=True):
    extensions: dict[str, _Settings]


class _Policy(msgspec.Struct, frozen=True, omit_defaults=True):
    forced: list[str] = msgspec.field(name="ExtensionInstallForcelist")
    settings: _Extensions | None = msgspec.field(name="3rdparty", default=None)


def _policy_text(identity: str, update: Path, label: str) -> bytes:
    settings = _Extensions({identity: _Settings(label)}) if label else None
    policy = _Policy([f"{identity};{update.as_uri()}"], settings)
    return msgspec.json.format(msgspec.json.encode(policy), indent=2)


def _update_text(identity: str, package: Path) -> bytes:
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>\n"
        f"  <app appid='{identity}'>\n"
        f"    <updatecheck codebase='{package.as_uri()}' version='{_version()}' />\n"
        "  </app>\n</gupdate>\n"
    ).encode()


def wrapper_text(host: Path) -> bytes:
    """Each user's own recorder, found as cli/paths.py finds its folder."""
    python = os.path.realpath(sys.executable)
    return (
        '#!/bin/sh\nstate="${HANDIWORK_HOME:-${XDG_STATE_HOME:-$HOME/.local/state}/handiwork}"\n'
        f'exec "{python}" -I -S "{host}" "$state/run/browser.sock"\n'
    ).encode()


class _Manifest(msgspec.Struct, frozen=True):
    version: str


def _version() -> str:
    return msgspec.json.decode((extension_folder() / "manifest.json").read_bytes(), type=_Manifest).version


def _pack(folder: Path, key: Path) -> tuple[bytes, bytes | None]:
    """The package, signed with the key; and the key, if there was none and it was made now."""
    copy = folder / "handiwork"
    shutil.copytree(extension_folder(), copy)
    manifest = msgspec.json.decode((copy / "manifest.json").read_bytes(), type=dict[str, msgspec.Raw])
    manifest.pop("key", None)  # an unpacked extension's; a package's own key says which it is
    (copy / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    command = [find_chromium(), f"--user-data-dir={folder / 'profile'}", f"--pack-extension={copy}", "--no-message-box"]
    command += ["--no-sandbox"] if os.getuid() == 0 else []
    command += [f"--pack-extension-key={key.absolute()}"] if key.exists() else []
    subprocess.run(command, capture_output=True, timeout=60, check=False)
    package, made = copy.with_suffix(".crx"), copy.with_suffix(".pem")
    if not package.is_file():
        raise BadInput(
            "Chromium could not pack the extension.", data=_DATA, do=f"check that {key}, if it exists, is a key of it."
        )
    return package.read_bytes(), made.read_bytes() if made.is_file() else None


def _make(folder: Path, mode: int) -> None:
    missing = [folder, *folder.parents]
    for one in reversed([part for part in missing if not part.exists()]):
        one.mkdir(mode=mode)
        one.chmod(mode)  # whatever the mask: browsers of all users must read it


def _refuse_open_key(key: Path) -> None:
    if key.exists() and key.stat().st_mode & 0o077:
        raise NotAllowed(
            f"The key {key} can be read by others.", data=_DATA, do=f"chmod 600 {key}, and ask who had it."
        )


def _refuse_without_right(folder: Path) -> None:
    writable = next(part for part in (folder, *folder.parents) if os.path.exists(part))
    if not os.access(writable, os.W_OK):
        raise NotAllowed(
            f"Installing for everyone on this machine needs the right to write below {folder}.",
            data=_DATA,
            do="run it with sudo, or give --into FOLDER to prepare the files elsewhere.",
        )
