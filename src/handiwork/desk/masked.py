# SPDX-License-Identifier: Apache-2.0
"""What was masked in one opened segment: which class, in which stream, when. Numbers only; content nowhere. Pure."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from handiwork.derive.leaks.texts import MARK
from handiwork.model.event import Acted, Element, Event, Foreground, Frame, Note, Observed, Opened, Typed
from handiwork.model.segment import OpenSegment

SLICES = 48
"""Parts of a segment's time: as fine as a line on a page shows, too coarse to tell when a key was pressed."""

Cut = tuple[int, str, str]
"""(time, stream, class)."""


class Masked(msgspec.Struct, frozen=True, kw_only=True):
    """One segment's account. Times are Unix milliseconds."""

    begun: int
    ended: int
    redactor: str
    counts: dict[str, dict[str, int]]
    """Stream, class, how often. What stays on screen counts once."""
    slices: dict[str, tuple[int, ...]]
    """Stream, how often in each of SLICES equal parts of the time."""
    frames: int
    masked_share: float
    """Of all pictures' pixels, between 0 and 1."""


def masked(segment: OpenSegment) -> Masked:
    """The account."""
    first, last, offset = segment.closing.first_t, segment.closing.last_t, segment.closing.wall_offset_ms
    counts: dict[str, Counter[str]] = {}
    slices: dict[str, list[int]] = {}
    for t, stream, kind in cuts(segment.events):
        counts.setdefault(stream, Counter())[kind] += 1
        at = min(SLICES - 1, max(0, (t - first) * SLICES // max(1, last - first)))
        slices.setdefault(stream, [0] * SLICES)[at] += 1
    frames = [event for event in segment.events if isinstance(event, Frame)]
    pixels = sum(frame.region.area for frame in frames)
    return Masked(
        begun=first + offset,
        ended=last + offset,
        redactor=segment.header.redactor_version,
        counts={stream: dict(kinds.most_common()) for stream, kinds in sorted(counts.items())},
        slices={stream: tuple(parts) for stream, parts in sorted(slices.items())},
        frames=len(frames),
        masked_share=sum(frame.masked_share * frame.region.area for frame in frames) / pixels if pixels else 0.0,
    )


def cuts(events: tuple[Event, ...]) -> Iterator[Cut]:
    """Every cut, in order of time; one that is seen again in the same place is the same."""
    seen: set[tuple[str, ...]] = set()
    for event in events:
        for stream, place, kinds in _in_event(event):
            if kinds and (stream, *place) not in seen:
                if stream not in ("text", "notes"):  # what is typed twice was cut twice
                    seen.add((stream, *place))
                yield from ((event.t, stream, kind) for kind in kinds)


def _in_event(event: Event) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    match event:
        case Typed():
            yield "text", (), event.cuts
        case Note():
            yield "notes", (), event.cuts
        case Foreground():
            yield "title", (event.title,), _marked(event.title)
        case Observed():
            yield "title", (event.title,), _marked(event.title)
            yield "address", (event.url,), _marked(event.url)
            for element in event.elements:
                yield _of(element)
        case Acted():
            for element in (event.element, *event.ancestry):
                yield _of(element)
        case Opened(element=Element() as element):
            yield _of(element)
        case _:
            return


def _of(element: Element) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return "element", (element.role, element.name, element.value), element.cuts


def _marked(text: str) -> tuple[str, ...]:
    """Classes of the marks in a text that carries no list of its cuts."""
    return tuple(sorted({mark.strip("<>").rstrip("0123456789 ").removesuffix(" chars").rstrip("0123456789 ")
                         for mark in MARK.findall(text)}))  # fmt: skip
