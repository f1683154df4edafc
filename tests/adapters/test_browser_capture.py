# SPDX-License-Identifier: Apache-2.0
"""What real Chromium tells of an allowed page: ancestry, what opens, composed text, clipboard, moves within a page.

And what it must not tell: payments, parts of the page under no rule, pages that were only passed by.
"""

import pytest
from tests.adapters.browsing import Desk

from handiwork.adapters.x11 import X11Actuator
from handiwork.model.policy import Watched
from handiwork.model.raw import RawActed, RawClipboard, RawComposed, RawElement, RawOpened, RawPage, RawTab
from handiwork.ports.browser import RawBrowser

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(running: Desk) -> Desk:
    running.bridge.allow([Watched(site=running.work)], [f"{running.work}/spa/secret"])
    running.settle(0) if running.pages else None
    return running


def opened(desk: Desk, what: str) -> RawElement:
    found = desk.wait(lambda event: isinstance(event, RawOpened) and event.kind == what, what)
    assert isinstance(found, RawOpened)
    assert found.element is not None
    assert found.element.bounds.area > 0
    return found.element


def names(event: RawBrowser) -> list[str]:
    return [f"{one.role} {one.name}".strip() for one in event.ancestry] if isinstance(event, RawActed) else []


def test_menus_dialogs_lists_tooltips_and_popovers_are_told_when_they_come_up(desk: Desk) -> None:
    desk.open("/work/popups", 0)
    desk.seen.clear()
    desk.click(desk.find("More"))
    assert opened(desk, "menu").name == "More actions"
    x, y = desk.find("Info").bounds.centre
    desk.do("mousemove", str(x), str(y))
    assert opened(desk, "tooltip").name == "Opens on Mondays"
    desk.click(desk.find("Sizes"))
    assert opened(desk, "list").name == "Sizes"
    desk.click(desk.find("Tips"))
    assert opened(desk, "dialog").name == "All tips"
    desk.key("Escape")
    desk.quiet(0.3)
    desk.click(desk.find("Shadow ask"))
    assert opened(desk, "dialog").name == "Shadow dialog"
    desk.click(desk.find("Ask"))
    assert opened(desk, "dialog").name == "Really?"
    everything = [event.element.name for event in desk.seen if isinstance(event, RawOpened) and event.element]
    assert "Always there" not in everything


def test_of_a_page_too_full_to_be_told_whole_the_frames_of_others_are_told_all_the_same(desk: Desk) -> None:
    """What is left out of such a page is read from its picture; what another site shows in it must not be."""
    desk.open("/work/crowded", 0)
    page = desk.page()
    assert page.truncated
    assert len(page.elements) <= 200
    pictures = [one.bounds for one in page.elements if one.role == "image"]
    assert [(box.w, box.h) for box in pictures] == [(300, 60)]
    assert pictures[0].intersection(page.bounds) == pictures[0]


def test_what_was_acted_on_comes_with_what_it_lies_in_innermost_first(desk: Desk) -> None:
    desk.open("/work/popups", 0)
    desk.click(desk.find("More"))
    found = desk.wait(lambda event: isinstance(event, RawActed) and event.what == "click", "click")
    assert names(found) == ["group Delivery", "form Order form"]
    assert isinstance(found, RawActed)
    assert all(one.bounds.intersection(found.element.bounds) for one in found.ancestry)
    desk.open("/work/typing", 0)
    desk.click(desk.find("Name", "textbox"))
    found = desk.wait(lambda event: isinstance(event, RawActed) and event.what == "click", "click")
    assert names(found)[-3:] == ["cell", "row", "table Invoices"]


def test_text_from_an_input_method_is_told_with_its_field(desk: Desk) -> None:
    desk.open("/work/typing", 0)
    desk.click(desk.find("Name", "textbox"))
    desk.acted("click")
    # Not xdotool: it takes back the key that it lent for a dead accent, often before a busy browser has looked it up.
    hands = X11Actuator(desk.session.display)
    for keys, text in ((("dead_acute", "e"), "é"), (("Multi_key", "o", "e"), "œ")):
        for key in keys:
            hands.key(key, True)
            hands.key(key, False)
        found = desk.wait(lambda event: isinstance(event, RawComposed), "composed text")
        assert isinstance(found, RawComposed)
        assert (found.text, found.element.name) == (text, "Name")
    hands.close()


