# SPDX-License-Identifier: Apache-2.0
"""Keysyms: their names, and the characters they type. Knows no keyboard.

Source of the numbers: X protocol, appendix A. Letters beyond Latin-1 have no name of their own here; they are "U0436".
"""

import unicodedata
from functools import cache

SHIFT_LOCK, NUM_LOCK, LEVEL3_SHIFT, MODE_SWITCH = 0xFFE6, 0xFF7F, 0xFE03, 0xFF7E

_ASCII = (
    "space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma "
    "minus period slash 0 1 2 3 4 5 6 7 8 9 colon semicolon less equal greater question at A B C D E F G H I J K L M N "
    "O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m "
    "n o p q r s t u v w x y z braceleft bar braceright asciitilde"
)
_LATIN_1 = (
    "nobreakspace exclamdown cent sterling currency yen brokenbar section diaeresis copyright ordfeminine "
    "guillemotleft notsign hyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph "
    "periodcentered cedilla onesuperior masculine guillemotright onequarter onehalf threequarters questiondown Agrave "
    "Aacute Acircumflex Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis Igrave Iacute "
    "Icircumflex Idiaeresis ETH Ntilde Ograve Oacute Ocircumflex Otilde Odiaeresis multiply Oslash Ugrave Uacute "
    "Ucircumflex Udiaeresis Yacute THORN ssharp agrave aacute acircumflex atilde adiaeresis aring ae ccedilla egrave "
    "eacute ecircumflex ediaeresis igrave iacute icircumflex idiaeresis eth ntilde ograve oacute ocircumflex otilde "
    "odiaeresis division oslash ugrave uacute ucircumflex udiaeresis yacute thorn ydiaeresis"
)
_MODIFIERS = (
    "Shift_L Shift_R Control_L Control_R Caps_Lock Shift_Lock Meta_L Meta_R Alt_L Alt_R Super_L Super_R Hyper_L Hyper_R"
)
_KEYPAD_CHARS = {0xFFAA: "*", 0xFFAB: "+", 0xFFAC: ",", 0xFFAD: "-", 0xFFAE: ".", 0xFFAF: "/", 0xFFBD: "=", 0xFF80: " "}
_SINGLE = {
    0xFF08: "BackSpace", 0xFF09: "Tab", 0xFF0A: "Linefeed", 0xFF0B: "Clear", 0xFF0D: "Return", 0xFF13: "Pause",
    0xFF14: "Scroll_Lock", 0xFF15: "Sys_Req", 0xFF1B: "Escape", 0xFF20: "Multi_key", 0xFFFF: "Delete",
    0xFF50: "Home", 0xFF51: "Left", 0xFF52: "Up", 0xFF53: "Right", 0xFF54: "Down", 0xFF55: "Prior", 0xFF56: "Next",
    0xFF57: "End", 0xFF58: "Begin", 0xFF60: "Select", 0xFF61: "Print", 0xFF62: "Execute", 0xFF63: "Insert",
    0xFF65: "Undo", 0xFF66: "Redo", 0xFF67: "Menu", 0xFF68: "Find", 0xFF69: "Cancel", 0xFF6A: "Help", 0xFF6B: "Break",
    0xFF7E: "Mode_switch", 0xFF7F: "Num_Lock", 0xFE03: "ISO_Level3_Shift", 0xFE11: "ISO_Level5_Shift",
    0xFE08: "ISO_Next_Group", 0xFE0A: "ISO_Prev_Group", 0xFE20: "Tab",  # ISO_Left_Tab: shift says so already
    0xFF80: "KP_Space", 0xFF89: "KP_Tab", 0xFF8D: "KP_Enter", 0xFF91: "KP_F1", 0xFF92: "KP_F2", 0xFF93: "KP_F3",
    0xFF94: "KP_F4", 0xFF95: "KP_Home", 0xFF96: "KP_Left", 0xFF97: "KP_Up", 0xFF98: "KP_Right", 0xFF99: "KP_Down",
    0xFF9A: "KP_Prior", 0xFF9B: "KP_Next", 0xFF9C: "KP_End", 0xFF9D: "KP_Begin", 0xFF9E: "KP_Insert",
    0xFF9F: "KP_Delete", 0xFFBD: "KP_Equal", 0xFFAA: "KP_Multiply", 0xFFAB: "KP_Add", 0xFFAC: "KP_Separator",
    0xFFAD: "KP_Subtract", 0xFFAE: "KP_Decimal", 0xFFAF: "KP_Divide", 0x20AC: "EuroSign", 0x13BC: "OE", 0x13BD: "oe",
    0x1008FF11: "XF86AudioLowerVolume", 0x1008FF12: "XF86AudioMute", 0x1008FF13: "XF86AudioRaiseVolume",
    0x1008FF14: "XF86AudioPlay", 0x1008FF26: "XF86Back", 0x1008FF27: "XF86Forward", 0x1008FF29: "XF86Refresh",
}  # fmt: skip
_DEAD = {
    0xFE50: ("grave", "\u0300"), 0xFE51: ("acute", "\u0301"), 0xFE52: ("circumflex", "\u0302"),
    0xFE53: ("tilde", "\u0303"), 0xFE54: ("macron", "\u0304"), 0xFE55: ("breve", "\u0306"),
    0xFE56: ("abovedot", "\u0307"), 0xFE57: ("diaeresis", "\u0308"), 0xFE58: ("abovering", "\u030a"),
    0xFE59: ("doubleacute", "\u030b"), 0xFE5A: ("caron", "\u030c"), 0xFE5B: ("cedilla", "\u0327"),
    0xFE5C: ("ogonek", "\u0328"), 0xFE60: ("belowdot", "\u0323"), 0xFE61: ("hook", "\u0309"),
    0xFE62: ("horn", "\u031b"),
}  # fmt: skip

