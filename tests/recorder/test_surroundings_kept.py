# SPDX-License-Identifier: Apache-2.0
"""Every segment says under what surroundings it was recorded, and nothing of them is kept of a time out of scope."""

import pytest
from tests.properties.harness import DEVICE_KEY, Life

from handiwork.model.event import Event, Surroundings
from handiwork.model.geometry import Box
from handiwork.ports.sealed import open_segment, split, unwrap_device_key
from handiwork.recorder.kept import segment_writer


def segments(life: Life) -> list[tuple[Event, ...]]:
    found = []
    for stored in life.store.segments():
        content = life.store.content(stored.header.segment_id)
        key = unwrap_device_key(life.sealing, DEVICE_KEY, split(content)[0])
        found.append(tuple(open_segment(life.sealing, key, content).events))
    return found


def busy(life: Life, times: int = 4) -> None:
    for _ in range(times):
        life.work()
        life.pass_time(100)


def told(events: tuple[Event, ...]) -> list[Surroundings]:
    return [event for event in events if isinstance(event, Surroundings)]


def test_a_segment_begins_with_what_is_in_force() -> None:
    life = Life()
    life.pass_time(400)
    busy(life)
    life.finish()
    (events,) = segments(life)
    first = events[0]
    assert isinstance(first, Surroundings)
    assert (first.monitors, first.double_click_ms, first.layout) == ((Box(0, 0, 1280, 800),), 400, "us")
    assert len(told(events)) == 1


def test_a_segment_that_follows_a_full_one_begins_with_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "MAX_MS", 2_000)
    life = Life()
    life.pass_time(400)
    busy(life, 60)
    life.finish()
    found = segments(life)
    assert len(found) > 2
    assert [isinstance(events[0], Surroundings) for events in found] == [True] * len(found)


def test_a_change_is_kept_before_the_first_event_under_it() -> None:
    life = Life()
    life.pass_time(400)
    busy(life)
    life.pass_time(600)
    life.surroundings.arrange(double_click=(250, 9), layout="de(neo)", time_ms=life.clock.now)
    life.pass_time(50)
    busy(life)
    life.finish()
    (events,) = segments(life)
    assert [(one.double_click_ms, one.layout) for one in told(events)] == [(400, "us"), (250, "de(neo)")]
    place = events.index(told(events)[1])
    assert all(event.t >= told(events)[1].t for event in events[place:])


def test_a_change_is_dated_after_all_that_was_done_before_it_though_that_is_written_later() -> None:
    life = Life()
    life.pass_time(400)
    busy(life)
    change = life.clock.now
    life.surroundings.arrange(layout="de", time_ms=change)
    busy(life)
    life.finish()
    (events,) = segments(life)
    by_time = sorted(events, key=lambda event: event.t)
    assert [one.layout for one in told(events)] == ["us", "de"]
    assert told(events)[1].t >= change
    assert all(event.t >= change for event in by_time[by_time.index(told(events)[1]) :])


def test_of_a_change_and_back_while_nothing_may_be_kept_nothing_is_kept() -> None:
    life = Life()
    life.pass_time(400)
    busy(life)
    life.become(front="mail")
    life.pass_time(500)
    life.surroundings.arrange(layout="quagga", time_ms=life.clock.now)
    life.pass_time(500)
    life.surroundings.arrange(layout="us", time_ms=life.clock.now)
    life.pass_time(500)
    life.become(front="notes")
    life.pass_time(500)
    busy(life)
    life.finish()
    assert {one.layout for events in segments(life) for one in told(events)} == {"us"}


def test_a_change_while_nothing_may_be_kept_holds_for_what_is_kept_after_it() -> None:
    life = Life()
    life.pass_time(400)
    busy(life)
    life.become(front="mail")
    life.pass_time(500)
    life.surroundings.arrange(scale=2.0, time_ms=life.clock.now)
    life.pass_time(500)
    life.become(front="notes")
    life.pass_time(500)
    busy(life)
    life.finish()
    (events,) = segments(life)
    assert [one.scale for one in told(events)] == [1.0, 2.0]
