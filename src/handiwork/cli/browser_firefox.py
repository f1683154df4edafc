# SPDX-License-Identifier: Apache-2.0
"""`handiwork browser --browser firefox`: for one user, in a Firefox that takes add-ons which Mozilla hasn't signed."""

import argparse
from pathlib import Path

from handiwork.cli.paths import home
from handiwork.model.errors import BadInput


def install(chosen: argparse.Namespace) -> int:
    """Registers the native host, and packs the add-on where the person can load it from."""
    from handiwork.adapters.browser.bridge import SOCKET_NAME
    from handiwork.adapters.browser.firefox import install_host, pack

    folder, addon = _folder(chosen), _addon()
    for written in install_host(folder, home().sockets / SOCKET_NAME):
        print(f"registered in {written}")
    pack(addon)
    print(f"packed {addon}")
    print(
        "Load it once, in Firefox ESR: set xpinstall.signatures.required to false in about:config, then about:addons,"
    )
    print("Install Add-on From File; or until Firefox ends: about:debugging, This Firefox, Load Temporary Add-on.")
    return 0


def uninstall(chosen: argparse.Namespace) -> int:
    """Takes both away. The add-on itself is Firefox's, to be removed there."""
    from handiwork.adapters.browser.firefox import host_places

    gone = [place for place in (*host_places(_folder(chosen)), _addon()) if place.exists()]
    for place in gone:
        place.unlink()
        print(f"removed {place}")
    print("Remove the add-on itself in about:addons." if gone else "Nothing was installed there.")
    return 0


def status(chosen: argparse.Namespace, connection: str) -> int:
    """Whether the host is registered, and whether a browser speaks to the recorder."""
    from handiwork.adapters.browser.firefox import host_places

    folder = _folder(chosen)
    there = all(place.exists() for place in host_places(folder))
    print(f"{folder}: the native host is {'registered' if there else 'not registered'}")
    print(connection)
    return 0


def _addon() -> Path:
    return home().root / "handiwork-firefox.xpi"


def _folder(chosen: argparse.Namespace) -> Path:
    from handiwork.adapters.browser.firefox import default_folder

    if chosen.fleet or chosen.into:
        raise BadInput(
            "A fleet's Firefox wants an add-on that Mozilla has signed, and this one isn't.",
            data="nothing was changed.",
            do="install it for one user, without --fleet, or use Chromium.",
        )
    folders: list[Path] = chosen.profile or [default_folder()]
    return folders[0]
