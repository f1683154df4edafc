# SPDX-License-Identifier: Apache-2.0
"""A secret that is left half typed, by a pause, a click or a script: its first piece is kept in no stream either."""

import random
import string

import pytest

from handiwork.model.codec import encode_events
from handiwork.model.event import Observed
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawActed, RawElement, RawFrame, RawPage
from handiwork.rules.redaction.pixels import FILL
from handiwork.rules.redaction.redactor import Redactor
from handiwork.rules.redaction.unfinished import may_be_half

WINDOW, PLACE = Box(0, 0, 400, 300), Box(20, 20, 200, 30)
LEVELS: tuple[Words, ...] = ("balanced", "open")
_KEY_LIST = """
ghp_|R8kd02nfLw83jfPqZx71mVt5sYc4uBe6HaGi github_pat_|11ABCDEFG0aBcDeFgHiJkL AKIA|Q7PX4LMN2RTSW6VB
glpat-|x9Kd82nfLw83jfPq sk-proj-|Ab3dE5gH7jK9mN1p xoxb-|2048-abcDEF123456 sk_live_|4eC39HqLyjWDarjt
AIza|SyD4f5G6h7J8k9L0q1w2e3 npm_|a1B2c3D4e5F6g7H8i9 glsa_|Qw3rTy7uIo9pAsDf hvs.|CAESIJ9qkLmN2pRs4
|9f8e7d6c5b4a39281706f5e4d3c2b1a0 |q7hx2kvd9wmz4tbc8rny |Tr0ub4dor&3x
"""
"""A provider's mark, which is no secret, and what follows it."""
KEYS = [tuple(key.split("|")) for key in _KEY_LIST.split()]
_HARMLESS_LIST = """
RE24-117 room12 10x20cm B12 A320 i7-12700K 2024-01-15 getElementById JavaScript COVID-19 x86_64 v2.3.1 1080p 10am-12pm
21st PostgreSQL step10 INV-20391 PO4471 utf-8 IPv4 XMLHttpRequest MacBook LinkedIn invoice O'Neill ASIA Asia 50mg
ISO9001
"""
HARMLESS = _HARMLESS_LIST.split()
MOST_KEPT = 3
"""Characters of a beginning: "9f8", "Tr0". Where a beginning has neither mark nor figure, see the last test."""


def note(value: str = "", states: frozenset[str] = frozenset({"editable"})) -> RawElement:
    return RawElement(0, "textbox", "Note", value, PLACE, states, -1, "", ())


def page(*elements: RawElement, title: str = "") -> RawPage:
    return RawPage(0, "https://w.test/", title, WINDOW, WINDOW, elements, -1, False, "")


def kept_of(redactor: Redactor, value: str) -> str:
    """All that is kept when the field, and all else that repeats it, is shown without the keyboard."""
    field = note(value)
    seen = redactor.page(page(field, note(f"of {value}"), title=f"{value} - Notes"))
    acted = redactor.acted(RawActed(1, "change", field))
    assert isinstance(seen, Observed)
    return encode_events([seen]).decode("utf-8", "replace") + str(acted)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("before", ["", "use ", "key=", 'the "'])
def test_a_key_that_is_left_half_typed_is_kept_in_no_stream(key: tuple[str, str], before: str, level: Words) -> None:
    mark, secret = key
    for end in range(MOST_KEPT + 1, len(secret) + 1):
        redactor = Redactor(level)
        half = before + mark + secret[:end]
        told = redactor.typed(half, note()).text + kept_of(redactor, half)
        assert secret[: MOST_KEPT + 1] not in told, half


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("piece", [3, 5, 7])
def test_a_key_typed_a_few_letters_at_a_time_loses_every_piece(key: tuple[str, str], piece: int) -> None:
    mark, secret = key
    redactor, written = Redactor("open"), mark + secret
    told = "".join(redactor.typed(written[at : at + piece], note()).text for at in range(0, len(written), piece))
    parts = {secret[at : at + MOST_KEPT + 1] for at in range(len(secret) - MOST_KEPT)}
    assert sorted(part for part in parts if part in told) == []


@pytest.mark.parametrize("level", LEVELS)
def test_what_a_script_takes_the_keyboard_from_is_hidden_while_the_run_is_not_over(level: Words) -> None:
    half = "ghp_R8kd02n"
    redactor = Redactor(level)
    redactor.being_typed(f"use {half}")
    field = note(f"use {half}", frozenset({"editable", "focused"}))
    told = kept_of(redactor, f"use {half}") + str(redactor.acted(RawActed(1, "change", field)))
    assert "R8kd" not in told
    shown = page(note(f"use {half}"))
    noise = bytes(range(250)) * (4 * WINDOW.w * WINDOW.h // 250)
    pixels = redactor.frame(RawFrame(5, WINDOW, noise), [WINDOW], shown).pixels
    assert (pixels[PLACE.y : PLACE.y + PLACE.h, PLACE.x : PLACE.x + PLACE.w] == FILL).all()


def test_when_nothing_is_being_typed_any_more_the_page_is_judged_without_it() -> None:
    redactor = Redactor("open")
    shown = page(note("use q7hx2k"))
    redactor.being_typed("use q7hx2k")
    assert "q7hx" not in str(redactor.page(shown))
    redactor.being_typed("")
    assert "q7hx" in str(redactor.page(shown)), "it was finished, and is no secret"


@pytest.mark.parametrize("half", ["4111 1111", "zoe.quandt@"])
def test_half_a_number_or_address_that_was_cut_where_it_was_typed_is_cut_in_its_field(half: str) -> None:
    redactor = Redactor("open")
    told = redactor.typed(f"to {half}", note()).text + kept_of(redactor, f"to {half}")
    assert half[:8] not in told


@pytest.mark.parametrize("word", HARMLESS)
def test_codes_names_and_measures_stay_also_where_a_run_was_left(word: str) -> None:
    redactor = Redactor("open")
    assert redactor.typed(word, note()).text == word
    assert word in kept_of(redactor, word)


def test_a_word_amid_a_run_or_ended_by_a_key_that_says_so_is_whole_and_stays() -> None:
    assert Redactor("open").typed("set q7hx2k up", note()).text == "set q7hx2k up"
    assert Redactor("open").typed("set q7hx2k", note(), finished=True).text == "set q7hx2k"
    assert Redactor("open").typed("set q7hx2k ", note()).text == "set q7hx2k "


def test_of_keys_without_mark_nine_in_ten_beginnings_show_by_the_tenth_character() -> None:
    """The rest is letters alone, or letters and then figures: what words and codes look like, too."""
    chance = random.Random(11)
    for letters in (string.ascii_letters, string.ascii_lowercase, string.ascii_uppercase, "abcdef"):
        keys = ["".join(chance.choices(letters + string.digits, k=32)) for _ in range(500)]
        assert sum(may_be_half(key[:10]) for key in keys) >= 450
