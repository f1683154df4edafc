# SPDX-License-Identifier: Apache-2.0
"""Private windows are ruled out only by a policy that the administrator alone wrote, before the browser began."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handiwork.adapters.browser.managed import NOT_RULED_OUT, UNKNOWN_BROWSER, Managed
from handiwork.model.geometry import Box
from handiwork.model.raw import RawWindow

RULES = '{"IncognitoModeAvailability": 1, "BrowserGuestModeEnabled": false}'
OVERRIDE = ', "CloudPolicyOverridesPlatformPolicy": true}'


class Machine:
    """A policy folder, and a program that plays the browser."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "etc" / "chromium" / "managed"
        self.folder.mkdir(parents=True)
        for part in (self.folder, *self.folder.parents[:2]):
            part.chmod(0o755)
        self.owner, self.program = os.getuid(), os.path.realpath(sys.executable)
        self.browser: subprocess.Popen[bytes] | None = None

    def write(self, text: str, name: str = "ours.json") -> Path:
        file = self.folder / name
        file.write_text(text, "utf-8")
        file.chmod(0o644)
        return file

    def begin(self) -> None:
        time.sleep(1.05)  # processes begin at a hundredth, but the machine's own beginning is told in whole seconds
        self.browser = subprocess.Popen([self.program, "-c", "input()"], stdin=subprocess.PIPE)

    def refusal(self, app: str = "chromium") -> str:
        managed = Managed({"chromium": self.folder}, {"chromium": (self.program,)}, self.owner)
        pid = self.browser.pid if self.browser is not None else 0
        return managed.refusal(RawWindow(0, 1, app, "t", pid, Box(0, 0, 1, 1), False))


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    yield made
    if made.browser is not None:
        made.browser.communicate()


def test_a_policy_that_was_there_before_the_browser_rules_private_windows_out(machine: Machine) -> None:
    machine.write(RULES)
    machine.write('{"HomepageLocation": "https://example.org", "URLBlocklist": []}', "theirs.json")
    machine.begin()
    assert machine.refusal() == ""


def test_one_that_came_later_does_not_since_such_windows_may_be_open(machine: Machine) -> None:
    machine.begin()
    time.sleep(1.05)
    machine.write(RULES)
    assert machine.refusal() == NOT_RULED_OUT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "no json",
        "[]",
        '{"IncognitoModeAvailability": 1}',
        '{"BrowserGuestModeEnabled": false}',
        '{"IncognitoModeAvailability": 0, "BrowserGuestModeEnabled": false}',
        '{"IncognitoModeAvailability": 2, "BrowserGuestModeEnabled": false}',
        '{"IncognitoModeAvailability": "1", "BrowserGuestModeEnabled": false}',
        '{"IncognitoModeAvailability": 1, "BrowserGuestModeEnabled": true}',
        RULES[:-1] + OVERRIDE,
    ],
)
def test_a_policy_that_says_less_rules_nothing_out(machine: Machine, text: str) -> None:
    machine.write(text)
    machine.begin()
    assert machine.refusal() == NOT_RULED_OUT


@pytest.mark.parametrize("other", ['{"IncognitoModeAvailability": 0}', '{"BrowserGuestModeEnabled": true}', "{"])
def test_files_that_contradict_each_other_rule_nothing_out(machine: Machine, other: str) -> None:
    machine.write(RULES)
    machine.write(other, "zz.json")
    machine.begin()
    assert machine.refusal() == NOT_RULED_OUT


def test_a_file_or_folder_that_others_can_write_rules_nothing_out(machine: Machine) -> None:
    file = machine.write(RULES)
    for part, mode in ((file, 0o664), (file, 0o646), (machine.folder, 0o775), (machine.folder.parent, 0o757)):
        before = part.stat().st_mode
        part.chmod(mode)
        machine.begin()
        assert machine.refusal() == NOT_RULED_OUT
        part.chmod(before)
        assert machine.browser is not None
        machine.browser.communicate()


def test_a_file_of_another_owner_rules_nothing_out(machine: Machine) -> None:
    machine.write(RULES)
    machine.begin()
    machine.owner += 1
    assert machine.refusal() == NOT_RULED_OUT


def test_a_browser_from_elsewhere_may_read_another_policy(machine: Machine) -> None:
    machine.write(RULES)
    machine.begin()
    machine.program = "/usr/lib/chromium/chromium"
    assert machine.refusal() == UNKNOWN_BROWSER
    assert machine.refusal("brave-browser") == UNKNOWN_BROWSER


def test_without_a_browser_or_a_folder_nothing_is_ruled_out(machine: Machine) -> None:
    assert machine.refusal() == UNKNOWN_BROWSER
    machine.begin()
    machine.folder.rmdir()
    assert machine.refusal() == NOT_RULED_OUT


def test_on_a_real_machine_only_the_administrator_s_files_count() -> None:
    assert Managed().owner == 0
    assert {str(folder) for folder in Managed().folders.values()} == {
        "/etc/chromium/policies/managed",
        "/etc/opt/chrome/policies/managed",
    }
