# SPDX-License-Identifier: Apache-2.0
"""Whether a moment lies within working hours. Judged minute by minute on the wall's own clock, so that a change to
summer time, or a journey to another zone, shifts nothing. Knows neither the time nor the zone.
"""

import re
from collections.abc import Callable

import msgspec

from handiwork.model.policy import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE_MS = 60_000
_A_DAY = 24 * 60
_A_WEEK_MS = 7 * _A_DAY * MINUTE_MS  # hours repeat: whatever is ever closed was closed within it
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class LocalTime(msgspec.Struct, frozen=True):
    """What the wall's clock shows: `weekday` 0 is Monday, `minute` counts from midnight."""

    weekday: int
    minute: int


def hours_flaws(hours: Hours) -> list[str]:
    """What is wrong with them, in words; empty if nothing is."""
    flaws = [] if hours.days else ["its hours name no day"]
    wrong = [text for text in (hours.start, hours.end) if not _CLOCK.fullmatch(text)]
    flaws += [f"its hours have {text!r}, which is no time such as 09:00" for text in wrong]
    if not wrong and _minute(hours.start) == _minute(hours.end):
        flaws.append("its hours begin and end at the same minute")
    return flaws


def within(hours: Hours, local: LocalTime) -> bool:
    """Whether that minute belongs to them."""
    first, last = _minute(hours.start), _minute(hours.end)
    today = DAYS[local.weekday] in hours.days
    if first < last:
        return today and first <= local.minute < last
    yesterday = DAYS[local.weekday - 1] in hours.days
    return (today and local.minute >= first) or (yesterday and local.minute < last)


def closed_since(hours: Hours, local_at: Callable[[int], LocalTime], last_unix_ms: int, now_unix_ms: int) -> int | None:
    """The first moment from `last` to `now` (Unix milliseconds) that lies outside of them; None if none does."""
    minute = max(last_unix_ms, now_unix_ms - _A_WEEK_MS) // MINUTE_MS * MINUTE_MS
    while minute <= now_unix_ms:
        if not within(hours, local_at(minute)):
            return max(minute, last_unix_ms)
        minute += MINUTE_MS
    return None


def _minute(text: str) -> int:
    """Minutes from midnight, 0 to 1440."""
    hour, minute = text.split(":")
    return min(int(hour) * 60 + int(minute), _A_DAY)
