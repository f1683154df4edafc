# SPDX-License-Identifier: Apache-2.0
"""Words that the organisation never wants kept: cut wherever they stand, inside other words too."""

import re
from collections.abc import Sequence

from handiwork.rules.redaction.normal import lowered, normal
from handiwork.rules.redaction.span import Detector, Span


def never(words: Sequence[str]) -> Detector:
    """A detector for these words, in any case, with any separators where they have a space."""
    parts = [[part for part in re.split(r"[\s_-]+", lowered(normal(word).text)) if part] for word in words]
    choices = sorted((r"[\W_]{0,3}".join(map(re.escape, part)) for part in parts if part), key=len, reverse=True)
    if not choices:
        return lambda _: []
    pattern = re.compile("|".join(choices))

    def detect(text: str) -> list[Span]:
        return [Span(match.start(), match.end(), "never") for match in pattern.finditer(lowered(text))]

    return detect
