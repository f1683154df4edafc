# SPDX-License-Identifier: Apache-2.0
"""The report on what recording costs at a desk, side by side with the peers, and on what was recorded."""

import math
import statistics
import sys
from collections.abc import Sequence

from bench.capture import life, oracle, ordinary
from bench.capture.life import Seen, charged, surplus
from bench.report import Report, Target, at_least, at_most, median_ratio
from handiwork.adapters.ocr.models import is_installed

ROUNDS = 2
MIB = 2**20


def measure() -> Report:
    """About sixteen minutes.

    "unread" is the interface's words by what pages tell, without the model that reads pixels; "interface" and "open"
    read the notes' window with it.
    """
    found = life.in_turn(life.ways(), ROUNDS)
    nobody = found.pop("nobody")
    unread, ours, open_words = found.pop("unread"), found.pop("interface"), found.pop("open")
    figures = _recorded(ours, open_words) | ordinary.figures()
    for name, seen in (("unread", unread), ("interface", ours), ("open", open_words)):
        figures |= _of(name, seen, nobody)
    theirs: dict[str, float] = {}
    ratios: dict[str, float] = {}
    for name, seen in found.items():
        theirs |= _of(name, seen, nobody)
        work, rest = (
            median_ratio(charged(seen, nobody, idle), charged(unread, nobody, idle)) for idle in (False, True)
        )
        ratios |= {f"cpu_human_{name}_to_ours": work, f"cpu_idle_{name}_to_ours": rest}
    return Report(bench="capture_cost", figures=figures, peers=theirs, ratios=ratios, targets=_targets(figures, ratios))


def _of(name: str, seen: Sequence[Seen], nobody: Sequence[Seen]) -> dict[str, float]:
    return {
        f"cpu_human_{name}_pct": statistics.median(charged(seen, nobody, idle=False)),
        f"cpu_idle_{name}_pct": statistics.median(charged(seen, nobody, idle=True)),
        f"cpu_human_{name}_own_processes_pct": statistics.median(one.human.recorder for one in seen),
        f"cpu_human_{name}_apps_surplus_pct": surplus(seen, nobody, "apps"),
        f"cpu_human_{name}_buses_surplus_pct": surplus(seen, nobody, "buses"),
        f"memory_{name}_mib": max(one.memory for one in seen) / MIB,
    }


def _recorded(ours: Sequence[Seen], open_words: Sequence[Seen]) -> dict[str, float]:
    scores = [one.score for one in (*ours, *open_words) if one.score is not None]
    letters = [one.score for one in open_words if one.score is not None]
    for one in letters:
        print(oracle.as_words(one), file=sys.stderr)
    every = [*ours, *open_words]
    return {
        "stored_per_hour_mib": max(one.stored_per_hour for one in every) / MIB,
        "stored_pictures_per_hour_mib": max(one.frame_bytes_per_hour for one in every) / MIB,
        "frames_per_hour": max(one.frames_per_hour for one in every),
        "actions_recall": statistics.fmean(one.recall for one in scores),
        "actions_precision": statistics.fmean(one.precision for one in scores),
        "text_recall": statistics.fmean(one.text_recall for one in letters),
        "text_precision": statistics.fmean(one.text_precision for one in letters),
    }


def _targets(figures: dict[str, float], ratios: dict[str, float]) -> dict[str, Target]:
    """One for each row of issue 3's table. What could not be measured here (a peer, OCR) is unmet, without a figure."""
    least = {"pynput_mss": 10, "openadapt": 25}
    times_less = {
        f"times_less_cpu_than_{name}": at_least(reach, ratios[f"cpu_human_{name}_to_ours"])
        if f"cpu_human_{name}_to_ours" in ratios
        else Target(reach, math.nan, False)
        for name, reach in least.items()
    }
    return {
        "cpu_human_pct": at_most(3, figures["cpu_human_unread_pct"]),
        "cpu_human_reading_pixels_pct": _reading(8, figures["cpu_human_interface_pct"], figures["cpu_human_open_pct"]),
        **times_less,
        "cpu_idle_pct": at_most(0.5, figures["cpu_idle_interface_pct"]),
        "memory_mib": at_most(120, figures["memory_unread_mib"]),
        "memory_reading_pixels_mib": _reading(300, figures["memory_interface_mib"], figures["memory_open_mib"]),
        "stored_per_hour_mib": at_most(40, figures["stored_per_hour_mib"]),
        "shed_at_ordinary_activity": at_most(0, figures["shed_at_ordinary_activity"]),
    }


def _reading(reach: float, *found: float) -> Target:
    """Of what can only be measured where the model is that reads pixels."""
    return at_most(reach, max(found)) if is_installed() else Target(reach, math.nan, False)
