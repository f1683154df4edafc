# SPDX-License-Identifier: Apache-2.0
"""An action together with the events it was made of. Knows nothing of how it was recognized."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from handiwork.model.action import Action
from handiwork.model.event import Event, Gap, Lost, Moved, Note


@dataclass(frozen=True)
class Reduced:
    """An action and its sources: indices into the segment's events, each index in one action at most."""

    action: Action
    sources: tuple[int, ...]
    cuts: tuple[str, ...] = ()
    """Classes of what redaction cut from the action's own words."""
    confirmed: bool = False
    """Whether the application itself said what was acted on."""
    last_press: int = 0
    """Of a click: when its last press went down."""
    recovers: str = ""
    """What the action takes back, in a fixed word of `recoveries`, or ""."""


@dataclass(frozen=True)
class Point:
    """The pointer was at (x, y) at `t`."""

    t: int
    x: int
    y: int


def in_time_order(reduced: Iterable[Reduced]) -> list[Reduced]:
    """By the deed's time; actions of the same instant keep the order of their events."""
    return sorted(reduced, key=lambda one: (one.action.t, one.sources[:1]))


def points(events: Sequence[Event]) -> Iterator[Point]:
    """Every known place of the pointer, oldest first."""
    for event in events:
        if isinstance(event, Moved):
            yield from (Point(event.t + after, x, y) for after, x, y in event.path)


def barriers(events: Sequence[Event]) -> list[int]:
    """Times that no action may reach across: the person's own marks, and both ends of what was not kept or is lost.

    Where only moves went missing, every deed is there: an action may well reach across a hole in a path.
    """
    times: list[int] = []
    for event in events:
        if isinstance(event, Note) or is_hole(event):
            times.append(event.t)
        if isinstance(event, Gap | Lost) and is_hole(event):
            times.append(event.t_end)
    return sorted(times)


def is_hole(event: Event) -> bool:
    """Whether deeds may be missing between this event's two ends."""
    return isinstance(event, Gap) or (isinstance(event, Lost) and event.deeds > 0)
