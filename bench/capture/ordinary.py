# SPDX-License-Identifier: Apache-2.0
"""What the recorder leaves out at ordinary activity, to keep to the budget that a policy has which says nothing of it.

The scripted person works for longer than the budget's own window, at each way of recording, also beside a busy core.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec

from bench.capture.desk import USUAL_POLICY, desk
from handiwork.ports.control import Status
from handiwork.recorder.shedding import REASON
from handiwork.rules.cost import BUDGET_PERCENT, WINDOW_MS

WORK_S = WINDOW_MS / 1000 + 15

WAYS = {"unread": ("interface", "bench.capture.unread"), "interface": ("interface", ""), "open": ("open", "")}
"""Words, and the module that records: see bench.capture.life."""


class Kept(msgspec.Struct, frozen=True):
    """One desk: how many pictures and moves were left out, and the highest share of the budget that was used."""

    shed: int
    of_budget: float


def figures() -> dict[str, float]:
    """About five minutes."""
    seen = {name: at_work(*way) for name, way in WAYS.items()} | {"open_busy": at_work(*WAYS["open"], busy=True)}
    told = {f"budget_used_{name}_pct": 100 * one.of_budget for name, one in seen.items()}
    return told | {"shed_at_ordinary_activity": sum(one.shed for one in seen.values())}


def at_work(words: str, module: str, busy: bool = False) -> Kept:
    """Works there for WORK_S; `busy`: while another program keeps one core busy."""
    with ExitStack() as stack:
        place = stack.enter_context(desk(words, None, module, USUAL_POLICY))
        assert place.recorder is not None
        status = place.recorder.status
        if busy:
            stack.enter_context(_busy_core())
        told: list[Status] = []
        place.work(WORK_S, 0, lambda: told.append(status()))
        place.recorder.stop()
        with place.recorder.opened() as device:
            shed = sum(count for _, _, reason, count in device.store.skips() if reason == REASON)
    print(f"  left out at {words!r}{' beside a busy core' if busy else ''}: {shed}", file=sys.stderr)
    return Kept(shed, max(one.percent for one in told) / BUDGET_PERCENT)


@contextmanager
def _busy_core() -> Iterator[None]:
    spinning = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        spinning.kill()
        spinning.wait()
