# SPDX-License-Identifier: Apache-2.0
"""A native list's popup, opened, walked and closed, is one Select. Knows nothing of other actions' meaning.

A `<select>`'s popup is a window of its own that no document knows: what the person clicks or presses in it means
nothing by itself. What counts is the application's word on what was chosen.
"""

from collections.abc import Sequence

from handiwork.derive.reduced import Reduced, in_time_order
from handiwork.derive.targets import Told, focused_at
from handiwork.model.action import Click, Hotkey, Scroll, Select, Type
from handiwork.model.event import Acted, Element

LISTS = frozenset({"combobox", "listbox"})
LIST_PARTS = LISTS | {"option"}
POPUP_KEYS = frozenset(
    {"Up", "Down", "Home", "End", "Page_Up", "Page_Down", "Prior", "Next"}
    | {"Return", "KP_Enter", "space", "Escape", "F4"}
)
POPUP_MS = 30_000
"""A popup that has been open for longer is taken as forgotten."""
SLACK_MS = 20
"""An application's clock may run this much behind the window system's."""
ECHO_MS = 300
"""A choice that no stroke of its own precedes, so soon after the last: an application that lags, not a person."""
LIST_PX = 8


def fold_selects(reduced: Sequence[Reduced], told: Told, walls: Sequence[int]) -> list[Reduced]:
    """Replaces what operated a list by one Select each; `walls` are times that nothing reaches across."""
    done = list(reduced)
    floor = -1
    for index, acted in told.acted:
        if acted.what == "select":
            floor = max([floor, *(wall for wall in walls if wall <= acted.t)])
            done = _fold(done, index, acted, told, floor)
    return done


def _fold(done: list[Reduced], index: int, acted: Acted, told: Told, floor: int) -> list[Reduced]:
    end = sum(one.action.t <= acted.t + SLACK_MS for one in done)
    start = _opening(done[:end], acted, floor)
    absorbed = done[start:end]
    target = _list_element(absorbed, acted, told)
    element = acted.element
    option = element.value if element.role in LISTS else element.name
    first = absorbed[0].action if absorbed else None
    began = first.t if first else acted.t
    ended = max([acted.t, began, *(one.action.t_end for one in absorbed)])
    action = Select(t=began, t_end=ended, onset=began, option=option, target=target)
    sources = tuple(source for one in absorbed for source in one.sources)
    chosen = Reduced(action, (*sources, index), cuts=element.cuts, confirmed=True)
    return in_time_order([*done[:start], chosen, *done[end:]])


def _opening(before: list[Reduced], acted: Acted, floor: int) -> int:
    """Where the strokes that operated the list begin: at its opening click, else at the first of its keys."""
    elsewhere, place = 0, len(before)
    while place > 0:
        one = before[place - 1]
        if one.action.t <= floor or acted.t - one.action.t > POPUP_MS:
            break
        if isinstance(one.action, Click) and _is_on(one.action.target, acted.element):
            return _first_click(before, place - 1, acted.element, floor)
        if isinstance(one.action, Select) or not _may_operate(one):
            break
        elsewhere += isinstance(one.action, Click)
        if elsewhere > 1:
            break
        place -= 1
    return _first_key(before, acted, floor)


def _may_operate(one: Reduced) -> bool:
    """Whether a popup's use could look like this: a click that no page knows of, a key, a wheel, a typed prefix."""
    match one.action:
        case Click():
            return not one.confirmed
        case Type(target=target):
            return target is None or target.role in LIST_PARTS
        case Hotkey(keys=keys):
            return keys[-1] in POPUP_KEYS
    return isinstance(one.action, Scroll)


def _first_click(before: list[Reduced], place: int, element: Element, floor: int) -> int:
    """The popup may cover its own list, so that the choice, too, is a click on the list: take one more before it."""
    earlier = before[place - 1] if place else None
    if (
        earlier is not None
        and earlier.action.t > floor
        and isinstance(earlier.action, Click)
        and _is_on(earlier.action.target, element)
        and before[place].action.t - earlier.action.t <= POPUP_MS
    ):
        return place - 1
    return place


def _first_key(before: list[Reduced], acted: Acted, floor: int) -> int:
    """Keys pressed on the closed list: a run just before the choice, back to an earlier choice in the same list."""
    place = len(before)
    while place > 0:
        action = before[place - 1].action
        recent = action.t > floor and acted.t - action.t <= POPUP_MS
        if recent and isinstance(action, Select) and _is_on(action.target, acted.element):
            # A typed prefix chooses anew with each letter, and all of them are in one run of typing.
            return place - 1 if place < len(before) or acted.t - action.t_end <= ECHO_MS else place
        if not recent or not isinstance(action, Hotkey | Type) or not _may_operate(before[place - 1]):
            break
        place -= 1
    return place


def _is_on(target: Element | None, element: Element) -> bool:
    if target is None or target.role not in LIST_PARTS:
        return False
    named_alike = bool(target.name) and target.name == element.name
    return target.bounds.is_near(element.bounds, LIST_PX) or named_alike


def _list_element(absorbed: list[Reduced], acted: Acted, told: Told) -> Element:
    """The list itself, as it was before the choice; from the opening click, the last sighting, or the word itself."""
    for one in absorbed:
        target = one.action.target if isinstance(one.action, Click | Type | Select) else None
        if target is not None and target.role in LISTS:
            return target
    began = absorbed[0].action.t if absorbed else acted.t
    shown = told.latest(began)
    for element in shown.elements if shown else ():
        if element.role in LISTS and element.bounds.is_near(acted.element.bounds, LIST_PX):
            return element
    focused = focused_at(told, began)
    if acted.element.role == "option" and focused is not None and focused.role in LISTS:
        return focused
    return acted.element
