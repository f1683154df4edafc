# SPDX-License-Identifier: Apache-2.0
"""One mark for one datum in a segment, in every stream; at its end nothing in memory leads from mark to datum."""

import gc
from collections.abc import Iterator

import pytest

from handiwork.model.event import Observed
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawActed, RawElement, RawPage
from handiwork.rules.redaction.redactor import Redactor

NAME, MAIL = "Zanele Mkhwanazi", "zanele.m@example.org"
BOX = Box(0, 0, 200, 100)


def element(role: str, name: str, value: str = "") -> RawElement:
    return RawElement(0, role, name, value, Box(10, 10, 100, 20), frozenset(), -1, "", ())


def used(level: Words) -> tuple[Redactor, list[str]]:
    """A redactor that has met both data in every stream, and every text that it gave."""
    redactor = Redactor(level)
    note = element("textbox", "Note")
    page = RawPage(0, f"https://w.example.org/{MAIL}", NAME, BOX, BOX, (element("text", MAIL), note), -1, False, "")
    seen = redactor.page(page)
    assert isinstance(seen, Observed)
    kept = [seen.url, seen.title, *(one.name for one in seen.elements)]
    kept += [redactor.typed(f"{NAME} {MAIL}"[:60], note).text, redactor.words(f"ask {MAIL}").text]
    kept += [str(redactor.acted(RawActed(1, "click", element("link", f"{NAME} <{MAIL}>"))))]
    return redactor, kept


def reachable(root: object) -> Iterator[object]:
    """Everything that lives as long as this object, modules and classes aside."""
    met, waiting = {id(root)}, [root]
    while waiting:
        one = waiting.pop()
        yield one
        for more in gc.get_referents(one):
            if id(more) not in met and not isinstance(more, type) and type(more).__name__ not in ("module", "function"):
                met.add(id(more))
                waiting.append(more)


def holding(root: object) -> list[str]:
    return [one for one in reachable(root) if isinstance(one, str) and "zanele" in one.lower()]


@pytest.mark.parametrize("level", ["interface", "balanced", "open"])
def test_at_a_segments_end_nothing_that_the_redactor_holds_has_a_datum_in_it(level: Words) -> None:
    redactor, _ = used(level)
    assert holding(redactor), "the attack would see it"
    redactor.forget()
    assert holding(redactor) == []


@pytest.mark.parametrize("level", ["interface", "balanced", "open"])
def test_no_cache_outlives_the_redactor(level: Words) -> None:
    import sys

    before, _ = used(level)
    del before
    gc.collect()
    modules = [module for name, module in sys.modules.items() if name.startswith("handiwork.")]
    assert [text for module in modules for text in holding(vars(module))] == []


def test_one_datum_has_one_mark_in_every_stream_of_a_segment() -> None:
    _, kept = used("open")
    marks = {mark for text in kept for mark in ("<email 1>", "<email 2>") if mark in text}
    assert marks == {"<email 1>"}
    assert not any(MAIL in text for text in kept)
