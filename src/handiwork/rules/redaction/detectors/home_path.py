# SPDX-License-Identifier: Apache-2.0
"""The login name in a path to somebody's files."""

import re

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_HOME = re.compile(
    r"(?:/(?:home|Users)/|\b[A-Za-z]:[\\/]+(?:Users|Documents and Settings)[\\/]+|~(?=\w))([^\s/\\:\"'<>|]+)"
)


def may_find(has: Traits) -> bool:
    """Where a path can begin."""
    return "/" in has.text or "~" in has.text or "\\" in has.text


def detect(text: str) -> list[Span]:
    """All login names in home folders."""
    return [Span(match.start(1), match.end(1), "user name") for match in _HOME.finditer(text)]
