# SPDX-License-Identifier: Apache-2.0
"""Intervals: against published values, and as they must behave for any count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.lab.statistics import difference, wilson


def test_wilson_gives_newcombes_published_values() -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, table I, method 3."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_difference_gives_newcombes_published_values() -> None:
    """Newcombe 1998, Statistics in Medicine 17:873, table II, method 10."""
    assert difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_share_lies_inside_its_interval_and_the_interval_inside_0_to_1(successes: int, failures: int) -> None:
    trials = successes + failures
    low, high = wilson(successes, trials)
    assert 0 <= low <= high <= 1
    if trials:
        assert low <= successes / trials <= high


@given(st.integers(1, 200).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_failures_mirror_successes_and_more_trials_tell_more(counts: tuple[int, int]) -> None:
    successes, trials = counts
    low, high = wilson(successes, trials)
    assert wilson(trials - successes, trials) == pytest.approx((1 - high, 1 - low))
    more = wilson(4 * successes, 4 * trials)
    assert more[1] - more[0] < high - low


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="between"):
        wilson(3, 2)


def test_nothing_tried_tells_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert difference(0, 0, 3, 4) == (-1.0, 1.0)
