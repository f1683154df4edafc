# SPDX-License-Identifier: Apache-2.0
"""Events to actions: what a person would say they did, and when they began to move toward doing it.

Knows nothing of goals and observations. A multi-click is what the desktop calls one; other thresholds
are those of published recorders (docs/decisions/0008); times are milliseconds, distances root-window pixels.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import hypot

import msgspec

from handiwork.derive.hovers import followed, hovers
from handiwork.derive.recoveries import with_recoveries
from handiwork.derive.reduced import Point, Reduced, barriers, in_time_order, points
from handiwork.derive.selects import fold_selects
from handiwork.derive.strokes import strokes
from handiwork.derive.surroundings import Clicking, Settings
from handiwork.derive.targets import Told, same_place
from handiwork.model.action import Action, Click, Drag, Hotkey, Hover, Scroll, Select, SwitchApp, Type, Wait
from handiwork.model.event import Event

SCROLL_MS = 1000
SCROLL_PX = 20
IDLE_MS = 500
"""A pointer that rested this long had not been on its way."""
WAIT_MS = 6000
CAUSE_MS = 2000
"""A window that comes to the front this soon after an action came by that action."""


def actions(events: Sequence[Event]) -> tuple[Action, ...]:
    """What was done, in order."""
    return tuple(one.action for one in reduce(events))


def reduce(events: Sequence[Event]) -> list[Reduced]:
    """Actions in time order, each with the events it was made of; no event is in two."""
    told, walls, settings = Told.of(events), barriers(events), Settings(events)
    found = in_time_order([*strokes(events, told), *hovers(events, told)])
    merged = _merged(_with_causes(found), walls, settings)
    folded = followed(_merged(fold_selects(merged, told, walls), walls, settings))
    moves = sorted(points(events), key=lambda point: point.t)
    return with_recoveries(_with_waits(_with_onsets(folded, moves, walls), moves, walls), events)


def _merged(reduced: Sequence[Reduced], walls: Sequence[int], settings: Settings) -> list[Reduced]:
    done: list[Reduced] = []
    for one in reduced:
        before = done[-1] if done else None
        joined = None if before is None or _apart(before, one, walls) else _joined(before, one, settings)
        done[-1:] = [joined] if joined else [*done[-1:], one]
    return done


def _apart(one: Reduced, other: Reduced, walls: Sequence[int]) -> bool:
    return bisect_right(walls, one.action.t) != bisect_right(walls, other.action.t)


def _joined(one: Reduced, other: Reduced, settings: Settings) -> Reduced | None:
    """Both as one action, if that is what a person would call them."""
    match one.action, other.action:
        case Click() as a, Click() as b if _is_same_click(one, a, b, settings.clicking(b.t)):
            target = a.target or b.target
            joined: Action = msgspec.structs.replace(a, t_end=b.t_end, count=a.count + b.count, target=target)
        case Scroll() as a, Scroll() as b if _is_same_scroll(a, b):
            joined = msgspec.structs.replace(a, t_end=b.t_end, dx=a.dx + b.dx, dy=a.dy + b.dy)
        case Type() as a, Type() as b if b.t - a.t_end <= WAIT_MS and _is_same_place(a, b):
            joined = msgspec.structs.replace(a, t_end=b.t_end, text=a.text + b.text)
        case _:
            return None
    cuts = tuple(dict.fromkeys((*one.cuts, *other.cuts)))
    confirmed = one.confirmed or other.confirmed
    return Reduced(joined, (*one.sources, *other.sources), cuts, confirmed, other.last_press)


def _is_same_click(one: Reduced, a: Click, b: Click, clicking: Clicking) -> bool:
    near = hypot(b.x - a.x, b.y - a.y) <= clicking.px and b.t - one.last_press <= clicking.ms
    return near and a.button == b.button and _is_same_place(a, b)


def _is_same_place(a: Click | Type, b: Click | Type) -> bool:
    return a.target is None or b.target is None or same_place(a.target, b.target)


def _is_same_scroll(a: Scroll, b: Scroll) -> bool:
    """Same place and same way: turning back begins another scroll."""
    near = hypot(b.x - a.x, b.y - a.y) <= SCROLL_PX and b.t - a.t_end <= SCROLL_MS
    return near and (a.dx * b.dx > 0 if a.dx or b.dx else a.dy * b.dy > 0)


def _with_causes(reduced: Sequence[Reduced]) -> list[Reduced]:
    """Leaves out window changes that an action before them brought about, and the chord that only switched apps."""
    done: list[Reduced] = []
    for one in reduced:
        before = done[-1] if done else None
        caused = before is not None and one.action.t - before.action.t_end <= CAUSE_MS
        if not isinstance(one.action, SwitchApp) or before is None or not caused:
            done.append(one)
        elif isinstance(before.action, Hotkey) and {"alt", "super"} & {*before.action.keys}:
            earlier = before.action
            action = msgspec.structs.replace(one.action, t=earlier.t, onset=earlier.onset)
            done[-1] = Reduced(action, (*before.sources, *one.sources))
    return done


def _with_onsets(reduced: Sequence[Reduced], moves: Sequence[Point], walls: Sequence[int]) -> list[Reduced]:
    """Gives pointer actions the moves since the action before, and the time when the last run of moves began."""
    done: list[Reduced] = []
    before = -1
    for one in reduced:
        wall = bisect_right(walls, one.action.t)
        floor = max(before, walls[wall - 1] if wall else -1)
        way = _between(moves, floor, one.action.t)
        done.append(Reduced(_arrived(one.action, way), one.sources, one.cuts, one.confirmed, one.last_press))
        before = max(before, one.action.t_end)
    return done


def _between(moves: Sequence[Point], after: int, until: int) -> Sequence[Point]:
    first, last = (bisect_right(moves, t, key=lambda point: point.t) for t in (after, until))
    return moves[first:last]


def _arrived(action: Action, way: Sequence[Point]) -> Action:
    if not way or not isinstance(action, Click | Drag | Scroll | Select | Hover):
        return action
    onset = way[-1].t
    for move in reversed(way):
        if onset - move.t > IDLE_MS:
            break
        onset = move.t
    if isinstance(action, Click):
        path = tuple((move.t - onset, move.x, move.y) for move in way)
        return msgspec.structs.replace(action, onset=onset, path=path)
    return msgspec.structs.replace(action, onset=onset)


def _with_waits(reduced: Sequence[Reduced], moves: Sequence[Point], walls: Sequence[int]) -> list[Reduced]:
    """Puts a Wait wherever nothing at all was done for longer than WAIT_MS between two actions."""
    done: list[Reduced] = []
    for one, after in pairwise(reduced):
        done.append(one)
        between = [move.t for move in _between(moves, one.action.t_end, after.action.t)]
        times = [one.action.t_end, *between, after.action.t]
        quiet, since = max((b - a, a) for a, b in pairwise(times))
        if quiet > WAIT_MS and not _apart(one, after, walls):
            done.append(Reduced(Wait(t=since, t_end=since + quiet, onset=since), ()))
    return in_time_order([*done, *reduced[-1:]])
