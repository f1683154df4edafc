# SPDX-License-Identifier: Apache-2.0
"""What a detector says: from where to where, and which kind of datum. Knows no kind by name."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Characters start (included) to end (excluded) hold a datum of that kind."""

    start: int
    end: int
    kind: str


Detector = Callable[[str], list[Span]]
"""Takes normalised text (`normal.Normal.text`) and gives spans in it. Bounded time on any input of legal length."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """Disjoint spans in order, covering the same characters; where several overlap, the longest names the kind."""
    done: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end <= span.start:
            continue
        if not done or span.start >= done[-1].end:
            done.append(span)
            longest = span.end - span.start
            continue
        last = done[-1]
        kind = last.kind
        if span.end - span.start > longest:
            longest, kind = span.end - span.start, span.kind
        done[-1] = Span(last.start, max(last.end, span.end), kind)
    return done
