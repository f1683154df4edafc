# SPDX-License-Identifier: Apache-2.0
"""Every text detector together, against one detector of a library that many use: phonenumbers' own search for numbers.

Texts are what interfaces show and people type, a quarter of them with something to cut. The page has 200 elements, as
many as the extension ever tells of. Each text is new to the redactor, so that no memory of earlier answers helps.
"""

import random
import statistics
import time

import phonenumbers

from bench.report import Report, at_least, at_most, in_turn
from handiwork.model.geometry import Box
from handiwork.model.raw import RawElement, RawPage
from handiwork.rules.redaction.redactor import Redactor

TEXTS = 300
ROUNDS = 5
PAGE_BUDGET_MS = 100.0
"""A page is told of at most a few times a second, and only when it changed."""

PLAIN = (
    "Save changes", "Order {n} shipped on Monday", "Search in all documents", "Total: {n}.50 EUR", "Ticket {n} is open",
    "The meeting moved to half past three, please bring the printed report", "Row {n}, column 4", "Version 2.{n}",
    "Could you look at the draft before noon? Section {n} is still missing a figure.",
)  # fmt: skip
SENSITIVE = (
    "write to anna.{n}@example.org please", "card 4111 1111 1111 1111 exp {n}", "password=Grebe-{n}-falter",
    "call me at +44 20 7946 0{n}", "IBAN GB82 WEST 1234 5698 7654 32 ref {n}",
)  # fmt: skip


def measure() -> Report:
    """About twenty seconds."""
    chance = random.Random(7)
    rounds = iter([_texts(chance) for _ in range(2 * (ROUNDS + 1))])
    pages = iter([_page(chance) for _ in range(ROUNDS + 1)])
    each: list[float] = []

    def ours() -> None:
        redactor = Redactor("balanced")
        for text in next(rounds):
            began = time.perf_counter()
            redactor.words(text)
            each.append(time.perf_counter() - began)

    def phones_alone() -> None:
        for text in next(rounds):
            list(phonenumbers.PhoneNumberMatcher(text, "GB"))

    def page() -> None:
        Redactor("balanced").page(next(pages))

    seen = Redactor("balanced")
    copies = iter([_page(random.Random(7)) for _ in range(ROUNDS + 2)])
    seen.page(next(copies))

    def page_again() -> None:
        seen.page(next(copies))

    all_detectors, one_detector, whole_page, told_again = (
        statistics.median(s) for s in in_turn(ROUNDS, ours, phones_alone, page, page_again)
    )
    ratio = one_detector / all_detectors
    page_ms = 1e3 * whole_page
    return Report(
        bench="redaction_text",
        figures={
            "us_per_text": 1e6 * all_detectors / TEXTS,
            "p99_us": 1e6 * statistics.quantiles(each, n=100)[98],
            "page_of_200_elements_ms": page_ms,
            "the_same_page_told_again_ms": 1e3 * told_again,
        },
        peers={"phonenumbers_search_us_per_text": 1e6 * one_detector / TEXTS},
        ratios={"phonenumbers_search_to_all_of_ours": ratio},
        targets={
            "phonenumbers_search_to_all_of_ours": at_least(0.5, ratio),
            "page_of_200_elements_ms": at_most(PAGE_BUDGET_MS, page_ms),
        },
    )


def _texts(chance: random.Random) -> list[str]:
    return [
        chance.choice(SENSITIVE if place % 4 == 0 else PLAIN).format(n=chance.randrange(100, 1_000))
        for place in range(TEXTS)
    ]


def _page(chance: random.Random) -> RawPage:
    roles = ("button", "link", "textbox", "text", "checkbox")
    elements = tuple(
        _element(roles[place % len(roles)], text, place) for place, text in enumerate(_texts(chance)[:200])
    )
    window = Box(0, 0, 1280, 800)
    return RawPage(0, "https://work.example.org/orders", "Orders", window, window, elements, -1, True, "")


def _element(role: str, text: str, place: int) -> RawElement:
    name, value = ("Comment", text) if role == "textbox" else (text, "")
    box = Box(10 + 120 * (place % 10), 10 + 30 * (place // 10), 110, 20)
    return RawElement(0, role, name, value, box, frozenset(), -1, "", ())
