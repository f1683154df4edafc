# SPDX-License-Identifier: Apache-2.0
"""Counts what was not kept, by stream and reason. Fixed words and numbers; never content."""

from collections import Counter
from datetime import UTC, datetime

from handiwork.ports.journal import Ledger


class SkipCounter:
    """Adds up in memory; a flush hands the sums to the ledger."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self.total = 0

    def count(self, stream: str, reason: str, times: int = 1) -> None:
        """One more raw event was dropped, or several."""
        if times:
            self._counts[stream, reason] += times
            self.total += times

    def pending(self) -> bool:
        """Whether a flush has something to hand over."""
        return bool(self._counts)

    def flush(self, ledger: Ledger, unix_ms: int) -> None:
        """Hands over what was counted since the last time."""
        if self._counts:
            minute = datetime.fromtimestamp(unix_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M")
            ledger.count_skips(minute, dict(self._counts))
            self._counts.clear()
