# SPDX-License-Identifier: Apache-2.0
"""Words that would tell something about the person are asked for: none needs to stand in a shell's history."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice
from tests.cli.terminal import in_a_terminal

from handiwork.adapters.control.unix_socket import ControlSocket
from handiwork.ports.control import Command, Status

WORDS = "Tell Project Heron's customers"


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device").ready()


@contextmanager
def a_recorder(device: PersonsDevice) -> Iterator[list[Command]]:
    """What a recorder's socket is told, while something answers there."""
    told: list[Command] = []
    over = threading.Event()
    control = ControlSocket(device.home.sockets / "control.sock")

    def serve() -> None:
        while not over.wait(0.02):
            for command, answer in control.read():
                told.append(command)
                answer(STATUS)

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield told
    finally:
        over.set()
        serving.join()
        control.close()


STATUS = Status(
    state="recording", reason="", segment="", events=0, lost=0, skipped=0, stored_bytes=0, seconds=1.0,
    cpu_seconds=0.0, peak_memory_bytes=0, browsers=0,
)  # fmt: skip


def test_a_note_is_asked_for_and_reaches_the_recorder(device: PersonsDevice) -> None:
    with a_recorder(device) as told:
        status, shown = in_a_terminal(device, "record", "note", answers=f"{WORDS}\n")
    assert status == 0, shown
    assert "What you are about to do: " in shown
    assert "history" not in shown
    assert [(command.do, command.text) for command in told] == [("note", WORDS)]


def test_that_it_is_done_needs_no_words_and_asks_for_none(device: PersonsDevice) -> None:
    with a_recorder(device) as told:
        status, shown = in_a_terminal(device, "record", "note", "--done", answers="")
    assert status == 0, shown
    assert "about to do" not in shown
    assert [(command.kind, command.text) for command in told] == [("done", "")]


@pytest.mark.parametrize("verb", [("record", "note"), ("redact", "never"), ("redact", "forget")])
def test_words_in_the_command_itself_are_warned_of_and_not_repeated(
    device: PersonsDevice, verb: tuple[str, str]
) -> None:
    said = device.run(*verb, WORDS).stderr
    assert "your shell's history" in said
    assert f"`handiwork {verb[0]} {verb[1]}`" in said
    assert "Heron" not in said


def test_a_number_on_the_list_tells_nothing_and_is_not_warned_of(device: PersonsDevice) -> None:
    assert in_a_terminal(device, "redact", "never", answers="Albatross plan\n\n")[0] == 0
    assert device.run("redact", "forget", "1").stderr == ""


@pytest.mark.parametrize(("verb", "help_of"), [("record", "note"), ("redact", "never")])
def test_the_help_teaches_the_way_that_leaves_no_trace_first(device: PersonsDevice, verb: str, help_of: str) -> None:
    shown = device.run(verb, help_of, "--help").stdout
    assert "asked for" in shown
    assert f'{help_of} "' not in device.run(verb, "--help").stdout
