# SPDX-License-Identifier: Apache-2.0
"""The keystroke buffer: what stands in the field is what it says, or it says that it doesn't know."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.model.raw import RawKey
from handiwork.rules.redaction.keystrokes import LONGEST_RUN, PASTED, UNSURE, KeystrokeBuffer, Outcome
from handiwork.rules.redaction.redactor import Redactor

NAMED = {
    "<": "Left",
    ">": "Right",
    "^": "Home",
    "$": "End",
    "#": "BackSpace",
    "~": "Delete",
    "\n": "Return",
    "\t": "Tab",
}


def key(name: str, char: str = "", *modifiers: str, t: int = 0, pressed: bool = True) -> RawKey:
    return RawKey(t, name, char, pressed, False, frozenset(modifiers), False)


def typed(*steps: str | RawKey) -> KeystrokeBuffer:
    """A buffer after those keys: plain characters, or one of NAMED."""
    buffer, t = KeystrokeBuffer(), 100
    for step in steps:
        for one in [step] if isinstance(step, RawKey) else step:
            t += 10
            if isinstance(one, str):
                one = key(NAMED[one], t=t) if one in NAMED else key(one, one, t=t)
            buffer.feed(one)
    return buffer


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("hello", "hello"),
        ("helo<l", "hello"),
        ("helllo<#", "hello"),
        ("hexllo<<<<~", "hello"),
        ("x##", ""),
        ("hello<<<<<#", "hello"),
        ("hello~", "hello"),
    ],
)
def test_corrections_are_applied(keys: str, text: str) -> None:
    assert typed(keys).text == text


def test_selected_text_is_replaced() -> None:
    left = key("Left", "", "shift")
    assert typed("hallo", left, left, left, left, "ello").text == "hello"
    assert typed("hello you", left, left, left, key("BackSpace")).text == "hello "
    assert typed("hello", left, left, "<", "p").text == "helplo"


def test_ctrl_backspace_takes_a_word_and_is_unsure_at_punctuation() -> None:
    erase = key("BackSpace", "\x08", "ctrl")
    assert typed("hello my word", erase).text == "hello my "
    assert typed("hello my word  ", erase, erase).text == "hello "
    assert UNSURE in typed("see ann@example", erase).text
    assert UNSURE in typed("well...", erase).text


@pytest.mark.parametrize("keys", ["1111^4111", "1111<<<<<4111", "1111$4", "1111>4", "11^#11", "11^~", "1^$1"])
def test_a_caret_that_may_have_left_the_run_makes_it_unsure(keys: str) -> None:
    buffer = typed(keys)
    assert UNSURE in buffer.text
    assert Redactor("open").typed(buffer.text, None).text == "<unsure>"
    buffer.clear()
    assert buffer.text == ""


def test_a_move_alone_makes_nothing_unsure() -> None:
    assert typed("hello^").text == "hello"


def test_a_paste_leaves_a_mark_that_no_correction_removes() -> None:
    paste = key("v", "\x16", "ctrl")
    assert typed("a", paste, "b").text == f"a{PASTED}b"
    assert typed(key("Insert", "", "shift")).text == PASTED
    assert typed(paste, "###").text == PASTED
    assert UNSURE in typed("a", paste, "<<b").text
    left = key("Left", "", "shift")
    assert UNSURE in typed("a", paste, left, left, "b").text


@pytest.mark.parametrize(
    ("last", "empty", "running"),
    [
        (key("Return", "\r"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("Tab", "\t"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("Escape", "\x1b"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("Up"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("Left"), Outcome.SHORTCUT, Outcome.ABSORBED),
        (key("BackSpace", "\x08"), Outcome.SHORTCUT, Outcome.ABSORBED),
        (key("F5"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("c", "\x03", "ctrl"), Outcome.SHORTCUT, Outcome.SHORTCUT),
        (key("a", "\x01", "ctrl"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("x", "\x18", "ctrl"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("z", "\x1a", "ctrl"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("v", "\x16", "ctrl"), Outcome.ABSORBED, Outcome.ABSORBED),
        (key("Tab", "\t", "alt"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("Shift_L"), Outcome.IGNORED, Outcome.IGNORED),
        (key("b", "b", pressed=False), Outcome.IGNORED, Outcome.IGNORED),
        (key("space", " "), Outcome.ABSORBED, Outcome.ABSORBED),
        (key("at", "@", "altgr"), Outcome.ABSORBED, Outcome.ABSORBED),
        (key("KP_1", "1"), Outcome.ABSORBED, Outcome.ABSORBED),
        (key("KP_Enter", "\r"), Outcome.SHORTCUT, Outcome.CLOSES),
        (key("dead_acute"), Outcome.ABSORBED, Outcome.ABSORBED),
    ],
)
def test_each_key_is_absorbed_closes_the_run_or_is_recorded_by_name(
    last: RawKey, empty: Outcome, running: Outcome
) -> None:
    assert KeystrokeBuffer().feed(last) is empty
    assert typed("hello").feed(last) is running


def test_times_and_counts_cover_the_run_and_clear_resets_them() -> None:
    buffer = typed("helllo<#")
    assert (buffer.started_ms, buffer.last_ms, buffer.keystrokes) == (110, 180, 8)
    buffer.clear()
    assert (buffer.started_ms, buffer.last_ms, buffer.keystrokes) == (0, 0, 0)


def clear(text: str) -> bool:
    """Whether the redactor has nothing to cut."""
    return not Redactor("open").words(text).cuts


def test_a_long_run_can_be_closed_at_a_sentence_amid_plain_words() -> None:
    text = "we agreed on the plan and the price of it all yesterday. please send the offer to them as soon as you can "
    buffer = typed(text)
    at = buffer.safe_prefix(clear)
    assert text[:at] == "we agreed on the plan and the price of it all yesterday. "
    run = buffer.take(at)
    assert run.text + buffer.text == text
    assert (run.started_ms, buffer.started_ms) == (110, 110 + 10 * at)
    assert run.keystrokes + buffer.keystrokes == len(text)
    typed_on = buffer.feed(key("x", "x", t=9999))
    assert typed_on is Outcome.ABSORBED
    assert buffer.text.endswith("can x")


@pytest.mark.parametrize(
    "text",
    [
        "my number is over four one. one one one and so on it goes 4",
        "correct horse battery staple lamp",
        "the password was this here. wool socks in the long hall ",
        "call Anna Berg about it soon. she is the one who knows it ",
        "we met at noon. ann@example.org is who you should write to ",
        "version two. one",
    ],
)
def test_no_run_is_closed_near_anything_that_may_be_a_secret(text: str) -> None:
    assert typed(text).safe_prefix(clear) == 0


def test_a_run_without_end_holds_a_bounded_text_that_is_cut() -> None:
    buffer = typed("a" * (LONGEST_RUN + 10))
    assert len(buffer.text) == LONGEST_RUN
    assert Redactor("open").typed(buffer.text, None).cuts == ("too long",)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab1 #~<>", max_size=40))
def test_the_text_is_what_an_editor_would_show_or_it_is_unsure(keys: str) -> None:
    shown, caret, left = "", 0, False
    for one in keys:
        if one == "#":
            shown, caret = (shown[: caret - 1] + shown[caret:], caret - 1) if caret else (shown, 0)
        elif one == "~":
            shown = shown[:caret] + shown[caret + 1 :]
        elif one in "<>":
            left |= not 0 <= caret + (1 if one == ">" else -1) <= len(shown)
            caret = min(max(caret + (1 if one == ">" else -1), 0), len(shown))
        else:
            shown, caret = shown[:caret] + one + shown[caret:], caret + 1
    text = typed(keys).text
    assert text == shown or (left and UNSURE in text)


def composed(keys: str, *commits: str | tuple[str, int]) -> str:
    """What stands in the run after those keys, and what an input method then says it wrote (text, ms later)."""
    buffer = typed(*keys) if keys else KeystrokeBuffer()
    for commit in commits:
        text, later = commit if isinstance(commit, tuple) else (commit, 5)
        buffer.compose(text, buffer.last_ms + later)
    return buffer.text


def test_composed_text_takes_the_place_of_the_keys_that_it_was_composed_of() -> None:
    assert composed("nihao ", "你好") == "你好"
    assert composed("nihao2", "你好") == "你好"
    assert composed("report for nihao ", "你好") == "report for 你好"


def test_an_accent_takes_the_place_of_its_letter_and_one_that_a_key_wrote_is_left_alone() -> None:
    buffer = typed("c", "a", "f", key("dead_acute", "", t=1_000), key("e", "e", t=1_010))
    buffer.compose("é", 1_020)
    assert buffer.text == "café"
    assert composed("café", "é") == "café"


def test_the_next_word_is_composed_behind_the_last_one() -> None:
    buffer = typed(*"nihao ")
    buffer.compose("你好", buffer.last_ms + 5)
    for at, letter in enumerate("shijie "):
        buffer.feed(key(letter, letter, t=buffer.last_ms + 10 + at))
    buffer.compose("世界", buffer.last_ms + 5)
    assert buffer.text == "你好世界"


def test_text_that_no_key_can_have_written_is_not_taken_for_typed() -> None:
    assert composed("", "你好") == ""
    assert composed("nihao ", ("你好", 5_000)) == "nihao "
    buffer = typed("a", key("v", "v", "ctrl", t=2_000))
    buffer.compose("geheimes Wörterbuch", 2_010)
    assert buffer.text == "a" + PASTED


def test_composed_text_at_an_unknown_place_makes_the_run_unsure() -> None:
    assert UNSURE in composed("ni^hao ", "你好")
