# SPDX-License-Identifier: Apache-2.0
"""`handiwork browser`: the extension and its way to the recorder, for one user or for a fleet."""

import argparse
from pathlib import Path

from handiwork.cli import browser_firefox
from handiwork.cli.paths import home

EPILOG = """\
  handiwork browser install                 for you: registers the native host; then load the extension once
  sudo handiwork browser install --fleet    for everyone on this machine, by Chromium's enterprise policy
  handiwork browser install --browser firefox   for Firefox ESR: registers the native host, packs the add-on
  handiwork browser install --fleet --into FOLDER   the same files in a folder, to be carried to other machines
  handiwork browser status                  what is installed, and whether a browser speaks to the recorder
  handiwork browser uninstall [--fleet]     takes it away again
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `browser` and its verbs."""
    top = commands.add_parser(
        "browser",
        help="install the browser's part, or see whether it works",
        description="The extension tells the recorder which page is in front and what an allowed one shows.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)
    install = verbs.add_parser("install", help="let the extension speak to the recorder")
    _add_places(install)
    install.add_argument("--key", type=Path, help="with --fleet: the key to sign with; default: its own, made once")
    install.add_argument(
        "--label",
        default="",
        metavar="NAME",
        help="with --fleet: the label of every browser profile, for rules that ask",
    )
    install.set_defaults(run=_install)
    uninstall = verbs.add_parser("uninstall", help="take it away again")
    _add_places(uninstall)
    uninstall.set_defaults(run=_uninstall)
    status = verbs.add_parser("status", help="what is installed, and whether a browser is connected")
    _add_places(status)
    status.set_defaults(run=_status)


def _add_places(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--browser", choices=("chromium", "firefox"), default="chromium", help="default: chromium")
    verb.add_argument("--profile", type=Path, action="append", help="a user data folder; default: your own ones")
    verb.add_argument("--fleet", action="store_true", help="for everyone on this machine; needs sudo")
    verb.add_argument("--into", type=Path, metavar="FOLDER", help="with --fleet: below this folder instead")


def _install(chosen: argparse.Namespace) -> int:
    from handiwork.adapters.browser.bridge import SOCKET_NAME
    from handiwork.adapters.browser.fleet import installed_id, places
    from handiwork.adapters.browser.install import EXTENSION_ID, default_profile_dirs, install_host
    from handiwork.adapters.browser.launch import extension_folder

    if chosen.browser == "firefox":
        return browser_firefox.install(chosen)
    if chosen.fleet:
        return _install_for_all(chosen)
    # A user's own registration stands before that of the machine: it must admit the fleet's extension too.
    ids = tuple(filter(None, (EXTENSION_ID, installed_id(places(None)))))
    for written in install_host(chosen.profile or default_profile_dirs(), home().sockets / SOCKET_NAME, ids=ids):
        print(f"registered in {written}")
    print(f"Load the extension once: chrome://extensions, developer mode, Load unpacked, {extension_folder()}")
    return 0


def _install_for_all(chosen: argparse.Namespace) -> int:
    from handiwork.adapters.browser.fleet import install_for_all, places

    where = places(chosen.into)
    identity = install_for_all(where, chosen.label, chosen.key)
    print(f"Chromium installs the extension {identity} for everyone whose policies lie in {where.policy.parent}.")
    print(
        "People see it in chrome://extensions and chrome://policy. While no recorder runs, it tells nothing to anyone;"
    )
    print("and a recorder runs only where its person agreed.")
    print(
        f"Keep {chosen.key or where.key} to yourself: whoever has it can sign what these browsers take for an update."
    )
    return 0


def _uninstall(chosen: argparse.Namespace) -> int:
    from handiwork.adapters.browser.fleet import places, uninstall_for_all
    from handiwork.adapters.browser.install import default_profile_dirs, uninstall

    if chosen.browser == "firefox":
        return browser_firefox.uninstall(chosen)
    where = places(chosen.into)
    gone = uninstall_for_all(where) if chosen.fleet else uninstall(chosen.profile or default_profile_dirs())
    for place in gone:
        print(f"removed {place}")
    if not gone:
        print("Nothing was installed there.")
    elif chosen.fleet and where.key.exists():
        print(f"The key in {where.key} was left: the extension's id follows from it.")
    return 0


def _status(chosen: argparse.Namespace) -> int:
    from handiwork.adapters.browser.fleet import installed_id, places
    from handiwork.adapters.browser.install import default_profile_dirs, registered

    if chosen.browser == "firefox":
        return browser_firefox.status(chosen, _connection())
    for profile, there in registered(chosen.profile or default_profile_dirs()).items():
        print(
            f"{profile}: the native host is {'registered' if there else 'not registered (handiwork browser install)'}"
        )
    where = places(chosen.into)
    identity = installed_id(where)
    print(f"for everyone: {identity} by {where.policy}" if identity else "for everyone: not installed")
    print(_connection())
    return 0


def _connection() -> str:
    from handiwork.adapters.control.unix_socket import ask
    from handiwork.model.errors import Lost
    from handiwork.ports.control import Command

    try:
        browsers = ask(home().sockets / "control.sock", Command(do="status")).browsers
    except Lost:
        return "no recorder is running, so no browser is connected"
    return f"browsers connected to the recorder: {browsers}"
