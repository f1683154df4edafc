# SPDX-License-Identifier: Apache-2.0
"""A reader that was told which words are names. It can be slow, and gone."""

import re
from collections.abc import Sequence

from handiwork.ports.language import LONGEST


class ToldNames:
    """Finds the names that it was told, as whole words."""

    version = "fake 1"

    def __init__(self, *names: str) -> None:
        self._names = names
        self._read: set[str] = set()
        self.is_slow = False
        """A text is read only the second time that it is asked for."""
        self.is_gone = False

    def names(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Where they stand."""
        was_asked = text in self._read
        if self.is_gone or len(text) > LONGEST:
            return None
        self._read.add(text)
        if self.is_slow and not was_asked:
            return None
        return [found.span() for name in self._names for found in re.finditer(rf"\b{re.escape(name)}\b", text)]

    def forget(self) -> None:
        """Drops what was asked."""
        self._read.clear()

    def close(self) -> None:
        """Nothing is read afterwards."""
        self.is_gone = True
