# SPDX-License-Identifier: Apache-2.0
"""A private session: comes up whole, keeps strangers out, and leaves nothing behind however it ends."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handiwork.adapters.session import VirtualSession
from handiwork.model.errors import MissingPiece

pytestmark = pytest.mark.desktop


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, env=environment, capture_output=True, timeout=20)


def _members(folder: str) -> list[int]:
    """Processes whose environment names that session's folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and folder.encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _folder(session: VirtualSession) -> Path:
    return Path(session.env["XAUTHORITY"]).parent


def _wait_until_gone(folder: Path) -> None:
    deadline = time.monotonic() + 20
    while (_members(str(folder)) or folder.exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _members(str(folder)) == []
    assert not folder.exists()


def test_it_has_an_x_server_of_the_size_asked_for() -> None:
    with VirtualSession(800, 600, window_manager=False) as session:
        assert _run(["xdotool", "getdisplaygeometry"], dict(session.env)).stdout == b"800 600\n"


def test_a_window_manager_answers_unless_none_was_asked_for(
    session: VirtualSession, bare_session: VirtualSession
) -> None:
    assert _run(["xdotool", "get_desktop"], dict(session.env)).returncode == 0
    assert _run(["xdotool", "get_desktop"], dict(bare_session.env)).returncode != 0


def test_accessibility_is_on_before_any_application_asks(session: VirtualSession) -> None:
    ask = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]
    what = ["org.freedesktop.DBus.Properties.Get", "string:org.a11y.Status", "string:IsEnabled"]
    assert b"boolean true" in _run([*ask, *what], dict(session.env)).stdout


def test_this_user_needs_no_cookie_and_other_users_are_refused(session: VirtualSession) -> None:
    without = {"DISPLAY": session.display, "PATH": os.environ["PATH"], "XAUTHORITY": "/nonexistent"}
    assert _run(["xdotool", "getmouselocation"], without).returncode == 0
    if os.getuid() == 0:
        other = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"]
        assert _run([*other, "xdotool", "getmouselocation"], without).returncode != 0


def test_it_sets_nothing_in_this_process() -> None:
    before = dict(os.environ)
    with VirtualSession(window_manager=False):
        assert dict(os.environ) == before


def test_two_sessions_stand_side_by_side() -> None:
    with VirtualSession(window_manager=False) as one, VirtualSession(window_manager=False) as two:
        assert one.display != two.display
        assert one.env["DBUS_SESSION_BUS_ADDRESS"] != two.env["DBUS_SESSION_BUS_ADDRESS"]


def test_when_it_closes_every_process_and_file_is_gone() -> None:
    with VirtualSession() as session:
        folder, number = _folder(session), session.display[1:]
        program = session.start(["sh", "-c", "sleep 1000 & sleep 1000"])
    _wait_until_gone(folder)
    assert program.poll() is not None
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()
    session.close()


_OWNER = """
import sys
from handiwork.adapters.session import VirtualSession
session = VirtualSession().__enter__()
session.start(["sleep", "1000"])
print(session.env["XAUTHORITY"], flush=True)
sys.stdin.read()
"""


def test_when_its_owner_is_killed_every_process_and_file_is_gone() -> None:
    owner = subprocess.Popen([sys.executable, "-c", _OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert owner.stdout is not None
    folder = Path(owner.stdout.readline().decode().strip()).parent
    assert _members(str(folder))
    owner.send_signal(signal.SIGKILL)
    owner.communicate()
    _wait_until_gone(folder)


def test_programs_that_others_started_in_it_end_too() -> None:
    with VirtualSession(window_manager=False) as session:
        guest = subprocess.Popen(["sleep", "1000"], env=dict(session.env), start_new_session=True)
    assert guest.wait(20) != 0


def test_a_missing_program_is_named_with_its_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "Xvfb" else name)
    with pytest.raises(MissingPiece, match="Xvfb") as refused, VirtualSession():
        pass
    assert "apt install xvfb" in refused.value.do
