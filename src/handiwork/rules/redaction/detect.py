# SPDX-License-Identifier: Apache-2.0
"""Runs every detector over a text. A text that can't be judged whole, for whatever reason, is cut whole."""

import re
from collections.abc import Callable, Sequence

from handiwork.rules.redaction.normal import Normal, normal
from handiwork.rules.redaction.span import Detector, Span, merged

LONGEST = 4_000
"""Characters. What is longer is not judged but cut: that bounds every detector's time."""

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character that stand alone: no text, and no codec takes them."""


def found(text: str, detectors: Sequence[Detector], plain_of: Callable[[str], Normal] = normal) -> list[Span]:
    """Disjoint spans of the original text, in order, that must be cut. `plain_of` gives its normal form."""
    if len(text) > LONGEST:
        return [Span(0, len(text), "too long")]
    if not text.isascii() and _HALVES.search(text):
        return [Span(0, len(text), "unsure")]
    try:
        plain = plain_of(text)
        if len(plain.text) > 2 * LONGEST:
            return [Span(0, len(text), "too long")]
        return merged(_original(plain, detectors))
    except Exception:  # noqa: BLE001 - whatever fails in judging a text, the text is cut, never passed through
        return [Span(0, len(text), "unsure")]


def _original(plain: Normal, detectors: Sequence[Detector]) -> list[Span]:
    spans = [span for detector in detectors for span in detector(plain.text)]
    return [plain.original(span) for span in spans if span.end > span.start]
