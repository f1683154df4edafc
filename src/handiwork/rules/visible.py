# SPDX-License-Identifier: Apache-2.0
"""Which part of the screen belongs to a window: what lies under a point, and what other windows cover."""

from collections.abc import Sequence

from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawWindow


def window_under(desktop: RawDesktop, x: int, y: int) -> RawWindow | None:
    """The topmost window at the point."""
    for window in reversed(desktop.windows):  # a plain loop: asked for each pointer move
        if window.bounds.contains(x, y):
            return window
    return None


def window_by_id(desktop: RawDesktop, xid: int) -> RawWindow | None:
    """The window with this id."""
    for window in desktop.windows:
        if window.xid == xid:
            return window
    return None


def belongs_to(desktop: RawDesktop, window: RawWindow, xid: int) -> bool:
    """Whether `window` is `xid` itself or a popup (menu, native list) that the same process put above it."""
    owner = window_by_id(desktop, xid)
    if owner is None:
        return False
    return window.xid == xid or (window.override_redirect and window.pid != 0 and window.pid == owner.pid)


def visible_parts(desktop: RawDesktop, xid: int, *, with_popups: bool = False) -> list[Box]:
    """The window's own rectangles that no window above it covers, as disjoint boxes.

    `with_popups`: its own popups cover nothing, and what else lies over the window is cut out even where one of them
    lies over that: a popup that isn't drawn yet may still show it.
    """
    owner = window_by_id(desktop, xid)
    if owner is None:
        return []
    parts = [owner.bounds]
    above = desktop.windows[desktop.windows.index(owner) + 1 :]
    own = _own_popups(owner, above) if with_popups else set()
    for window in above:
        if window.xid in own:
            continue
        parts = [piece for part in parts for piece in _without(part, window.bounds)]
    return parts


_POPUPS = frozenset({"menu", "list", ""})  # Qt calls the popup of a combo box nothing


def _own_popups(owner: RawWindow, above: Sequence[RawWindow]) -> set[int]:
    """Menus and lists that say they belong to that very window, or to one of its popups, and are of its process."""
    own, known = set[int](), -1
    while known != len(own):
        known = len(own)
        for one in above:
            tied = one.owner == owner.xid or one.owner in own
            if tied and one.override_redirect and one.pid == owner.pid != 0 and one.kind in _POPUPS:
                own.add(one.xid)
    return own


def _without(box: Box, hole: Box) -> list[Box]:
    cut = box.intersection(hole)
    if not cut.area:
        return [box]
    right, bottom = box.x + box.w, box.y + box.h
    pieces = (
        Box(box.x, box.y, box.w, cut.y - box.y),
        Box(box.x, cut.y + cut.h, box.w, bottom - cut.y - cut.h),
        Box(box.x, cut.y, cut.x - box.x, cut.h),
        Box(cut.x + cut.w, cut.y, right - cut.x - cut.w, cut.h),
    )
    return [piece for piece in pieces if piece.area > 0]