# The old keysyms of each script are rows of an 8-bit character set, with a few places changed.
_ROWS = {0x01: "iso8859-2", 0x02: "iso8859-3", 0x03: "iso8859-4", 0x05: "iso8859-6", 0x06: "koi8-r", 0x07: "iso8859-7",
         0x0C: "iso8859-8", 0x0D: "tis-620", 0x13: "iso8859-15"}  # fmt: skip
_CYRILLIC = "ђѓёєѕіїјљњћќґўџ№ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏ"  # 0x6A1 on
_GREEK = {0xA1: "ΆΈΉΊΪ", 0xA7: "ΌΎΫ", 0xAB: "Ώ", 0xAE: "΅―", 0xB1: "άέήίϊΐόύϋΰώ", 0xD2: "Σ", 0xF2: "σς"}
_TYPOGRAPHY = {0xA9: "—–", 0xAE: "…", 0xB0: "⅓⅔", 0xC3: "⅛⅜⅝⅞", 0xC9: "™", 0xD0: "‘’“”", 0xD5: "‰", 0xE6: "•"}


def _row_of(strings: dict[int, str]) -> dict[int, str]:
    return {first + place: char for first, text in strings.items() for place, char in enumerate(text)}


_CHANGED = {
    0x06: _row_of({0xA1: _CYRILLIC}),
    0x07: _row_of(_GREEK),
    0x0A: _row_of(_TYPOGRAPHY),
    0x04: {low: unicodedata.normalize("NFKC", chr(0xFF61 + low - 0xA1)) for low in range(0xA1, 0xE0)},
}


@cache
def _names() -> dict[int, str]:
    found = dict(_SINGLE)
    found |= {0x20 + place: name for place, name in enumerate(_ASCII.split())}
    found |= {0xA0 + place: name for place, name in enumerate(_LATIN_1.split())}
    found |= {0xFFE1 + place: name for place, name in enumerate(_MODIFIERS.split())}
    found |= {0xFFBE + number: f"F{number + 1}" for number in range(35)}
    found |= {0xFFB0 + digit: f"KP_{digit}" for digit in range(10)}
    found |= {keysym: f"dead_{name}" for keysym, (name, _) in _DEAD.items()}
    return found


@cache
def _numbers() -> dict[str, int]:
    found = {name: keysym for keysym, name in _names().items() if keysym != 0xFE20}
    return found | {"Page_Up": 0xFF55, "Page_Down": 0xFF56, "Enter": 0xFF0D}


def char_of(keysym: int) -> str:
    """The character that this keysym types, or "" for keys that type none (Return and Tab among them)."""
    if 0x20 <= keysym <= 0x7E or 0xA0 <= keysym <= 0xFF:
        return chr(keysym)
    if 0x01000020 <= keysym <= 0x0110FFFF and keysym != 0x0100007F:
        return chr(keysym - 0x01000000)
    if keysym in _KEYPAD_CHARS:
        return _KEYPAD_CHARS[keysym]
    if 0xFFB0 <= keysym <= 0xFFB9:
        return chr(keysym - 0xFF80)
    return "€" if keysym == 0x20AC else _old_char(keysym >> 8, keysym & 0xFF)


def _old_char(row: int, low: int) -> str:
    if (changed := _CHANGED.get(row, {}).get(low)) is not None:
        return changed
    if row not in _ROWS or low < 0xA1:
        return ""
    return bytes([low]).decode(_ROWS[row], "ignore")


def combining_of(keysym: int) -> str:
    """The combining character of a dead key, or ""."""
    return _DEAD[keysym][1] if keysym in _DEAD else ""


def name_of(keysym: int) -> str:
    """ "a", "Return", "Control_L", "dead_acute"; "U0436" for other characters; "keysym-fe0d" for other keys."""
    known = _names().get(keysym)
    if known is not None:
        return known
    char = char_of(keysym)
    return f"U{ord(char):04X}" if char else f"keysym-{keysym:x}"


def keysym_named(name: str) -> int | None:
    """The keysym with this name (or with this character, if the name is one), or None."""
    known = _numbers().get(name)
    if known is not None:
        return known
    if len(name) == 1:
        return keysym_for(name)
    if name.startswith("U") and len(name) in (5, 6, 7):
        try:
            return keysym_for(chr(int(name[1:], 16)))
        except ValueError:
            return None
    return None


def keysym_for(char: str) -> int:
    """The keysym to type a character with: Latin-1 as itself, all others by their Unicode number."""
    code = ord(char)
    return code if 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xFF else 0x01000000 + code
