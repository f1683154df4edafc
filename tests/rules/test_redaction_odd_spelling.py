# SPDX-License-Identifier: Apache-2.0
"""Words never to be kept in odd spellings, a number's last four digits, and numbers typed a few digits at a time."""

import pytest

from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.redactor import Redactor

LEVELS: list[Words] = ["balanced", "open"]
COMMENT = RawElement(0, "textbox", "Comment", "", Box(0, 0, 90, 20), frozenset({"editable"}), -1, "", ())
_SPELLING_LIST = """
h3r0n H3RON her0n h€ron h-3-r-0-n pr0j3ct_h3r0n Project_H3ron h3r0n's xh3r0nx вh3r0n ｈ３ｒ０ｎ h\u200b3r0n
noreh NOREH noreh_tcejorp tcejorp-noreh n-o-r-e-h n0r3h (noreh) noreh_2
"""
SPELLINGS = _SPELLING_LIST.split()
AMOUNT = RawElement(0, "textbox", "Amount", "", Box(0, 90, 90, 20), frozenset({"editable"}), -1, "", ())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("written", SPELLINGS)
def test_a_word_never_to_be_kept_goes_with_signs_for_letters_and_from_the_end(written: str, level: Words) -> None:
    told = Redactor(level, ("Project Heron", "Heron")).words(f"about {written} now")
    assert "never" in told.cuts
    assert not any(part in told.text.lower() for part in ("r0n", "ron", "ore", "0r3", "r-0", "o-r", "oje", "0j3"))


@pytest.mark.parametrize("word", ["Palo", "Lili", "Sosl"])
def test_a_one_is_an_i_or_an_l(word: str) -> None:
    written = word.lower().replace("l", "1").replace("o", "0")
    assert "never" in Redactor("open", (word,)).words(f"see {written} there").cuts


@pytest.mark.parametrize(
    ("never", "text"),
    [
        ("Sole", "version 5.01, 501 items in 2.50"),
        ("Heron", "3.2.0 of 30 rows, 1 + 3 = 4, 14:30 at noon!"),
        ("Reward", "the drawer is open"),
        ("Siren", "a nerissian thing"),
        ("Level", "low leverage here"),
        ("Ann", "4nn 1s here"),
        ("Isobel", "15083 1 508"),
    ],
)
def test_numbers_and_other_words_are_no_odd_spelling(never: str, text: str) -> None:
    assert "never" not in Redactor("open", (never,)).words(text).cuts


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("label", ["PIN", "Card number", "Account number"])
def test_the_last_four_digits_of_a_number_that_was_cut_go_wherever_they_stand_alone(label: str, level: Words) -> None:
    redactor = Redactor(level)
    redactor.element(RawElement(0, "textbox", label, "73914820", Box(0, 0, 9, 9), frozenset(), -1, "", ()))
    for text in ("ends in 4820", "**** 4820", "xxxx-4820", "(4820)", "４８２０"):
        assert "4820" not in redactor.words(text).text + redactor.typed(text, COMMENT).text
        assert "4820" not in redactor.title(text).text


def test_other_digits_stay_and_a_segments_end_drops_the_four() -> None:
    redactor = Redactor("open")
    redactor.words("PIN: 73914820")
    assert redactor.words("row 482, 7391 and 48201, 14820").text == "row 482, 7391 and 48201, 14820"
    redactor.forget()
    assert redactor.words("ends in 4820").text == "ends in 4820"


@pytest.mark.parametrize(
    "text", ["on 26 November 2026", "due 2026-11-26", "26.11.2026", "from May 2026 on", "11/26/2026"]
)
def test_the_year_of_a_written_date_is_no_secret_number_s_end(text: str) -> None:
    redactor = Redactor("open")
    redactor.words("PIN: 73912026")
    assert redactor.words(text).text == text


@pytest.mark.parametrize(
    "text", ["ends in 2026", "**** 2026", "2026", "may be 2026", "x-2026", "7391 2026", "4-2026", "5/2026"]
)
def test_elsewhere_it_may_be_and_is_cut(text: str) -> None:
    redactor = Redactor("open")
    redactor.words("PIN: 73912026")
    assert "2026" not in redactor.words(text).text


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("pieces", [("4111 ", "1111 ", "1111 "), ("4111", "1111", "11"), ("73 91 ", "48", "20 5")])
def test_a_long_number_typed_a_few_digits_at_a_time_goes_from_the_second_piece_on(
    pieces: tuple[str, ...], level: Words
) -> None:
    redactor = Redactor(level)
    told = [redactor.typed(piece, COMMENT) for piece in pieces]
    assert not any(char.isdigit() for one in told[1:] for char in one.text)
    assert all(one.cuts for one in told[1:])


def test_words_and_other_fields_end_a_number() -> None:
    redactor = Redactor("open")
    typed = [("2024", COMMENT), (" is 12", COMMENT), ("3500", AMOUNT), ("about 35", AMOUNT), ("12", AMOUNT)]
    assert [redactor.typed(text, field).text for text, field in typed] == [text for text, _ in typed]
