# SPDX-License-Identifier: Apache-2.0
"""The ClipboardWatch contract, against a real X server and against the fake."""

import os
import select
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from tests.clipboard import Copier

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Clipboard
from handiwork.adapters.x11 import requests as x
from handiwork.model.errors import Lost
from handiwork.model.raw import RawClipboard
from handiwork.ports.clipboard import ClipboardWatch
from handiwork.ports.fakes.clipboard import ScriptedClipboard

pytestmark = pytest.mark.desktop


@dataclass
class Board:
    """A watch, someone who copies in this process, and a way to end the world."""

    watch: ClipboardWatch
    copy: Callable[[], None]
    end: Callable[[], None]

    def told(self, count: int) -> list[RawClipboard]:
        found: list[RawClipboard] = []
        deadline = time.monotonic() + 10
        while len(found) < count and time.monotonic() < deadline:
            select.select([self.watch.fileno()], [], [], 0.5)
            found += self.watch.read()
        assert len(found) == count
        return found


@pytest.fixture(params=["fake", "x11"])
def board(request: pytest.FixtureRequest) -> Iterator[Board]:
    if request.param == "fake":
        fake = ScriptedClipboard()
        yield Board(fake, lambda: fake.copy(os.getpid()), fake.hang_up)
        return
    with VirtualSession(window_manager=False) as session:
        watch, copier = X11Clipboard(session.display), Copier(session.display)
        yield Board(watch, copier.copy, session.close)
        watch.close()


def test_a_copy_is_told_once_with_the_process_that_made_it(board: Board) -> None:
    board.copy()
    (told,) = board.told(1)
    assert (told.operation, told.owner) == ("copy", os.getpid())
    assert board.watch.read() == []


def test_every_copy_is_told_also_of_the_same_program(board: Board) -> None:
    for _ in range(3):
        board.copy()
    times = [told.time_ms for told in board.told(3)]
    assert times == sorted(times)


def test_times_are_those_of_the_monotonic_clock(board: Board) -> None:
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    board.copy()
    assert before <= board.told(1)[0].time_ms <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


def test_a_watch_whose_source_is_gone_says_so(board: Board) -> None:
    board.end()
    with pytest.raises(Lost):
        board.watch.read()


def test_closing_twice_is_allowed(board: Board) -> None:
    board.watch.close()
    board.watch.close()
    assert board.watch.read() == []


# What only a real clipboard can show.


@pytest.fixture
def watch(session: VirtualSession) -> Iterator[X11Clipboard]:
    made = X11Clipboard(session.display)
    yield made
    made.close()


def test_nobody_is_ever_asked_for_what_the_clipboard_holds(session: VirtualSession, watch: X11Clipboard) -> None:
    copier, stranger = Copier(session.display), Copier(session.display)
    for _ in range(3):
        copier.copy()
        assert len(Board(watch, copier.copy, copier.close).told(1)) == 1
    assert copier.asked() == 0
    # So a question would show:
    atoms = [x.read_atom(stranger.link.ask(x.intern_atom(name))) for name in ("CLIPBOARD", "STRING")]
    stranger.link.send(struct.pack("<BxHIIIII", 24, 6, stranger.link.screen.root, *atoms, atoms[0], 0))
    stranger.link.sync()
    assert copier.asked() == 1
    copier.close()
    stranger.close()


def test_selecting_text_emptying_the_clipboard_and_ending_its_owner_are_no_copies(
    session: VirtualSession, watch: X11Clipboard
) -> None:
    copier = Copier(session.display)
    copier.copy("PRIMARY")
    copier.copy()
    copier.empty()
    copier.copy()
    copier.close()
    other = Copier(session.display)
    other.copy()
    assert [told.operation for told in Board(watch, other.copy, other.close).told(3)] == ["copy"] * 3
    other.close()
