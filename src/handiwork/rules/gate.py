# SPDX-License-Identifier: Apache-2.0
"""Scope over time: a raw event passes only if the same allowed decision held throughout a span around it.

Raw events wait HOLD_MS in memory, so that late news (a switch of tabs, a password field gaining focus) still reaches
the events that it concerns. News of a denial counts from its own time, or from as far back as it claims; news of an
allowance never reaches back before a denial.
"""

from bisect import bisect_right

import msgspec

from handiwork.rules.scope import Decision, denied

HOLD_MS = 300
"""How long a raw event waits before it is judged. Longer than the browser's 90 ms of uncertainty after a tab switch."""

GUARD_MS = 60
"""How long an allowance must have lasted: what was painted or typed before it belongs elsewhere."""

_MEMORY_MS = 10_000


class ScopeTimeline:
    """Which decision held when. Starts with "starting", which allows nothing."""

    def __init__(self, late_ms: int = 0) -> None:
        """`late_ms`: by how much an event's time may be later than the event (ports/input.py)."""
        self._guard_ms = GUARD_MS + late_ms
        self._times = [0]
        self._decisions = [denied("starting")]
        self._floor_ms = 0
        """What was known up to then, denials among it, is forgotten: no allowance may reach back before it."""

    def record(self, since_ms: int, decision: Decision) -> None:
        """From `since_ms` on, `decision` holds."""
        if decision == self._decisions[-1]:
            return
        if decision.allowed:
            since_ms = max(since_ms, self._times[-1], self._floor_ms)
        else:
            while len(self._times) > 1 and self._times[-1] >= since_ms:
                self._floor_ms = max(self._floor_ms, self._times[-1])
                self._times.pop()
                self._decisions.pop()
        self._times.append(since_ms)
        self._decisions.append(decision)

    def restart(self, reason: str) -> None:
        """Forgets all: whatever is still to be judged of the time until now is denied."""
        self._times, self._decisions = [0], [denied(reason)]

    def since_ms(self) -> int:
        """Since when the newest decision holds."""
        return self._times[-1]

    def now(self) -> Decision:
        """The newest decision."""
        return self._decisions[-1]

    def verdict(self, time_ms: int, until_ms: int | None = None) -> Decision:
        """The decision for an event of that time. Ask only HOLD_MS later: then it can't change any more.

        `until_ms` is a later moment for which it is known that the same surface was in front: what came after it then
        doesn't count. Without such knowledge it is the whole hold that must agree.
        """
        if time_ms - self._guard_ms >= self._times[-1]:
            return self._decisions[-1]  # nothing has changed since long before: so it is for most events
        first = self._index(time_ms - self._guard_ms)
        at = self._index(time_ms)
        last = self._index(time_ms + HOLD_MS if until_ms is None else until_ms)
        decision = self._decisions[at]
        if not decision.allowed:
            return decision
        if time_ms - self._guard_ms < self._times[0]:
            return denied("too late")  # what held then was forgotten: the oldest that is known says nothing about it
        if any(not _agree(self._decisions[i], decision) for i in range(first, last + 1)):
            return denied("transition")
        return decision

    def forget_before(self, now_ms: int) -> None:
        """Drops what no waiting event can ask for any more."""
        keep = self._index(now_ms - _MEMORY_MS - self._guard_ms)
        del self._times[:keep]
        del self._decisions[:keep]

    def _index(self, time_ms: int) -> int:
        return max(0, bisect_right(self._times, time_ms) - 1)


def _agree(one: Decision, other: Decision) -> bool:
    """Whether both are the same allowance; outside a browser, of whichever window of the program.

    Which of two windows had the keyboard is dated by the window system, as input is, so that nothing near the change
    is uncertain: a click that opens a dialog would be lost otherwise. Which page was in front is known less exactly.
    """
    if one == other or one.site or other.site:
        return one == other
    return one.allowed and msgspec.structs.replace(one, xid=other.xid) == other
