# SPDX-License-Identifier: Apache-2.0
"""When a leak audit runs beside a recording of days, and that the person hears what it found. Reads nothing itself.

--due, and nobody works--> running <--nobody works / somebody works, or over budget--> resting
resting for long --> ended (due again later)            any --the recording stops--> ended
"""

from handiwork.ports.journal import Store
from handiwork.ports.leak_audit import untold
from handiwork.ports.second_look import SecondLook

IDLE_MS = 30_000
"""So long without a key, click or move, and nobody is working."""

ASK_MS = 60_000
"""How often it is asked whether one is due."""

LOOK_MS = 1_000
"""How often one that runs is looked after."""

LONGEST_REST_MS = 600_000
"""A resting process holds opened segments in its memory: not for longer than this."""

FOUND = "see leak audit"
"""On mark and tray, until the person has looked. Fixed words: not even how much was found."""


class LookingAgain:
    """To be given a turn in each of the recorder's own; takes microseconds."""

    def __init__(self, audits: SecondLook, store: Store, now_ms: int) -> None:
        self.words = FOUND if untold(store) else ""
        """What mark and tray add to their state."""
        self._audits, self._store = audits, store
        self._worked_ms = now_ms
        self._next_ms = now_ms + ASK_MS
        self._is_running = False
        self._resting_since: int | None = None

    def somebody_works(self, now_ms: int) -> None:
        """A key, a click, a move: from anyone, anywhere."""
        self._worked_ms = now_ms
        if self._is_running and self._resting_since is None:
            self._next_ms = now_ms  # looked after in this very turn

    def next_ms(self) -> int:
        """When `look` has something to do."""
        return self._next_ms

    def look(self, now_ms: int, unix_ms: int, over_budget: bool) -> None:
        """Begins, rests, goes on or ends, whichever is right now."""
        if now_ms < self._next_ms:
            return
        in_the_way = over_budget or now_ms - self._worked_ms < IDLE_MS
        if self._is_running:
            self._look_after(now_ms, in_the_way)
        elif not in_the_way and self._audits.is_due(unix_ms):
            self._audits.begin()
            self._is_running, self._resting_since = True, None
        if not self._is_running:
            self.words = FOUND if untold(self._store) else ""
        self._next_ms = now_ms + (LOOK_MS if self._is_running else ASK_MS)

    def end(self) -> None:
        """The recording stops."""
        self._audits.end()
        self._is_running = False

    def _look_after(self, now_ms: int, in_the_way: bool) -> None:
        if not self._audits.is_running():
            self._is_running = False
        elif in_the_way and self._resting_since is None:
            self._audits.rest(still=True)
            self._resting_since = now_ms
        elif not in_the_way and self._resting_since is not None:
            self._audits.rest(still=False)
            self._resting_since = None
        elif self._resting_since is not None and now_ms - self._resting_since >= LONGEST_REST_MS:
            self.end()
