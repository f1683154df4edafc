# SPDX-License-Identifier: Apache-2.0
"""Actions: what the person did, reduced from events, in the field's own words (BrowserGym, computer-use schemas)."""

import msgspec

from handiwork.model.event import Element


class _Action(msgspec.Struct, frozen=True, tag_field="do", kw_only=True):
    t: int
    """Milliseconds, when the deed itself began (button or key down)."""
    t_end: int
    onset: int
    """When the person began to move toward it: the observation must be older than this."""


class Click(_Action, frozen=True, tag="click"):
    """Button (1 left, 2 middle, 3 right) pressed and released `count` times at (x, y), on `target` if one is known."""

    x: int
    y: int
    button: int
    count: int
    target: Element | None
    path: tuple[tuple[int, int, int], ...] = ()


class Drag(_Action, frozen=True, tag="drag"):
    """Pressed at (x, y), released at (x2, y2)."""

    x: int
    y: int
    x2: int
    y2: int
    button: int
    target: Element | None


class Scroll(_Action, frozen=True, tag="scroll"):
    """Wheel notches at (x, y)."""

    x: int
    y: int
    dx: int
    dy: int


class Type(_Action, frozen=True, tag="type"):
    """Text typed into `target`, after corrections and redaction."""

    text: str
    target: Element | None


class Hotkey(_Action, frozen=True, tag="hotkey"):
    """Keys pressed together, modifiers first: ("ctrl", "c"), ("Return",)."""

    keys: tuple[str, ...]


class Select(_Action, frozen=True, tag="select"):
    """An option (by its visible name) chosen in a list `target`; the opening click and the choice are one action."""

    option: str
    target: Element


class SwitchApp(_Action, frozen=True, tag="switch_app"):
    """Another allowed window came to the front."""

    app: str
    site: str


class Hover(_Action, frozen=True, tag="hover"):
    """The pointer came to rest at (x, y) at `t`, and at `t_end` a menu, list or tooltip had opened by that alone."""

    x: int
    y: int
    opened: str
    target: Element | None


class Wait(_Action, frozen=True, tag="wait"):
    """Nothing for a while; `t_end - t` says how long."""


Action = Click | Drag | Scroll | Type | Hotkey | Select | SwitchApp | Hover | Wait
