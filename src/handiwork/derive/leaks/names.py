# SPDX-License-Identifier: Apache-2.0
"""Names that a language model sees in kept texts, without those of its finds that are everybody's words.

The model gives names, firms, places and dates alike and says not which; "Thursday" and "Save" tell of nobody.
"""

from collections.abc import Callable, Sequence

from handiwork.rules.redaction.lexicon.lookup import is_common
from handiwork.rules.redaction.span import Detector, Span

Reader = Callable[[str], Sequence[tuple[int, int]] | None]
"""Where names stand in a text; None if nobody could read it."""

_OVERLAP = 80


def names_by(reader: Reader, longest: int) -> Detector:
    """A detector that hands the reader at most so many characters at once. A text that nobody read is a find."""

    def detect(text: str) -> list[Span]:
        spans: list[Span] = []
        if not any(char.isupper() for char in text):
            return spans  # the model knows names by their capitals
        for start in range(0, max(1, len(text) - _OVERLAP), longest - _OVERLAP):
            part = text[start : start + longest]
            seen = reader(part)
            if seen is None:
                return [Span(0, len(text), "unread")]
            spans += [Span(start + at, start + end, "name") for at, end in seen if _is_telling(part[at:end])]
        return spans

    return detect


def _is_telling(words: str) -> bool:
    """Whether a word of it begins with a capital and is not everybody's."""
    return any(word[:1].isupper() and word.isalpha() and not is_common(word.lower()) for word in words.split())
