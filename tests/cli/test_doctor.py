# SPDX-License-Identifier: Apache-2.0
"""The doctor tells a machine that can record from one that can't, and says what to do."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from handiwork.adapters.session import VirtualSession
from handiwork.cli import checkup, doctor
from handiwork.cli.finding import Finding
from handiwork.cli.paths import Home

pytestmark = pytest.mark.alone

DOCTOR = "import argparse, sys\nfrom handiwork.cli import doctor\n" + (
    "top = argparse.ArgumentParser()\ndoctor.add(top.add_subparsers())\n"
    "chosen = top.parse_args(['doctor', *sys.argv[1:]])\nsys.exit(chosen.run(chosen))\n"
)


def examine(environment: dict[str, str], state: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the doctor as a person would, in a process of its own."""
    given = {**environment, "HANDIWORK_HOME": str(state)}
    command = [sys.executable, "-c", DOCTOR, *arguments]
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=60, check=False)


def states(output: str) -> dict[str, str]:
    """Name to state."""
    return {finding["name"]: finding["state"] for finding in json.loads(output)["findings"]}


@pytest.mark.desktop
def test_a_whole_desktop_can_record(session: VirtualSession, tmp_path: Path) -> None:
    result = examine(dict(session.env), tmp_path, "--json")
    found = states(result.stdout)
    assert result.returncode == 0, result.stdout
    needed = ["X server", "RECORD", "XInputExtension", "XTEST", "MIT-SHM", "window manager", "accessibility bus"]
    assert {found[name] for name in needed} == {"ok"}


@pytest.mark.desktop
def test_without_a_window_manager_it_says_so_and_fails(bare_session: VirtualSession, tmp_path: Path) -> None:
    result = examine(dict(bare_session.env), tmp_path)
    assert result.returncode == 3
    assert "✗ window manager" in result.stdout
    assert "Recording can't work here" in result.stdout


def test_without_a_display_it_says_what_to_do_and_fails(tmp_path: Path) -> None:
    result = examine({"PATH": "/usr/bin:/bin"}, tmp_path)
    assert result.returncode == 3
    assert "DISPLAY is not set" in result.stdout
    assert "-> run this inside a graphical X11 session" in result.stdout


def test_a_wayland_session_is_refused_with_the_way_out(tmp_path: Path) -> None:
    result = examine({"PATH": "/usr/bin:/bin", "XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, tmp_path)
    assert result.returncode == 3
    assert "This is a Wayland session" in result.stdout
    assert '-> log out, choose an "X11" or "Xorg" session' in result.stdout


def test_a_state_folder_that_others_can_read_stops_recording(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    for name in ("", "keys", "run"):
        (folder / name).mkdir(mode=0o700)
    (folder / "keys" / "device.key").write_bytes(bytes(32))
    (folder / "keys" / "device.key").chmod(0o644)
    (found,) = [f for f in checkup.findings(Home(folder), {}) if f.name == "permissions"]
    assert (found.state, found.needed) == ("missing", True)
    assert "device.key is open to others" in found.says
    assert "chmod go=" in found.do


def test_a_journal_that_is_not_one_is_told_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"not a database" * 100)
    (found,) = [f for f in checkup.findings(Home(tmp_path), {}) if f.name == "journal"]
    assert found.state == "missing"
    assert (tmp_path / "journal.sqlite").read_bytes() == b"not a database" * 100


def test_every_extra_is_looked_for_with_the_extras_it_contains() -> None:
    names = [finding.name for finding in checkup.findings(Home(Path.cwd()), {})]
    assert [name for name in names if name.startswith("handiwork[")] == [f"handiwork[{e}]" for e in checkup.EXTRAS]
    assert "cryptography" in checkup._requirements("desk")


def test_words_show_no_colour_codes_to_a_file() -> None:
    finding = Finding(group="screen", name="X server", state="ok", says="display :1")
    assert "\x1b" not in doctor.as_words([finding], works=True, colour=False)
    assert "\x1b[32m" in doctor.as_words([finding], works=True, colour=True)


def test_its_help_says_that_it_records_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    top = argparse.ArgumentParser()
    doctor.add(top.add_subparsers())
    with pytest.raises(SystemExit):
        top.parse_args(["doctor", "--help"])
    assert "Records nothing" in capsys.readouterr().out
