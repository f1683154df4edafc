# SPDX-License-Identifier: Apache-2.0
"""What the person saw just before each action. Knows nothing of goals.

Two errors are possible. Too late a state leaks the answer: the box is already checked, the menu already open. Too
early a state misses what the action before brought about. So an observation belongs to an action if it was there

1. before the pointer began to move toward it (`onset`), and not before the action ahead of it had ended; or
2. at the latest SETTLE_MS after that earlier end, even if the pointer was moving already, as long as it had not yet
   reached the target (before that, the target can't have reacted); or else
3. it is the newest one from before the deed itself; and
4. if the target isn't in it yet, the first one before the deed that shows it: nobody aims at what isn't there.

What was shown at the very moment of the deed or later is never taken.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from handiwork.derive.frames import Decode, Encode, each_rebuilt
from handiwork.derive.reduced import Reduced
from handiwork.derive.targets import Told, find
from handiwork.model.action import Action, Click, Drag, Hover, Select, Type
from handiwork.model.event import Element, Event, Frame, Gap, Note, Observed
from handiwork.model.geometry import Box
from handiwork.model.ids import SegmentId
from handiwork.model.step import Observation, Step

SETTLE_MS = 400
"""How long a page may take to show the result of an action."""
BLIND_MS = 2000
"""After a gap longer than this, nothing seen before it counts as seen any more."""
LONG_AGO = -(1 << 62)

Seen = TypeVar("Seen", Observed, Frame)


@dataclass(frozen=True)
class Sight:
    """Which observation and which frame (by place among the segment's frames, or -1) stand for an action."""

    observed: Observed
    frame: int
    after_gap: bool


def steps(
    events: Sequence[Event], reduced: Sequence[Reduced], segment: SegmentId, decode: Decode, encode: Encode
) -> list[Step | None]:
    """One step for each action, or None where nothing usable had been observed before it."""
    sights = sights_of(events, reduced)
    pictures = _pictures(events, {sight.frame for sight in sights if sight is not None}, decode, encode)
    return [
        None if sight is None else _step(sight, one, segment, pictures)
        for sight, one in zip(sights, reduced, strict=True)
    ]


def sights_of(events: Sequence[Event], reduced: Sequence[Reduced]) -> list[Sight | None]:
    """What stood on the screen before each action; None if it was never observed, or not since a gap."""
    told, found = Told.of(events), list[Sight | None]()
    frames = [event for event in events if isinstance(event, Frame)]
    gaps = [event for event in events if isinstance(event, Gap)]
    ends, blind = (sorted(gap.t_end for gap in gaps if gap.t_end - gap.t > least) for least in (-1, BLIND_MS))
    goals = sorted(event.t for event in events if isinstance(event, Note) and event.kind == "goal")
    before = LONG_AGO
    for one in reduced:
        gap = _last(ends, one.action.t)
        floor = max(before, _last(goals, one.action.t), gap)
        found.append(_sight(told, frames, one.action, floor, _last(blind, one.action.t), gap > before))
        before = max(before, one.action.t_end)
    return found


def _sight(
    told: Told, frames: Sequence[Frame], action: Action, floor: int, blind: int, after_gap: bool
) -> Sight | None:
    bound = max(action.onset, min(floor + SETTLE_MS, _arrival(action)))
    place = _newest(told.observed, action.t, floor, bound)
    if place < 0 or told.observed[place].t < blind:
        return None
    observed = _showing_target(told.observed, place, action)
    frame = _newest(frames, action.t, floor, max(bound, observed.t))
    return Sight(observed, frame if frame >= 0 and frames[frame].t >= blind else -1, after_gap)


def _newest(seen: Sequence[Seen], deed: int, floor: int, bound: int) -> int:
    """The place of the newest one up to `bound`, if not older than `floor`; else of the newest before the deed."""
    settled = bisect_right(seen, min(bound, deed - 1), key=lambda one: one.t) - 1
    if settled >= 0 and seen[settled].t >= floor:
        return settled
    return bisect_left(seen, deed, key=lambda one: one.t) - 1


def _arrival(action: Action) -> int:
    """When the pointer first came over the target."""
    if isinstance(action, Click) and action.target is not None:
        over = (action.onset + after for after, x, y in action.path if action.target.bounds.contains(x, y))
        return min(over, default=action.t)
    return action.t


def _showing_target(seen: Sequence[Observed], place: int, action: Action) -> Observed:
    target = target_of(action)
    if target is None or find(seen[place].elements, target) >= 0:
        return seen[place]
    for later in seen[place + 1 :]:
        if later.t >= action.t:
            break
        if find(later.elements, target) >= 0:
            return later
    return seen[place]


def target_of(action: Action) -> Element | None:
    """The element that an action was aimed at, if it is of a kind that has one, and it is known."""
    return action.target if isinstance(action, Click | Drag | Type | Select | Hover) else None


def _step(sight: Sight, one: Reduced, segment: SegmentId, pictures: dict[int, tuple[bytes, Box]]) -> Step:
    observed = sight.observed
    frame, region = pictures.get(sight.frame, (b"", Box(0, 0, 0, 0)))
    observation = Observation(
        t=observed.t,
        url=observed.url,
        title=observed.title,
        bounds=observed.bounds,
        elements=observed.elements,
        focused=observed.focused,
        frame=frame,
        frame_region=region,
    )
    flags = [word for word, holds in (("cut text", bool(one.cuts)), ("after gap", sight.after_gap)) if holds]
    flags += [one.recovers] * bool(one.recovers)
    return Step(
        segment_id=segment,
        observation=observation,
        action=_as_seen(one.action, observed.elements),
        flags=tuple(flags),
    )


def _as_seen(action: Action, elements: Sequence[Element]) -> Action:
    """The target as it was observed, not as the action left it: a checked box would give the answer away."""
    target = target_of(action)
    place = find(elements, target) if target is not None else -1
    return msgspec.structs.replace(action, target=elements[place]) if place >= 0 else action


def _pictures(
    events: Sequence[Event], wanted: set[int], decode: Decode, encode: Encode
) -> dict[int, tuple[bytes, Box]]:
    frames = [event for event in events if isinstance(event, Frame)]
    rebuilt = each_rebuilt(frames, wanted - {-1}, decode)
    return {place: (encode(pixels), frames[place].region) for place, pixels in rebuilt}


def _last(times: Sequence[int], t: int) -> int:
    place = bisect_right(times, t)
    return times[place - 1] if place else LONG_AGO
