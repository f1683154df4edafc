# SPDX-License-Identifier: Apache-2.0
"""What the leak audit finds in kept events, however it is written down; and what it leaves alone."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.derive.leaks.judge import OVERLAP, WINDOW, Find, Judge
from handiwork.derive.leaks.names import names_by
from handiwork.derive.leaks.texts import Piece, pieces
from handiwork.derive.leaks.variants import variants
from handiwork.model.event import Acted, Clipboard, Element, Event, Foreground, Frame, Key, Note, Observed, Tile, Typed
from handiwork.model.geometry import Box

BOX = Box(0, 0, 10, 10)
EMAIL, CARD, IBAN = "jane.roe@example.org", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00"
KEY = "AKIAIOSFODNN7EXAMPLE"
WORD = "Project Heron"


def element(name: str = "", value: str = "", role: str = "text", cuts: tuple[str, ...] = ()) -> Element:
    return Element(role, name, value, BOX, (), -1, cuts)


def seen(*elements: Element, url: str = "https://work.example/", title: str = "Work") -> Observed:
    return Observed(t=5, url=url, title=title, bounds=BOX, elements=elements, focused=-1, truncated=False)


def typed(text: str, t: int = 5) -> Typed:
    return Typed(t=t, t_end=t + 1, text=text, keystrokes=9)


def finds(*events: Event, read: tuple[Piece, ...] = ()) -> list[Find]:
    return list(Judge((WORD,)).finds(events, read))


def found(*events: Event) -> set[tuple[str, str, str]]:
    return {(find.leak.stream, find.leak.kind, find.leak.how) for find in finds(*events)}


STREAMS: dict[str, Callable[[str], Event]] = {
    "text": typed,
    "notes": lambda text: Note(t=5, kind="goal", text=text),
    "element": lambda text: seen(element(value=text)),
    "address": lambda text: seen(url=f"https://work.example/{text}"),
    "title": lambda text: Foreground(t=5, app="a", site="", title=text, bounds=BOX),
    "keys": lambda text: Key(t=5, name=text, modifiers=(), pressed=True),
}


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize(
    ("datum", "kind"), [(EMAIL, "email"), (CARD, "card"), (KEY, "secret"), ("project-heron", "never")]
)
def test_a_datum_is_found_in_every_stream(stream: str, datum: str, kind: str) -> None:
    assert (stream, kind, "as it stands") in found(STREAMS[stream](datum))


def test_a_datum_of_an_element_acted_on_and_of_what_it_lies_in_is_found() -> None:
    deed = Acted(t=5, what="click", element=element("Save"), ancestry=(element(f"Chat with {EMAIL}"),))
    assert ("element", "email", "as it stands") in found(deed)


WRITTEN = {
    "base64": base64.b64encode(EMAIL.encode()).decode(),
    "hexadecimal": EMAIL.encode().hex(),
    "reversed": f"x{WORD[::-1]}",  # as a word of its own the redactor knows it
    "spaced out": " ".join(EMAIL),
    "base64, base64": base64.b64encode(base64.b64encode(EMAIL.encode())).decode(),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_datum_is_found_however_it_is_written_down(how: str) -> None:
    kind = "never" if how == "reversed" else "email"
    assert ("text", kind, how) in found(typed(f"see {WRITTEN[how]} there"))


def test_what_is_spread_over_neighbours_is_found_where_it_begins() -> None:
    assert ("text", "card", "across neighbours") in found(typed("4111 1111", 5), typed(" 1111 1111", 6))
    assert ("element", "email", "across neighbours") in found(seen(element("jane.roe"), element("@example.org")))
    boxes = [element(value=part, role="textbox") for part in ("4111", "1111", "1111", "1111")]
    assert ("element", "card", "across neighbours") in found(seen(*boxes))


def test_a_calendar_beside_itself_is_no_card() -> None:
    days = [element(str(day)) for day in range(1, 32)]
    assert not {kind for _, kind, how in found(seen(*days)) if how == "across neighbours"}


def test_marks_of_what_was_cut_are_no_find_and_join_nothing() -> None:
    kept: list[Event] = [
        typed("Password: <secret>, card <card 1>, mail <email 12>"),
        typed("4111 1111 <content 12 chars> 1111 1111"),
        seen(element("<person 1>", "<content 30 chars>", cuts=("content",)), title="<never 1> plan"),
    ]
    assert found(*kept) == set()


def test_digests_of_tiles_and_classes_of_cuts_are_not_read_as_text() -> None:
    frame = Frame(t=5, region=BOX, tiles=(Tile(BOX, "9f86d081884c7d65", b""),), masked_share=0.0, why="settled")
    assert list(pieces([frame, seen(element("Save", cuts=("email",)))])) != []
    assert found(frame, seen(element("Save", cuts=("email",)))) == set()


def test_ordinary_work_is_clean() -> None:
    assert found(
        seen(element("Save", role="button"), element("File"), element("Due in 3 days"), title="Invoices"),
        typed("the march totals are in the second sheet"),
        Clipboard(t=5, operation="copy"),
        Key(t=6, name="ctrl+s", modifiers=("ctrl",), pressed=True),
    ) == set()  # fmt: skip


def test_a_text_longer_than_any_detector_takes_is_read_to_its_end() -> None:
    filler = "plain words and more of them. " * 400
    for place in (WINDOW - 10, WINDOW - OVERLAP, len(filler) - 5):
        text = f"{filler[:place]} {EMAIL} {filler[place:]}"
        assert ("text", "email", "as it stands") in found(typed(text)), place


def test_lines_read_in_pictures_are_judged_alone_and_beside_each_other() -> None:
    read = Piece(7, "pixels", EMAIL), Piece(7, "pixels", "4111 1111"), Piece(7, "pixels", "1111 1111")
    leaks = {(find.leak.stream, find.leak.kind, find.leak.t) for find in finds(read=read)}
    assert leaks == {("pixels", "email", 7), ("pixels", "card", 7)}


def test_the_same_datum_of_a_stream_is_told_once() -> None:
    assert len(finds(typed(EMAIL, 1), typed(EMAIL, 2), typed(f"to {EMAIL}", 3))) == 1


def test_no_find_shows_its_content() -> None:
    (find,) = finds(typed(EMAIL))
    assert "jane" not in repr(find)
    assert "jane" not in repr(next(iter(pieces([typed(EMAIL)]))))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    for find in finds(typed(text), seen(element(text), element(text[::-1]))):
        assert find.leak.kind


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([lambda b: base64.b64encode(b).decode(), bytes.hex]))
def test_any_coded_bytes_can_be_looked_into(data: bytes, code: Callable[[bytes], str]) -> None:
    assert all(len(text) <= 5_000 for _, text in variants(code(data)))


def test_what_a_language_model_calls_a_name_is_a_find_unless_it_is_everybodys_word() -> None:
    def reader(text: str) -> list[tuple[int, int]]:
        return [(at, at + len(word)) for word in ("Zanele", "Thursday", "Save") if (at := text.find(word)) >= 0]

    judge = Judge((), (names_by(reader, 1_000),))
    kept: list[Event] = [typed("Thursday: Zanele wrote"), seen(element("Save"))]
    assert [find.text for find in judge.finds(kept) if find.leak.kind == "name"] == ["Zanele"]
    assert not [find for find in judge.finds(kept, personal=False) if find.leak.kind == "name"]


def test_a_name_in_a_text_longer_than_the_model_takes_is_found_and_one_that_nobody_read_is_told() -> None:
    def reader(text: str) -> list[tuple[int, int]]:
        assert len(text) <= 1_000
        return [(at, at + 6)] if (at := text.find("Zanele")) >= 0 else []

    text = "plain words in a row " * 140 + "Zanele" + " and more of them" * 20
    assert "Zanele" in [find.text for find in Judge((), (names_by(reader, 1_000),)).finds([typed(text)])]
    assert "unread" in [
        find.leak.kind for find in Judge((), (names_by(lambda _: None, 1_000),)).finds([typed("Ask Zanele")])
    ]
