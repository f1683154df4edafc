# SPDX-License-Identifier: Apache-2.0
"""The recorder's account in words: what it does, why, what it costs, what it leaves out, how it shows itself."""

from pathlib import Path

import msgspec
import pytest
from tests.statuses import status

from handiwork.cli.told import as_words
from handiwork.ports.delay import Delay

STATUS = status(
    events=3,
    skipped=7,
    stored_bytes=2048,
    seconds=50.0,
    cpu_seconds=1.0,
    peak_memory_bytes=64 << 20,
    browsers=1,
    percent=1.5,
)


@pytest.fixture(autouse=True)
def no_unit_of_my_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def told(**changes: object) -> list[str]:
    return list(as_words(msgspec.structs.replace(STATUS, **changes)))


@pytest.mark.parametrize(
    "reason", ["private windows not ruled out", "account or profile not told", "browser of unknown origin"]
)
def test_a_browser_of_which_nothing_can_be_kept_is_named_with_what_to_do(reason: str) -> None:
    lines = told(state="out of scope", reason=reason)
    assert lines[0] == f"out of scope ({reason})"
    assert "handiwork browser install" in lines[1]


def test_while_recording_it_tells_counts_and_cost_and_that_it_is_seen() -> None:
    lines = told()
    assert lines[0] == "recording"
    assert "  kept 3 events, 2 KiB" in lines
    assert any("2.0 % of one core over 50 s (1.5 % of late)" in line for line in lines)
    assert "  shown by the mark on the screen" in lines
    assert lines[-1] == "  starts at login: no"
    assert not any("left out" in line or "locked" in line for line in lines)


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"state": "paused", "reason": "outside hours", "why": "outside hours"}, "paused (outside hours)"),
        ({"state": "paused", "reason": "paused"}, "paused"),
        ({"state": "out of scope", "reason": "unlisted app"}, "out of scope (unlisted app)"),
        ({"state": "stopped", "reason": "unlisted app"}, "stopped"),
    ],
)
def test_the_reason_stands_beside_the_state_unless_it_says_the_same(changes: dict[str, str], first: str) -> None:
    assert told(**changes)[0] == first


def test_what_is_left_out_what_is_slow_and_what_is_not_locked_is_told_when_it_is_so() -> None:
    delay = Delay(beside_p50=0.4, beside_p99=2.5, rest_p50=0.2, rest_p99=0.9)
    lines = told(shed="frames", delay=delay, unlocked="the limit is 8 MiB", tray=True)
    assert "  left out now, to keep to the budget: frames" in lines
    assert "  another window's event takes 0.2 / 0.9 ms (p50 / p99), 0.4 / 2.5 beside a frame" in lines
    assert "  memory is not locked: the limit is 8 MiB" in lines
    assert "  shown by the mark on the screen and an icon in the tray" in lines
