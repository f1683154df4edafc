# SPDX-License-Identifier: Apache-2.0
"""The recorder's account of itself, in words for the person. Knows nothing of how it is come by."""

import os
from collections.abc import Iterator
from datetime import datetime

from handiwork.cli import at_login
from handiwork.model.errors import Lost
from handiwork.ports.control import Status
from handiwork.ports.ended import Ended

_TO_DO = {
    "private windows not ruled out": (
        "this browser has no extension, and its private windows look like others: nothing of it is kept; run"
        " `handiwork browser install`, or have private and guest windows switched off by the browser's policy"
    ),
    "account or profile not told": (
        "this browser has no extension, and can't tell account or profile without: run `handiwork browser install`"
    ),
    "browser of unknown origin": (
        "this browser has no extension, and nothing else can tell its sites: run `handiwork browser install`"
    ),
}


def print_status(status: Status) -> None:
    """The account, for people."""
    print("\n".join(as_words(status)))


def as_words(status: Status) -> Iterator[str]:
    """State and reason, what was kept, what it costs, how it shows itself."""
    why = status.why or (status.reason if status.state not in ("recording", "stopped") else "")
    share = 100 * status.cpu_seconds / status.seconds if status.seconds else 0.0
    yield f"{status.state} ({why})" if why and why != status.state else status.state
    if to_do := _TO_DO.get(status.reason):
        yield f"  {status.reason}: {to_do}"
    yield f"  kept {status.events} events, {status.stored_bytes / 1024:.0f} KiB"
    yield f"  skipped {status.skipped}, lost {status.lost}; `handiwork record skips` tells why"
    yield (
        f"  cost {share:.1f} % of one core over {status.seconds:.0f} s ({status.percent:.1f} % of late),"
        f" {status.peak_memory_bytes / 2**20:.0f} MiB at most; browsers connected: {status.browsers}"
    )
    if status.shed:
        yield f"  left out now, to keep to the budget: {status.shed}"
    if delay := status.delay.rest_p50:
        beside = f", {status.delay.beside_p50:.1f} / {status.delay.beside_p99:.1f} beside a frame"
        yield (
            f"  another window's event takes {delay:.1f} / {status.delay.rest_p99:.1f} ms (p50 / p99)"
            f"{beside if status.delay.beside_p50 else ''}"
        )
    yield f"  shown by the mark on the screen{' and an icon in the tray' if status.tray else ''}"
    if status.unlocked:
        yield f"  memory is not locked: {status.unlocked}"
    yield f"  starts at login: {'yes' if at_login.is_installed(os.environ) else 'no'}"


def of_the_last_end(ended: Ended) -> Iterator[str]:
    """While recording again: how the recording before ended by itself, and what it asked for."""
    yield f"  the recording before this one ended by itself ({_when(ended)}): {ended.what}"
    yield f"    unless you have done so since: {ended.do}"


def none_runs(ended: Ended) -> Lost:
    """No recorder is running, since the last one ended by itself."""
    return Lost(
        f"No recorder is running: the last one ended by itself ({_when(ended)}). {ended.what}",
        data=ended.data,
        do=f"{ended.do} Then: `handiwork record start`.",
    )


def _when(ended: Ended) -> str:
    return datetime.fromtimestamp(ended.unix_ms / 1000).astimezone().strftime("%Y-%m-%d %H:%M")
