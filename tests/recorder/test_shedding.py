# SPDX-License-Identifier: Apache-2.0
"""A meter that says too much: frames go first, then paths, never a click or a key; then all of it comes back."""

from tests.properties.harness import Life

from handiwork.model.event import Button, Event, Frame, Key, Moved, Skips, Typed, Wheel
from handiwork.ports.delay import Delay
from handiwork.recorder.shedding import REASON


def busy(life: Life, milliseconds: int, cpu_percent: float = 0.0) -> int:
    """The person works all the while, at that cost; how many rounds of work that was."""
    rounds = 0
    until = life.clock.now + milliseconds
    while life.clock.now < until:
        life.work()
        life.screen_changes()
        life.pass_time(250)
        life.meter.cpu += cpu_percent / 100 * 0.25
        rounds += 1
    return rounds


def between(events: list[Event], first: int, last: int) -> list[Event]:
    return [event for event in events if first <= event.t < last]


def streams(events: list[Event]) -> set[str]:
    return {type(event).__name__ for event in events} & {"Frame", "Moved", "Button", "Wheel", "Key", "Typed"}


def test_frames_go_first_then_paths_and_no_deed_is_ever_missing() -> None:
    life = Life()
    life.pass_time(500)
    began = life.clock.now
    rounds = busy(life, 3_000)
    dear = life.clock.now
    steps: list[tuple[int, str]] = []
    for _ in range(24):
        rounds += busy(life, 500, cpu_percent=60)
        steps.append((life.clock.now, life.recorder.status().shed))
    events = life.finish()
    names = [name for _, name in steps]
    assert list(dict.fromkeys(names)) == ["", "frames", "frames, pointer paths"]
    frames_end = next(now for now, name in steps if name == "frames")
    paths_end = next(now for now, name in steps if name == "frames, pointer paths")
    assert streams(between(events, began, dear)) >= {"Frame", "Moved", "Button", "Wheel", "Key"}
    middle = streams(between(events, frames_end + 500, paths_end - 500))
    assert "Frame" not in middle
    assert "Moved" in middle
    last = streams(between(events, paths_end + 500, life.clock.now))
    assert last & {"Frame", "Moved"} == set()
    assert last >= {"Button", "Wheel", "Key"}
    assert sum(isinstance(event, Button) for event in events) == 2 * rounds
    assert sum(isinstance(event, Wheel) for event in events) == rounds
    assert sum(isinstance(event, Key) for event in events) == rounds
    assert sum(event.keystrokes for event in events if isinstance(event, Typed)) == rounds


def test_what_was_left_out_stands_in_the_segment_and_in_the_ledger() -> None:
    life = Life()
    life.pass_time(500)
    busy(life, 2_000)
    busy(life, 8_000, cpu_percent=60)
    events = life.finish()
    told: dict[str, int] = {}
    for event in events:
        if isinstance(event, Skips):
            for name, count in event.counts.items():
                told[name] = told.get(name, 0) + count
    ledger = {stream: 0 for stream in ("pixels", "pointer")}
    for _, stream, reason, count in life.store.skips():
        if reason == REASON:
            ledger[stream] += count
    assert told == {f"pixels: {REASON}": ledger["pixels"], f"paths: {REASON}": ledger["pointer"]}
    assert min(ledger.values()) > 0


def test_when_the_cost_falls_all_of_it_comes_back_and_the_first_frame_is_whole() -> None:
    life = Life()
    life.pass_time(500)
    busy(life, 2_000)
    busy(life, 8_000, cpu_percent=60)
    assert life.recorder.status().shed == "frames, pointer paths"
    cheap = life.clock.now
    busy(life, 70_000)
    assert life.recorder.status().shed == ""
    events = life.finish()
    back = [event for event in events if isinstance(event, Frame) and event.t > cheap]
    assert back
    assert sum(tile.bounds.area for tile in back[0].tiles) == back[0].region.area
    assert any(isinstance(event, Moved) and event.t > cheap for event in events)


def test_starting_up_is_not_counted_and_a_short_burst_is_forgiven() -> None:
    life = Life()
    life.meter.cpu = 0.0
    life.pass_time(500)
    busy(life, 1_000, cpu_percent=60)  # 0.6 s in a half minute that may cost 2.4 s
    busy(life, 3_000)
    assert life.recorder.status().shed == ""
    assert 0 < life.recorder.status().percent < 8


def test_delay_that_we_add_to_other_programs_costs_us_the_frames() -> None:
    life = Life()
    life.pass_time(500)
    busy(life, 2_000)
    life.delay.found = Delay(beside_p50=30, beside_p99=40, rest_p50=0.1, rest_p99=1, added_ms=30)
    busy(life, 2_000)
    status = life.recorder.status()
    assert status.shed.startswith("frames")
    assert status.delay.beside_p99 == 40
    assert {"beside", "rest"} <= set(life.delay.asked)
