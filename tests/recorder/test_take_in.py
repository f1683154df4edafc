# SPDX-License-Identifier: Apache-2.0
"""Input that comes alone is taken in at once and judged later, in one go; news of anything else is never put off."""

import os
from collections.abc import Callable

import pytest
from tests.properties.harness import Life, element, page

from handiwork.model.event import Moved
from handiwork.model.raw import Raw, RawDesktop, RawKey, RawMove
from handiwork.ports.input import RawInput
from handiwork.recorder.daemon import APART_MS, TOGETHER_MS


class Hand(Life):
    """A life in which only the hand moves, every 8 ms, for as long as the recorder reads its moves and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None
        self.pass_time(400)
        self.input.put(RawMove(self.clock.now, 30, 100, False))
        self.recorder.turn()  # takes the picture of the onset
        os.eventfd_read(self.voice._descriptor)  # from here on, nobody speaks to the recorder
        input_read, desktop_read = self.input.read, self.desktop.read

        def read_input() -> list[RawInput]:
            found = input_read()
            self.read.append("input")
            self.clock.now += 8
            self.input.put(RawMove(self.clock.now, 30 + len(self.read), 100, False))
            self.meanwhile()
            return found

        def read_desktop() -> list[RawDesktop]:
            self.read.append("desktop")
            return desktop_read()

        self.input.read = read_input  # type: ignore[method-assign]
        self.desktop.read = read_desktop  # type: ignore[method-assign]
        self.input.put(RawMove(self.clock.now, 30, 100, False))


def test_a_hand_that_moves_on_is_followed_for_a_moment_and_then_all_else_is_looked_at() -> None:
    hand = Hand()
    hand.recorder.turn()
    taken_in = hand.read.index("desktop")
    assert set(hand.read[:taken_in]) == {"input"}
    assert taken_in == -(-TOGETHER_MS // 8)
    assert hand.read[taken_in:] == ["desktop", "input"]


def test_news_from_the_windows_ends_it_at_once() -> None:
    hand = Hand()
    hand.meanwhile = lambda: hand.desktop.tell(hand._desktop(hand.clock.now))
    hand.recorder.turn()
    assert hand.read == ["input", "desktop", "desktop", "input"]


def test_a_desktop_that_stirs_without_news_is_no_reason_to_look_at_all_else() -> None:
    hand = Hand()
    hand.meanwhile = lambda: os.eventfd_write(hand.desktop.fileno(), 1)
    hand.recorder.turn()
    assert hand.read.count("input") == 1 - (-TOGETHER_MS // 8)
    assert hand.read[-2:] == ["desktop", "input"], "once the moment is over"


def test_a_program_whose_text_changes_is_no_reason_to_look_at_all_else() -> None:
    hand = Hand()
    hand.meanwhile = lambda: os.eventfd_write(hand.interface.fileno(), 1)
    hand.recorder.turn()
    assert hand.read.count("input") == 1 - (-TOGETHER_MS // 8)


def test_a_program_that_tells_something_ends_it_at_once() -> None:
    hand = Hand()
    hand.meanwhile = lambda: hand.interface.focus(2, hand.clock.now, element(hand.clock.now, "Entry"))
    hand.recorder.turn()
    assert hand.read == ["input", "desktop", "input"]


def test_pieces_of_one_deed_are_read_together_and_an_order_or_a_picture_is_not_kept_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    life, rests = Life(), list[int]()
    life.become(front="browser")
    life.pass_time(3_000)
    monkeypatch.setattr(life.recorder._wakeup, "rest", rests.append)
    life.recorder.turn()  # an order has come: the voice is always heard
    assert rests == []
    os.eventfd_read(life.voice._descriptor)
    life.browser.change(page(life.clock.now, "lark"))
    life.recorder.turn()
    assert rests == [APART_MS]
    life.recorder._picturing.wishes.want(life.clock.now + 10, "after")
    life.browser.change(page(life.clock.now, "wren"))
    life.recorder.turn()
    assert rests == [APART_MS, 10]


def test_a_stop_ends_it_at_once() -> None:
    hand = Hand()
    hand.meanwhile = hand.recorder.stop
    hand.recorder.turn()
    assert hand.read == ["input", "desktop", "input"]


class Stopped(Life):
    """A life in which the recorder is told to stop, and learns only then what was done shortly before and after."""

    def __init__(self, *late: RawInput) -> None:
        super().__init__()
        self.pass_time(400)
        read = self.recorder._news.read

        def later() -> list[Raw]:
            self.clock.now += 100  # time passes while the recorder settles
            return read()

        self.recorder._news.read = later  # type: ignore[method-assign]
        for raw in late:
            raw.time_ms += self.clock.now
            self.input.put(raw)
        self.recorder._settle()
        self.recorder.stop()
        self.recorder.run()

    def places(self) -> set[int]:
        """Where the pointer was, by what was kept."""
        return {x for event in self.kept() if isinstance(event, Moved) for _, x, _ in event.path}


def test_what_was_done_before_a_stop_is_kept_though_it_is_read_after_it_and_what_was_done_after_is_not() -> None:
    assert Stopped(RawMove(-5, 31, 100, False), RawMove(50, 77, 100, False)).places() == {31}


def test_a_pause_before_a_stop_holds_though_it_is_read_after_it() -> None:
    pause = [RawKey(-50, "Pause", "", pressed, False, frozenset(), False) for pressed in (True, False)]
    assert Stopped(*pause, RawMove(-30, 77, 100, False)).places() == set()
