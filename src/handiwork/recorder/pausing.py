# SPDX-License-Identifier: Apache-2.0
"""Carries the person's own pause from one recorder to the next, unless the person ended the first one."""

from handiwork.ports.clock import Clock
from handiwork.ports.journal import Ledger
from handiwork.ports.paused import Pause, keep_pause, pause_left
from handiwork.rules.participation import Participation


class KeptPause:
    """Writes only what changed. Knows nothing of what else holds recording back."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger, self._clock = ledger, clock
        self._kept: tuple[bool, int | None] = (False, None)

    def goes_on(self, start: Participation) -> Participation:
        """As the last recorder was left: paused, for as long as that still holds."""
        left = pause_left(self._ledger, self._clock.unix_ms())
        if left is None:
            return start
        ahead = left.until_unix_ms - self._clock.unix_ms() if left.until_unix_ms is not None else None
        paused = start.pause(None if ahead is None else self._clock.monotonic_ms() + ahead)
        self._kept = (paused.paused, paused.resume_at_ms)
        return paused

    def keep(self, person: Participation) -> None:
        """On disk when this returns."""
        now = (person.paused, person.resume_at_ms)
        if now == self._kept:
            return
        self._kept = now
        if not person.paused:
            return keep_pause(self._ledger, None)
        until = person.resume_at_ms
        ahead = None if until is None else until - self._clock.monotonic_ms()
        keep_pause(self._ledger, Pause(until_unix_ms=None if ahead is None else self._clock.unix_ms() + ahead))

    def forget(self) -> None:
        """The person ended the recorder: whoever starts one by hand afterwards wants it to record."""
        keep_pause(self._ledger, None)
