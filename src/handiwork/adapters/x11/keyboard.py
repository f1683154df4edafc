# SPDX-License-Identifier: Apache-2.0
"""The keyboard as it is mapped now: from key code and modifier state to keysyms, and back. Knows nothing of events."""

import unicodedata
from typing import NamedTuple

from handiwork.adapters.x11.keysyms import (
    LEVEL3_SHIFT,
    MODE_SWITCH,
    NUM_LOCK,
    char_of,
    combining_of,
    keysym_for,
    name_of,
)
from handiwork.adapters.x11.requests import (
    get_keyboard_mapping,
    get_modifier_mapping,
    read_keyboard_mapping,
    read_modifier_mapping,
)
from handiwork.adapters.x11.wire import Connection

SHIFT, LOCK, CONTROL, MOD1 = 1, 2, 4, 8
_GROUP_SHIFT, _GROUP_MASK = 13, 0x3
_RELEVANT = 0x60FF
_ALT = {0xFFE9, 0xFFEA, 0xFFE7, 0xFFE8}
_SUPER = {0xFFEB, 0xFFEC, 0xFFED, 0xFFEE}


class Press(NamedTuple):
    """What a key means under given modifiers."""

    name: str
    char: str
    modifiers: frozenset[str]
    combining: str
    """The combining character, if it is a dead key."""


class Stroke(NamedTuple):
    """How to type a character: which key, with which modifiers."""

    keycode: int
    shift: bool
    level3: bool


class Keyboard:
    """A snapshot of the server's mapping; `refresh` after MappingNotify."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.refresh()

    def refresh(self) -> None:
        """Reads the mapping anew."""
        link = self._connection
        first, count = link.min_keycode, link.max_keycode - link.min_keycode + 1
        keys = read_keyboard_mapping(link.ask(get_keyboard_mapping(first, count)))
        self.keys = {first + place: keysyms for place, keysyms in enumerate(keys)}
        self.modifier_codes = read_modifier_mapping(link.ask(get_modifier_mapping()))
        self._num_lock = self._mask_with({NUM_LOCK}) or 0
        self._level3 = self._mask_with({LEVEL3_SHIFT, MODE_SWITCH}) or 0
        self._alt = self._mask_with(_ALT) or MOD1
        self._super = self._mask_with(_SUPER) & ~self._alt
        self._presses: dict[tuple[int, int], Press] = {}

    def _mask_with(self, keysyms: set[int]) -> int:
        """The modifier bits (Mod1 to Mod5) that keys with one of these keysyms set."""
        mask = 0
        for place in range(3, 8):
            if any(keysyms.intersection(self.keys.get(code, ())) for code in self.modifier_codes[place]):
                mask |= 1 << place
        return mask

    def state(self, down: set[int], told: int) -> int:
        """The modifier state while these keys are down; locks and layout as in a state that the server told."""
        locked = LOCK | self._num_lock | _GROUP_MASK << _GROUP_SHIFT
        held = sum(1 << place for place, codes in enumerate(self.modifier_codes) if down.intersection(codes))
        return told & locked | held & ~locked

    def press(self, keycode: int, state: int) -> Press:
        """What `keycode` means while `state` (the event's own) holds."""
        relevant = keycode, state & _RELEVANT
        found = self._presses.get(relevant)
        if found is None:
            found = self._presses[relevant] = self._read_press(*relevant)
        return found

    def _read_press(self, keycode: int, state: int) -> Press:
        keysym = self._keysym(keycode, state)
        modifiers = self._modifiers(state)
        char = "" if modifiers & {"ctrl", "alt", "super"} else char_of(keysym)
        if char and state & LOCK:
            swapped = char.upper() if not state & SHIFT else char.lower()
            char = swapped if len(swapped) == 1 else char
            keysym = keysym if swapped == char_of(keysym) or len(swapped) != 1 else keysym_for(swapped)
        return Press(name_of(keysym), char, modifiers, combining_of(keysym))

    def _modifiers(self, state: int) -> frozenset[str]:
        named = ("shift", SHIFT), ("ctrl", CONTROL), ("alt", self._alt), ("super", self._super), ("altgr", self._level3)
        return frozenset(name for name, mask in named if state & mask)

    def _keysym(self, keycode: int, state: int) -> int:
        """The X protocol's rule (appendix A), with levels 3 and 4 where XKB's core mapping puts them (columns 5, 6)."""
        keysyms = self.keys.get(keycode, ())
        group = state >> _GROUP_SHIFT & _GROUP_MASK
        first = 4 if state & self._level3 and any(keysyms[4:6]) else 2 * (group == 1 and any(keysyms[2:4]))
        plain, shifted = (*keysyms[first : first + 2], 0, 0)[:2]
        shift = bool(state & SHIFT)
        if state & self._num_lock and 0xFF80 <= shifted <= 0xFFBD:
            shift = not shift
        if not shifted and shift and first == 0:
            return _upper(plain)
        return shifted if shift and shifted else plain

    def strokes(self) -> dict[str, Stroke]:
        """How each character that has a key can be typed; the plainest way wins."""
        ways = ((0, False, False), (1, True, False), (4, False, True), (5, True, True))
        found: dict[str, Stroke] = {}
        for column, shift, level3 in ways:
            for keycode, keysyms in self.keys.items():
                if len(keysyms) > column and not 0xFF80 <= keysyms[column] <= 0xFFBD:
                    found.setdefault(char_of(keysyms[column]), Stroke(keycode, shift, level3))
        found.pop("", None)
        return found

    def keycode_of(self, keysym: int) -> int | None:
        """A key whose plain level is this keysym; failing that, one that has it on any level."""
        for columns in (1, 8):
            for keycode, keysyms in self.keys.items():
                if keysym in keysyms[:columns]:
                    return keycode
        return None

    def spare_keycodes(self) -> list[int]:
        """Key codes that mean nothing, highest first."""
        return [code for code in sorted(self.keys, reverse=True) if not any(self.keys[code])]


class DeadKeys:
    """Joins a dead key and the character typed after it, as the application will."""

    def __init__(self) -> None:
        self._pending = ""

    def char(self, press: Press) -> str:
        """What a key press types, given the presses before it."""
        if press.combining:
            self._pending = press.combining
            return ""
        pending = self._pending
        if not pending or not press.char:
            if press.name not in _QUIET:
                self._pending = ""
            return press.char
        self._pending = ""
        joined = unicodedata.normalize("NFC", press.char + pending)
        return joined if len(joined) == 1 else press.char


_QUIET = {"Shift_L", "Shift_R", "ISO_Level3_Shift", "Caps_Lock", "Mode_switch"}


def _upper(keysym: int) -> int:
    """A key with one keysym, a letter, has its capital on the shifted level."""
    char = char_of(keysym)
    return keysym_for(char.upper()) if char and len(char.upper()) == 1 and char.upper() != char else keysym
