# SPDX-License-Identifier: Apache-2.0
"""What pages say that the person did in them: until then, the page was in front for certain.

A click on a link takes its page away some milliseconds later, and with it goes the certainty that everything else is
judged by (rules/gate). But the page itself, which the browser let be watched, has told of a trusted click or submit in
it: until that moment nothing was uncertain. Knows nothing of rules.
"""

from bisect import bisect_left

from handiwork.model.raw import Raw, RawActed, RawButton, RawClipboard, RawComposed, RawKey, RawMove, RawWheel
from handiwork.rules.gate import HOLD_MS

LEAVING = frozenset({"transition", "uncertain site", "unlisted site"})
"""Refusals that may come of nothing but the page's being left."""

_CERTAIN = frozenset({"click", "submit"})  # a focus or a change may come of leaving the page for the browser's own bar
_INPUT = (RawActed, RawButton, RawClipboard, RawComposed, RawKey, RawMove, RawWheel)
_CLOCKS_MS = 3
"""The browser's clock is brought to the window system's in whole milliseconds, twice rounded."""

_KEPT = 32


class PageActs:
    """Times of the last certain acts, oldest first."""

    def __init__(self) -> None:
        self._times: list[int] = []

    def add(self, told: RawActed) -> None:
        """A page's word. Of the browser alone: other programs' pages can't be left by a click."""
        if told.what in _CERTAIN:
            self._times.append(told.time_ms)
            self._times.sort()
            del self._times[:-_KEPT]

    def vouches_until(self, raw: Raw) -> int | None:
        """Until when the page was surely in front, if it told of an act at or soon after this piece of input."""
        if not isinstance(raw, _INPUT):
            return None
        place = bisect_left(self._times, raw.time_ms - _CLOCKS_MS)
        if place == len(self._times) or self._times[place] > raw.time_ms + HOLD_MS:
            return None
        return self._times[place] - _CLOCKS_MS
