# SPDX-License-Identifier: Apache-2.0
"""The scripted person works for 25 minutes ($HANDIWORK_BENCH_MINUTES): memory must stay flat, nothing may be lost.

Flat from the tenth minute on: so long, the C library's heap grows to what the rarest of what is done has needed. The
bound on growth is the upper end of a bootstrap over the slopes between the samples of that steady part.
"""

import os
import statistics
import sys
import time
from random import Random

from bench.capture import oracle
from bench.capture.desk import desk
from bench.report import Report, at_least, at_most
from handiwork.cli.leaks import opened_segments

MIB = 2**20
WARM_UP_S = 600
"""Until the heap has its size: what it takes until then is part of the memory figure, not of its growth."""

EVERY_S = 5


def measure() -> Report:
    """Ten minutes and a quarter of an hour, unless told otherwise."""
    minutes = float(os.environ.get("HANDIWORK_BENCH_MINUTES", "25"))
    samples: list[tuple[float, float]] = []
    with desk("open", None) as place:
        assert place.recorder is not None
        began = time.monotonic()

        def sample() -> None:
            now = time.monotonic() - began
            if not samples or now - samples[-1][0] >= EVERY_S:
                samples.append((now, place.memory() / MIB))
                if len(samples) % (60 // EVERY_S) == 0:
                    print(f"  {now / 60:4.0f} of {minutes:.0f} minutes: {samples[-1][1]:.1f} MiB", file=sys.stderr)

        before = place.spent()
        done = place.work(60 * minutes, 7, sample)
        seconds, used = time.monotonic() - began, place.spent().since(before)
        account = place.recorder.stop()
        with place.recorder.opened() as device:
            score = oracle.score(done, list(opened_segments(device)))
    print(oracle.as_words(score), file=sys.stderr)
    steady = [sample for sample in samples if sample[0] >= min(WARM_UP_S, seconds / 3)]
    figures = {
        "soak_minutes": seconds / 60,
        "steady_minutes": (steady[-1][0] - steady[0][0]) / 60,
        "memory_most_mib": max(size for _, size in samples),
        "memory_slope_mib_per_h": slope(steady),
        "memory_slope_at_most_mib_per_h": bound(steady),
        "cpu_own_processes_pct": 100 * used.recorder / seconds,
        "events": account.events,
        "lost": account.lost,
        "stored_per_hour_mib": account.stored_bytes * 3600 / seconds / MIB,
        "actions_recall": score.recall,
        "actions_precision": score.precision,
        "text_recall": score.text_recall,
        "text_precision": score.text_precision,
    }
    targets = {
        "steady_minutes": at_least(15, figures["steady_minutes"]),
        "memory_slope_at_most_mib_per_h": at_most(6, figures["memory_slope_at_most_mib_per_h"]),
        "memory_mib": at_most(300, figures["memory_most_mib"]),  # at `open` the model reads pixels
        "lost": at_most(0, account.lost),
    }
    return Report(bench="capture_soak", figures=figures, peers={}, ratios={}, targets=targets)


def slope(samples: list[tuple[float, float]]) -> float:
    """MiB an hour, by least squares."""
    times, sizes = zip(*samples, strict=True)
    return statistics.linear_regression(times, sizes).slope * 3600


def bound(samples: list[tuple[float, float]]) -> float:
    """The upper end of the 95 % interval of the slope, by resampling blocks of a minute (neighbours are alike)."""
    random, block = Random(0), 60 // EVERY_S
    blocks = [samples[at : at + block] for at in range(0, len(samples), block)]
    slopes = []
    for _ in range(500):
        drawn = [one for chosen in random.choices(blocks, k=len(blocks)) for one in chosen]
        if len({time for time, _ in drawn}) > 1:
            slopes.append(slope(drawn))
    slopes.sort()
    return slopes[int(0.975 * len(slopes))]
