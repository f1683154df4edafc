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
from handiwork.rules.redaction.unfinished import unfinished
from handiwork.rules.redaction.withheld import Withheld

_SHORTEST = 4


class HalfTyped(Withheld):
    """The end of what the open field of one page holds, if it may be half of something. Kept for one page only.

    And both ends of the run of typing under way, which stays in the field when a script or the person leaves it.
    """

    def __init__(self) -> None:
        self._pieces = Memory()
        self._run, self._of_run = "", Memory()

    def take(self, page: RawPage) -> None:
        """From now on it is about this page."""
        self._pieces = Memory()
        if not 0 <= page.focused < len(page.elements):
            return
        field = page.elements[page.focused]
        if "editable" in field.states and len(field.value) <= LONGEST:
            for piece in _pieces(field.value.rstrip()):
                self._pieces.remember(piece, "content")

    def run(self, text: str) -> bool:
        """This is being typed ("": nothing is); says whether what may be half of something is news."""
        if text == self._run:
            return False
        self._run, before, self._of_run = text, self._of_run.data(), Memory()
        for span in unfinished(text) if len(text) <= LONGEST else ():
            self._of_run.remember(text[span.start : span.end], span.kind)
        return self._of_run.data() != before

    def spans(self, text: str) -> list[Span]:
        """Where either stands in a text."""
        if not text or not (len(self._pieces) or len(self._of_run)):
            return []
        return found(text, (self._pieces.spans, self._of_run.spans))

    def of_run(self, text: str) -> list[Span]:
        """Where the run does, in the value of a field."""
        return found(text, (self._of_run.spans,)) if text and len(self._of_run) else []

    def forget(self) -> None:
        """Drops both."""
        self._pieces = Memory()
        self.run("")


def _pieces(value: str) -> list[str]:
    """The groups with digits at the end, and the last word; neither if it is letters alone."""
    words = value.split()
    groups = [*takewhile(_has_digit, reversed(words))]
    ends = [" ".join(reversed(groups)), *words[-1:]]
    return [piece for piece in ends if len(piece) >= _SHORTEST and not piece.isalpha()]


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
