# SPDX-License-Identifier: Apache-2.0
"""Which element an action was aimed at. Knows nothing of how actions are recognized."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handiwork.model.event import Acted, Element, Event, Observed

INTERACTIVE = frozenset(
    {"button", "link", "textbox", "checkbox", "radio", "combobox", "listbox", "option", "tab", "menuitem"}
    | {"slider", "spinbutton"}
)
MATCH_MS = 60
"""How far an application's word on a click may lie from the button's press or release (measured: p99 32 ms)."""
NEAR_PX = 4
"""How far an element's edges may drift between two sightings and still be the same element."""


@dataclass(frozen=True)
class Told:
    """What the application said during a segment, each with its index among the segment's events, oldest first."""

    acted: tuple[tuple[int, Acted], ...]
    observed: tuple[Observed, ...]

    @classmethod
    def of(cls, events: Sequence[Event]) -> "Told":
        """Gathers it."""
        acted = tuple((i, event) for i, event in enumerate(events) if isinstance(event, Acted))
        return cls(acted, tuple(event for event in events if isinstance(event, Observed)))

    def latest(self, t: int) -> Observed | None:
        """What was shown at `t`."""
        position = bisect_right(self.observed, t, key=lambda seen: seen.t)
        return self.observed[position - 1] if position else None


def clicks_told(told: Told, spans: Sequence[tuple[int, int]]) -> dict[int, list[tuple[int, Element]]]:
    """For each click (by its place in `spans`, ascending releases): what was told of within MATCH_MS of its two ends.

    A list that opens a popup tells of the click at the press already, everything else at the release. Every word goes
    to the nearest click alone, so that the two presses of a double click don't share it.
    """
    found: dict[int, list[tuple[int, Element]]] = {}
    for index, acted in told.acted:
        if acted.what != "click" or not spans:
            continue
        after = bisect_right(spans, acted.t, key=lambda span: span[1])
        near = range(max(after - 1, 0), min(after + 1, len(spans)))
        distance, nearest = min((min(abs(end - acted.t) for end in spans[place]), place) for place in near)
        if distance <= MATCH_MS:
            found.setdefault(nearest, []).append((index, acted.element))
    return found


def likeliest(elements: Iterable[Element], x: int, y: int) -> Element | None:
    """Of the elements told of for one click, the one that was meant: an interactive one before a mere text.

    A click on a label is told twice, for the label and for its box: the box is what the person acts on.
    """

    def unlikely(element: Element) -> tuple[bool, bool, int]:
        return element.role not in INTERACTIVE, not element.bounds.contains(x, y), element.bounds.area

    return min(elements, key=unlikely, default=None)


def element_under(observed: Observed | None, x: int, y: int) -> Element | None:
    """The smallest interactive element shown at the point, else the smallest of any kind."""
    if observed is None:
        return None
    return likeliest((element for element in observed.elements if element.bounds.contains(x, y)), x, y)


def focused_at(told: Told, t: int) -> Element | None:
    """The element that had the keyboard at `t`, by the application's newest word on it."""
    spoken = [acted for _, acted in told.acted if acted.t <= t and acted.what == "focus"]
    shown = told.latest(t)
    if shown is not None and (not spoken or shown.t > spoken[-1].t):
        return shown.elements[shown.focused] if 0 <= shown.focused < len(shown.elements) else None
    return spoken[-1].element if spoken else None


def same_place(one: Element, other: Element) -> bool:
    """Whether both are the same kind of thing at the same place, whatever they read or hold."""
    return one.role == other.role and one.bounds.is_near(other.bounds, NEAR_PX)


def find(elements: Sequence[Element], wanted: Element) -> int:
    """Where `wanted` stands among `elements`: by place and name, else by place, else by a name no other has; or -1."""
    here = [i for i, element in enumerate(elements) if same_place(element, wanted)]
    exact = [i for i in here if elements[i].name == wanted.name]
    if exact or here:
        return (exact or here)[0]
    named = [i for i, element in enumerate(elements) if (element.role, element.name) == (wanted.role, wanted.name)]
    return named[0] if wanted.name and len(named) == 1 else -1
