# SPDX-License-Identifier: Apache-2.0
"""From keys to characters, and back."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11.keyboard import CONTROL, LOCK, MOD1, SHIFT, DeadKeys, Keyboard, Press
from handiwork.adapters.x11.keysyms import char_of, keysym_for, keysym_named, name_of
from handiwork.adapters.x11.requests import change_keyboard_mapping
from handiwork.adapters.x11.wire import Connection

pytestmark = pytest.mark.desktop

SPARE = 254


@pytest.fixture(scope="module")
def link() -> Iterator[Connection]:
    with VirtualSession(window_manager=False) as session:
        connection = Connection(session.display)
        yield connection
        connection.close()


@pytest.mark.parametrize(
    ("keysym", "name", "char"),
    [
        (0x61, "a", "a"), (0x20, "space", " "), (0xE9, "eacute", "é"), (0xFF0D, "Return", ""),
        (0xFFE3, "Control_L", ""),
        (0xFFB7, "KP_7", "7"), (0xFFAF, "KP_Divide", "/"), (0xFFC9, "F12", ""), (0xFF13, "Pause", ""),
        (0xFE51, "dead_acute", ""), (0x20AC, "EuroSign", "€"), (0x6C1, "U0430", "а"), (0x6A6, "U0456", "і"),
        (0x7E1, "U03B1", "α"), (0x1B1, "U0105", "ą"), (0x1000416, "U0416", "Ж"), (0xCE0, "U05D0", "א"),
        (0xDA1, "U0E01", "ก"), (0x4B1, "U30A2", "ア"), (0xAA9, "U2014", "—"), (0xFE20, "Tab", ""), (0, "keysym-0", ""),
    ],
)  # fmt: skip
def test_keysyms_have_names_and_characters(keysym: int, name: str, char: str) -> None:
    assert (name_of(keysym), char_of(keysym)) == (name, char)


@given(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")))
def test_every_character_has_a_keysym_that_types_it_and_a_name_that_finds_it(char: str) -> None:
    keysym = keysym_for(char)
    assert char_of(keysym) == char
    found = keysym_named(name_of(keysym))
    assert found is not None
    assert char_of(found) == char


@given(st.text(max_size=12))
def test_an_unknown_name_is_never_taken_for_a_key(name: str) -> None:
    keysym = keysym_named(name)
    assert keysym is None or isinstance(keysym, int)
    assert keysym_named(name + "?!") is None


@pytest.mark.parametrize(
    ("state", "name", "char", "modifiers"),
    [
        (0, "a", "a", set()),
        (SHIFT, "A", "A", {"shift"}),
        (LOCK, "A", "A", set()),
        (LOCK | SHIFT, "a", "a", {"shift"}),
        (CONTROL, "a", "", {"ctrl"}),
        (CONTROL | SHIFT, "A", "", {"ctrl", "shift"}),
        (MOD1, "a", "", {"alt"}),
        (1 << 6, "a", "", {"super"}),
    ],
)
def test_modifiers_say_what_a_letter_key_means(
    link: Connection, state: int, name: str, char: str, modifiers: set[str]
) -> None:
    keyboard = Keyboard(link)
    keycode = keyboard.keycode_of(ord("a"))
    assert keycode is not None
    press = keyboard.press(keycode, state)
    assert (press.name, press.char, press.modifiers) == (name, char, frozenset(modifiers))


def test_caps_lock_leaves_digits_alone(link: Connection) -> None:
    keyboard = Keyboard(link)
    keycode = keyboard.keycode_of(ord("1"))
    assert keycode is not None
    assert keyboard.press(keycode, LOCK).char == "1"
    assert keyboard.press(keycode, SHIFT).name == "exclam"


def test_num_lock_turns_the_keypad_to_digits(link: Connection) -> None:
    keyboard = Keyboard(link)
    keycode = keyboard.keycode_of(0xFF95)
    assert keycode is not None
    assert keyboard.press(keycode, 0).name == "KP_Home"
    assert keyboard.press(keycode, 1 << 4).char == "7"


def test_the_right_alt_key_reaches_the_third_level(link: Connection) -> None:
    link.send(change_keyboard_mapping(SPARE, [ord("e"), ord("E"), ord("e"), ord("E"), 0x20AC, 0xA2]))
    link.sync()
    keyboard = Keyboard(link)
    level3 = keyboard._level3
    assert level3
    assert keyboard.press(SPARE, level3).char == "€"
    assert keyboard.press(SPARE, level3 | SHIFT).char == "¢"
    assert keyboard.press(SPARE, level3).modifiers == {"altgr"}
    link.send(change_keyboard_mapping(SPARE, [0]))
    link.sync()


def _press(name: str, char: str = "", combining: str = "") -> Press:
    return Press(name, char, frozenset(), combining)


def test_a_dead_key_joins_the_next_letter() -> None:
    dead = DeadKeys()
    assert dead.char(_press("dead_acute", combining="\u0301")) == ""
    assert dead.char(_press("Shift_L")) == ""
    assert dead.char(_press("E", "E")) == "É"
    assert dead.char(_press("E", "E")) == "E"


def test_a_dead_key_is_forgotten_after_another_key() -> None:
    dead = DeadKeys()
    dead.char(_press("dead_acute", combining="\u0301"))
    dead.char(_press("Escape"))
    assert dead.char(_press("e", "e")) == "e"


@given(st.sampled_from("\u0300\u0301\u0302\u0303\u0308\u030a\u030c\u0327"), st.characters(max_codepoint=0x17F))
def test_a_dead_key_never_makes_more_than_one_character(combining: str, char: str) -> None:
    dead = DeadKeys()
    dead.char(_press("dead", combining=combining))
    typed = dead.char(_press("x", char))
    assert typed in (char, unicodedata.normalize("NFC", char + combining))
    assert len(typed) == 1
