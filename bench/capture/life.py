# SPDX-License-Identifier: Apache-2.0
"""Idle and human activity at one desk after another: nobody records, we record, peers record, in alternating order.

Whatever records is charged for its own processes, for what the X server needs on top of what it needs when nobody
records, and for nothing else; what browser and buses need on top is told as a figure of its own.
"""

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from subprocess import Popen

import msgspec

from bench.capture import oracle, peers
from bench.capture.desk import Spent, desk
from handiwork.cli.leaks import opened_segments
from handiwork.model.errors import HandiworkError
from handiwork.model.event import Frame

REST_S, IDLE_S, HUMAN_S = 6.0, 12.0, 20.0
"""Rest comes before: a page that has just opened is looked at more often than one that has stood for a while."""

Starter = Callable[[Mapping[str, str], Path], "Popen[bytes]"]


class Seen(msgspec.Struct, frozen=True):
    """One desk: percent of one core while idle and while somebody worked, bytes of memory, and what was stored."""

    idle: Spent
    human: Spent
    memory: int
    stored_per_hour: float = 0.0
    frames_per_hour: float = 0.0
    frame_bytes_per_hour: float = 0.0
    score: oracle.Score | None = None


class Way(msgspec.Struct, frozen=True):
    """A way to be recorded: by us at a level of words, by a peer, or not at all."""

    name: str
    words: str = ""
    peer: Starter | None = None
    module: str = ""


def ways() -> list[Way]:
    """Those that can be had here; a peer that can't be installed is left out and said."""
    found = [
        Way("nobody"),
        Way("unread", "interface", module="bench.capture.unread"),
        Way("interface", "interface"),
        Way("open", "open"),
    ]
    for peer in (peers.PYNPUT, peers.OPENADAPT):
        try:
            found.append(Way(peer.name, peer=peers.starter(peer)))
        except HandiworkError as error:
            print(f"  left out: {error}", file=sys.stderr)
    return found


def seen(way: Way, seed: int, idle_s: float = IDLE_S, human_s: float = HUMAN_S) -> Seen:
    """Sits at one desk: idle first, with a blinking caret and a clock in the page, then at work."""
    with desk(way.words, way.peer, way.module) as place:
        time.sleep(REST_S)
        idle, _ = _percent(place.spent, lambda: time.sleep(idle_s))
        stored = place.recorder.status().stored_bytes if place.recorder else 0
        memory: list[int] = [place.memory()]
        done = []
        human, seconds = _percent(place.spent, lambda: done.extend(place.work(human_s, seed)))
        memory.append(place.memory())
        if place.recorder is None:
            return Seen(idle, human, max(memory))
        account = place.recorder.stop()
        with place.recorder.opened() as device:
            segments = list(opened_segments(device))
        frames = [event for segment in segments for event in segment.events if isinstance(event, Frame)]
        hour = 3600 / seconds
        return Seen(
            idle, human, max(memory),
            stored_per_hour=hour * (account.stored_bytes - stored),
            frames_per_hour=hour * len(frames),
            frame_bytes_per_hour=hour * sum(len(tile.image) for frame in frames for tile in frame.tiles),
            score=oracle.score(done, segments),
        )  # fmt: skip


def _percent(spent: Callable[[], Spent], work: Callable[[], None]) -> tuple[Spent, float]:
    """Percent of one core while `work` ran, and its seconds."""
    before, began = spent(), time.monotonic()
    work()
    seconds = time.monotonic() - began
    used = spent().since(before)
    scale = 100 / seconds
    return Spent(used.recorder * scale, used.server * scale, used.apps * scale, used.buses * scale), seconds


def in_turn(several: Sequence[Way], rounds: int) -> dict[str, list[Seen]]:
    """Every way once a round, forwards and backwards in turn. The same person, at the same pace, at every desk."""
    found: dict[str, list[Seen]] = {way.name: [] for way in several}
    for number in range(rounds):
        for way in several if number % 2 == 0 else reversed(several):
            found[way.name].append(seen(way, seed=number))
            print(f"  round {number + 1}: {way.name}", file=sys.stderr)
    return found


def charged(mine: Sequence[Seen], nobody: Sequence[Seen], idle: bool) -> list[float]:
    """Percent of a core, round by round: the recorder's processes, and the server's surplus where there is one."""
    pairs = [((a.idle, b.idle) if idle else (a.human, b.human)) for a, b in zip(mine, nobody, strict=True)]
    return [one.recorder + max(0.0, one.server - other.server) for one, other in pairs]


def surplus(mine: Sequence[Seen], nobody: Sequence[Seen], part: str) -> float:
    """Percent of a core that a part of the desk (apps, buses, server) needs on top, at work."""
    pairs = zip(mine, nobody, strict=True)
    return statistics.median(float(getattr(a.human, part) - getattr(b.human, part)) for a, b in pairs)
