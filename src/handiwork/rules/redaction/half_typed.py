# SPDX-License-Identifier: Apache-2.0
"""What a field that has the keyboard holds of a datum that is still being typed: elsewhere on the page it is cut, too.

Half a datum is none that a detector knows, and pages show what is being typed in previews, titles and addresses. A
plain word at the end of it is left alone: a list of what was found must stay readable while somebody searches.
"""

from itertools import takewhile

from handiwork.model.raw import RawPage
from handiwork.rules.redaction.detect import LONGEST, found
from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.span import Span

_SHORTEST = 4


class HalfTyped:
    """The end of what the open field of one page holds, if it may be half of something. Kept for one page only."""

    def __init__(self) -> None:
        self._pieces = Memory()

    def take(self, page: RawPage) -> None:
        """From now on it is about this page."""
        self._pieces = Memory()
        if not 0 <= page.focused < len(page.elements):
            return
        field = page.elements[page.focused]
        if "editable" in field.states and len(field.value) <= LONGEST:
            for piece in _pieces(field.value.rstrip()):
                self._pieces.remember(piece, "content")

    def spans(self, text: str) -> list[Span]:
        """Where it stands in a text."""
        return found(text, (self._pieces.spans,)) if text and len(self._pieces) else []

    def forget(self) -> None:
        """Drops it."""
        self._pieces = Memory()


def _pieces(value: str) -> list[str]:
    """The groups with digits at the end, and the last word; neither if it is letters alone."""
    words = value.split()
    groups = [*takewhile(_has_digit, reversed(words))]
    ends = [" ".join(reversed(groups)), *words[-1:]]
    return [piece for piece in ends if len(piece) >= _SHORTEST and not piece.isalpha()]


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
