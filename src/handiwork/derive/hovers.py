# SPDX-License-Identifier: Apache-2.0
"""A pointer that rested until something opened: a tooltip, a submenu. Knows nothing of rests that opened nothing.

What opens upon a press or a key is that action's effect; what opens of its own accord is the program's. Hovering is
told only where the pointer's own move was the last thing that happened, and rested over the place since.
"""

from bisect import bisect_right
from collections.abc import Sequence

from handiwork.derive.reduced import Point, Reduced, points
from handiwork.derive.targets import Told, element_under
from handiwork.model.action import Hover
from handiwork.model.event import Button, Event, Key, Opened, Typed, Wheel

LEAST_MS = 50
"""A program that has shown one tooltip shows the next almost at once."""
LONGEST_MS = 3000
"""What comes later than this after the last move came by itself."""
KINDS = frozenset({"menu", "list", "tooltip"})


def hovers(events: Sequence[Event], told: Told) -> list[Reduced]:
    """One for each thing that opened under a pointer at rest."""
    moves = sorted(points(events), key=lambda point: point.t)
    deeds = sorted(_ends(events))
    found = []
    for index, event in enumerate(events):
        if not isinstance(event, Opened) or event.kind not in KINDS:
            continue
        place = bisect_right(moves, event.t, key=lambda point: point.t)
        if place and _rested(moves[place - 1], event, deeds):
            found.append(_hover(moves[place - 1], index, event, told))
    return found


def followed(reduced: Sequence[Reduced]) -> list[Reduced]:
    """Without hovers that led to nothing: a hover is part of what is done after it."""
    done = list(reduced)
    while done and isinstance(done[-1].action, Hover):
        done.pop()
    return done


def _ends(events: Sequence[Event]) -> list[int]:
    ends = []
    for event in events:
        match event:
            case Button(t=t) | Key(t=t) | Wheel(t=t):
                ends.append(t)
            case Typed(t_end=t):
                ends.append(t)
    return ends


def _rested(last: Point, event: Opened, deeds: Sequence[int]) -> bool:
    before = bisect_right(deeds, event.t)
    moved_since = not before or deeds[before - 1] < last.t
    return moved_since and LEAST_MS <= event.t - last.t <= LONGEST_MS


def _hover(last: Point, index: int, event: Opened, told: Told) -> Reduced:
    target = element_under(told.latest(last.t), last.x, last.y)
    action = Hover(t=last.t, t_end=event.t, onset=last.t, x=last.x, y=last.y, opened=event.kind, target=target)
    return Reduced(action, (index,))
