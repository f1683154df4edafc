# SPDX-License-Identifier: Apache-2.0
"""What this machine has of what recording needs: one finding for each thing, with what to do. Changes nothing.

Knows nothing of how findings are shown.
"""

import os
import re
import shutil
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata

from handiwork.adapters import language
from handiwork.adapters.browser.fleet import places
from handiwork.adapters.browser.install import HOST_NAME, default_profile_dirs
from handiwork.adapters.browser.launch import extension_folder, find_chromium
from handiwork.adapters.ocr.models import INSTALL, VERSION, is_installed
from handiwork.adapters.x11 import requests
from handiwork.adapters.x11.input import refuse_wayland
from handiwork.adapters.x11.wire import Connection
from handiwork.cli import checkup_showing as showing
from handiwork.cli.finding import Finding, State
from handiwork.cli.paths import Home
from handiwork.model.errors import HandiworkError, MissingPiece

EXTENSIONS = {
    "RECORD": "reads pointer and keyboard",
    "XInputExtension": "counts them a second time, so that a loss is seen",
    "XTEST": "lets an agent act, and tells its input from a person's",
    "MIT-SHM": "reads pixels without copying them through a socket",
}
EXTRAS = ("recorder", "desk", "uploader", "hub", "lab")
ROOMY, TIGHT = 2 << 30, 200 << 20  # bytes: a few weeks of recording; less than a day


