# SPDX-License-Identifier: Apache-2.0
"""A hand in an X11 session, through XTEST: real key codes at the level of the server. Decides nothing about its use."""

import time
from collections import OrderedDict

from handiwork.adapters.x11.extensions import xtest_fake
from handiwork.adapters.x11.keyboard import LOCK, Keyboard, Stroke
from handiwork.adapters.x11.keysyms import LEVEL3_SHIFT, keysym_for, keysym_named
from handiwork.adapters.x11.requests import change_keyboard_mapping, query_pointer, read_pointer
from handiwork.adapters.x11.wire import Connection, ProtocolError
from handiwork.adapters.x11.witness import BUTTON_PRESS, BUTTON_RELEASE, KEY_PRESS, KEY_RELEASE, MOTION
from handiwork.model.errors import BadInput

_SHIFT_L = 0xFFE1
_CONTROL_KEYS = {"\n": "Return", "\t": "Tab", "\b": "BackSpace"}
_SETTLE_SECONDS = 0.05
"""Applications read a changed mapping only after the server has told them; a key that comes sooner is misread."""
_MAPPING_NOTIFY = 34


class X11Actuator:
    """Actuator for `display` ($DISPLAY if None). Keys that it mapped for rare characters are unmapped by `close`."""

    def __init__(self, display: str | None = None) -> None:
        self._link = Connection(display)
        self._major = self._link.require("XTEST")
        self._keyboard = Keyboard(self._link)
        self._lent: OrderedDict[int, int] = OrderedDict()
        """Keysym to the spare key code that it was given, least recently used first."""
        self._spare = self._keyboard.spare_keycodes()

    def move(self, x: int, y: int) -> None:
        """Puts the pointer at (x, y)."""
        self._link.send(xtest_fake(self._major, MOTION, 0, self._link.screen.root, x, y))
        self._link.sync()

    def button(self, button: int, pressed: bool) -> None:
        """Presses or releases a button. BadInput if the pointer has no such button."""
        self._fake(BUTTON_PRESS if pressed else BUTTON_RELEASE, button & 0xFF)
        try:
            self._link.sync()
        except ProtocolError as refused:
            raise _no_key(f"The pointer has no button {button}.") from refused

    def key(self, name: str, pressed: bool) -> None:
        """Presses or releases the key with this keysym name. BadInput if there is no such keysym."""
        self._refresh()
        keysym = keysym_named(name)
        if keysym is None:
            raise _no_key(f"There is no key named {name!r}.")
        self._fake(KEY_PRESS if pressed else KEY_RELEASE, self._keycode(keysym))
        self._link.sync()

    def write(self, text: str, delay_ms: int) -> None:
        """Types `text`; a character without a key gets a spare key for as long as this is open."""
        self._refresh()
        strokes = self._keyboard.strokes()
        for char in text:
            self._type(char, strokes)
            self._link.sync()
            if delay_ms > 0:
                time.sleep(delay_ms / 1000)

    def close(self) -> None:
        """Unmaps the spare keys. May be called twice."""
        if self._link.fileno() < 0:
            return
        if self._lent:
            time.sleep(_SETTLE_SECONDS)  # the last characters are still on their way
        for keycode in self._lent.values():
            self._link.send(change_keyboard_mapping(keycode, (0, 0)))
        self._lent.clear()
        self._link.sync()
        self._link.close()

    def _type(self, char: str, strokes: dict[str, Stroke]) -> None:
        stroke = strokes.get(char)
        if stroke is None:
            name = _CONTROL_KEYS.get(char)
            keysym = keysym_named(name) if name else keysym_for(char)
            if keysym is None or (name is None and not char.isprintable()):
                raise _no_key("A character of the text can't be typed on a keyboard.")
            self._tap(self._keycode(keysym), [])
            return
        held = self._modifier_keys(stroke, char)
        self._tap(stroke.keycode, held)

    def _modifier_keys(self, stroke: Stroke, char: str) -> list[int]:
        pointer = read_pointer(self._link.ask(query_pointer(self._link.screen.root)))
        shift = stroke.shift != bool(pointer.mask & LOCK and char.lower() != char.upper())
        wanted = [_SHIFT_L] * shift + [LEVEL3_SHIFT] * stroke.level3
        return [self._keycode(keysym) for keysym in wanted]

    def _tap(self, keycode: int, held: list[int]) -> None:
        for code in held:
            self._fake(KEY_PRESS, code)
        self._fake(KEY_PRESS, keycode)
        self._fake(KEY_RELEASE, keycode)
        for code in reversed(held):
            self._fake(KEY_RELEASE, code)

    def _fake(self, kind: int, detail: int) -> None:
        self._link.send(xtest_fake(self._major, kind, detail))

    def _keycode(self, keysym: int) -> int:
        """The key for a keysym; a spare one, mapped now, if it has none."""
        if keysym in self._lent:
            self._lent.move_to_end(keysym)
            return self._lent[keysym]
        own = self._keyboard.keycode_of(keysym)
        return own if own is not None else self._lend(keysym)

    def _lend(self, keysym: int) -> int:
        if not self._spare and not self._lent:
            raise _no_key("A character has no key, and this keyboard has no spare key to map it to.")
        keycode = self._spare.pop() if self._spare else self._lent.popitem(last=False)[1]
        self._lent[keysym] = keycode
        self._link.send(change_keyboard_mapping(keycode, (keysym, keysym)))
        self._link.sync()
        time.sleep(_SETTLE_SECONDS)
        return keycode

    def _refresh(self) -> None:
        """Reads the mapping again if someone (this object included) changed it."""
        if any(packet[0] & 0x7F == _MAPPING_NOTIFY for packet in self._link.events()):
            self._keyboard.refresh()
            lent = set(self._lent.values())
            self._keyboard.keys = {code: keys for code, keys in self._keyboard.keys.items() if code not in lent}
            self._spare = self._keyboard.spare_keycodes()


def _no_key(what: str) -> BadInput:
    return BadInput(what, data="nothing was recorded or changed.", do="use another key name, or leave it out.")
