# SPDX-License-Identifier: Apache-2.0
"""Episodes: the steps between a person's own words "goal" and "done" or "failed". Knows nothing of storage.

Work without a stated goal is not in an episode: there is nothing that it could teach an agent to be asked for.
A long gap ends an episode (its outcome is unknown); a short one is flagged, since what comes after it was still
done on what was then seen. Where the text of an action was cut, the step stays, flagged: the page that follows makes
no sense without it, but nobody is to imitate a mark of redaction.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handiwork.derive.actions import reduce
from handiwork.derive.frames import Decode, Encode
from handiwork.derive.reduced import Reduced
from handiwork.derive.steps import steps
from handiwork.model.event import Event, Gap, Lost, Note, Skips
from handiwork.model.ids import SegmentId
from handiwork.model.segment import OpenSegment
from handiwork.model.step import Episode, Step

LONG_GAP_MS = 60_000
CARRY_MS = 5000
"""A goal outlives its segment if the same person's next segment begins within this time."""
DEEDS = ("pointer", "key", "text")
"""Streams whose loss means that an action may be missing."""


@dataclass
class _Open:
    """An episode under construction."""

    name: str
    goal: str
    flags: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)

    def closed(self, outcome: str) -> Episode:
        digest = hashlib.sha256(self.name.encode()).hexdigest()[:32]
        return Episode(
            episode_id=digest,
            goal=self.goal,
            outcome=outcome,
            steps=tuple(self.steps),
            flags=tuple(sorted(self.flags)),
        )


def episodes(segments: Sequence[OpenSegment], decode: Decode, encode: Encode) -> list[Episode]:
    """The episodes of one person's segments. Those without a single usable step are left out."""
    ordered = sorted(segments, key=_began)
    done: list[Episode] = []
    going: _Open | None = None
    for place, segment in enumerate(ordered):
        if going is not None and _began(segment) - _ended(ordered[place - 1]) > CARRY_MS:
            done.append(going.closed("unknown"))
            going = None
        going = _walk(segment, going, done.append, decode, encode)
    if going is not None:
        done.append(going.closed("unknown"))
    return [episode for episode in done if episode.steps]


def _began(segment: OpenSegment) -> int:
    return segment.closing.first_t + segment.closing.wall_offset_ms


def _ended(segment: OpenSegment) -> int:
    return segment.closing.last_t + segment.closing.wall_offset_ms


def _walk(
    segment: OpenSegment, going: _Open | None, keep: Callable[[Episode], None], decode: Decode, encode: Encode
) -> _Open | None:
    """Goes through one segment in time order; gives back the episode that is still open at its end."""
    reduced = reduce(segment.events)
    made = steps(segment.events, reduced, segment.header.segment_id, decode, encode)
    for event, step in _in_turn(segment.events, reduced, made):
        match event:
            case Note(kind="goal"):
                if going is not None:
                    keep(going.closed("unknown"))
                going = _Open(_name(segment.header.segment_id, event), event.text)
            case Note(kind="done" | "failed") if going is not None:
                keep(going.closed(event.kind))
                going = None
            case Gap() if going is not None and event.t_end - event.t > LONG_GAP_MS:
                going.flags.add("gap")
                keep(going.closed("unknown"))
                going = None
            case Gap() if going is not None:
                going.flags.add("gap")
            case Lost() if going is not None and event.deeds:
                going.flags.add("lost input")
            case Skips() if going is not None and _hides_deeds(event):
                going.flags.add("skips")
            case None if going is not None:
                if step is None:
                    going.flags.add("lost steps")
                else:
                    going.steps.append(step)
    return going


def _in_turn(
    events: Sequence[Event], reduced: Sequence[Reduced], made: Sequence[Step | None]
) -> list[tuple[Event | None, Step | None]]:
    """The events that shape episodes, and the steps, by time; at the same instant the events come first."""
    shaping = [(event.t, 0, event, None) for event in events if isinstance(event, Note | Gap | Lost | Skips)]
    acting = [(one.action.t, 1, None, step) for one, step in zip(reduced, made, strict=True)]
    both: list[tuple[int, int, Event | None, Step | None]] = [*shaping, *acting]
    return [(event, step) for _, _, event, step in sorted(both, key=lambda item: item[:2])]


def _hides_deeds(skips: Skips) -> bool:
    return any(count > 0 and name.startswith(DEEDS) for name, count in skips.counts.items())


def _name(segment: SegmentId, goal: Note) -> str:
    return f"episode|{segment}|{goal.t}"
