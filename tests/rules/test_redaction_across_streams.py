# SPDX-License-Identifier: Apache-2.0
"""A datum cut in one stream is cut in all: typed here, shown there, half typed, in pieces, in pictures from before."""

import numpy as np
import pytest

from handiwork.model.codec import encode_events
from handiwork.model.event import Observed
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawActed, RawElement, RawFrame, RawPage
from handiwork.rules.redaction.pixels import FILL
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.redactor import Redactor

WINDOW = Box(0, 0, 400, 300)
EDITABLE = frozenset({"editable"})
LEVELS: tuple[Words, ...] = ("interface", "balanced", "open")
NOISE = np.random.default_rng(5).integers(0, 255, (300, 400, 4), np.uint8).tobytes()

DATA = {
    "an e-mail address": "zoe.quandt@fennimore.example",
    "a card": "4111 1111 1111 1111",
    "an account": "DE89 3704 0044 0532 0130 00",
    "a token": "ghp_R8kd02nfLw83jfPqZx71mVt5sYc4uBe6HaGi",
    "a telephone number": "+44 20 7946 0958",
}
ODD = "Quagga-Nine tulip"
"""Nothing that a detector knows: only the field that it was typed into says that it is secret."""


def element(role: str, name: str, value: str = "", box: Box = WINDOW, states: frozenset[str] = EDITABLE) -> RawElement:
    return RawElement(0, role, name, value, box, states, -1, "", ())


def page(
    *elements: RawElement, focused: int = -1, title: str = "", url: str = "https://w.test/", time_ms: int = 0
) -> RawPage:
    return RawPage(time_ms, url, title, WINDOW, WINDOW, elements, focused, False, "")


def kept_of(redactor: Redactor, told: RawPage) -> str:
    """A page as it is kept, as one text."""
    seen = redactor.page(told)
    assert isinstance(seen, Observed)
    return encode_events([seen]).decode("utf-8", "replace")


NOTE = element("textbox", "Note")
SECRET = element("textbox", "Portal password")


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_typed_as_a_secret_is_cut_from_label_title_address_and_every_deed(level: Words) -> None:
    redactor = Redactor(level)
    redactor.typed(ODD, SECRET)
    ways = [ODD, ODD.upper(), ODD.replace(" ", ""), ODD.replace(" ", "-"), ODD.replace(" ", "\u200b ")]
    for text in ways:
        shown = kept_of(
            redactor,
            page(
                element("text", f"About {text}."), element("button", f"Open {text}"), element("textbox", "Note", text),
                title=f"{text} - Orders", url=f"https://w.test/of/{text}?q={text}#{text}",
            ),
        )  # fmt: skip
        acted = str(redactor.acted(RawActed(1, "click", element("link", text), (element("list", f"with {text}"),))))
        said = redactor.words(f"now {text}").text + redactor.typed(f"so {text}", NOTE).text + redactor.title(text).text
        assert "uagga" not in (shown + acted + said).lower()
        assert "UAGGA" not in shown + acted + said


@pytest.mark.parametrize("level", LEVELS)
def test_a_picture_of_a_page_from_before_hides_what_was_typed_since_in_every_box(level: Words) -> None:
    """The page and its picture wait in memory; the page was judged already, and is not told anew."""
    places = [Box(20, 20, 120, 30), Box(20, 80, 120, 30), Box(20, 140, 120, 30)]
    save = element("button", "Save", box=Box(20, 200, 120, 30))
    told = page(*(element("button", "Save tulip", box=place) for place in places), save)
    redactor = Redactor(level)
    redactor.page(told)
    redactor.frame(RawFrame(5, WINDOW, NOISE), [WINDOW], told)
    redactor.typed("tulip", SECRET)
    later = redactor.frame(RawFrame(5, WINDOW, NOISE), [WINDOW], told).pixels
    for place in places:
        assert (later[place.y : place.y + place.h, place.x : place.x + place.w] == FILL).all()
    assert not (later[200:230, 20:140] == FILL).all(), "what is harmless is shown, so that this can fail"


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_typed_is_hidden_where_it_is_read_on_the_screen(level: Words) -> None:
    redactor = Redactor(level)
    lines = [
        ReadLine(Box(20, 40 * row, 150, 20), Reading(text, (1.0,) * len(text), tuple(np.linspace(0, 1, len(text)))))
        for row, text in enumerate(["Save", "Save tulip"])
    ]
    redactor.typed("tulip", SECRET)
    shown = redactor.frame(RawFrame(5, WINDOW, NOISE), [WINDOW], None, lines).pixels
    assert not (shown[0:20, 20:170] == FILL).all()
    assert (shown[40:60, 100:170] == FILL).all()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", DATA)
