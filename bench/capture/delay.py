# SPDX-License-Identifier: Apache-2.0
"""What the recorder adds to the time that an application takes to answer: a probe window, recorder on and off in turn.

A program that uses accessibility runs in both cases, as on any desktop: without one, recording would also be charged
for the registry that the accessibility bus starts for whoever listens first, and which asks the server at each click.

The interval is a bootstrap over pairs of neighbouring blocks and over the samples within, so that it knows both the
machine's drift and the tails.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from random import Random

import msgspec

from bench.capture.desk import NOTES_PROGRAM, POLICY, SCREEN, Recorder, folder
from bench.capture.probe import Order
from bench.report import Report, Target, at_most
from handiwork.adapters.session import VirtualSession

PAIRS = 6
SAMPLES = 160
RESAMPLES = 1_000

Blocks = list[tuple[list[float], list[float]]]
"""Pairs of blocks in milliseconds: recorder on, recorder off."""


def measure() -> Report:
    """About a minute and a half."""
    blocks = _blocks()
    on, off = ([one for pair in blocks for one in pair[side]] for side in (0, 1))
    mean, median = interval(blocks, statistics.fmean), interval(blocks, statistics.median)
    figures = {
        "delay_on_median_ms": statistics.median(on),
        "delay_off_median_ms": statistics.median(off),
        "delay_on_p99_ms": statistics.quantiles(on, n=100)[98],
        "delay_off_p99_ms": statistics.quantiles(off, n=100)[98],
        "delay_added_mean_ms": statistics.fmean(on) - statistics.fmean(off),
        "delay_added_mean_from_ms": mean[0],
        "delay_added_mean_to_ms": mean[1],
        "delay_added_median_from_ms": median[0],
        "delay_added_median_to_ms": median[1],
    }
    targets = {
        "delay_added_from_ms_includes_0": Target(0, round(mean[0], 4), mean[0] <= 0 <= mean[1]),
        "delay_added_to_ms": at_most(1, mean[1]),
    }
    return Report(bench="capture_delay", figures=figures, peers={}, ratios={}, targets=targets)


def _blocks() -> Blocks:
    """On and off in turn, beginning with either in turn."""
    blocks: Blocks = []
    with VirtualSession(*SCREEN) as session:
        session.start(["/usr/bin/python3", "-c", NOTES_PROGRAM])
        for number in range(PAIRS):
            sides: list[list[float]] = [[], []]
            for side in (0, 1) if number % 2 else (1, 0):
                sides[side] = _block(session, number, recorded=side == 0)
            blocks.append((sides[0], sides[1]))
    return blocks


def _block(session: VirtualSession, seed: int, *, recorded: bool) -> list[float]:
    with ExitStack() as stack:
        if recorded:
            out = stack.enter_context(folder())
            policy = POLICY.format(site="https://nowhere.example", words="open")
            recorder = Recorder(out, session.env, policy)
            stack.callback(recorder.close)
        order = Order(session.display, seed, SAMPLES)
        probe = subprocess.run(
            [sys.executable, "-m", "bench.capture.probe"],
            env=dict(session.env), input=msgspec.json.encode(order), stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        if recorded:
            account = recorder.stop()
            assert account.events > SAMPLES, "the recorder must have recorded, or the comparison means nothing"
    return msgspec.json.decode(probe.stdout, type=list[float])


def interval(blocks: Blocks, middle: Callable[[list[float]], float]) -> tuple[float, float]:
    """95 % bootstrap interval of on minus off, by that kind of middle."""
    random = Random(0)
    found = []
    for _ in range(RESAMPLES):
        on: list[float] = []
        off: list[float] = []
        for one, other in random.choices(blocks, k=len(blocks)):
            on += random.choices(one, k=len(one))
            off += random.choices(other, k=len(other))
        found.append(middle(on) - middle(off))
    found.sort()
    return found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES)]
