# SPDX-License-Identifier: Apache-2.0
"""A run of typing as text: what the keys wrote, after corrections, for as long as that can be known for certain.

Never a log of keys: no time of a single key leaves it, and `clear` overwrites what it held. Input methods and dead
keys compose behind its back: it holds the letters that the keys themselves gave, until `compose` says what they wrote.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from handiwork.model.raw import RawKey
from handiwork.rules.redaction.hints import names_secret
from handiwork.rules.redaction.withheld import Withheld

PASTED = "\ufffc"
"""Stands in the text where something was pasted that nobody here has seen."""

UNSURE = "\ufffd"
"""Stands in the text where the caret was at an unknown place: the run can't be judged, and is cut whole."""

LONGEST_RUN = 8_000
"""Characters; twice what the redactor judges. Beyond it nothing is added: such a run is cut whole anyway."""


_COMPOSED_MS = 1_000
"""An input method writes so soon after a key."""

_TYPED_SINCE = 4
"""Characters that may have been typed between a key and the news of what it wrote."""

_COMPOSING = re.compile(r"[A-Za-z'-]+[ 0-9]*$")


class Outcome(Enum):
    """What became of a key."""

    ABSORBED = "absorbed"
    """It wrote into the run, or moved or corrected within it."""
    CLOSES = "closes"
    """The run ends before it; the key itself is to be recorded by name."""
    SHORTCUT = "shortcut"
    """It wrote nothing; record it by name. The run, if any, goes on."""
    IGNORED = "ignored"
    """A release, or a modifier by itself."""


@dataclass(frozen=True, repr=False)
class Run:
    """A part of the run that was taken out."""

    text: str
    keystrokes: int
    started_ms: int
    ended_ms: int


_MODIFIER_LIST = """
Shift_L Shift_R Control_L Control_R Alt_L Alt_R Meta_L Meta_R Super_L Super_R Hyper_L Hyper_R Caps_Lock
Shift_Lock Num_Lock Scroll_Lock ISO_Level3_Shift ISO_Level3_Latch ISO_Level5_Shift Mode_switch ISO_Next_Group
ISO_Prev_Group
"""
_MODIFIERS = frozenset(_MODIFIER_LIST.split())
_COMMANDS = frozenset({"ctrl", "control", "alt", "meta", "super", "hyper"})
_MOVES = frozenset({"Left", "Right", "Home", "End"})
_WORD_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
_HARMLESS_COMMANDS = frozenset({"c", "s", "insert"})
"""With Ctrl: they leave the text as it is."""