def test_half_a_datum_that_the_page_repeats_while_it_is_being_typed_is_kept_in_no_place(
    kind: str, level: Words
) -> None:
    datum, kept = DATA[kind], ""
    redactor = Redactor(level)
    for end in range(4, len(datum) + 1):
        half = datum[:end]
        field = element("textbox", "Note", f"write {half}")
        told = page(
            field, element("heading", f"Hello {half}"), element("link", half), element("textbox", "Preview", half),
            focused=0, title=f"To {half}", url=f"https://w.test/to/{half}",
        )  # fmt: skip
        kept += kept_of(redactor, told)
        kept += str(redactor.acted(RawActed(1, "click", element("link", f"Look for {half}"))))
    parts = {datum[at : at + 6] for at in range(len(datum) - 5)}
    assert sorted(part for part in parts if part in kept) == []


def test_a_plain_word_that_is_being_typed_stays_in_the_list_of_what_was_found() -> None:
    told = page(element("textbox", "Find", "invoice"), element("option", "invoice for oranges"), focused=0)
    assert "invoice for oranges" in kept_of(Redactor("open"), told)


def boxes(typed: str, width: int = 34) -> list[RawElement]:
    """Fields for one character each, side by side."""
    return [element("textbox", f"Digit {at}", char, Box(10 + 46 * at, 40, width, 40)) for at, char in enumerate(typed)]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("code", ["4815", "481516", "K7QX2M9Z"])
def test_a_code_in_fields_of_one_character_each_is_kept_in_no_stream(code: str, level: Words) -> None:
    redactor = Redactor(level)
    kept_of(redactor, page(*boxes(" " * len(code))))
    typed = "".join(redactor.typed(char, field).text for char, field in zip(code, boxes(code), strict=True))
    changed = [redactor.element(field) for field in boxes(code)]
    seen = redactor.page(page(*boxes(code)))
    assert isinstance(seen, Observed)
    assert set(typed) & set(code.upper()) == set()
    assert {one.value for one in (*seen.elements, *changed)} == {"<password>"}


@pytest.mark.parametrize("fields", [boxes("123"), boxes("4815", width=200)], ids=["a date", "wide fields"])
def test_other_fields_side_by_side_are_no_code(fields: list[RawElement]) -> None:
    seen = Redactor("open").page(page(*fields))
    assert isinstance(seen, Observed)
    assert "".join(one.value for one in seen.elements) == "".join(field.value for field in fields)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("half", ["zoe.quandt@", "to zoe.quandt@fen", "@fennimore.example", "to zoe.quandt@ "])
def test_half_an_address_whose_rest_was_chosen_by_the_mouse_is_cut(half: str, level: Words) -> None:
    typed = Redactor(level).typed(half, NOTE)
    assert "quandt" not in typed.text
    assert "fenn" not in typed.text


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("missing", [1, 2, 4])
@pytest.mark.parametrize("kind", ["a card", "an account", "a telephone number"])
def test_a_number_whose_last_digits_were_clicked_on_the_screen_is_cut_where_it_was_typed(
    kind: str, missing: int, level: Words
) -> None:
    typed = Redactor(level).typed(f"pay {DATA[kind][:-missing]}", NOTE)
    digits = "".join(filter(str.isdigit, DATA[kind]))
    assert digits[2:6] not in "".join(filter(str.isdigit, typed.text))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "text", ["ghp_R8kd\ufffc", "\ufffcmVt5sYc4uBe6HaGi", "zoe.quandt\ufffc", "so 4111 1111\ufffc ok"]
)
def test_what_touches_a_paste_is_cut_with_it(text: str, level: Words) -> None:
    typed = Redactor(level).typed(text, NOTE).text
    assert not any(part in typed for part in ("ghp", "R8kd", "mVt5", "HaGi", "quandt", "4111", "1111"))


@pytest.mark.parametrize("level", LEVELS)
def test_a_word_of_a_secret_that_was_dragged_elsewhere_is_cut_there_and_everybodys_words_are_not(level: Words) -> None:
    redactor = Redactor(level)
    redactor.typed("Orderly gannetwing-4711", SECRET)
    for shown in (
        page(element("textbox", "Memo", "so gannetwing")),
        page(element("text", "Gannetwing")),
        page(title="4711 gannetwing"),
    ):
        assert "annetwing" not in kept_of(redactor, shown)
    assert "Order" in kept_of(redactor, page(element("button", "Order")))
