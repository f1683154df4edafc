# SPDX-License-Identifier: Apache-2.0
"""What is packed and registered for Firefox. Needs no Firefox."""

import json
import stat
import zipfile
from pathlib import Path

from tests.cli.person import PersonsDevice, refuses

from handiwork.adapters.browser.firefox import ADDON_ID, install_host, pack
from handiwork.adapters.browser.install import HOST_NAME
from handiwork.adapters.browser.launch import extension_folder


def test_the_add_on_is_the_extension_with_no_right_more_and_never_in_private_windows(tmp_path: Path) -> None:
    pack(tmp_path / "addon.xpi")
    with zipfile.ZipFile(tmp_path / "addon.xpi") as packed:
        manifest = json.loads(packed.read("manifest.json"))
        files = {name: packed.read(name) for name in packed.namelist() if name != "manifest.json"}
    chromiums = json.loads((extension_folder() / "manifest.json").read_text("utf-8"))
    for name in ("permissions", "host_permissions", "incognito", "version"):
        assert manifest[name] == chromiums[name]
    assert manifest["incognito"] == "not_allowed"
    assert manifest["background"] == {"scripts": ["background.js"], "type": "module"}
    assert manifest["browser_specific_settings"]["gecko"]["id"] == ADDON_ID
    assert files == {
        str(path.relative_to(extension_folder())): path.read_bytes()
        for path in extension_folder().rglob("*")
        if path.is_file() and path.suffix != ".json"
    }


def test_the_host_admits_this_add_on_alone(tmp_path: Path) -> None:
    wrapper, manifest = install_host(tmp_path / ".mozilla", tmp_path / "browser.sock")
    said = json.loads(manifest.read_text("utf-8"))
    assert manifest == tmp_path / ".mozilla" / "native-messaging-hosts" / f"{HOST_NAME}.json"
    assert (said["name"], said["path"], said["type"]) == (HOST_NAME, str(wrapper), "stdio")
    assert said["allowed_extensions"] == [ADDON_ID]
    assert stat.S_IMODE(wrapper.stat().st_mode) == 0o700
    assert stat.S_IMODE(manifest.stat().st_mode) == 0o600


def test_the_command_registers_packs_says_so_and_takes_away_again(tmp_path: Path) -> None:
    device = PersonsDevice(tmp_path / "device", {"HOME": str(tmp_path)})
    done = device.run("browser", "install", "--browser", "firefox")
    assert done.returncode == 0, done.stderr
    addon = tmp_path / "device" / "handiwork-firefox.xpi"
    assert zipfile.is_zipfile(addon)
    assert "xpinstall.signatures.required" in done.stdout
    assert "host is registered" in device.run("browser", "status", "--browser", "firefox").stdout
    assert str(addon) in device.run("browser", "uninstall", "--browser", "firefox").stdout
    assert "not registered" in device.run("browser", "status", "--browser", "firefox").stdout
    assert not addon.exists()
    refuses(device.run("browser", "install", "--browser", "firefox", "--fleet"), 2, "Mozilla has signed")
