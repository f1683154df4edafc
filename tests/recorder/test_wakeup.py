# SPDX-License-Identifier: Apache-2.0
"""Waiting for news: the application is first after a quiet time, and nothing waits while much comes."""

import os
import threading
from collections.abc import Iterator

import pytest

from handiwork.recorder.wakeup import QUIET_S, THICK, Wakeup


@pytest.fixture
def pipes() -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    made = os.pipe(), os.pipe()
    yield made
    for ends in made:
        for end in ends:
            os.close(end)


def test_after_a_quiet_time_what_comes_meanwhile_is_told_together(
    pipes: tuple[tuple[int, int], tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, into_first), (second, into_second) = pipes
    monkeypatch.setattr("handiwork.recorder.wakeup.time.sleep", lambda _: os.write(into_second, b"."))
    waiting = Wakeup()
    threading.Timer(0.1, lambda: os.write(into_first, b".")).start()
    assert waiting.wait({first, second}, (), 0) == {first, second}
    waiting.close()


def test_what_is_there_already_is_told_at_once(
    pipes: tuple[tuple[int, int], tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, into_first), (second, into_second) = pipes
    monkeypatch.setattr("handiwork.recorder.wakeup.time.sleep", lambda _: os.write(into_second, b"."))
    os.write(into_first, b".")
    waiting = Wakeup()
    assert waiting.wait({first, second}, (), 0) == {first}
    waiting.close()


def test_one_quiet_time_amid_much_is_no_reason_to_wait(
    pipes: tuple[tuple[int, int], tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, into_first), (second, into_second) = pipes
    monkeypatch.setattr("handiwork.recorder.wakeup.time.sleep", lambda _: os.write(into_second, b"."))
    waiting = Wakeup()
    for _ in range(THICK):
        os.write(into_first, b".")
        assert waiting.wait({first, second}, (), 0) == {first}
        os.read(first, 1)
    threading.Timer(QUIET_S + 0.005, lambda: os.write(into_first, b".")).start()
    assert waiting.wait({first, second}, (), 0) == {first}
    waiting.close()


def test_a_moment_that_comes_and_a_signal_end_the_wait(pipes: tuple[tuple[int, int], tuple[int, int]]) -> None:
    (first, _), _ = pipes
    waiting = Wakeup()
    assert waiting.wait({first}, (1_010, None, 9_000), 1_000) == set()
    waiting.wake()
    assert waiting.wait({first}, (), 0) != set()  # the pipe's own end
    waiting.close()
