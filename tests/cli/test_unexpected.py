# SPDX-License-Identifier: Apache-2.0
"""An error that nobody expected is told without a word of what was in memory."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.person import PersonsDevice
from tests.cli.test_recording_ends import Desk

from handiwork.adapters.session import VirtualSession
from handiwork.cli.demo.stage import wait_until
from handiwork.cli.unexpected import account

SECRET = "hunter2-and-the-salary-of-ada"


def failing(how: str) -> list[str]:
    """A recorder whose window system adapter fails with content in its message, when told to by a file."""
    code = (
        "import os, sys, threading\n"
        "from handiwork.adapters.x11.desktop import X11Desktop\n"
        "from handiwork.cli.main import main\n"
        "read = X11Desktop.read\n"
        "def broken(self):\n"
        f"    if os.path.exists(os.environ['FAIL_NOW']):\n{how}"
        "    return read(self)\n"
        "X11Desktop.read = broken\n"
        "sys.exit(main(['record', 'start']))\n"
    )
    return [sys.executable, "-c", code]


PLAIN = f"        typed = {SECRET!r}\n        raise ValueError('no such key: ' + typed)\n"
CHAINED = (
    f"        typed = {SECRET!r}\n        try:\n            raise KeyError(typed)\n        except KeyError as error:\n"
    "            error.add_note(typed)\n            raise RuntimeError(typed) from error\n"
)
IN_A_THREAD = (
    f"        typed = {SECRET!r}\n        threading.Thread(target=lambda: int(typed)).start()\n"
    "        raise ValueError(typed)\n"
)
OS_ERROR = f"        raise UnicodeDecodeError('utf-8', {SECRET!r}.encode(), 0, 1, {SECRET!r})\n"


@pytest.mark.desktop
@pytest.mark.parametrize("how", [PLAIN, CHAINED, IN_A_THREAD, OS_ERROR], ids=["plain", "chained", "thread", "bytes"])
def test_an_adapter_that_fails_with_content_in_its_words_tells_none_and_the_segment_is_whole(
    session: VirtualSession, tmp_path: Path, how: str
) -> None:
    desk = Desk(session, PersonsDevice(tmp_path / "device").ready())
    sign = tmp_path / "now"
    try:
        recorder = subprocess.Popen(
            failing(how),
            env=desk.device.env | {"FAIL_NOW": str(sign)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        desk.recorders.append(recorder)
        desk.wait_for_recording(recorder)
        desk.work("march invoices")
        sign.touch()
        desk.type("a")
        wait_until(lambda: recorder.poll() is not None, "It did not end")
        out, errors = recorder.communicate()
        assert recorder.returncode == 1
        assert SECRET not in out + errors
        assert "hunter" not in errors
        assert "Traceback" not in errors
        assert "An error that nobody expected: " in errors
        assert "Your data: what was already on disk is whole" in errors
        assert "daemon.py:" in errors
        assert [segment.closing.recovered for segment in desk.device.segments()] == [False]
        desk.device.is_whole()
    finally:
        desk.close()


def test_kinds_and_places_are_told_and_causes_by_their_kinds() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        told = account(RuntimeError, error, error.__traceback__)
    assert told[0] == "handiwork: An error that nobody expected: RuntimeError"
    assert "test_unexpected.py" in told[1]
    assert told[2] == "    after KeyError"
    assert SECRET not in "".join(told)


def test_errors_that_name_each_other_as_causes_end() -> None:
    first, second = ValueError(SECRET), KeyError(SECRET)
    first.__cause__, second.__cause__ = second, first
    assert len(account(ValueError, first, None)) == 4
