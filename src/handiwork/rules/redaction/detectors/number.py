# SPDX-License-Identifier: Apache-2.0
"""Long numbers of no known kind: nine digits and more in one piece are an account, a document or a person."""

import re

from handiwork.rules.redaction.span import Span

_LONG = re.compile(r"\d{9,}")


def detect(text: str) -> list[Span]:
    """All such numbers."""
    return [Span(match.start(), match.end(), "number") for match in _LONG.finditer(text)]
