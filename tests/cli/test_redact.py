# SPDX-License-Identifier: Apache-2.0
"""The person's own words never to be kept: kept sealed, obeyed at once by a real recorder, told in no error."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.person import POLICY, PersonsDevice, command, ended, refuses
from tests.windows import Program

from handiwork.adapters.control.unix_socket import ask
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Actuator
from handiwork.cli.demo.stage import wait_until
from handiwork.cli.leaks import Leak, leaks_in_files, leaks_in_segments
from handiwork.model.codec import encode_events
from handiwork.model.errors import HandiworkError
from handiwork.model.geometry import Box
from handiwork.ports.control import Command
from handiwork.rules.own_words import MOST

pytestmark = pytest.mark.alone

WORD = "Project Heron"


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device")


def words(device: PersonsDevice) -> list[str]:
    return device.run("redact", "list").stdout.splitlines()


def test_words_are_listed_as_given_each_once(device: PersonsDevice) -> None:
    assert device.run("redact", "never", WORD, "project-heron", "Albatross  plan").returncode == 0
    assert words(device) == ["  1  Project Heron", "  2  Albatross plan"]
    assert device.run("redact", "list", "--json").stdout == '["Project Heron","Albatross plan"]\n'


def test_words_can_be_given_where_no_history_keeps_them(device: PersonsDevice) -> None:
    done = subprocess.run(
        command("redact", "never"),
        env=device.env,
        input=f"{WORD}\nAlbatross\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "2 added" in done.stdout
    assert len(words(device)) == 2


def test_a_word_is_forgotten_by_its_number_or_by_itself(device: PersonsDevice) -> None:
    device.run("redact", "never", WORD, "Albatross", "Crane")
    assert device.run("redact", "forget", "2").returncode == 0
    assert device.run("redact", "forget", "PROJECT HERON").returncode == 0
    assert words(device) == ["  1  Crane"]
    refuses(device.run("redact", "forget", "Stork"), 2, "not on your list", "unchanged")
    assert device.run("redact", "forget", "--all").returncode == 0
    assert "No words of your own" in words(device)[0]


@pytest.mark.parametrize("given", [["ab"], ["..."], ["x" * 200], [f"word{n}" for n in range(MOST + 1)], []])
def test_a_word_that_would_cut_everything_is_refused_and_not_repeated(device: PersonsDevice, given: list[str]) -> None:
    done = device.run("redact", "never", *given)
    refuses(done, 2, "unchanged")
    assert not any(len(word) > 3 and word in done.stderr for word in given)


def test_no_file_of_the_device_holds_a_word(device: PersonsDevice) -> None:
    device.run("redact", "never", WORD)
    assert leaks_in_files(device.root, [WORD]) == []


def test_a_list_that_can_t_be_read_stops_recording_until_it_is_begun_anew(device: PersonsDevice) -> None:
    device.ready()
    device.run("redact", "never", WORD)
    key = device.home.keys / "device.key"
    key.write_bytes(bytes(32 * [7]))
    refuses(device.run("record", "start"), 2, "can't be read", "nothing is recorded")
    refuses(device.run("redact", "list"), 2, "can't be read")
    assert device.run("redact", "forget", "--all").returncode == 0
    assert "No words of your own" in words(device)[0]


class Desk:
    """An allowed window whose title says the word, a recorder, two hands."""

    def __init__(self, session: VirtualSession, device: PersonsDevice) -> None:
        self.device = device
        device.more = session.env
        self.program = Program(session.display)
        self.program.open("ledger", f"{WORD} ledger", Box(40, 40, 500, 400))
        self.hands = X11Actuator(session.display)
        self.recorder = device.start("record", "start")
        wait_until(self._records, "It did not record")
        assert self.recorder.poll() is None, ended(self.recorder)
        time.sleep(0.5)  # what comes while the scope is not yet certain is not kept, by design

    def _records(self) -> bool:
        if self.recorder.poll() is not None:
            return True
        try:
            return ask(self.device.home.sockets / "control.sock", Command(do="status")).state == "recording"
        except HandiworkError:
            return False

    def work(self, then: str) -> None:
        self.device.run("record", "note", f"{WORD} and {then}")
        self.hands.write(f"{WORD} totals ", 5)
        self.hands.write(then, 5)
        wait_until(lambda: then in self.device.on_disk(), "It was not kept")

    def close(self) -> None:
        if self.recorder.poll() is None:
            self.recorder.kill()
        self.recorder.communicate()
        self.program.close()


@pytest.fixture
def desk(session: VirtualSession, device: PersonsDevice) -> Iterator[Desk]:
    made = Desk(session, device.ready())
    yield made
    made.close()


@pytest.mark.desktop
@pytest.mark.timeout(120)
def test_a_running_recorder_obeys_at_once_in_what_is_typed_noted_and_titled(desk: Desk) -> None:
    assert '"open"' in POLICY  # otherwise the level itself would cut it
    desk.work("before")
    done = desk.device.run("redact", "never", WORD)
    assert "obeys from now on" in done.stdout
    desk.work("after")
    assert "leak audit: nothing was read again yet" in desk.device.run("record", "status").stdout
    desk.device.run("record", "stop")
    assert desk.recorder.wait(20) == 0
    first, *later = [encode_events(list(segment.events)).lower() for segment in desk.device.segments()]
    assert WORD.lower().encode() in first
    assert later
    assert not any(b"heron" in segment for segment in later)
    assert {leak.place for leak in leaks_in_segments_of(desk.device)} == {
        f"segment {desk.device.segments()[0].header.segment_id}"
    }


def leaks_in_segments_of(device: PersonsDevice) -> list[Leak]:
    from handiwork.cli.device import open_device

    with open_device(device.home) as opened:
        return leaks_in_segments(opened, [WORD])
