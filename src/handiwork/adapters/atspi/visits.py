# SPDX-License-Identifier: Apache-2.0
"""Where the keyboard has been, as far as it may have been in a password field. Knows no bus.

A visit begins when a field gets the keyboard and ends when it loses it. Until its field's role is known it counts as
secret, and is told as such after GRACE_MS, for all the time since it began: what was typed meanwhile still waits. A
visit that ended before its role came is judged all the same, afterwards, for the time that it lasted.
"""

from dataclasses import dataclass

from handiwork.model.raw import RawSecretFocus

SLACK_MS = 50
"""News of focus is up to 18 ms late: a secret visit is said to have begun this much before the news of it."""


GRACE_MS = 150
"""So long an answer may take before a visit is told as secret; half of what raw events wait (rules/gate.HOLD_MS)."""


@dataclass
class Visit:
    """One field with the keyboard. `is_secret` None: not known yet. `told` is the pid under which it was told."""

    sender: str
    path: str
    start_ms: int
    end_ms: int | None = None
    is_secret: bool | None = None
    told: int | None = None


class Visits:
    """All visits that are under way or not yet judged, oldest first."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._told: dict[int, int] = {}
        self.pids: dict[str, int] = {}

    def begin(self, sender: str, path: str, time_ms: int) -> bool:
        """A field got the keyboard; the one before it in the same application lost it. Whether that is news."""
        if any(v.path == path for v in self._open(sender)):
            return False
        self.end(sender, None, time_ms)
        self._visits.append(Visit(sender, path, time_ms))
        return True

    def end(self, sender: str, path: str | None, time_ms: int) -> None:
        """The field (None: any) lost the keyboard, or the application went away."""
        for visit in self._open(sender):
            if path is None or visit.path == path:
                visit.end_ms = time_ms

    def judge(self, sender: str, path: str, is_secret: bool) -> None:
        """The role of a field is known."""
        for visit in self._visits:
            if (visit.sender, visit.path) == (sender, path) and visit.is_secret is None:
                visit.is_secret = is_secret

    def unknown(self, since_ms: int) -> bool:
        """Whether some visit that began since waits for its role or process, and was not told as secret meanwhile."""
        fresh = (visit for visit in self._visits if visit.told is None and visit.start_ms >= since_ms)
        return any(visit.is_secret is None or (visit.is_secret and not self._pid(visit)) for visit in fresh)

    def news(self, time_ms: int) -> list[RawSecretFocus]:
        """What has changed. What isn't known in time counts as secret; a short gap between two secrets is none."""
        news: list[RawSecretFocus] = []
        for visit in self._visits:
            if visit.told is None and self._is_to_be_told(visit, time_ms):
                visit.told = self._pid(visit)
                news += self._count(visit.told, 1, visit.start_ms - SLACK_MS)
        for visit in self._visits:
            if visit.told is not None and (visit.is_secret is False or visit.end_ms is not None):
                ended = visit.end_ms if visit.is_secret and visit.end_ms is not None else time_ms
                news += self._count(visit.told, -1, ended)
                visit.told = None
        self._visits = [visit for visit in self._visits if visit.end_ms is None or self._is_open(visit, time_ms)]
        return news

    def _is_to_be_told(self, visit: Visit, time_ms: int) -> bool:
        is_known = visit.is_secret and self._pid(visit) != 0
        return visit.is_secret is not False and (is_known or time_ms - visit.start_ms >= GRACE_MS)

    def _is_open(self, visit: Visit, time_ms: int) -> bool:
        """Whether it has ended and still may turn out to have been secret."""
        return visit.is_secret is not False and not self._is_to_be_told(visit, time_ms)

    def _open(self, sender: str) -> list[Visit]:
        return [visit for visit in self._visits if visit.sender == sender and visit.end_ms is None]

    def _pid(self, visit: Visit) -> int:
        return self.pids.get(visit.sender, 0)

    def _count(self, pid: int, by: int, time_ms: int) -> list[RawSecretFocus]:
        before = self._told.get(pid, 0)
        self._told[pid] = before + by
        if (before > 0) == (before + by > 0):
            return []
        return [RawSecretFocus(time_ms, by > 0, pid)]
