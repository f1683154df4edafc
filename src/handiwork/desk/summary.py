# SPDX-License-Identifier: Apache-2.0
"""One opened segment in a few numbers. Pure."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from handiwork.derive.actions import actions
from handiwork.model.action import Wait
from handiwork.model.event import Element, Foreground, Frame, Note, Observed, Typed
from handiwork.model.segment import OpenSegment

SAMPLES = 3


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a segment's card shows. Times are Unix milliseconds."""

    begun: int
    ended: int
    surfaces: tuple[tuple[str, str], ...]
    """(app, site), in the order in which they came to the front."""
    goals: tuple[str, ...]
    steps: int
    cuts: dict[str, int]
    """How often something was cut, by class."""
    frames: int
    samples: tuple[int, ...]
    """Places of a few frames to show."""
    recovered: bool


def summary(segment: OpenSegment) -> Summary:
    """The numbers."""
    events, closing = segment.events, segment.closing
    frames = sum(isinstance(event, Frame) for event in events)
    return Summary(
        begun=closing.first_t + closing.wall_offset_ms,
        ended=closing.last_t + closing.wall_offset_ms,
        surfaces=tuple(dict.fromkeys((e.app, e.site) for e in events if isinstance(e, Foreground))),
        goals=tuple(event.text for event in events if isinstance(event, Note) and event.kind == "goal"),
        steps=sum(not isinstance(action, Wait) for action in actions(events)),
        cuts=dict(_cuts(segment).most_common()),
        frames=frames,
        samples=tuple(sorted({(2 * i + 1) * frames // (2 * SAMPLES) for i in range(SAMPLES)})) if frames else (),
        recovered=closing.recovered,
    )


def _cuts(segment: OpenSegment) -> Counter[str]:
    """A field that stays on screen is seen many times; it counts once."""
    found: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    for event in segment.events:
        if isinstance(event, Typed | Note):
            found.update(event.cuts)
        elif isinstance(event, Observed):
            for element in _new(event.elements, seen):
                found.update(element.cuts)
    return found


def _new(elements: Iterable[Element], seen: set[tuple[str, str, str]]) -> Iterable[Element]:
    for element in elements:
        what = (element.role, element.name, element.value)
        if element.cuts and what not in seen:
            seen.add(what)
            yield element
