# SPDX-License-Identifier: Apache-2.0
"""What is left out when recording costs too much, in which order, and when it comes back. Knows no clock, no meter.

    nothing  --over budget-->  frames  --still over-->  frames and paths
    frames and paths  --well under for a while-->  frames  --well under for a while-->  nothing

What a person did (clicks, keys, the wheel, words) is never left out.
"""

from enum import IntEnum

import msgspec

from handiwork.model.policy import Cost, Policy

BUDGET_PERCENT = 8.0
"""Of one core, where the policy doesn't say: twice what ordinary activity costs (docs/decisions/0013)."""

WINDOW_MS, RECENT_MS = 30_000, 5_000
UP_MS, DOWN_MS = 2_000, 10_000
"""How long a step must have had to show its effect, before the next one up, or down."""

_WELL_UNDER = 0.7


class Shed(IntEnum):
    """What is left out now; each step includes those before it."""

    NOTHING = 0
    FRAMES = 1
    PATHS = 2


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured: percent of one core over WINDOW_MS and over RECENT_MS; milliseconds of delay added."""

    percent: float
    recent_percent: float
    added_delay_ms: float = 0.0


def budget_percent(policy: Policy) -> float:
    """What recording may cost under this policy, in percent of one core."""
    return BUDGET_PERCENT if policy.cost.cpu_percent is None else policy.cost.cpu_percent


def cost_flaws(cost: Cost) -> list[str]:
    """What is wrong with it, in words; empty if nothing is."""
    flaws = (
        [] if cost.cpu_percent is None or 0 < cost.cpu_percent <= 100 else ["its cpu_percent must be above 0, to 100"]
    )
    return flaws + ([] if 0 < cost.delay_ms <= 1_000 else ["its delay_ms must be above 0, to 1000"])


def next_shed(now: Shed, load: Load, policy: Policy, since_ms: int) -> Shed:
    """What to leave out from here on, if it has been `now` for `since_ms`. One step at a time."""
    limit, delay = budget_percent(policy), policy.cost.delay_ms
    over = (load.percent > limit and load.recent_percent > limit) or load.added_delay_ms > delay
    under = load.percent < _WELL_UNDER * limit and load.added_delay_ms < _WELL_UNDER * delay
    if over and now < Shed.PATHS and (now is Shed.NOTHING or since_ms >= UP_MS):
        return Shed(now + 1)
    if under and now > Shed.NOTHING and since_ms >= DOWN_MS:
        return Shed(now - 1)
    return now
