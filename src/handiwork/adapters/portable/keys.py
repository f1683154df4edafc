# SPDX-License-Identifier: Apache-2.0
"""pynput's keys in the words of the raw events: X's names for keys, "ctrl" and the like for modifiers.

Knows no library: it is given a key's own name, or the character that it types.
"""

_SIGNS = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SIGN_NAMES = (
    "space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma "
    "minus period slash colon semicolon less equal greater question at bracketleft backslash bracketright asciicircum "
    "underscore grave braceleft bar braceright asciitilde"
)
_PUNCTUATION = dict(zip(_SIGNS, _SIGN_NAMES.split(), strict=True))
_NAMED = {
    "alt": "Alt_L", "alt_l": "Alt_L", "alt_r": "Alt_R", "alt_gr": "ISO_Level3_Shift", "backspace": "BackSpace",
    "caps_lock": "Caps_Lock", "cmd": "Super_L", "cmd_l": "Super_L", "cmd_r": "Super_R", "ctrl": "Control_L",
    "ctrl_l": "Control_L", "ctrl_r": "Control_R", "delete": "Delete", "down": "Down", "end": "End", "enter": "Return",
    "esc": "Escape", "home": "Home", "insert": "Insert", "left": "Left", "menu": "Menu", "num_lock": "Num_Lock",
    "page_down": "Next", "page_up": "Prior", "pause": "Pause", "print_screen": "Print", "right": "Right",
    "scroll_lock": "Scroll_Lock", "shift": "Shift_L", "shift_l": "Shift_L", "shift_r": "Shift_R", "space": "space",
    "tab": "Tab", "up": "Up", **{f"f{number}": f"F{number}" for number in range(1, 21)},
}  # fmt: skip
_MODIFIERS = {
    "Shift_L": "shift", "Shift_R": "shift", "Control_L": "ctrl", "Control_R": "ctrl", "Alt_L": "alt", "Alt_R": "alt",
    "Super_L": "super", "Super_R": "super", "ISO_Level3_Shift": "altgr",
}  # fmt: skip


def named(name: str) -> str:
    """The name of a key that pynput knows by name; one that it alone knows is a key without a name."""
    return _NAMED.get(name, f"portable-{name}")


def typing(char: str) -> str:
    """The name of a key by the character that it types: "a", "comma", "U0436"."""
    return _PUNCTUATION.get(char) or (char if char.isascii() and char.isalnum() else f"U{ord(char):04X}")


class Held:
    """Which keys are down, and so which modifiers hold and what is a repeat. What was down at the start is unknown."""

    def __init__(self) -> None:
        self._down: dict[int | str, str] = {}

    def modifiers(self) -> frozenset[str]:
        """Those that hold now."""
        return frozenset(_MODIFIERS[name] for name in self._down.values() if name in _MODIFIERS)

    def turned(self, key: int | str, name: str, pressed: bool) -> bool:
        """A key goes down or up; whether it was down before."""
        before = key in self._down
        if pressed:
            self._down[key] = name
        else:
            self._down.pop(key, None)
        return before
