# SPDX-License-Identifier: Apache-2.0
"""The person's line to the running recorder: same user only, strict, and never two recorders at once."""

import json
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.statuses import status

from handiwork.adapters.control.unix_socket import ControlSocket, ask, is_running
from handiwork.model.errors import Lost, NotAllowed
from handiwork.ports.control import Command

STATUS = status(events=3, skipped=1, stored_bytes=9)


class Recorder(threading.Thread):
    """Answers every command with STATUS, and remembers it."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.control = ControlSocket(path)
        self.heard: list[Command] = []
        self.ending = threading.Event()

    def run(self) -> None:
        while not self.ending.wait(0.01):
            for command, answer in self.control.read():
                self.heard.append(command)
                answer(STATUS)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    made = Recorder(tmp_path / "control.sock")
    made.start()
    yield made
    made.ending.set()
    made.join()
    made.control.close()


def test_a_command_is_heard_and_answered(recorder: Recorder, tmp_path: Path) -> None:
    assert ask(tmp_path / "control.sock", Command(do="pause", seconds=60)) == STATUS
    assert recorder.heard == [Command(do="pause", seconds=60)]


def test_only_the_same_user_can_open_the_socket(recorder: Recorder, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "control.sock").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "line", [b'{"do":"hide"}\n', b'{"do":"status","quietly":true}\n', b"not json\n", b"x" * 20_000, b'{"do":"pau']
)
def test_anything_but_a_known_command_is_cut_off_and_changes_nothing(
    recorder: Recorder, tmp_path: Path, line: bytes
) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(3)
        caller.connect(str(tmp_path / "control.sock"))
        caller.sendall(line)
        caller.shutdown(socket.SHUT_WR)
        try:
            assert caller.recv(100) == b""
        except ConnectionResetError:
            pass
    assert recorder.heard == []
    assert ask(tmp_path / "control.sock", Command(do="status")) == STATUS


def test_a_second_recorder_is_refused_while_one_answers(recorder: Recorder, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="already running"):
        ControlSocket(tmp_path / "control.sock")


def test_the_socket_of_a_killed_recorder_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "control.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    with pytest.raises(Lost, match="No recorder is running"):
        ask(path, Command(do="status"))
    assert not is_running(path)
    ControlSocket(path).close()
    assert not path.exists()


def test_a_recorder_too_busy_to_answer_is_not_taken_for_none(tmp_path: Path) -> None:
    path = tmp_path / "control.sock"
    busy = ControlSocket(path)
    with pytest.raises(Lost, match="doesn't answer"):
        ask(path, Command(do="status"), timeout=0.05)
    assert is_running(path)
    busy.close()
    assert not is_running(path)


def test_there_is_no_command_that_hides_the_recorder_or_starts_it_from_afar() -> None:
    schema = json.dumps(sorted(Command.__struct_fields__))
    assert schema == '["do", "kind", "seconds", "text"]'
    words = {"status", "pause", "resume", "stop", "note", "never", "policy"}
    assert set(Command.__annotations__["do"].__args__) == words
