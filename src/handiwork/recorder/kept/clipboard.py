# SPDX-License-Identifier: Apache-2.0
"""What is kept of the clipboard's use: one word for each operation, whoever told of it. Content is never asked for.

A copy is told by the window system (which process took the clipboard) and often by the page as well; a paste by the
keys or the middle button, and often by the page as well. A paste from a menu outside a page is not known.
"""

from dataclasses import dataclass

from handiwork.model.event import Clipboard, Skipped
from handiwork.model.raw import RawButton, RawClipboard, RawKey, RawPage

SAME_MS = 150
"""Two witnesses who speak within this time speak of one operation."""

CUT_MS = 500
"""A clipboard that is taken this soon after the keys for it was cut to, not copied."""

SLIP_PX = 5
"""A middle button that went farther than this dragged something."""

_MIDDLE = 2
_OPERATIONS = frozenset({"copy", "cut", "paste"})


@dataclass
class _Said:
    """An operation that one witness told of."""

    time_ms: int
    pastes: bool
    witness: str


class ClipboardUse:
    """The operations of one surface, in the order of their times."""

    def __init__(self) -> None:
        self._said: list[_Said] = []
        self._cut_ms = -CUT_MS - 1
        self._down: RawButton | None = None

    def key(self, raw: RawKey) -> list[Clipboard]:
        """A key that was kept: a paste, if it is one of the keys for it."""
        if not raw.pressed:
            return []
        if is_cut(raw):
            self._cut_ms = raw.time_ms
        return self._note(raw.time_ms, "paste", "hand") if is_paste(raw) else []

    def button(self, raw: RawButton, page: RawPage | None) -> list[Clipboard]:
        """A button that was kept: the middle one pastes the selection, where it is let go over a text field."""
        if raw.button != _MIDDLE:
            return []
        down, self._down = self._down, raw if raw.pressed else None
        if raw.pressed or down is None or page is None:
            return []
        still = abs(raw.x - down.x) <= SLIP_PX and abs(raw.y - down.y) <= SLIP_PX
        return self._note(raw.time_ms, "paste", "hand") if still and _takes_text(page, raw.x, raw.y) else []

    def told(self, raw: RawClipboard, front: int, in_page: bool) -> list[Clipboard] | Skipped:
        """What page (`owner` 0) or window system told: of the process `front` alone, and of a page if it was there."""
        if raw.operation not in _OPERATIONS:
            return Skipped("clipboard", "unknown deed")
        if raw.owner and (raw.owner != front or front <= 0):
            return Skipped("clipboard", "other window")
        if raw.owner and not in_page:
            return Skipped("clipboard", "not in the page")
        is_cut = raw.operation == "copy" and 0 <= raw.time_ms - self._cut_ms <= CUT_MS
        return self._note(raw.time_ms, "cut" if is_cut else raw.operation, "system" if raw.owner else "page")

    def _note(self, time_ms: int, operation: str, witness: str) -> list[Clipboard]:
        """The operation, unless another witness told of it already: each word of one meets one of the other."""
        self._said = [one for one in self._said if abs(time_ms - one.time_ms) <= SAME_MS]
        pastes = operation == "paste"
        for one in self._said:
            # A program may take the clipboard more than once for one copy; a key that repeats pastes again.
            if one.pastes == pastes and (not pastes or one.witness != witness):
                if pastes:
                    self._said.remove(one)
                return []
        self._said.append(_Said(time_ms, pastes, witness))
        return [Clipboard(t=time_ms, operation=operation)]


def is_paste(key: RawKey) -> bool:
    """Ctrl+V with or without Shift, Shift+Insert, or the key for it."""
    return _is_shortcut(key, "v", "Insert", "XF86Paste")


def is_cut(key: RawKey) -> bool:
    """Ctrl+X, Shift+Delete, or the key for it."""
    return _is_shortcut(key, "x", "Delete", "XF86Cut")


def _is_shortcut(key: RawKey, letter: str, shifted: str, own: str) -> bool:
    name = key.name.removeprefix("KP_")
    if key.modifiers & {"alt", "super"}:
        return False
    if "ctrl" in key.modifiers:
        return key.name in (letter, letter.upper())
    return (name == shifted and "shift" in key.modifiers) or name == own


def _takes_text(page: RawPage, x: int, y: int) -> bool:
    """Whether what lies under the point is a field."""
    under = [element for element in page.elements if element.bounds.contains(x, y)]
    smallest = min(under, key=lambda element: element.bounds.area, default=None)
    return smallest is not None and (smallest.role == "textbox" or "editable" in smallest.states)
