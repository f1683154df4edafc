# SPDX-License-Identifier: Apache-2.0
"""Finding names in sentences with a language model."""

from collections.abc import Sequence
from typing import Protocol

LONGEST = 1_000
"""Characters. A longer text is never read."""


class NameReader(Protocol):
    """Reads in the background. One caller at a time. What it was given is not logged, not raised and not written down.

    It never raises for what a text holds. What it can't read, or has not read yet, it says: then nobody may take the
    text for cleared.
    """

    @property
    def version(self) -> str:
        """Names the model."""
        ...

    def names(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Where names of persons, firms and places stand, and dates; None if it has not been read.

        Waits a few hundredths of a second at most. A text that was asked for and not read in time is read later: asking
        again then gives the answer.
        """
        ...

    def forget(self) -> None:
        """Drops every text and answer that it still holds."""
        ...

    def close(self) -> None:
        """Ends whatever runs. Nothing is read afterwards."""
        ...