class KeystrokeBuffer(Withheld):
    """The text of one run with its caret. Once the caret may be elsewhere than here, what follows is UNSURE."""

    def __init__(self) -> None:
        self._chars: array[int] = array("L")
        self._times: array[int] = array("Q")
        self._caret = 0
        self._anchor: int | None = None
        self._is_adrift = False
        self._is_unsure = False
        self._dead = False
        self.keystrokes = 0
        self.started_ms = 0
        self.last_ms = 0

    @property
    def text(self) -> str:
        """What stands in the run now; PASTED and UNSURE mark what isn't known."""
        return "".join(map(chr, self._chars)) + (UNSURE if self._is_unsure else "")

    def feed(self, key: RawKey) -> Outcome:
        """One key. What it does to the run is done when this returns."""
        if not key.pressed or key.name in _MODIFIERS:
            return Outcome.IGNORED
        outcome = self._outcome(key)
        if outcome is Outcome.ABSORBED:
            self.started_ms = self.started_ms if self.keystrokes else key.time_ms
            self.last_ms = key.time_ms
            self.keystrokes += 1
        return outcome

    def compose(self, text: str, time_ms: int) -> None:
        """An input method wrote `text`: it takes the place of the keys that it was composed of.

        Nothing is done if the keys themselves wrote it, or if no key can have: it was pasted then, or a program's own.
        """
        recent = bool(self.keystrokes) and time_ms - self.last_ms <= _COMPOSED_MS
        if not recent or ord(PASTED) in self._chars or text in self.text[-len(text) - _TYPED_SINCE :]:
            return
        start, end = self._composed_of(text)
        if start == end and not self._dead:
            return
        self._is_unsure |= self._is_adrift or self._anchor is not None
        self._remove(start, end, start)
        for char in text:
            self._insert(char, time_ms)
        self._caret = len(self._chars)
        self._dead = False

    def _composed_of(self, text: str) -> tuple[int, int]:
        """Where the keys stand that gave it: the letter under an accent, or the last word and what chose it."""
        typed = self.text
        plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
        if plain.isascii() and plain in typed[-len(plain) - _TYPED_SINCE :]:
            at = typed.rindex(plain)
            return at, at + len(plain)
        found = _COMPOSING.search(typed)
        return (found.start(), found.end()) if found else (len(typed), len(typed))

    def doubt(self) -> None:
        """Keys of this run are missing: what stands here is not what was typed."""
        self._is_unsure = True

    def clear(self) -> None:
        """Ends the run. Overwrites the characters first, as well as Python allows."""
        for at in range(len(self._chars)):
            self._chars[at] = 0
        self._chars, self._times = array("L"), array("Q")
        self._caret, self._anchor = 0, None
        self._is_adrift = self._is_unsure = self._dead = False
        self.keystrokes = self.started_ms = self.last_ms = 0

    def safe_prefix(self, is_clear: Callable[[str], bool]) -> int:
        """How many characters may already be closed with no risk of cutting through a secret; 0 if none.

        Only up to the end of a sentence amid plain lower-case words, with nothing like a number or a secret's name
        near, and only if the caret is at the end. `is_clear` says whether a text needs no cut at all.
        """
        text = self.text
        if self._caret != len(text) or self._anchor is not None or self._is_adrift or PASTED in text:
            return 0
        for boundary in reversed(list(_BOUNDARY.finditer(text))):
            at = boundary.end()
            if _is_plain(text[max(0, at - _NEAR) : at + _NEAR]) and is_clear(text[:at]) and is_clear(text):
                return at
        return 0

    def take(self, length: int) -> Run:
        """Takes the first `length` (at least 1) characters out of the run, which goes on with the rest."""
        text = self.text[:length]
        rest_from = self._times[length] if length < len(self._times) else self.last_ms
        taken = Run(text, min(len(text), self.keystrokes), self.started_ms, self._times[length - 1])
        self._remove(0, length, self._caret - length)
        self.keystrokes = max(len(self._chars), self.keystrokes - taken.keystrokes)
        self.started_ms = rest_from
        return taken

    def _outcome(self, key: RawKey) -> Outcome:
        if key.modifiers & _COMMANDS:
            return self._command(key)
        if key.name == "Insert" and "shift" in key.modifiers:
            return self._insert(PASTED, key.time_ms)
        if key.name in ("BackSpace", "Delete"):
            return self._delete(forward=key.name == "Delete")
        if len(key.char) == 1 and key.char.isprintable():
            return self._insert(key.char, key.time_ms)
        name = key.name.removeprefix("KP_")
        if name in _MOVES and self.keystrokes:
            return self._move(name, selecting="shift" in key.modifiers)
        if key.name.startswith("dead_") or key.name == "Multi_key":
            self._dead = True
            return Outcome.ABSORBED
        return self._delete(forward=True) if name == "Delete" else self._closes()

    def _command(self, key: RawKey) -> Outcome:
        name = key.name.lower()
        if not key.modifiers & (_COMMANDS - {"ctrl", "control"}):
            if name == "v":
                return self._insert(PASTED, key.time_ms)
            if name == "backspace":
                return self._delete_word()
            if name in _HARMLESS_COMMANDS:
                return Outcome.SHORTCUT
        return self._closes()

    def _closes(self) -> Outcome:
        return Outcome.CLOSES if self.keystrokes else Outcome.SHORTCUT

    def _insert(self, char: str, time_ms: int) -> Outcome:
        self._delete_selection()
        self._is_unsure |= self._is_adrift
        if len(self._chars) < LONGEST_RUN:
            self._chars.insert(self._caret, ord(char))
            self._times.insert(self._caret, time_ms)
            self._caret += 1
        return Outcome.ABSORBED

    def _move(self, name: str, *, selecting: bool) -> Outcome:
        """Left and right within the run are certain. Home, End, and steps out of it or over a paste are not."""
        end = len(self._chars)
        selection = self._selection()
        target = {"Left": self._caret - 1, "Right": self._caret + 1, "Home": 0, "End": end}[name]
        if selection is not None and not selecting and name in ("Left", "Right"):
            target = selection[0] if name == "Left" else selection[1]
        if name in ("Home", "End") or not 0 <= target <= end or ord(PASTED) in self._chars:
            self._is_adrift = True
        if not selecting:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = self._caret
        self._caret = max(0, min(target, end))
        return Outcome.ABSORBED

    def _delete(self, *, forward: bool) -> Outcome:
        if self._delete_selection():
            return Outcome.ABSORBED
        if not self._chars:
            return self._closes()
        at = self._caret if forward else self._caret - 1
        self._is_unsure |= self._is_adrift
        if 0 <= at < len(self._chars):
            self._remove(at, at + 1, at)
        return Outcome.ABSORBED

    def _delete_word(self) -> Outcome:
        """Back over spaces and one word. Where punctuation touches the word, programs differ: then unsure."""
        if self._delete_selection():
            return Outcome.ABSORBED
        if not self._chars:
            return self._closes()
        before = "".join(map(chr, self._chars[: self._caret])).rstrip()
        start = len(before.rstrip(_WORD_CHARACTERS))
        if self._is_adrift or start == len(before) or (start and not before[start - 1].isspace()):
            self._is_unsure = True
        self._remove(start, self._caret, start)
        return Outcome.ABSORBED

    def _selection(self) -> tuple[int, int] | None:
        if self._anchor is None or self._anchor == self._caret:
            return None
        return min(self._anchor, self._caret), max(self._anchor, self._caret)

    def _delete_selection(self) -> bool:
        selection, self._anchor = self._selection(), None
        if selection is None:
            return False
        self._is_unsure |= self._is_adrift
        self._remove(*selection, selection[0])
        return True

    def _remove(self, start: int, end: int, caret: int) -> None:
        """Takes characters out and overwrites them. A paste is longer than its mark: its mark stays."""
        if ord(PASTED) in self._chars[start:end]:
            self._is_unsure |= end - start > 1
            return
        for at in range(start, end):
            self._chars[at] = 0
        del self._chars[start:end]
        del self._times[start:end]
        self._caret = caret


_BOUNDARY = re.compile(r"\b[a-z]{2,12} [a-z]{2,12}[.!?;] (?=[a-z]{1,12} [a-z]{2,12} )")
_NEAR = 48


def _is_plain(near: str) -> bool:
    """Lower-case words and common punctuation only, none of which names a secret."""
    return re.fullmatch(r"[a-z ,.!?;'-]*", near) is not None and not names_secret(near)
