# SPDX-License-Identifier: Apache-2.0
"""One opened segment as a person would tell it: what was on screen, what was done. Pure."""

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from handiwork.derive.actions import actions
from handiwork.model.action import Action, Click, Drag, Hotkey, Hover, Scroll, Select, SwitchApp, Type, Wait
from handiwork.model.event import (
    Clipboard,
    Element,
    Event,
    Foreground,
    Frame,
    Gap,
    Lost,
    Note,
    Observed,
    Skips,
    Surroundings,
)
from handiwork.model.segment import OpenSegment


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `words` stand as they were kept, marks of what was cut included."""

    t: int
    """Unix milliseconds."""
    kind: str
    verb: str
    words: str = ""
    detail: str = ""
    frame: int = -1
    """Place of the newest frame, where it is another than the line before showed."""


_CLIPBOARD = {"copy": "Copied", "cut": "Cut", "paste": "Pasted"}


def timeline(segment: OpenSegment) -> list[Moment]:
    """All lines, oldest first."""
    offset = segment.closing.wall_offset_ms
    done = (_done(action) for action in actions(segment.events) if not isinstance(action, SwitchApp))
    lines = sorted([*_seen(segment.events), *done], key=lambda moment: moment.t)
    frames = [event.t for event in segment.events if isinstance(event, Frame)]
    told, shown = [], -1
    for line in lines:
        newest = bisect_right(frames, line.t) - 1
        told.append(msgspec.structs.replace(line, t=line.t + offset, frame=newest if newest != shown else -1))
        shown = newest
    return told


def _seen(events: tuple[Event, ...]) -> Iterator[Moment]:
    page = ("", "")
    for event in events:
        match event:
            case Observed(t=t, url=url, title=title) if (url, title) != page:
                page = (url, title)
                yield Moment(t=t, kind="page", verb="Page shown", words=title, detail=url)
            case Foreground(t=t, app=app, site=site, title=title):
                yield Moment(t=t, kind="app", verb="In front", words=title or app, detail=site or app)
            case Note(t=t, kind=kind, text=text):
                verb = {"goal": "Your goal", "done": "Done", "failed": "Given up"}.get(kind, kind)
                yield Moment(t=t, kind=kind, verb=verb, words=text)
            case Gap(t=t, t_end=t_end, reason=reason):
                yield Moment(t=t, kind="gap", verb=f"Nothing kept for {_span(t_end - t)}", detail=reason)
            case Lost(t=t, count=count):
                yield Moment(t=t, kind="gap", verb=f"{count} input events went missing")
            case Clipboard(t=t, operation=operation):
                yield Moment(t=t, kind="keys", verb=_CLIPBOARD.get(operation, operation))
            case Surroundings(t=t, monitors=monitors, scale=scale, layout=layout):
                screens = ", ".join(f"{box.w} x {box.h}" for box in monitors)
                yield Moment(t=t, kind="app", verb="Screens and keyboard", words=f"{screens}, {scale:g} x, {layout}")
            case Skips(t=t, counts=counts):
                why = ", ".join(sorted(counts))
                yield Moment(t=t, kind="gap", verb=f"{sum(counts.values())} raw events dropped", detail=why)


def _done(action: Action) -> Moment:
    """The wording of one action. A switch of windows has its line already, from the window itself."""
    match action:
        case Click(t=t, button=button, count=count, target=target, x=x, y=y):
            verb = "Right-clicked" if button == 3 else {2: "Double-clicked", 3: "Triple-clicked"}.get(count, "Clicked")
            return Moment(t=t, kind="click", verb=verb, words=_name(target), detail=_role(target) or f"at {x}, {y}")
        case Type(t=t, text=text, target=target):
            return Moment(t=t, kind="type", verb="Typed", words=text, detail=_into(target))
        case Select(t=t, option=option, target=target):
            return Moment(t=t, kind="select", verb="Chose", words=option, detail=_into(target))
        case Hotkey(t=t, keys=keys):
            return Moment(t=t, kind="keys", verb="Pressed", words=" + ".join(keys))
        case Scroll(t=t, dx=dx, dy=dy):
            way = ("down" if dy > 0 else "up") if dy else ("right" if dx > 0 else "left")
            return Moment(t=t, kind="scroll", verb=f"Scrolled {way}")
        case Drag(t=t, target=target, x=x, y=y, x2=x2, y2=y2):
            return Moment(t=t, kind="drag", verb="Dragged", words=_name(target), detail=f"{x}, {y} to {x2}, {y2}")
        case SwitchApp(t=t, app=app, site=site):
            return Moment(t=t, kind="app", verb="Switched to", words=app, detail=site)
        case Hover(t=t, target=target, opened=opened):
            return Moment(t=t, kind="hover", verb="Rested on", words=_name(target), detail=f"a {opened} opened")
        case Wait(t=t, t_end=t_end):
            return Moment(t=t, kind="wait", verb=f"Nothing happened for {_span(t_end - t)}")


def _name(target: Element | None) -> str:
    return target.name if target else ""


def _role(target: Element | None) -> str:
    return target.role if target else ""


def _into(target: Element | None) -> str:
    return f"in {target.name or target.role}" if target else ""


def _span(ms: int) -> str:
    seconds = max(1, round(ms / 1000))
    return f"{seconds} s" if seconds < 120 else f"{round(seconds / 60)} min"