def test_copy_cut_and_paste_are_told_as_such_and_never_what_was_copied(desk: Desk) -> None:
    desk.open("/work/typing", 0)
    desk.click(desk.find("Text", "textbox"))
    desk.acted("click")
    desk.key("ctrl+a")
    told = []
    for key in ("ctrl+c", "ctrl+x", "ctrl+v"):
        desk.key(key)
        found = desk.wait(lambda event: isinstance(event, RawClipboard), key)
        assert isinstance(found, RawClipboard)
        told.append(found.operation)
    assert told == ["copy", "cut", "paste"]
    assert {*RawClipboard.__slots__} == {"operation", "owner"}  # and nothing that could hold a copied word


@pytest.mark.parametrize("path", ["/work/checkout", "/work/cardname"])
def test_a_page_that_takes_payments_is_told_as_that_and_no_more(desk: Desk, path: str) -> None:
    desk.open(path, 0)
    assert (desk.page().sensitive, desk.page().elements, desk.page().title) == ("payment", (), "")
    desk.do("mousemove", "300", "200", "click", "1", "key", "ctrl+a", "key", "ctrl+c")
    assert not any(isinstance(event, RawActed | RawClipboard | RawOpened) for event in desk.quiet())
    assert desk.no_word_passed("Checkoutlet", "Cardnamelet", "4111", "stripe", path)


def test_moving_on_within_a_page_is_uncertain_and_then_told_anew(desk: Desk) -> None:
    desk.open("/work/spa", 0)
    desk.seen.clear()
    desk.click(desk.find("Go on"))
    assert desk.wait(lambda event: isinstance(event, RawTab) and not event.settled, "uncertainty")
    assert desk.settle(0).url == f"{desk.work}/spa/next"
    assert desk.find("Next part", "heading")


def test_moving_on_within_a_page_to_another_rules_part_is_told_under_that_rule(desk: Desk) -> None:
    desk.bridge.allow([Watched(site=f"{desk.work}/spa/next"), Watched(site=f"{desk.work}/spa")])
    desk.open("/work/spa", 1)
    desk.click(desk.find("Go on"))
    assert desk.settle(0).url == f"{desk.work}/spa/next"
    desk.click(desk.find("Go back"))
    assert desk.settle(1).url == f"{desk.work}/spa"
    assert desk.find("Public part", "heading")


@pytest.mark.parametrize(("button", "word"), [("Go in", "Spasecret"), ("Go out", "Outside")])
def test_moving_to_a_denied_or_unlisted_part_within_a_page_closes_it(desk: Desk, button: str, word: str) -> None:
    desk.open("/work/spa", 0)
    back = desk.find("Go back")
    desk.click(desk.find(button))
    desk.settle(-1)
    desk.do("key", "Tab", "key", "ctrl+a", "key", "ctrl+c")
    assert not any(isinstance(event, RawPage | RawActed | RawClipboard) for event in desk.quiet())
    assert desk.no_word_passed(word, "spa/secret", "/outside")
    desk.click(back)
    assert desk.settle(0).url == f"{desk.work}/spa"


def test_of_pages_passed_by_at_speed_nothing_but_the_allowed_one_is_ever_told(desk: Desk) -> None:
    desk.open("/work/popups", 0)
    desk.open("/other?q=secretquery", -1)
    desk.tap.passed.clear()
    desk.seen.clear()
    for _ in range(12):
        desk.do("key", "--clearmodifiers", "ctrl+shift+Tab", "mousemove", "400", "300", "click", "1")
        desk.do("key", "--clearmodifiers", "ctrl+Tab", "mousemove", "420", "320", "click", "1", "key", "ctrl+c")
    desk.quiet(1)
    assert desk.no_word_passed("/other", "secretquery", "Inner", "Title of")
    front, flaws = RawTab(0, -1, "", False, desk.page().window_bounds), []
    for event in sorted(desk.seen, key=lambda event: event.time_ms):
        front = event if isinstance(event, RawTab) else front
        if isinstance(event, RawTab) and event.rule >= 0:
            flaws += [] if event.url.startswith(desk.work) else [event]
    assert flaws == []
    assert front.rule == -1
