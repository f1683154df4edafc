# SPDX-License-Identifier: Apache-2.0
"""Firefox: the extension packed as it wants it, its native host registered for it, and one of its own on a display.

It never touches the person's own browser: its profile is private and thrown away. No debugging port is ever opened.
"""

import json
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from handiwork.adapters.browser.install import DESCRIPTION, HOST_NAME, replace_file, wrapper_text
from handiwork.adapters.browser.launch import OwnBrowser, extension_folder, find_program

ADDON_ID = "recorder@handiwork.invalid"
"""Ours, but nobody's address: Firefox wants its ids to look so."""
_NAMES = ("firefox-esr", "firefox")
_OLDEST = "153.0"
"""Tried with this one. Older ones can't say which document a script is meant for."""
_CHROMIUMS_OWN = ("key", "minimum_chrome_version", "storage")

_PREFERENCES: Mapping[str, bool | int | str] = {
    "xpinstall.signatures.required": False,
    "extensions.autoDisableScopes": 0,
    "extensions.startupScanScopes": 15,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.preonboarding.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.tabs.inTitlebar": 0,
    "browser.tabs.warnOnClose": False,
    "browser.translations.enable": False,
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "signon.rememberSignons": False,
    "signon.autofillForms": False,
    "extensions.formautofill.creditCards.enabled": False,
    "termsofuse.bypassNotification": True,
    "sidebar.revamp": False,
}


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    description: str
    path: str
    type: str = "stdio"
    allowed_extensions: tuple[str, ...]


def default_folder() -> Path:
    """Where this user's Firefox looks for native hosts, whatever its profiles."""
    return Path.home() / ".mozilla"


def pack(place: Path) -> None:
    """Writes the extension as an add-on file: Firefox has no service workers for extensions, but event pages."""
    folder = extension_folder()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name in _CHROMIUMS_OWN:
        del manifest[name]
    manifest["background"] = {"scripts": ["background.js"], "type": "module"}
    manifest["browser_specific_settings"] = {"gecko": {"id": ADDON_ID, "strict_min_version": _OLDEST}}
    with zipfile.ZipFile(place, "w") as packed:
        packed.writestr("manifest.json", json.dumps(manifest))
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in ("manifest.json", "managed_schema.json"):
                packed.write(path, path.relative_to(folder))


def install_host(mozilla: Path, socket_path: Path, python: str = sys.executable) -> list[Path]:
    """Writes wrapper and manifest below a `.mozilla` folder; returns what was written. May be repeated."""
    wrapper, manifest = host_places(mozilla)
    wrapper.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(wrapper, wrapper_text(python, socket_path), 0o700)
    said = _Manifest(name=HOST_NAME, description=DESCRIPTION, path=str(wrapper), allowed_extensions=(ADDON_ID,))
    replace_file(manifest, msgspec.json.format(msgspec.json.encode(said), indent=2), 0o600)
    return [wrapper, manifest]


def host_places(mozilla: Path) -> list[Path]:
    """Where `install_host` puts what it writes."""
    folder = mozilla.absolute() / "native-messaging-hosts"
    return [folder / "handiwork-recorder-host", folder / f"{HOST_NAME}.json"]


class Firefox(OwnBrowser):
    """Mozilla's, the extended support release first."""

    def _found(self) -> str:
        return find_program("Firefox", _NAMES)

    def _prepared(self, folder: Path) -> Sequence[str]:
        self.profile = folder / "profile"
        self._environment |= {"HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
        (self.profile / "extensions").mkdir(parents=True)
        self._write_preferences()
        if self._socket_path is not None:
            pack(self.profile / "extensions" / f"{ADDON_ID}.xpi")
            install_host(folder / ".mozilla", self._socket_path)
        return [self._program, "--profile", str(self.profile), *self._extra, self._view.url]

    def _another(self, url: str, flags: Sequence[str]) -> Sequence[str]:
        how = [{"--incognito": "--private-window"}.get(flag, flag) for flag in flags] or ["--new-tab"]
        return [self._program, "--profile", str(self.profile), *how, url]

    def _write_preferences(self) -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
        (self.profile / "user.js").write_text("".join(lines), "utf-8")
        box = self._view.bounds
        place = {"screenX": box.x, "screenY": box.y, "width": box.w, "height": box.h}
        window = {name: str(value) for name, value in place.items()} | {"sizemode": "normal"}
        stored = {"chrome://browser/content/browser.xhtml": {"main-window": window}}
        (self.profile / "xulstore.json").write_text(json.dumps(stored), "utf-8")
