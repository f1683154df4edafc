# SPDX-License-Identifier: Apache-2.0
"""How sure a count of successes makes us. Pure arithmetic."""

import math

_Z = 1.959963984540054
"""The normal distribution's 97.5 % point: intervals are 95 % intervals."""


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval for a share (Wilson 1927): honest for few trials and for shares of 0 or 1. (0, 1) for none."""
    if not 0 <= successes <= trials:
        raise ValueError("successes must lie between 0 and trials")
    if trials == 0:
        return 0.0, 1.0
    share, spread = successes / trials, _Z * _Z / trials
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z * math.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    low = 0.0 if successes == 0 else middle - reach
    return low, (1.0 if successes == trials else middle + reach)


def difference(successes: int, trials: int, others: int, other_trials: int) -> tuple[float, float]:
    """The 95 % interval for one share minus another, from separate trials (Newcombe 1998, method 10)."""
    if trials == 0 or other_trials == 0:
        return -1.0, 1.0
    share, other = successes / trials, others / other_trials
    low, high = wilson(successes, trials)
    other_low, other_high = wilson(others, other_trials)
    gap = share - other
    return gap - math.hypot(share - low, other_high - other), gap + math.hypot(high - share, other - other_low)
