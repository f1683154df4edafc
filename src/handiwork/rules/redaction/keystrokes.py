# SPDX-License-Identifier: Apache-2.0
"""A run of typing as text: what the keys wrote, after corrections, for as long as that can be known for certain.

Never a log of keys: no time of a single key leaves it, and `clear` overwrites what it held. Input methods and dead
keys compose behind its back: it holds the letters that the keys themselves gave.
"""

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from handiwork.model.raw import RawKey
from handiwork.rules.redaction.hints import names_secret

PASTED = "\ufffc"
"""Stands in the text where something was pasted that nobody here has seen."""

UNSURE = "\ufffd"
"""Stands in the text where the caret was at an unknown place: the run can't be judged, and is cut whole."""

LONGEST_RUN = 8_000
"""Characters; twice what the redactor judges. Beyond it nothing is added: such a run is cut whole anyway."""


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


@dataclass(frozen=True)
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
_MOVES = frozenset({"Left", "Right", "Home", "End", "KP_Left", "KP_Right", "KP_Home", "KP_End"})
_HARMLESS_COMMANDS = frozenset({"c", "s", "insert"})


class KeystrokeBuffer:
    """The text of one run with its caret. A caret that leaves the run, or can't be known, never makes text up."""

    def __init__(self) -> None:
        self._chars: array[int] = array("L")
        self._times: array[int] = array("Q")
        self._caret = 0
        self._anchor: int | None = None
        self.keystrokes = 0
        self.started_ms = 0
        self.last_ms = 0

    @property
    def text(self) -> str:
        """What stands in the run now; PASTED and UNSURE mark what isn't known."""
        return "".join(map(chr, self._chars))

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

    def clear(self) -> None:
        """Ends the run. Overwrites the characters first, as well as Python allows."""
        for at in range(len(self._chars)):
            self._chars[at] = 0
        self._chars, self._times = array("L"), array("Q")
        self._caret, self._anchor = 0, None
        self.keystrokes = self.started_ms = self.last_ms = 0

    def safe_prefix(self, is_clear: Callable[[str], bool]) -> int:
        """How many characters may already be closed with no risk of cutting through a secret; 0 if none.

        Only up to the end of a sentence amid plain lower-case words, with nothing like a number or a secret's name
        near, and only if the caret is at the end. `is_clear` says whether a text needs no cut at all.
        """
        text = self.text
        if self._caret != len(text) or self._anchor is not None or PASTED in text or UNSURE in text:
            return 0
        for boundary in reversed(list(_BOUNDARY.finditer(text))):
            at = boundary.end("left")
            near = text[max(0, at - _NEAR) : at + _NEAR]
            if _is_plain(near) and is_clear(text[:at]) and is_clear(text):
                return at
        return 0

    def take(self, length: int) -> Run:
        """Takes the first `length` characters out of the run, which goes on with the rest."""
        text = self.text[:length]
        rest_from = self._times[length] if length < len(self._times) else self.last_ms
        taken = Run(text, min(len(text), self.keystrokes), self.started_ms, self._times[length - 1])
        for at in range(length):
            self._chars[at] = 0
        del self._chars[:length]
        del self._times[:length]
        self._caret = max(0, self._caret - length)
        self.keystrokes = max(len(self._chars), self.keystrokes - taken.keystrokes)
        self.started_ms = rest_from
        return taken

    def _outcome(self, key: RawKey) -> Outcome:
        if key.modifiers & _COMMANDS:
            return self._command(key)
        if key.name == "Insert" and "shift" in key.modifiers:
            return self._insert(PASTED, key.time_ms)
        if key.name in _MOVES:
            return self._move(key.name.removeprefix("KP_"), selecting="shift" in key.modifiers)
        if key.name in ("BackSpace", "Delete", "KP_Delete") and not (key.char and key.char.isprintable()):
            return self._delete(forward=key.name != "BackSpace")
        if key.name.startswith("dead_") or key.name == "Multi_key":
            return Outcome.ABSORBED
        if len(key.char) == 1 and key.char.isprintable():
            return self._insert(key.char, key.time_ms)
        return self._closes()

    def _command(self, key: RawKey) -> Outcome:
        name = key.name.lower()
        only_ctrl = not key.modifiers & (_COMMANDS - {"ctrl", "control"})
        if only_ctrl and name == "v":
            return self._insert(PASTED, key.time_ms)
        if only_ctrl and name == "backspace":
            return self._delete_word()
        if only_ctrl and name in _HARMLESS_COMMANDS:
            return Outcome.SHORTCUT
        return self._closes()

    def _closes(self) -> Outcome:
        return Outcome.CLOSES if self.keystrokes else Outcome.SHORTCUT

    def _insert(self, char: str, time_ms: int) -> Outcome:
        self._delete_selection()
        if len(self._chars) < LONGEST_RUN:
            self._chars.insert(self._caret, ord(char))
            self._times.insert(self._caret, time_ms)
            self._caret += 1
        return Outcome.ABSORBED

    def _move(self, name: str, *, selecting: bool) -> Outcome:
        """Within the run the caret is known. A move that may leave it ends it, or makes it unsure."""
        if not self.keystrokes:
            return Outcome.SHORTCUT
        end = len(self._chars)
        target = {"Left": self._caret - 1, "Right": self._caret + 1, "Home": 0, "End": end}[name]
        if self._anchor is not None and not selecting and name in ("Left", "Right"):
            pair = sorted((self._anchor, self._caret))
            target = pair[0] if name == "Left" else pair[1]
        if name in ("Home", "End") and target != self._caret:
            self._mark_unsure()  # the field may hold more than the run
        elif not 0 <= target <= end:
            return Outcome.CLOSES
        self._anchor = (self._caret if self._anchor is None else self._anchor) if selecting else None
        self._caret = min(target, len(self._chars))
        return Outcome.ABSORBED

    def _mark_unsure(self) -> None:
        if UNSURE not in self.text:
            self._chars.append(ord(UNSURE))
            self._times.append(self.last_ms)

    def _delete(self, *, forward: bool) -> Outcome:
        if self._delete_selection():
            return Outcome.ABSORBED
        at = self._caret if forward else self._caret - 1
        if not 0 <= at < len(self._chars):
            return self._closes()
        self._remove(at, at + 1)
        return Outcome.ABSORBED

    def _delete_word(self) -> Outcome:
        """Back over spaces and one word. Where punctuation touches the word, programs differ: then unsure."""
        if self._delete_selection():
            return Outcome.ABSORBED
        if not self._caret:
            return self._closes()
        before = self.text[: self._caret]
        start = len(before.rstrip()) - len(re.findall(r"\w*$", before.rstrip())[0])
        if start == len(before.rstrip()) or (start and not before[start - 1].isspace()):
            self._mark_unsure()
            start = min(start, self._caret - 1)
        self._remove(start, self._caret)
        return Outcome.ABSORBED

    def _delete_selection(self) -> bool:
        anchor, self._anchor = self._anchor, None
        if anchor is None or anchor == self._caret:
            return False
        self._remove(min(anchor, self._caret), max(anchor, self._caret))
        return True

    def _remove(self, start: int, end: int) -> None:
        for at in range(start, end):
            self._chars[at] = 0
        del self._chars[start:end]
        del self._times[start:end]
        self._caret = start


_WORDS = r"[a-z]{2,12} [a-z]{2,12}"
_BOUNDARY = re.compile(rf"(?P<left>\b{_WORDS}[.!?;]) (?={_WORDS} )")
_NEAR = 48


def _is_plain(near: str) -> bool:
    """Lower-case words and common punctuation only, none of which names a secret."""
    return re.fullmatch(r"[a-z ,.!?;'-]*", near) is not None and not names_secret(near)
