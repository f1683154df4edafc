# SPDX-License-Identifier: Apache-2.0
"""Whether a popup is the list of a field in the page. Browsers call its window a menu: only its place tells."""

from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawElement, RawPage, RawWindow
from handiwork.rules.visible import belongs_to

_ROLES = frozenset({"combobox", "listbox"})
_NEAR_PX = 4
"""Borders, and pixels rounded at a fractional scale."""


def is_list(popup: Box, page: RawPage | None) -> bool:
    """It lies against the lower or upper edge of a list's own field, and is not narrower."""
    fields = page.elements if page is not None else ()
    return any(_is_field_of(field, popup) for field in fields)


def open_list(desktop: RawDesktop, xid: int, page: RawPage) -> RawWindow | None:
    """The popup of the list that has the keyboard in the page of window `xid`; None if there is none for certain."""
    if not 0 <= page.focused < len(page.elements):
        return None
    field = page.elements[page.focused]
    popups = (one for one in desktop.windows if one.xid != xid and belongs_to(desktop, one, xid))
    return next((one for one in popups if _is_field_of(field, one.bounds)), None)


def _is_field_of(field: RawElement, popup: Box) -> bool:
    return field.role in _ROLES and _hangs_on(popup, field.bounds)


def _hangs_on(popup: Box, field: Box) -> bool:
    below = abs(popup.y - field.y - field.h) <= _NEAR_PX
    above = abs(popup.y + popup.h - field.y) <= _NEAR_PX
    reaches = popup.x <= field.x + _NEAR_PX and popup.x + popup.w >= field.x + field.w - _NEAR_PX
    return reaches and (below or above)
