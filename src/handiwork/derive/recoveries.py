# SPDX-License-Identifier: Apache-2.0
"""Which actions take something back: the word for each stands beside the action, and what it takes back stays too.

Whoever learns from a recording must be able to tell a detour from the way. Knows nothing of what was taken back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handiwork.derive.reduced import Reduced
from handiwork.derive.targets import Told, same_place
from handiwork.model.action import Action, Click, Hotkey, Select, Type
from handiwork.model.event import Element, Event, Opened, Typed
from handiwork.model.geometry import Box

UNDO, REDO, BACK, ERASE, CORRECT, DISMISS = "undo", "redo", "back", "erase", "correct", "dismiss"
"""undo and redo keys; back to the page before; backspaces over what was typed just before; typing that took some of its
own letters back; Escape out of what an action had opened."""

OPEN_MS = 30_000
"""Something that came up longer ago is taken as closed since."""
CAUSE_MS = 2_000
"""What comes up this soon after an action came by that action."""
ERASE_MS = 6_000
_CHORDS = {
    ("ctrl", "z"): UNDO,
    ("undo",): UNDO,
    ("ctrl", "shift", "z"): REDO,
    ("ctrl", "y"): REDO,
    ("redo",): REDO,
    ("alt", "left"): BACK,
    ("xf86back",): BACK,
}
_BACK_BUTTON = 8
_GONE_BY_ANY_CLICK = frozenset({"menu", "list", "tooltip"})
_ABOVE = frozenset({"dialog", "menu", "listbox"})


def with_recoveries(reduced: Sequence[Reduced], events: Sequence[Event]) -> list[Reduced]:
    """The same actions, each with the word for what it takes back, if it does."""
    words = _Words(reduced, events)
    return [replace(one, recovers=words.of(place)) for place, one in enumerate(reduced)]


@dataclass
class _Up:
    """Something that came up by an action, and is still there."""

    t: int
    kind: str
    bounds: Box


class _Words:
    """Goes through the actions in order, and remembers what is open."""

    def __init__(self, reduced: Sequence[Reduced], events: Sequence[Event]) -> None:
        self._reduced, self._events, self._told = reduced, events, Told.of(events)
        self._coming = sorted((one for one in events if isinstance(one, Opened)), key=lambda one: -one.t)
        self._up: list[_Up] = []

    def of(self, place: int) -> str:
        """The word for the action at this place; to be asked for each in turn."""
        action = self._reduced[place].action
        self._let_come(place, action.t)
        self._let_go(action)
        match action:
            case Hotkey(keys=keys) if keys[-1] == "Escape" and len(keys) == 1:
                return DISMISS if self._dismisses(place, action.t) else ""
            case Hotkey(keys=keys) if keys[-1] == "BackSpace" and {*keys[:-1]} <= {"ctrl"}:
                return ERASE if self._erases(place) else ""
            case Hotkey(keys=keys):
                return _CHORDS.get(tuple(key.lower() for key in keys), "")
            case Click(button=button) if button == _BACK_BUTTON:
                return BACK
            case Type():
                return CORRECT if any(one.corrections for one in self._typed(place)) else ""
        return ""

    def _typed(self, place: int) -> Iterator[Typed]:
        sources = (self._events[source] for source in self._reduced[place].sources)
        return (event for event in sources if isinstance(event, Typed))

    def _let_come(self, place: int, t: int) -> None:
        """What has opened until `t`, as far as an action was its cause."""
        while self._coming and self._coming[-1].t <= t:
            opened = self._coming.pop()
            cause = place - 1
            while cause >= 0 and self._reduced[cause].action.t > opened.t:
                cause -= 1
            if cause >= 0 and opened.t - self._reduced[cause].action.t_end <= CAUSE_MS:
                self._up.append(_Up(opened.t, opened.kind, opened.bounds))

    def _let_go(self, action: Action) -> None:
        """What this action, or time, has closed."""
        self._up = [up for up in self._up if action.t - up.t <= OPEN_MS and not _closes(action, up)]

    def _dismisses(self, place: int, t: int) -> bool:
        if self._up:
            self._up.pop()
            return True
        return place > 0 and self._shows_more(self._reduced[place - 1].action, t)

    def _shows_more(self, cause: Action, t: int) -> bool:
        """Whether a dialog, menu or list is shown that was not there before the action ahead."""
        before, now = self._told.latest(cause.onset - 1), self._told.latest(t)
        if now is None or before is None or t - cause.t > OPEN_MS:
            return False
        there = [element for element in before.elements if element.role in _ABOVE]
        return any(element.role in _ABOVE and not _is_among(element, there) for element in now.elements)

    def _erases(self, place: int) -> bool:
        """Whether backspaces, and nothing else, lie between this one and the typing that it follows."""
        after = self._reduced[place].action
        while place > 0:
            place -= 1
            one = self._reduced[place]
            if after.t - one.action.t_end > ERASE_MS:
                return False
            if isinstance(one.action, Type):
                return True
            if not (isinstance(one.action, Hotkey) and one.action.keys[-1] == "BackSpace"):
                return False
            after = one.action
        return False


def _closes(action: Action, up: _Up) -> bool:
    if isinstance(action, Select):
        return up.kind == "list"
    if not isinstance(action, Click) or action.t <= up.t:
        return False
    return up.kind in _GONE_BY_ANY_CLICK or not up.bounds.contains(action.x, action.y)


def _is_among(element: Element, others: Sequence[Element]) -> bool:
    return any(same_place(element, other) for other in others)
