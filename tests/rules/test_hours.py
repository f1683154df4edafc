# SPDX-License-Identifier: Apache-2.0
"""Working hours are what the wall's clock shows, through changes to summer time and night shifts."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handiwork.adapters.system.clock import SystemCalendar
from handiwork.model.errors import BadInput
from handiwork.model.policy import Hours
from handiwork.rules.hours import DAYS, MINUTE_MS, LocalTime, closed_since, hours_flaws, within
from handiwork.rules.policy import parse_policy

OFFICE = Hours(start="09:00", end="17:30")
NIGHT = Hours(days=("fri",), start="22:00", end="06:00")
SPRING, AUTUMN = 1_774_746_000_000, 1_792_890_000_000
"""When Berlin's clocks change in 2026, in Unix milliseconds: 29 March and 25 October, 01:00 UTC."""
HEAD = 'name = "x"\nrevision = 1\npurposes = ["agent-training"]\n'


@pytest.fixture(scope="module", params=["CET-1CEST,M3.5.0,M10.5.0/3", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "UTC0"])
def calendar(request: pytest.FixtureRequest) -> Iterator[SystemCalendar]:
    """This machine, set to Berlin, to Lord Howe (half an hour of summer time) and to UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()  # what the tests ask by themselves must be told too
        yield SystemCalendar()
    time.tzset()


def at(day: str, clock: str) -> LocalTime:
    hour, minute = clock.split(":")
    return LocalTime(DAYS.index(day), int(hour) * 60 + int(minute))


@pytest.mark.parametrize(
    ("hours", "local", "open_"),
    [
        (OFFICE, at("mon", "08:59"), False),
        (OFFICE, at("mon", "09:00"), True),
        (OFFICE, at("fri", "17:29"), True),
        (OFFICE, at("fri", "17:30"), False),
        (OFFICE, at("sat", "12:00"), False),
        (NIGHT, at("fri", "21:59"), False),
        (NIGHT, at("fri", "22:00"), True),
        (NIGHT, at("sat", "05:59"), True),
        (NIGHT, at("sat", "06:00"), False),
        (NIGHT, at("fri", "05:00"), False),
        (Hours(days=("sun",)), at("sun", "23:59"), True),
        (Hours(days=("sun",)), at("mon", "00:00"), False),
    ],
)
def test_the_minutes_that_belong_to_working_hours(hours: Hours, local: LocalTime, open_: bool) -> None:
    assert within(hours, local) is open_


@pytest.mark.parametrize(
    "wrong",
    [
        'days = []\nfrom = "09:00"',
        'from = "9:00"',
        'to = "25:00"',
        'from = "10:00"\nto = "10:00"',
        'days = ["someday"]',
    ],
)
def test_hours_that_say_nothing_clear_are_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        parse_policy(f"{HEAD}[hours]\n{wrong}\n")


def test_hours_are_written_as_from_and_to() -> None:
    policy = parse_policy(f'{HEAD}[hours]\ndays = ["mon", "tue"]\nfrom = "09:00"\nto = "17:30"\n')
    assert policy.hours == Hours(days=("mon", "tue"), start="09:00", end="17:30")


MINUTES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
SOME = st.builds(Hours, days=st.sets(st.sampled_from(DAYS), min_size=1).map(tuple), start=MINUTES, end=MINUTES).filter(
    lambda hours: not hours_flaws(hours)
)
NEAR_A_CHANGE = st.builds(
    lambda base, minutes, rest: base + minutes * MINUTE_MS + rest,
    st.sampled_from([SPRING, AUTUMN, 1_775_314_800_000, 1_791_042_600_000]),
    st.integers(-2 * 1440, 2 * 1440),
    st.integers(0, MINUTE_MS - 1),
)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@SHARED
@given(SOME, NEAR_A_CHANGE)
def test_what_the_wall_shows_decides_and_nothing_else(calendar: SystemCalendar, hours: Hours, unix_ms: int) -> None:
    shown = time.strftime("%a %H:%M", time.localtime(unix_ms // 1000)).lower()
    day, clock = shown.split()
    first, last = hours.start, hours.end
    before = DAYS[DAYS.index(day) - 1]
    if first < last:
        expected = day in hours.days and first <= clock < last
    else:
        expected = (day in hours.days and clock >= first) or (before in hours.days and clock < last)
    assert within(hours, calendar.local(unix_ms)) is expected


@SHARED
@given(SOME, NEAR_A_CHANGE, st.integers(0, 180), st.integers(0, MINUTE_MS))
def test_between_two_looks_no_closed_minute_is_overlooked_and_none_is_invented(
    calendar: SystemCalendar, hours: Hours, last: int, minutes: int, rest: int
) -> None:
    now = last + minutes * MINUTE_MS + rest
    found = closed_since(hours, calendar.local, last, now)
    every = range(last, now + 1, 1_000)
    closed = [moment for moment in (*every, now) if not within(hours, calendar.local(moment))]
    if found is None:
        assert not closed
    else:
        assert last <= found <= now
        assert not within(hours, calendar.local(found))
        assert not closed or found <= closed[0]


@SHARED
@given(SOME, NEAR_A_CHANGE, st.integers(8, 400))
def test_a_look_after_many_days_ends_and_finds_what_was_closed(
    calendar: SystemCalendar, hours: Hours, last: int, days: int
) -> None:
    now = last + days * 1440 * MINUTE_MS
    found = closed_since(hours, calendar.local, last, now)
    assert found is not None  # every week has a minute outside of hours that begin and end at different ones
    assert found <= now
