# SPDX-License-Identifier: Apache-2.0
"""Episodes to records and back, without loss. Knows nothing of files."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from handiwork.derive.steps import target_of
from handiwork.model.action import Action, Click, Drag, Hotkey, Hover, Scroll, Select, SwitchApp, Type, Wait
from handiwork.model.dataset import Area, Move, Record, Shown
from handiwork.model.errors import Damaged
from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.ids import SegmentId
from handiwork.model.segment import Header
from handiwork.model.step import Episode, Observation, Step


def records(episode: Episode, headers: Mapping[SegmentId, Header]) -> list[Record]:
    """One record per step, each with the rights of its own segment."""
    return [_record(episode, place, step, headers[step.segment_id]) for place, step in enumerate(episode.steps)]


def episodes_of(found: Iterable[Record]) -> list[Episode]:
    """The episodes that these records were made of; records of one episode stand together, in order."""
    return [_episode(list(group)) for _, group in groupby(found, key=lambda record: record.episode_id)]


def _record(episode: Episode, place: int, step: Step, header: Header) -> Record:
    seen = step.observation
    base = Record(
        episode_id=episode.episode_id,
        step=place,
        goal=episode.goal,
        outcome=episode.outcome,
        episode_flags=episode.flags,
        flags=step.flags,
        observed=seen.t,
        url=seen.url,
        title=seen.title,
        window=_area(seen.bounds),
        elements=tuple(_shown(element) for element in seen.elements),
        focused=seen.focused,
        frame=seen.frame,
        frame_region=_area(seen.frame_region),
        verb=str(step.action.__struct_config__.tag),
        onset=step.action.onset,
        began=step.action.t,
        ended=step.action.t_end,
        segment_id=header.segment_id,
        consent_id=header.consent_id,
        consent_version=header.consent_version,
        purposes=header.purposes,
        policy_digest=header.policy_digest,
        notice_digest=header.notice_digest,
        recorder_version=header.recorder_version,
        redactor_version=header.redactor_version,
    )
    return _with_target(_with_details(base, step.action), step.action, seen.elements)


def _with_details(record: Record, action: Action) -> Record:
    add = msgspec.structs.replace
    match action:
        case Click():
            path = tuple(Move(*point) for point in action.path)
            placed = _placed(record, action.x, action.y)
            return add(placed, button=action.button, count=action.count, path=path)
        case Drag():
            return add(_placed(record, action.x, action.y), x2=action.x2, y2=action.y2, button=action.button)
        case Scroll():
            return add(_placed(record, action.x, action.y), dx=action.dx, dy=action.dy)
        case Type(text=text):
            return add(record, text=text)
        case Hotkey(keys=keys):
            return add(record, keys=keys)
        case Select(option=option):
            return add(record, option=option)
        case SwitchApp():
            return add(record, app=action.app, site=action.site)
        case Hover():
            return add(_placed(record, action.x, action.y), opened=action.opened)
        case Wait():
            return record


def _placed(record: Record, x: int, y: int) -> Record:
    window = record.window
    rel_x = (x - window.x) / window.w if window.w else None
    rel_y = (y - window.y) / window.h if window.h else None
    return msgspec.structs.replace(record, x=x, y=y, rel_x=rel_x, rel_y=rel_y)


def _with_target(record: Record, action: Action, elements: Sequence[Element]) -> Record:
    target = target_of(action)
    if target is None:
        return record
    place = elements.index(target) if target in elements else -1
    return msgspec.structs.replace(record, target=_shown(target), target_index=place)


def _episode(group: Sequence[Record]) -> Episode:
    first = group[0]
    if [record.step for record in group] != list(range(len(group))):
        raise Damaged(
            "A shard holds an episode whose steps are not all there, or not in order.",
            data="nothing of the shard is used.",
            do="build the dataset again.",
        )
    return Episode(
        episode_id=first.episode_id,
        goal=first.goal,
        outcome=first.outcome,
        steps=tuple(_step(record) for record in group),
        flags=first.episode_flags,
    )


def _step(record: Record) -> Step:
    observation = Observation(
        t=record.observed,
        url=record.url,
        title=record.title,
        bounds=_box(record.window),
        elements=tuple(_element(shown) for shown in record.elements),
        focused=record.focused,
        frame=record.frame,
        frame_region=_box(record.frame_region),
    )
    return Step(segment_id=record.segment_id, observation=observation, action=_action(record), flags=record.flags)


def _action(record: Record) -> Action:
    """The action, from those columns that its kind has; Damaged if one of them is empty."""
    fields: dict[str, object] = {"do": record.verb, "t": record.began, "t_end": record.ended, "onset": record.onset}
    for name in (
        "x",
        "y",
        "x2",
        "y2",
        "dx",
        "dy",
        "button",
        "count",
        "text",
        "keys",
        "option",
        "opened",
        "app",
        "site",
    ):
        value = getattr(record, name)
        if value is not None:
            fields[name] = value
    fields["target"] = msgspec.to_builtins(_element(record.target)) if record.target else None
    fields["path"] = [(move.after, move.x, move.y) for move in record.path]
    try:
        action: Action = msgspec.convert(fields, Action)
    except msgspec.ValidationError as error:
        raise Damaged(
            f"A row holds no action that this version knows ({error}).",
            data="nothing of its shard is used.",
            do="build the dataset again with this version.",
        ) from None
    return action


def _shown(element: Element) -> Shown:
    return Shown(
        element.role,
        element.name,
        element.value,
        _area(element.bounds),
        element.states,
        element.parent,
        element.cuts,
    )


def _element(shown: Shown) -> Element:
    return Element(shown.role, shown.name, shown.value, _box(shown.bounds), shown.states, shown.parent, shown.cuts)


def _area(box: Box) -> Area:
    return Area(box.x, box.y, box.w, box.h)


def _box(area: Area) -> Box:
    return Box(area.x, area.y, area.w, area.h)
