# SPDX-License-Identifier: Apache-2.0
"""The watch on password fields, on a real accessibility bus: real GTK, real Chromium, and a mute application."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call, new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from handiwork.adapters.atspi import AtspiSecretsWatch
from handiwork.adapters.session import VirtualSession
from handiwork.model.errors import Lost, MissingPiece
from handiwork.model.raw import RawSecretFocus

pytestmark = pytest.mark.desktop

WINDOW = """
import os, gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gtk, GLib
window, box = Gtk.Window(), Gtk.Box()
fields = {"plain": Gtk.Entry(), "secret": Gtk.Entry()}
fields["secret"].set_visibility(False)
for field in fields.values():
    box.add(field)
window.add(box)
window.show_all()
def obey(*_):
    for word in os.read(0, 200).decode().split():
        fields[word].grab_focus()
    return True
GLib.io_add_watch(0, GLib.IO_IN, obey)
window.connect("focus-in-event", lambda *_: print("ready", flush=True))
Gtk.main()
"""


class Gtk:
    """A GTK window with a plain and a secret field, which takes orders."""

    def __init__(self, session: VirtualSession) -> None:
        command = ["/usr/bin/python3", "-c", WINDOW]
        self.program = subprocess.Popen(command, env=session.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = self.program.pid
        assert self.program.stdout is not None
        assert self.program.stdout.readline() == b"ready\n"

    def focus(self, *fields: str) -> None:
        assert self.program.stdin is not None
        self.program.stdin.write(" ".join(fields).encode())
        self.program.stdin.flush()

    def close(self) -> None:
        self.program.kill()
        self.program.communicate()


@pytest.fixture
def gtk(session: VirtualSession) -> Iterator[Gtk]:
    probe = subprocess.run(
        ["/usr/bin/python3", "-c", "import gi; gi.require_version('Gtk', '3.0')"], capture_output=True
    )
    if probe.returncode:
        pytest.skip("python3-gi with GTK 3 is not installed for /usr/bin/python3")
    window = Gtk(session)
    yield window
    window.close()


@pytest.fixture
def watch(session: VirtualSession) -> Iterator[AtspiSecretsWatch]:
    watching = AtspiSecretsWatch(session.env["DBUS_SESSION_BUS_ADDRESS"])
    yield watching
    watching.close()


def told_until(watch: AtspiSecretsWatch, done: Callable[[list[tuple[bool, int]]], bool]) -> list[tuple[bool, int]]:
    """What the watch tells, read again and again until `done` says so; fails after half a minute."""
    told: list[tuple[bool, int]] = []
    for _ in range(1500):
        told += [(focus.focused, focus.pid) for focus in watch.read()]
        if done(told):
            return told
        time.sleep(0.02)
    pytest.fail(f"the watch told only {told}")


def quiet(watch: AtspiSecretsWatch, seconds: float = 0.5) -> list[tuple[bool, int]]:
    """All that is told for a while."""
    told: list[tuple[bool, int]] = []
    for _ in range(int(seconds / 0.02)):
        told += [(focus.focused, focus.pid) for focus in watch.read()]
        time.sleep(0.02)
    return told


def ends_with(*expected: tuple[bool, int]) -> Callable[[list[tuple[bool, int]]], bool]:
    return lambda told: told[-len(expected) :] == list(expected)


def test_a_password_field_is_told_as_it_gains_and_loses_the_keyboard(watch: AtspiSecretsWatch, gtk: Gtk) -> None:
    quiet(watch)
    gtk.focus("secret")
    assert told_until(watch, bool) == [(True, gtk.pid)]
    gtk.focus("plain")
    assert told_until(watch, bool) == [(False, gtk.pid)]
    gtk.focus("secret")
    assert told_until(watch, bool) == [(True, gtk.pid)]
    gtk.close()
    assert told_until(watch, bool) == [(False, gtk.pid)]


def test_a_visit_too_short_to_be_seen_as_it_happens_is_told_all_the_same(watch: AtspiSecretsWatch, gtk: Gtk) -> None:
    quiet(watch)
    gtk.focus("secret", "plain")
    time.sleep(0.3)  # both have happened before it looks
    focuses: list[RawSecretFocus] = []
    deadline = time.monotonic() + 30
    while len(focuses) < 2 and time.monotonic() < deadline:
        focuses += watch.read()
        time.sleep(0.02)
    assert [(focus.focused, focus.pid) for focus in focuses] == [(True, gtk.pid), (False, gtk.pid)]
    assert focuses[0].time_ms < focuses[1].time_ms


def test_plain_fields_are_not_told(watch: AtspiSecretsWatch, gtk: Gtk) -> None:
    quiet(watch)
    gtk.focus("plain")
    gtk.focus("plain")
    assert quiet(watch) == []


def test_a_password_field_that_had_the_keyboard_before_is_known(session: VirtualSession, gtk: Gtk) -> None:
    gtk.focus("secret")
    time.sleep(0.3)
    watch = AtspiSecretsWatch(session.env["DBUS_SESSION_BUS_ADDRESS"])
    assert (True, gtk.pid) in told_until(watch, bool)
    gtk.focus("plain")
    told_until(watch, ends_with((False, gtk.pid)))
    watch.close()


class Mute:
    """An application that says that a field has the keyboard, and never answers what kind of field."""

    def __init__(self, session: VirtualSession) -> None:
        desk = open_dbus_connection(session.env["DBUS_SESSION_BUS_ADDRESS"])
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        address = desk.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=5).body[0]
        desk.close()
        self.bus: DBusConnection = open_dbus_connection(address)

    def says_focused(self, field: int, focused: bool = True) -> None:
        emitter = DBusAddress(f"/org/a11y/atspi/accessible/{field}", interface="org.a11y.atspi.Event.Object")
        body: tuple[Any, ...] = ("focused", int(focused), 0, ("i", 0), {})
        self.bus.send(new_signal(emitter, "StateChanged", "siiva{sv}", body))


def test_a_field_that_never_says_what_it_is_counts_as_a_password_field(
    session: VirtualSession, watch: AtspiSecretsWatch
) -> None:
    mute = Mute(session)
    quiet(watch)
    mute.says_focused(7)
    assert told_until(watch, bool) == [(True, os.getpid())]
    assert quiet(watch) == []
    mute.says_focused(7, focused=False)
    assert told_until(watch, bool) == [(False, os.getpid())]
    mute.says_focused(8)
    mute.says_focused(9)
    assert told_until(watch, bool) == [(True, os.getpid())]
    mute.bus.close()
    assert told_until(watch, bool) == [(False, os.getpid())]


def test_an_application_already_there_that_can_not_say_what_has_the_keyboard_counts_as_secret(
    session: VirtualSession,
) -> None:
    mute = Mute(session)
    watch = AtspiSecretsWatch(session.env["DBUS_SESSION_BUS_ADDRESS"])
    told_until(watch, lambda told: (True, os.getpid()) in told)
    mute.bus.close()
    told_until(watch, lambda told: (False, os.getpid()) in told)
    watch.close()


@pytest.mark.browser
def test_a_password_field_in_chromium_is_told(
    session: VirtualSession, watch: AtspiSecretsWatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>fields</title><input id=a><input id=b type=password>")
    flags = ["--no-sandbox", "--no-first-run", "--no-default-browser-check", "--password-store=basic", "--disable-gpu"]
    chromium = session.start(["chromium", *flags, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()])
    find = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "^fields"]
    subprocess.run(find, env=session.env, check=True, timeout=30, capture_output=True)
    quiet(watch, 2)
    told: list[tuple[bool, int]] = []
    for _ in range(20):
        subprocess.run(["xdotool", "key", "Tab"], env=session.env, check=True)
        told += quiet(watch, 0.4)
        if (True, chromium.pid) in told and told[-1] == (False, chromium.pid):
            break
    assert (True, chromium.pid) in told
    assert told[-1] == (False, chromium.pid)


def test_a_bus_that_goes_away_is_lost_and_one_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with VirtualSession(window_manager=False) as other:
        watch = AtspiSecretsWatch(other.env["DBUS_SESSION_BUS_ADDRESS"])
    with pytest.raises(Lost):
        told_until(watch, lambda _: False)
    watch.close()
    watch.close()
    with pytest.raises(Lost):
        watch.fileno()
    with pytest.raises(MissingPiece, match="can't be reached"):
        AtspiSecretsWatch(f"unix:path={tmp_path / 'nothing'}")
    with pytest.raises(MissingPiece, match="can't be reached"):
        AtspiSecretsWatch("nonsense")


def test_without_a_session_bus_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(MissingPiece, match="no session bus"):
        AtspiSecretsWatch()


def test_a_session_without_accessibility_is_told_what_to_install(tmp_path: Path) -> None:
    config = tmp_path / "bus.conf"
    policy = '<policy context="default"><allow eavesdrop="true"/><allow send_destination="*"/><allow own="*"/></policy>'
    listen = f"<listen>unix:path={tmp_path / 'bus'}</listen><auth>EXTERNAL</auth>"
    config.write_text(f"<busconfig>{listen}{policy}</busconfig>")
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"], stdout=subprocess.PIPE
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().decode().strip()
    try:
        with pytest.raises(MissingPiece, match="no accessibility bus") as caught:
            AtspiSecretsWatch(address)
        assert "at-spi2-core" in str(caught.value)
    finally:
        daemon.terminate()
        daemon.communicate()


def test_a_bus_that_accepts_and_never_answers_does_not_hold_the_recorder(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(tmp_path / "mute"))
        mute.listen(1)
        with pytest.raises(MissingPiece, match="can't be reached"):
            AtspiSecretsWatch(f"unix:path={tmp_path / 'mute'}")


def test_what_is_told_shows_no_content() -> None:
    assert "withheld" in repr(RawSecretFocus(1, True, 2))
