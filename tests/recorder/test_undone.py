# SPDX-License-Identifier: Apache-2.0
"""What is taken back while it is being typed is kept in no stream: nobody here knows how much of it was taken back."""

import pytest

from handiwork.model.event import Event, Key, Typed
from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement, RawKey
from handiwork.recorder.kept.typing import TypingRun
from handiwork.rules.redaction.redactor import Redactor

FIELD = RawElement(0, "textbox", "Note", "", Box(0, 0, 200, 20), frozenset({"editable"}), -1, "", ())
UNDONE = "whinchat meadow pipit"


def typed(text: str, *chord: str) -> tuple[Redactor, list[Event]]:
    """The run, and a key with Ctrl right after it."""
    redactor, run = Redactor("open"), TypingRun()
    events: list[Event] = []
    for at, char in enumerate(text):
        events += run.key(RawKey(1_000 + 10 * at, char, char, True, False, frozenset(), False), FIELD, redactor, "full")
    *held, name = chord
    last = RawKey(2_000, name, "", True, False, frozenset({"ctrl", *held}), False)
    return redactor, events + run.key(last, FIELD, redactor, "full")


@pytest.mark.parametrize("chord", [("z",), ("shift", "Z"), ("shift", "z"), ("y",)])
def test_what_was_undone_while_it_was_typed_is_cut_and_the_undoing_is_told(chord: tuple[str, ...]) -> None:
    redactor, events = typed(UNDONE, *chord)
    assert [type(one) for one in events] == [Typed, Key]
    assert isinstance(events[0], Typed)
    assert (events[0].text, events[0].cuts, events[0].keystrokes) == ("<unsure>", ("unsure",), len(UNDONE))
    again = RawElement(0, "text", f"a copy of {UNDONE}", "", Box(0, 0, 9, 9), frozenset(), -1, "", ())
    assert "whinchat" not in str(redactor.element(again))


def test_another_command_leaves_what_was_typed() -> None:
    _, events = typed(UNDONE, "b")
    assert isinstance(events[0], Typed)
    assert events[0].text == UNDONE
