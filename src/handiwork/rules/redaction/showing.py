# SPDX-License-Identifier: Apache-2.0
"""Which boxes of a page were read and cleared in full, and which must be filled whatever lies under or over them."""

from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.raw import RawPage
from handiwork.rules.redaction.hints import FIELDS, protection

_SHOW_THEIR_TEXT = frozenset(
    {"button", "link", "tab", "menuitem", "checkbox", "radio", "heading", "text", "textbox", "combobox", "listbox",
     "slider", "spinbutton"}
)  # fmt: skip
"""Roles that draw their name or value and little else. Containers don't: what lies in them was read for itself."""

_MARGIN = 2


def boxes_of(page: RawPage, kept: tuple[Element, ...]) -> tuple[list[Box], list[Box]]:
    """(cleared, to fill). A truncated page has nothing cleared: what was left out may lie on top of anything."""
    clear: list[Box] = []
    fill: list[Box] = []
    for at, element in enumerate(kept):
        if _is_in_closed_list(kept, at):
            continue
        if _must_be_filled(page, element, at):
            fill.append(_widened(element.bounds))
        elif element.role in _SHOW_THEIR_TEXT and element.name and not page.truncated:
            clear.append(element.bounds.intersection(page.bounds))
    return clear, fill


def _must_be_filled(page: RawPage, element: Element, at: int) -> bool:
    raw = page.elements[at]
    if element.cuts or element.role == "image" or raw.role != element.role or "pictured" in raw.states:
        return True
    if protection(raw) and raw.role in FIELDS:
        return True
    return element.role in FIELDS and (at == page.focused or "focused" in element.states)


def _is_in_closed_list(kept: tuple[Element, ...], at: int) -> bool:
    """An option of a closed list draws nothing; its box is the list's own."""
    parent = kept[at].parent
    return kept[at].role == "option" and 0 <= parent < len(kept) and kept[parent].role == "combobox"


def _widened(box: Box) -> Box:
    return Box(box.x - _MARGIN, box.y - _MARGIN, box.w + 2 * _MARGIN, box.h + 2 * _MARGIN) if box.area else box
