# SPDX-License-Identifier: Apache-2.0
"""What some events changed of windows and keyboard, and when: enough to say from when on nothing was certain.

Knows nothing of the events themselves.
"""


class Changes:
    """What a batch of events changed, and when (CLOCK_MONOTONIC, ms)."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.last = 0
        self.are_claims = False
        """All that came is that the window manager said what it holds true; at least once."""
        self.keyboard = False
        """The keyboard may have gone elsewhere."""
        self.only_let_go = True
        """The keyboard did nothing but come back from whoever grabbed it."""
        self.flickered = False
        """Something may have come and gone: worth telling even if all is as before."""

    def add(self, later: "Changes") -> None:
        """What came after these."""
        self.first = min((time for time in (self.first, later.first) if time is not None), default=None)
        self.are_claims = self.are_claims and later.are_claims
        self.last = max(self.last, later.last)
        self.keyboard = self.keyboard or later.keyboard
        self.only_let_go = self.only_let_go and later.only_let_go
        self.flickered = self.flickered or later.flickered

    def note(
        self, time_ms: int, keyboard: bool = False, flicker: bool = False, let_go: bool = False, claim: bool = False
    ) -> None:
        """One change."""
        self.are_claims = claim and (self.first is None or self.are_claims)
        self.first = time_ms if self.first is None else min(self.first, time_ms)
        self.last = max(self.last, time_ms)
        self.keyboard = self.keyboard or keyboard
        self.only_let_go = self.only_let_go and (let_go or not keyboard)
        self.flickered = self.flickered or flicker
