# SPDX-License-Identifier: Apache-2.0
"""While nothing happens, the recorder seldom wakes by itself; what there is to write is written as soon as ever."""

import select
from collections.abc import Iterable

import pytest
from tests.properties.harness import TEXT, Life, page

from handiwork.model.errors import NotAllowed
from handiwork.ports.journal import CONSENT
from handiwork.recorder.daemon import ALONE_MS, FLUSH_MS, TOGETHER_MS
from handiwork.recorder.kept.keeping import PATIENCE_MS
from handiwork.rules.gate import HOLD_MS


class Quiet(Life):
    """A life in which the recorder sleeps until a moment of its own comes: nobody wakes it."""

    def __init__(self) -> None:
        super().__init__()
        self.pass_time(1_000)
        self.work()
        self.wakes: list[int] = []

        def wait(wanted: set[int], moments: Iterable[int | None], now_ms: int) -> set[int]:
            poll = select.poll()
            for descriptor in wanted - {self.voice._descriptor}:
                poll.register(descriptor, select.POLLIN)
            if heard := {descriptor for descriptor, _ in poll.poll(0)}:
                return heard
            due = min((moment for moment in moments if moment is not None), default=now_ms + 60_000)
            self.clock.now = max(now_ms, due)
            self.wakes.append(self.clock.now)
            return set()

        self.recorder._wakeup.wait = wait  # type: ignore[method-assign]

    def written(self) -> int:
        """Bytes of the open segment, on disk."""
        return len(self.store.content(self.store.segments()[-1].header.segment_id))

    def rest(self, duration: int) -> list[int]:
        """When it woke by itself during so long."""
        since = self.clock.now
        while self.clock.now < since + duration:
            self.recorder.turn()
        return [moment for moment in self.wakes if moment > since]


def at_rest() -> Quiet:
    """Somebody has worked, and all of it was judged and written."""
    life = Quiet()
    life.rest(12_000)
    assert life.store.segments()[-1].state == "open"
    return life


def test_with_nothing_to_write_it_wakes_every_two_seconds_and_no_more() -> None:
    assert len(at_rest().rest(20_000)) <= 20_000 // (FLUSH_MS + PATIENCE_MS) + 1


def test_what_only_a_page_told_is_judged_a_second_later_and_at_once_if_somebody_acts_meanwhile() -> None:
    life = at_rest()
    life.rest(1)  # the next time that it would wake anyway is two seconds off
    told = life.clock.now
    life.recorder._waiting.put(page(told, TEXT))
    assert life.rest(1) == [told + HOLD_MS + ALONE_MS]
    assert life.recorder._waiting.is_empty
    told = life.clock.now
    life.recorder._waiting.put(page(told, TEXT))
    life.work()
    assert life.rest(1)[0] <= told + HOLD_MS + TOGETHER_MS


def test_what_is_kept_is_on_disk_within_the_time_that_it_may_be_lost() -> None:
    life = at_rest()
    before, began = life.written(), life.clock.now
    life.work()
    while life.written() == before:
        life.recorder.turn()
    assert life.clock.now - began <= HOLD_MS + TOGETHER_MS + FLUSH_MS


def test_a_consent_that_is_withdrawn_while_nothing_happens_ends_it_all_the_same() -> None:
    life = at_rest()
    life.store.put_value(CONSENT, b"")
    life.rest(FLUSH_MS + PATIENCE_MS)
    assert life.recorder.status().state == "stopped"


def test_once_it_is_withdrawn_nothing_that_is_done_before_the_recorder_has_noticed_is_kept() -> None:
    life = at_rest()
    before = life.written()
    life.withdraw()
    life.work()
    with pytest.raises(NotAllowed):
        life.rest(FLUSH_MS + PATIENCE_MS)
    assert life.written() == before
