# SPDX-License-Identifier: Apache-2.0
"""What a benchmark says at its end: figures, what they were measured against, and which targets were met."""

import statistics
import time
from collections.abc import Callable, Iterable

import msgspec


class Target(msgspec.Struct, frozen=True):
    """What was to be reached, what was reached, and whether that is enough."""

    reach: float
    got: float
    met: bool


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One run. Names carry their units: `appends_per_s`, `p99_ms`. A ratio is figure / peer, in the same run."""

    bench: str
    figures: dict[str, float]
    peers: dict[str, float]
    ratios: dict[str, float]
    targets: dict[str, Target]


def at_least(reach: float, got: float) -> Target:
    """More is better."""
    return Target(reach, round(got, 4), got >= reach)


def at_most(reach: float, got: float) -> Target:
    """Less is better."""
    return Target(reach, round(got, 4), got <= reach)


def in_turn(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Runs the works in turn, A B A B ..., so that a machine whose speed drifts treats them alike.

    Gives each work's seconds by round, after one round that isn't counted.
    """
    seconds: list[list[float]] = [[] for _ in works]
    for number in range(rounds + 1):
        for place, work in enumerate(works):
            began = time.perf_counter()
            work()
            if number:
                seconds[place].append(time.perf_counter() - began)
    return seconds


def median_ratio(above: Iterable[float], below: Iterable[float]) -> float:
    """The median of the ratios round by round."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def as_line(report: Report) -> str:
    """One line of JSON."""
    return msgspec.json.encode(report).decode()


def as_words(report: Report) -> str:
    """The same for people."""
    rows = [f"{report.bench}"]
    for title, values in (("measured", report.figures), ("against", report.peers), ("ratio", report.ratios)):
        rows += [f"  {title:9} {name:44} {value:14,.3f}" for name, value in values.items()]
    for name, target in report.targets.items():
        verdict = "met" if target.met else "NOT MET"
        rows.append(f"  target    {name:44} {target.got:14,.3f}  (to reach: {target.reach:,g}) {verdict}")
    return "\n".join(rows)
