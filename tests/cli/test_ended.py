# SPDX-License-Identifier: Apache-2.0
"""A recording that ended by itself is told of to whoever asks afterwards, until one has ended as the person wished."""

from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice, refuses

from handiwork.adapters.atspi.bus import gone
from handiwork.cli.device import open_device
from handiwork.cli.told import of_the_last_end
from handiwork.model.errors import HandiworkError
from handiwork.ports.ended import keep_begin, keep_end, last_end, notice_killed
from handiwork.ports.fakes.journal import MemoryJournal

AT_MS = 1_795_700_000_000


@pytest.fixture
def store() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device")


def end_with(device: PersonsDevice, error: HandiworkError | None) -> None:
    with open_device(device.home) as opened:
        keep_end(opened.store, AT_MS, error)


def test_why_it_ended_stays_in_the_ledger_until_another_ends_as_wished(store: MemoryJournal) -> None:
    assert last_end(store) is None
    keep_end(store, AT_MS, gone())
    ended = last_end(store)
    assert ended is not None
    assert (ended.unix_ms, ended.what) == (AT_MS, "The accessibility bus is gone.")
    keep_end(store, AT_MS + 1, None)
    assert last_end(store) is None


def test_without_a_recorder_the_status_says_why_the_last_one_ended_and_what_to_do(device: PersonsDevice) -> None:
    device.ready()
    end_with(device, gone())
    refuses(
        device.run("record", "status"), 4, "No recorder is running", "2026-11-2", "accessibility bus is gone",
        "password fields can't be told", "what was kept is whole", "log out and in", "handiwork record start",
    )  # fmt: skip
    assert "accessibility bus is gone" in device.run("record", "skips").stdout
    end_with(device, None)
    said = device.run("record", "status")
    refuses(said, 4, "No recorder is running")
    assert "accessibility" not in said.stderr
    assert "accessibility" not in device.run("record", "skips").stdout


def test_one_that_left_no_word_was_killed_and_the_next_one_says_so(store: MemoryJournal) -> None:
    keep_begin(store, AT_MS)
    assert last_end(store) is None
    keep_begin(store, AT_MS + 5_000)
    ended = last_end(store)
    assert ended is not None
    assert (ended.unix_ms, "killed" in ended.what) == (AT_MS + 5_000, True)
    keep_end(store, AT_MS + 6_000, None)
    notice_killed(store, AT_MS + 7_000)  # it has ended with a word: nothing to notice
    assert last_end(store) is None


def test_one_that_can_t_begin_says_why_to_whoever_asks_afterwards(device: PersonsDevice) -> None:
    device.ready(accepted=False)
    refuses(device.run("record", "start"), 5, "no notice was accepted")
    refuses(device.run("record", "status"), 4, "No recorder is running", "no notice was accepted")


def test_asking_where_nothing_was_ever_recorded_makes_nothing(device: PersonsDevice) -> None:
    refuses(device.run("record", "status"), 4, "No recorder is running")
    assert not device.home.journal.exists()


def test_the_recording_after_it_still_tells_what_was_to_be_done(store: MemoryJournal) -> None:
    keep_end(store, AT_MS, gone())
    ended = last_end(store)
    assert ended is not None
    told = list(of_the_last_end(ended))
    assert "ended by itself" in told[0]
    assert "accessibility bus is gone" in told[0]
    assert "log out and in" in told[1]
