# SPDX-License-Identifier: Apache-2.0
"""Whether the person takes part now, and since when: their own word, the machine's sleep and lock, working hours.

Knows nothing of scope. What pauses by itself reaches back to when it began, however late it is noticed.
"""

from collections.abc import Callable

import msgspec

from handiwork.model.policy import Hours
from handiwork.ports.clock import Calendar, Clock
from handiwork.ports.power import News, Power
from handiwork.rules.hours import MINUTE_MS, closed_since, within
from handiwork.rules.participation import Participation

_SLEPT_MS = 1_000
"""Less than this is two clocks read one after the other."""

_HOLDS: dict[News, tuple[str, bool]] = {
    "sleep": ("suspended", True),
    "wake": ("suspended", False),
    "lock": ("locked", True),
    "unlock": ("locked", False),
}


class Person:
    """One person's participation over time. `changed` is told since when it is as it is now, after each change."""

    def __init__(
        self,
        start: Participation,
        hours: Hours | None,
        clock: Clock,
        calendar: Calendar,
        power: Power,
        changed: Callable[[int], None],
    ) -> None:
        self.now = start
        self.hours = hours
        self._clock, self._calendar, self._power, self._changed = clock, calendar, power, changed
        self._looked_ms, self._looked_unix_ms = clock.monotonic_ms(), clock.unix_ms()
        self._slept_ms = power.slept_ms()
        self._falls_asleep = False

    def revise(self, consented: bool, hours: Hours | None) -> None:
        """Another policy is in force, or another consent. The caller says what follows: `changed` is not told."""
        self.now = msgspec.structs.replace(self.now, consented=consented)
        self.hours = hours

    def toggle(self, time_ms: int) -> None:
        """The pause key or the tray's icon: a pause holds from the key's own time; what follows it, from now on."""
        now = self._clock.monotonic_ms()
        if self.now.paused:
            self._become(self.now.resume(), now)
        else:
            self._become(self.now.pause(None), min(time_ms, now))

    def pause(self, seconds: int) -> None:
        """For so long, or until resumed if 0."""
        now = self._clock.monotonic_ms()
        self._become(self.now.pause(now + seconds * 1000 if seconds else None), now)

    def resume(self) -> None:
        """As far as the person's own pause goes; what holds by itself goes on."""
        self._become(self.now.resume(), self._clock.monotonic_ms())

    def trouble(self, reason: str) -> None:
        """The recorder can't do its work ("" if it can again)."""
        self._become(self.now.in_trouble(reason), self._clock.monotonic_ms())

    def look(self) -> None:
        """Looks at the clocks and the machine. To be called before anything is judged."""
        now, unix = self._clock.monotonic_ms(), self._clock.unix_ms()
        self._become(self.now.at(now), now)
        self._look_for_sleep(now)
        for news in self._power.read():
            reason, begins = _HOLDS[news]
            self._falls_asleep = self._falls_asleep or news == "sleep"
            self._become(self.now.hold(reason) if begins else self.now.release(reason), now)
        self._look_at_hours(now, unix)
        self._looked_ms, self._looked_unix_ms = now, unix

    def falls_asleep(self) -> bool:
        """Whether the machine waits to be let sleep; true once for each time."""
        asked, self._falls_asleep = self._falls_asleep, False
        return asked

    def next_ms(self) -> int | None:
        """When `look` may have something to say that nothing else would wake it for."""
        moments = [self.now.resume_at_ms]
        if self.hours is not None:  # on the wall's clock everything changes at full minutes
            moments.append(self._looked_ms + MINUTE_MS - self._looked_unix_ms % MINUTE_MS)
        return min((moment for moment in moments if moment is not None), default=None)

    def _look_for_sleep(self, now_ms: int) -> None:
        """A sleep that nobody announced: nothing since the last look can be told from what came before it."""
        slept = self._power.slept_ms()
        if slept - self._slept_ms >= _SLEPT_MS and "suspended" not in self.now.held:
            self._become(self.now.hold("suspended"), self._looked_ms)
            self._become(self.now.release("suspended"), now_ms)
        self._slept_ms = slept

    def _look_at_hours(self, now_ms: int, unix_ms: int) -> None:
        if self.hours is None:
            self._become(self.now.release("outside hours"), now_ms)
            return
        last = min(self._looked_unix_ms, unix_ms)  # the clock may have been set back
        closed = closed_since(self.hours, self._calendar.local, last, unix_ms)
        if closed is not None:
            self._become(self.now.hold("outside hours"), max(self._looked_ms, now_ms - (unix_ms - closed)))
        if within(self.hours, self._calendar.local(unix_ms)):
            self._become(self.now.release("outside hours"), now_ms)

    def _become(self, person: Participation, since_ms: int) -> None:
        if person != self.now:
            self.now = person
            self._changed(since_ms)
