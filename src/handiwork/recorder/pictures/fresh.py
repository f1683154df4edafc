# SPDX-License-Identifier: Apache-2.0
"""After something secret was in front, nothing is kept until a new, whole picture is: what was drawn over is known.

Bounded: where no picture can be had (shed, budget spent, a page that never rests), work goes on without, and the gap
says so. Concerns the level full alone: the others keep no pictures.
"""

from handiwork.recorder.pictures.clock import SETTLE_MS
from handiwork.rules.gate import GUARD_MS
from handiwork.rules.participation import PROTECTED
from handiwork.rules.scope import Decision

PATIENCE_MS = 3_000
AGAIN_MS = 500
"""A picture asked for is judged after a hold of 300 ms; before that, another one would be one too many."""

WAITING = "no fresh picture"
"""For the ledger: what came between the gap and the picture."""


class FreshPicture:
    """Whether one is owed, since when, and when it is asked for next."""

    def __init__(self) -> None:
        self._reason = ""
        self._since_ms: int | None = None
        self._ask_from_ms = 0

    @property
    def owed(self) -> bool:
        """Whether nothing may be kept before a picture."""
        return bool(self._reason)

    def denied(self, reason: str) -> None:
        """Nothing may be kept for that reason; if it is one of the secret ones, a picture is owed from here on."""
        if reason in PROTECTED:
            self._reason, self._since_ms = reason, None

    def arrived(self) -> None:
        """It is there."""
        self._reason = ""

    def wish_ms(self, decision: Decision, now_ms: int) -> int | None:
        """When a picture should be taken for it; None if none should."""
        if not decision.allowed:
            self.denied(decision.reason)
            return None
        if not self._reason or decision.level != "full":
            return None
        if self._since_ms is None:
            self._since_ms = now_ms
        if now_ms - self._since_ms > PATIENCE_MS or now_ms < self._ask_from_ms:
            return None
        self._ask_from_ms = now_ms + AGAIN_MS
        return max(now_ms, self._since_ms + GUARD_MS + SETTLE_MS)

    def given_up(self, time_ms: int, pictures: bool) -> str:
        """If work goes on without a picture: the gap's reason, which says so. `pictures`: whether any can be had."""
        if self._since_ms is None:
            self._since_ms = time_ms
        if pictures and time_ms - self._since_ms <= PATIENCE_MS:
            return ""
        reason, self._reason = self._reason, ""
        return f"{reason}, then no picture could be had"
