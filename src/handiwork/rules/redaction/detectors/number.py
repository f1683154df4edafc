# SPDX-License-Identifier: Apache-2.0
"""Long numbers of no known kind: nine digits and more in one piece are an account, a document or a person."""

import re

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_LEAST = 9
_LONG = re.compile(rf"\d{{{_LEAST},}}")


def may_find(has: Traits) -> bool:
    """Where so many stand together."""
    return has.longest >= _LEAST


def detect(text: str) -> list[Span]:
    """All such numbers."""
    return [Span(match.start(), match.end(), "number") for match in _LONG.finditer(text)]
