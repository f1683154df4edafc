# SPDX-License-Identifier: Apache-2.0
"""Which window has grabbed the keyboard, from the focus events of a grab and from who had asked for it just before.

The window that a grab is for hears of it only if its events were selected by then; a popup mostly grabs in the instant
in which it comes. That a program asked for it is recorded (timed.py), and what follows at once says that it got it.
Knows no window but by number.
"""

from handiwork.adapters.x11.timed import Asked

NOBODY = -1
"""Nobody has grabbed it. 0 is somebody whom nobody knows."""

NORMAL, GRAB, UNGRAB = 0, 1, 2
"""Why the keyboard went elsewhere, in the words of FocusIn and FocusOut."""

_AT_ONCE_MS = 2
"""A grab follows the request for it in the same instant, but for the rounding of the server's clock."""


class KeyboardGrab:
    """Fed with every focus event and every request, in order."""

    def __init__(self, id_mask: int) -> None:
        """`id_mask`: the bits of a window's number that don't say which connection it belongs to."""
        self._own = ~id_mask
        self._asked = Asked(0, 0)
        self.window = NOBODY

    def forget(self) -> None:
        """Something was missed; what the server says now counts."""
        self.window = NOBODY

    def asked(self, asked: Asked) -> bool:
        """Nothing has come of it yet, unless the program has the keyboard already: then it passed it on to itself."""
        self._asked = asked
        passed = self.window > 0 and (self.window ^ asked.window) & self._own == 0
        if passed:
            self.window = asked.window
        return passed

    def focus(self, window: int, mode: int, entered: bool, time_ms: int) -> None:
        """FocusIn (`entered`) or FocusOut of a window."""
        if mode == GRAB:
            self.window = window if entered else self._grabber(time_ms)
        elif mode == UNGRAB or (mode == NORMAL and entered):
            self.window = NOBODY

    def _grabber(self, time_ms: int) -> int:
        """The window for which somebody asked just then; 0 if a key alone took the keyboard, as hot keys do."""
        return self._asked.window if 0 <= time_ms - self._asked.time_ms <= _AT_ONCE_MS else 0
