# SPDX-License-Identifier: Apache-2.0
"""When to look at the screen. Knows nothing of scope, nor of what is done with a picture."""

from typing import Literal

from handiwork.model.policy import Frames

SETTLE_MS = 80
"""After a page says that it is quiet, the compositor needs a few frames to show it."""

READ_MS, READ_AGAIN = 700, 3
"""So long after a frame whose text was not read in time, another is taken; so often in a row at most."""

IDLE_MS = 250
"""A pointer at rest this long that moves again has begun something new."""

AMID_MS = 2_000
"""Who types or turns the wheel without a rest is in the middle of an action: a picture of that so seldom at most."""

REST_MS = 30_000
"""A page that changes by itself while nobody does anything is looked at so seldom at most."""

FUTILE_MS, FUTILE_MOST = 1_000, 4
"""For each picture in a row that showed nothing new, the next one of what goes on changing comes so much later; four
times that at most. A clock's digits and what is typed into a field are masked: a picture of them is often the same."""

KNOWN_MS = 2_000
"""A page that has told of no change since its last picture is not pictured again for an onset within that time."""

Outcome = Literal["new", "nothing new", "failed"]
"""Of a picture: something was kept, it was as before, or it could not be kept (or not all of it, in time)."""


class PageSays:
    """What the page in front has told of itself, as far as it says whether a picture still shows the page."""

    def __init__(self) -> None:
        self.tells = False
        """Whether what is in front tells when it changes: a page with the extension does."""
        self._told_ms = self._judged_ms = self._anew_ms = -1

    def told(self, time_ms: int) -> None:
        """It says what it shows since then."""
        self._told_ms = time_ms

    def judged(self, time_ms: int, *, anew: bool) -> None:
        """That was judged; `anew`: less than all of what may be kept of it had been kept before."""
        self._judged_ms = time_ms
        if anew:
            self._anew_ms = time_ms

    def is_as_at(self, taken_ms: int) -> bool:
        """Whether a picture taken then still shows it: it tells of changes, all it told is judged, nothing was new."""
        quiet = self._anew_ms <= taken_ms and self._told_ms <= max(taken_ms, self._judged_ms)
        return self.tells and quiet


class FrameClock:
    """Decides when the next frame is wanted: as an action begins, after it settled, when a page has changed."""

    def __init__(self, limits: Frames) -> None:
        self._limits = limits
        self._wanted_at: int | None = None
        self._why = ""
        self._last_taken = -limits.min_interval_ms
        self._last_move = self._last_deed = self._last_act = self._acting_since = -REST_MS * 2
        self._read_again = 0
        self._taken: list[int] = []
        self._futile, self._failed = 0, False
        self.page = PageSays()

    def revise(self, limits: Frames) -> None:
        """Other limits, which count from what was taken under the former ones."""
        self._limits = limits

    def want(self, at_ms: int, why: str) -> None:
        """A frame is wanted at that time; a later wish replaces an earlier one not yet due (it shows more).

        One that others wait for ("resumed") is not put off.
        """
        if self._why == "resumed" and self._wanted_at is not None and at_ms >= self._wanted_at:
            return
        self._wanted_at, self._why = at_ms, why

    def settled(self, at_ms: int) -> None:
        """A page will have come to rest then. The longer nobody has done anything, the less it matters what it shows.

        A clock in a page must not cost a picture a second. Whoever acts again brings a picture of the onset.
        """
        rest = min(max(0, at_ms - self._last_deed) // 2, REST_MS)
        apart = max(rest, FUTILE_MS * min(self._futile, FUTILE_MOST))
        self.want(max(at_ms, self._last_taken + apart, self._done_ms()), "settled")

    def page_told(self, told_ms: int, at_ms: int) -> None:
        """The page in front says what it shows since `told_ms`; it will have come to rest then."""
        self.page.told(told_ms)
        self.settled(at_ms)

    def page_judged(self, told_ms: int, now_ms: int, *, anew: bool) -> None:
        """What a page told was judged; if it was new, it is pictured without delay."""
        self.page.judged(told_ms, anew=anew)
        if anew:
            self._futile = 0
            if self._why == "settled" and self._wanted_at is not None:
                self.settled(now_ms)

    def pictured(self, outcome: Outcome) -> None:
        """What became of the last picture that was judged."""
        self._failed = outcome == "failed"
        if outcome != "failed":
            self._futile = self._futile + 1 if outcome == "nothing new" else 0

    def _done_ms(self) -> int:
        """When the action under way will be over if nothing more of it comes: between two keys nothing has settled."""
        return min(self._last_act + IDLE_MS, max(self._last_taken, self._acting_since) + AMID_MS)

    def moved(self, time_ms: int) -> None:
        """The pointer moved: after a rest, that is the onset of an action."""
        self._begins(time_ms, self._last_move)
        self._last_move = self._last_deed = time_ms

    def acted(self, time_ms: int) -> None:
        """A key, a button or the wheel: after a rest, that is the onset of an action too."""
        self._begins(time_ms, self._last_deed)
        if time_ms - self._last_act >= IDLE_MS:
            self._acting_since = time_ms
        self._last_deed = self._last_act = time_ms
        if self._why == "settled" and self._wanted_at is not None:
            self._wanted_at = max(self._wanted_at, self._done_ms())

    def _begins(self, time_ms: int, last_ms: int) -> None:
        soon = self._wanted_at is not None and self._wanted_at < time_ms + IDLE_MS
        if time_ms - last_ms >= IDLE_MS and not soon and not self._is_known(time_ms):
            self.want(time_ms, "onset")

    def _is_known(self, now_ms: int) -> bool:
        """Whether the last picture still shows what is in front."""
        last = self._last_taken
        return self.page.is_as_at(last) and not self._failed and now_ms - last < KNOWN_MS

    def is_due(self, now_ms: int) -> bool:
        """Whether a frame should be taken now."""
        due = self.next_ms()
        return due is not None and due <= now_ms

    def unread(self, now_ms: int) -> None:
        """A frame had text that was not read in time: soon another may show it, if nothing else asks for one before."""
        if self._wanted_at is None and self._read_again < READ_AGAIN:
            self._read_again += 1
            self.want(now_ms + READ_MS, "read")

    def next_ms(self) -> int | None:
        """When a frame should be taken, if one is wanted."""
        if self._wanted_at is None:
            return None
        return max(self._wanted_at, self._last_taken + self._limits.min_interval_ms)

    def take(self, now_ms: int) -> str:
        """Why a frame should be taken now, or "" if none should. Counts it against the hour's budget."""
        due = self.next_ms()
        if due is None or now_ms < due:
            return ""
        self._wanted_at = None
        self._read_again = self._read_again if self._why == "read" else 0
        self._taken = [taken for taken in self._taken if now_ms - taken < 3_600_000]
        if len(self._taken) >= self._limits.per_hour:
            return ""
        self._taken.append(now_ms)
        self._last_taken = now_ms
        return self._why
