# SPDX-License-Identifier: Apache-2.0
"""What addresses carry beside the place: user names, queries, fragments, and identifiers in paths."""

import re

from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s<>\"'`{}|\\^]+")
_BARE = re.compile(r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,12}(?::\d{1,5})?/[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
_HEX_ID = re.compile(r"[0-9a-f-]{8,}", re.IGNORECASE)


def may_find(has: Traits) -> bool:
    """Where a path can begin."""
    return "/" in has.text


def detect(text: str) -> list[Span]:
    """Spans inside every address in the text."""
    places = [(m.start(), m.end()) for m in _URL.finditer(text)] if "://" in text else []
    places += [(m.start(), m.end()) for m in _BARE.finditer(text)] if "/" in text else []
    return [span for start, end in places for span in _inside(text[start:end], start)]


def _inside(url: str, offset: int) -> list[Span]:
    spans = []
    scheme_end = url.find("://")
    host = scheme_end + 3 if scheme_end >= 0 else 0
    tail = min((at for at in (url.find("?", host), url.find("#", host)) if at >= 0), default=len(url))
    if tail < len(url):
        spans.append(Span(offset + tail, offset + len(url), "token"))
    path = url.find("/", host)
    path = tail if path < 0 or path > tail else path
    user = url.rfind("@", host, path)
    if user >= 0:
        spans.append(Span(offset + host, offset + user + 1, "token"))
    for segment in re.finditer(r"[^/;]+", url[path:tail]):
        if is_identifier(segment.group()):
            spans.append(Span(offset + path + segment.start(), offset + path + segment.end(), "token"))
    return spans


def is_identifier(segment: str) -> bool:
    """Whether a part of a path names one thing or person rather than a kind of place."""
    if len(segment) > 40 or "@" in segment or "=" in segment or sum(char.isdigit() for char in segment) >= 5:
        return True
    return any(char.isdigit() for char in segment) and _HEX_ID.fullmatch(segment) is not None
