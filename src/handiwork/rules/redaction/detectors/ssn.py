# SPDX-License-Identifier: Apache-2.0
"""National numbers of persons: US social security and tax numbers, UK national insurance, and the like by shape."""

import re

from handiwork.rules.redaction.span import Span

_SHAPES = (
    re.compile(r"(?<!\d)\d{3}[\s./_-]{1,3}\d{2}[\s./_-]{1,3}\d{4}(?!\d)"),
    re.compile(r"(?<![A-Za-z])[A-Za-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-Da-d](?![A-Za-z])"),
    re.compile(r"(?<!\d)[12][\s.]?\d{2}[\s.]?(?:0\d|1[0-2])[\s.]?\d{2}[\s.]?\d{3}[\s.]?\d{3}(?:[\s.]?\d{2})?(?!\d)"),
)


def detect(text: str) -> list[Span]:
    """All numbers of these shapes, valid or not: a typing slip in one is still about a person."""
    return [Span(match.start(), match.end(), "ssn") for shape in _SHAPES for match in shape.finditer(text)]
