# SPDX-License-Identifier: Apache-2.0
"""A hand that moves nothing but a fake input source."""

import time

from handiwork.model.errors import BadInput
from handiwork.model.raw import RawButton, RawKey, RawMove, RawWheel
from handiwork.ports.fakes.input import ScriptedInput

_WHEEL = {4: (0, -1), 5: (0, 1), 6: (-1, 0), 7: (1, 0)}
_MODIFIERS = {
    "Shift_L": "shift",
    "Control_L": "ctrl",
    "Alt_L": "alt",
    "Super_L": "super",
}
_NAMED = {"space": " ", "comma": ",", "period": ".", "minus": "-", "exclam": "!", "at": "@", "slash": "/"}
_CONTROL = {"\n": "Return", "\t": "Tab"}
_SILENT = {"Return", "Tab", "Escape", "BackSpace", "Delete", "Left", "Right", "Up", "Down", "Home", "End", "Pause"}


class ScriptedActuator:
    """What it does arrives at `input`, as synthetic events with the machine's monotonic time."""

    def __init__(self, input_source: ScriptedInput) -> None:
        self._input = input_source
        self._x = self._y = 0
        self._held: set[str] = set()

    def move(self, x: int, y: int) -> None:
        """See the port."""
        self._x, self._y = x, y
        self._input.put(RawMove(_now(), x, y, True))

    def button(self, button: int, pressed: bool) -> None:
        """See the port."""
        _require(1 <= button <= 10)
        if button not in _WHEEL:
            self._input.put(RawButton(_now(), self._x, self._y, button, pressed, True))
        elif pressed:
            self._input.put(RawWheel(_now(), self._x, self._y, *_WHEEL[button], True))

    def key(self, name: str, pressed: bool) -> None:
        """See the port."""
        letter = len(name) == 1 and name.isalnum()
        _require(letter or name in _NAMED or name in _SILENT or name in _MODIFIERS)
        modifiers = frozenset(_MODIFIERS[held] for held in self._held)
        shown = name.upper() if letter and "shift" in modifiers else name
        char = shown if letter else _NAMED.get(name, "")
        self._input.put(RawKey(_now(), shown, "" if modifiers - {"shift"} else char, pressed, False, modifiers, True))
        if name in _MODIFIERS:
            (self._held.add if pressed else self._held.discard)(name)

    def write(self, text: str, delay_ms: int) -> None:
        """See the port."""
        del delay_ms  # nobody is hurried by a fake
        names = {char: name for name, char in _NAMED.items()} | _CONTROL
        for char in text:
            _require(char in names or char.isprintable())
            for pressed in (True, False):
                name = names.get(char, char)
                typed = "" if char in _CONTROL else char
                self._input.put(RawKey(_now(), name, typed, pressed, False, frozenset(), True))


def _now() -> int:
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


def _require(has_key: bool) -> None:
    if not has_key:
        raise BadInput("There is no such key.", data="nothing was recorded or changed.", do="use another key.")
