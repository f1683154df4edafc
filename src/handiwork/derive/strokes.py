# SPDX-License-Identifier: Apache-2.0
"""Events to single strokes: one press, wheel notch, typed run, key or window change each. Merging comes later."""

from collections.abc import Iterator, Sequence
from math import hypot

from handiwork.derive.reduced import Reduced, in_time_order, is_hole
from handiwork.derive.targets import Told, clicks_told, element_under, focused_at, likeliest
from handiwork.model.action import Click, Drag, Hotkey, Scroll, SwitchApp, Type
from handiwork.model.event import Button, Element, Event, Foreground, Key, Typed, Wheel

DRAG_PX = 5
"""A release farther than this from its press ends a drag."""
UNRELEASED_MS = 1000
"""How long after a press whose release was not kept the application may still confirm it as a click."""
MODIFIERS = ("ctrl", "alt", "shift", "super")
MODIFIER_KEYS = frozenset(
    f"{name}_{side}" for name in ("Control", "Alt", "Shift", "Super", "Meta", "Hyper") for side in "LR"
) | {"Caps_Lock", "Num_Lock", "ISO_Level3_Shift", "Mode_switch"}

Press = tuple[int, Button]
"""A button event and its index."""


def strokes(events: Sequence[Event], told: Told) -> list[Reduced]:
    """Every stroke, in time order, with its target where one is known."""
    pairs, unreleased = _paired(events)
    found = [*_pointed(pairs, told), *_confirmed(unreleased, told, pairs)]
    for index, event in enumerate(events):
        match event:
            case Wheel(t=t, x=x, y=y, dx=dx, dy=dy):
                found.append(Reduced(Scroll(t=t, t_end=t, onset=t, x=x, y=y, dx=dx, dy=dy), (index,)))
            case Typed() if event.text or event.cuts:
                found.append(_typed(index, event, told))
            case Key(t=t, pressed=True) if event.name not in MODIFIER_KEYS:
                found.append(Reduced(Hotkey(t=t, t_end=t, onset=t, keys=_chord(event)), (index,)))
    return in_time_order([*found, *_switches(events)])


def _paired(events: Sequence[Event]) -> tuple[list[tuple[Press, Press]], list[Press]]:
    """Presses with their releases, and presses whose release was not kept. A gap or a loss ends every open press."""
    down: dict[int, Press] = {}
    pairs: list[tuple[Press, Press]] = []
    unreleased: list[Press] = []
    for index, event in enumerate(events):
        if is_hole(event):
            unreleased += down.values()
            down.clear()
        if not isinstance(event, Button):
            continue
        before = down.pop(event.button, None)
        if event.pressed:
            unreleased += [before] if before else []
            down[event.button] = (index, event)
        elif before:
            pairs.append((before, (index, event)))
    return sorted(pairs, key=lambda pair: pair[1][1].t), [*unreleased, *down.values()]


def _pointed(pairs: list[tuple[Press, Press]], told: Told) -> Iterator[Reduced]:
    named = clicks_told(told, _spans(pairs))
    for place, ((i, press), (j, release)) in enumerate(pairs):
        if hypot(release.x - press.x, release.y - press.y) > DRAG_PX:
            yield Reduced(_drag(press, release, told), (i, j))
        else:
            said = named.get(place, [])
            yield _click((i, press), release.t, (j, *(k for k, _ in said)), [e for _, e in said], told)


def _spans(pairs: list[tuple[Press, Press]]) -> list[tuple[int, int]]:
    return [(press.t, release.t) for (_, press), (_, release) in pairs]


def _click(pressed: Press, t_end: int, more: tuple[int, ...], said: list[Element], told: Told) -> Reduced:
    index, press = pressed
    target = likeliest(said, press.x, press.y) or element_under(told.latest(press.t), press.x, press.y)
    action = Click(
        t=press.t, t_end=t_end, onset=press.t, x=press.x, y=press.y, button=press.button, count=1, target=target
    )
    return Reduced(action, (index, *more), confirmed=bool(said), last_press=press.t)


def _drag(press: Button, release: Button, told: Told) -> Drag:
    return Drag(
        t=press.t,
        t_end=release.t,
        onset=press.t,
        x=press.x,
        y=press.y,
        x2=release.x,
        y2=release.y,
        button=press.button,
        target=element_under(told.latest(press.t), press.x, press.y),
    )


def _confirmed(unreleased: list[Press], told: Told, pairs: list[tuple[Press, Press]]) -> Iterator[Reduced]:
    """A click may carry its window out of scope before the release; it counts if the application tells of it."""
    taken = {i for said in clicks_told(told, _spans(pairs)).values() for i, _ in said}
    for index, press in unreleased:
        for i, acted in told.acted:
            in_time = press.t <= acted.t <= press.t + UNRELEASED_MS
            if i not in taken and acted.what == "click" and in_time and acted.element.bounds.contains(press.x, press.y):
                taken.add(i)
                yield _click((index, press), max(acted.t, press.t), (i,), [acted.element], told)
                break


def _typed(index: int, typed: Typed, told: Told) -> Reduced:
    # A field that is focused by the first key itself is known only at the run's end.
    target = focused_at(told, typed.t) or focused_at(told, typed.t_end)
    action = Type(t=typed.t, t_end=max(typed.t, typed.t_end), onset=typed.t, text=typed.text, target=target)
    return Reduced(action, (index,), cuts=typed.cuts)


def _chord(key: Key) -> tuple[str, ...]:
    """Modifiers first, in a fixed order; "ctrl+c" and ("ctrl",) "c" are the same keys."""
    *prefix, name = key.name.split("+") if len(key.name) > 1 and not key.name.endswith("+") else [key.name]
    held = {*key.modifiers, *prefix}
    return (*(word for word in MODIFIERS if word in held), *sorted(held - {*MODIFIERS}), name)


def _switches(events: Sequence[Event]) -> Iterator[Reduced]:
    """Another window in front. Of a segment's first one it is known only if it says from where the person came."""
    before: Foreground | None = None
    for index, event in enumerate(events):
        if isinstance(event, Foreground):
            known = event.before if before is None else before.site or before.app
            if known and known != (event.site or event.app):
                action = SwitchApp(t=event.t, t_end=event.t, onset=event.t, app=event.app, site=event.site)
                yield Reduced(action, (index,))
            before = event
