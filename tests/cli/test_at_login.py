# SPDX-License-Identifier: Apache-2.0
"""Starting at login: a unit in plain sight, only with an agreement, with no way to the network."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, command, ended, refuses
from tests.cli.test_recording_ends import Desk

from handiwork.adapters.session import VirtualSession
from handiwork.cli.at_login import UNIT, is_installed, unit_path, unit_text

FAMILIES = "RestrictAddressFamilies=AF_UNIX"


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device", {"XDG_CONFIG_HOME": str(tmp_path / "config")})


def unit_of(device: PersonsDevice) -> Path:
    return unit_path(device.env)


def test_without_an_agreement_nothing_is_installed(device: PersonsDevice) -> None:
    device.ready(accepted=False)
    refuses(device.run("record", "install"), 5, "no notice was accepted")
    assert not unit_of(device).exists()


def test_installed_it_is_wanted_by_the_session_and_uninstalled_it_is_gone(device: PersonsDevice) -> None:
    device.ready()
    done = device.run("record", "install")
    assert done.returncode == 0, done.stderr
    assert str(unit_of(device)) in done.stdout
    assert "systemd doesn't run for you here" in done.stdout or "Recording starts when you next log in" in done.stdout
    assert is_installed(device.env)
    wanted = unit_of(device).parent / "graphical-session.target.wants" / UNIT
    assert wanted.resolve() == unit_of(device)
    found = json.loads(device.run("doctor", "--json").stdout)["findings"]
    assert [one["says"] for one in found if one["name"] == "start at login"] == [f"yes: {unit_of(device)}"]
    assert device.run("record", "install").returncode == 0  # again changes nothing
    done = device.run("record", "uninstall")
    assert "no longer" in done.stdout
    assert not unit_of(device).exists()
    assert not wanted.is_symlink()
    assert "was not installed" in device.run("record", "uninstall").stdout


def test_the_unit_runs_this_program_in_this_folder_under_its_own_name(device: PersonsDevice) -> None:
    device.ready()
    assert device.run("record", "install").returncode == 0
    lines = unit_of(device).read_text("utf-8").splitlines()
    start = next(line for line in lines if line.startswith("ExecStart="))
    assert start.endswith('/handiwork" record start')
    assert f'Environment="HANDIWORK_HOME={device.root}"' in lines
    assert "SyslogIdentifier=handiwork-recorder" in lines
    assert FAMILIES in lines
    assert "IPAddressDeny=any" in lines
    assert "Restart=on-failure" in lines
    assert not [line for line in lines if "silent" in line.lower() or "daemonize" in line.lower()]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("folder", ["plain", 'a "strange" 100% folder \\ here'])
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path, folder: str) -> None:
    unit = tmp_path / UNIT
    unit.write_text(unit_text("/bin/true", {"HANDIWORK_HOME": str(tmp_path / folder)}), "utf-8")
    ask = ["systemd-analyze", "--user", "--recursive-errors=no", "--man=no", "verify", str(unit)]
    done = subprocess.run(
        ask, capture_output=True, text=True, check=False, env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    )
    about = [line for line in done.stderr.splitlines() if UNIT in line]
    assert not about, about
    assert done.returncode == 0, done.stderr


@pytest.mark.desktop
@pytest.mark.skipif(
    subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode != 0,
    reason="a network of its own needs rights that this machine doesn't give",
)
def test_the_recorder_works_where_there_is_no_network_at_all(session: VirtualSession, tmp_path: Path) -> None:
    desk = Desk(session, PersonsDevice(tmp_path / "device").ready())
    try:
        lonely = subprocess.Popen(
            ["unshare", "-n", *command("record", "start")],
            env=desk.device.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        desk.recorders.append(lonely)
        desk.wait_for_recording(lonely)
        desk.work("march invoices")
        assert desk.device.run("record", "stop").returncode == 0
        assert ended(lonely).returncode == 0
    finally:
        desk.close()


def test_status_and_skips_tell_their_part_without_a_word_of_content(device: PersonsDevice) -> None:
    device.ready()
    device.keep("File the March invoices")
    assert "Nothing was skipped yet." in device.run("record", "skips").stdout
    with_skips(device)
    told = device.run("record", "skips").stdout.splitlines()
    assert told[0].split() == ["7", "unlisted", "app", "keys", "4,", "pointer", "3"]
    assert told[1].split() == ["1", "password", "field", "keys", "1"]
    assert json.loads(device.run("record", "skips", "--json").stdout) == [
        {"reason": "unlisted app", "total": 7, "streams": {"keys": 4, "pointer": 3}},
        {"reason": "password field", "total": 1, "streams": {"keys": 1}},
    ]


def with_skips(device: PersonsDevice) -> None:
    from handiwork.cli.device import open_device

    with open_device(device.home) as opened:
        opened.store.count_skips("2026-11-21T10:00", {("keys", "unlisted app"): 4, ("pointer", "unlisted app"): 2})
        opened.store.count_skips("2026-11-21T10:01", {("pointer", "unlisted app"): 1, ("keys", "password field"): 1})