def findings(home: Home, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Everything, in the order in which a person would fix it."""
    yield Finding(group="machine", name="python", state="ok", says=sys.version.split()[0])
    yield from _libraries()
    yield _reading()
    yield _names()
    yield showing.memory()
    yield showing.sleep()
    yield showing.start_at_login(environment)
    yield from _screen(environment)
    yield _accessibility(environment)
    yield from _browser()
    yield from _state_folder(home)
    yield _disk(home)
    yield _journal(home)


def _libraries() -> Iterator[Finding]:
    for extra in EXTRAS:
        absent = sorted(name for name in _requirements(extra) if not _installed(name))
        yield Finding(
            group="machine",
            name=f"handiwork[{extra}]",
            state="missing" if absent and extra == "recorder" else "warning" if absent else "ok",
            says=f"not installed: {', '.join(absent)}" if absent else "every library is there",
            do="make setup" if absent else "",
            needed=extra == "recorder",
        )


def _reading() -> Finding:
    if is_installed():
        return Finding(group="machine", name="text reading", state="ok", says=f"{VERSION}, for native programs")
    says = "no model: in native programs all text on the screen is masked; pages in the browser tell theirs"
    return Finding(group="machine", name="text reading", state="warning", says=says, do=INSTALL)


def _names() -> Finding:
    if language.is_installed():
        says = f'{language.SpacyNames.version}, for content at "balanced"'
        return Finding(group="machine", name="names in sentences", state="ok", says=says)
    says = 'no model: at "balanced" content of more than three words is cut'
    return Finding(group="machine", name="names in sentences", state="warning", says=says, do=language.INSTALL)


def _requirements(extra: str) -> set[str]:
    """The distributions that an extra asks for, read from the project's own metadata, extras of extras included."""
    found: set[str] = set()
    for line in metadata.requires("handiwork") or []:
        name, _, marker = line.partition(";")
        if f"extra == '{extra}'" not in marker.replace('"', "'"):
            continue
        others = re.fullmatch(r"handiwork\[(.+)]", name.strip())
        if others:
            found |= {name for other in others[1].split(",") for name in _requirements(other)}
        else:
            found.add(re.split(r"[^\w.-]", name.strip())[0])
    return found


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _screen(environment: Mapping[str, str]) -> Iterator[Finding]:
    try:
        refuse_wayland(environment)
    except MissingPiece as error:
        yield Finding(group="screen", name="session", state="missing", says=error.what, do=error.do, needed=True)
        return
    try:
        connection = Connection(environment=environment)
    except HandiworkError as error:
        yield Finding(group="screen", name="X server", state="missing", says=error.what, do=error.do, needed=True)
        return
    try:
        yield from _server(connection, environment["DISPLAY"])
    finally:
        connection.close()


def _server(connection: Connection, display: str) -> Iterator[Finding]:
    seen = connection.screen
    says = f"display {display}, {seen.width} x {seen.height}"
    yield Finding(group="screen", name="X server", state="ok", says=says, needed=True)
    for name, purpose in EXTENSIONS.items():
        there = connection.extension(name) is not None
        do = "" if there else "use the X.Org server with its standard extensions switched on"
        state: State = "ok" if there else "missing"
        yield Finding(group="screen", name=name, state=state, says=purpose, do=do, needed=True)
    yield _window_manager(connection)
    yield from showing.tray(connection)


def _window_manager(connection: Connection) -> Finding:
    """By EWMH a window manager names itself on a window that it keeps for that."""
    check, name, active, supported = (
        requests.read_atom(connection.ask(requests.intern_atom(atom)))
        for atom in ("_NET_SUPPORTING_WM_CHECK", "_NET_WM_NAME", "_NET_ACTIVE_WINDOW", "_NET_SUPPORTED")
    )
    root = connection.screen.root
    window = requests.read_number(connection.ask(requests.get_property(root, check)))
    (found,) = connection.ask_all([requests.get_property(window or root, name)])
    says = requests.read_property(found).decode("utf-8", "replace") if window else ""
    if not says:
        do = "start a window manager that follows EWMH (openbox, and every desktop environment's own)"
        says = "none, so nobody says which window has the keyboard"
        return Finding(group="screen", name="window manager", state="missing", says=says, do=do, needed=True)
    told = requests.read_property(connection.ask(requests.get_property(root, supported)))
    tells = active in [number for (number,) in struct.iter_unpack("<I", told)]
    says += "" if tells else ", which doesn't say which window is active"
    state: State = "ok" if tells else "warning"
    return Finding(group="screen", name="window manager", state=state, says=says, needed=True)


def _accessibility(environment: Mapping[str, str]) -> Finding:
    do = "install at-spi2-core, and start the session with a session bus (every desktop environment does)"
    says = "no accessibility bus: nothing would tell of password fields outside the browser"
    state: State = "missing"
    address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address and _bus_answers(address):
        state, says, do = "ok", "tells when a password field has the keyboard, in any program", ""
    return Finding(group="screen", name="accessibility bus", state=state, says=says, do=do, needed=True)


def _bus_answers(address: str) -> bool:
    """Whether the session bus has, or can start, the accessibility bus."""
    try:
        from jeepney import DBusAddress, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection
    except ModuleNotFoundError:
        return False
    ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
    try:
        with open_dbus_connection(address) as bus:
            return bus.send_and_get_reply(ask, timeout=5).header.message_type is MessageType.method_return
    except (OSError, ValueError, TimeoutError):
        return False


def _browser() -> Iterator[Finding]:
    try:
        yield Finding(group="browser", name="chromium", state="ok", says=_version(find_chromium()))
    except MissingPiece as error:
        says = f"{error.what} Sites can't be recorded; other allowed programs can."
        yield Finding(group="browser", name="chromium", state="warning", says=says, do=error.do)
    try:
        yield Finding(group="browser", name="extension", state="ok", says=str(extension_folder()))
    except MissingPiece as error:
        yield Finding(group="browser", name="extension", state="warning", says=error.what, do=error.do)
    hosts = (folder / "NativeMessagingHosts" / f"{HOST_NAME}.json" for folder in default_profile_dirs())
    registered = next((host for host in (*hosts, places(None).host) if host.is_file()), None)
    yield Finding(
        group="browser",
        name="native host",
        state="ok" if registered else "warning",
        says=f"registered in {registered.parent}" if registered else "not registered: the extension can't speak to us",
        do="" if registered else "handiwork browser install",
    )


def _version(program: str) -> str:
    try:
        run = subprocess.run([program, "--version"], capture_output=True, timeout=10, text=True, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return f"{program}, which does not tell its version"
    return run.stdout.strip() or f"{program}, which does not tell its version"


def _state_folder(home: Home) -> Iterator[Finding]:
    private = (home.root, home.keys, home.sockets, *home.keys.glob("*.key"), home.journal)
    for path in private:
        if not path.exists():
            continue
        found = path.stat()
        if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
            says = f"{path} is open to others (mode {stat.S_IMODE(found.st_mode):o}, owner {found.st_uid})"
            do = f"chmod go= {path}; if others use this machine, take what it held as seen"
            yield Finding(group="your data", name="permissions", state="missing", says=says, do=do, needed=True)
            return
    yield Finding(group="your data", name="permissions", state="ok", says=f"{home.root} is yours alone", needed=True)


def _disk(home: Home) -> Finding:
    free = shutil.disk_usage(home.root).free
    state: State = "ok" if free > ROOMY else "warning" if free > TIGHT else "missing"
    says = f"{free / (1 << 30):,.1f} GiB free"
    do = (
        "" if state == "ok" else "free some space; when the disk is full, recording stops and what is there stays whole"
    )
    return Finding(group="your data", name="disk", state=state, says=says, do=do, needed=True)


def _journal(home: Home) -> Finding:
    if not home.journal.exists():
        return Finding(group="your data", name="journal", state="ok", says="none yet; the first recording makes it")
    from handiwork.adapters.journal.sqlite import SqliteJournal

    try:
        journal = SqliteJournal(home.journal)
        segments = journal.segments()
        journal.close()
    except HandiworkError as error:
        return Finding(group="your data", name="journal", state="missing", says=error.what, do=error.do, needed=True)
    kept = sum(segment.state != "deleted" for segment in segments)
    return Finding(group="your data", name="journal", state="ok", says=f"readable, {kept} recordings", needed=True)
