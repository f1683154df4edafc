# SPDX-License-Identifier: Apache-2.0
"""The extension in real Chromium under real pointer and keys, every byte on the socket read.

Two local servers: one whose /work is allowed, and one that nothing allows.
"""

from pathlib import Path

import pytest
from tests.adapters.browsing import Desk

from handiwork.adapters.browser.bridge import BrowserBridge
from handiwork.adapters.session import VirtualSession
from handiwork.model.geometry import Box
from handiwork.model.policy import Watched
from handiwork.model.raw import RawActed, RawPage, RawTab

pytestmark = pytest.mark.browser


def test_an_element_is_where_it_is_said_to_be_and_a_click_on_it_is_told(desk: Desk) -> None:
    named = {"ship": "Ship it", "customer": "Customer", "agree": "Agree", "chip": "Chip", "logo": "Logo"}
    roles = {"customer": "textbox", "agree": "checkbox"}
    for dom_id, name in {**named, "link": "details"}.items():
        desk.site.hits.clear()
        desk.click(desk.find(name, roles.get(dom_id, "")))
        assert desk.acted("click").name == name
        desk.await_hit(dom_id)


def test_only_what_can_be_seen_is_told_in_the_order_of_the_document(desk: Desk) -> None:
    names = [element.name for element in desk.page().elements]
    assert names[:4] == ["Orders", "Total is forty two, see", "details", "today."]
    assert "first line" in names
    unseen = {"never drawn", "covered words", "cut off", "far below"}
    assert [name for name in names if any(words in name for words in unseen)] == []
    assert desk.page().title == "Title of /work"


def test_a_list_gives_its_options_and_the_choice_is_told_with_the_lists_name(desk: Desk) -> None:
    elements = desk.page().elements
    box = desk.find("Colour", "combobox")
    options = [e for e in elements if e.role == "option"]
    assert [(e.name, elements[e.parent] is box, e.bounds == box.bounds) for e in options] == [
        (name, True, True) for name in ("Red", "Green", "Blue")
    ]
    desk.click(box)
    assert desk.acted("click").role == "combobox"
    desk.key("Down")
    desk.key("Return")
    chosen = desk.acted("select")
    assert (chosen.name, chosen.label, "selected" in chosen.states) == ("Green", "Colour", True)


def test_what_was_typed_is_told_as_the_fields_value_and_its_change(desk: Desk) -> None:
    desk.click(desk.find("Customer", "textbox"))
    assert desk.acted("focus").name == "Customer"
    desk.do("key", "End")
    desk.do("type", "--delay", "20", " Lovelace")
    desk.wait(lambda e: isinstance(e, RawPage) and any(x.value == "Ada Lovelace" for x in e.elements), "the new value")
    assert desk.page().elements[desk.page().focused].name == "Customer"
    desk.key("Tab")
    assert desk.acted("change").value == "Ada Lovelace"


def test_a_press_comes_after_a_snapshot_of_what_was_there_before_it(desk: Desk) -> None:
    agree = desk.find("Agree", "checkbox")
    x, y = agree.bounds.centre
    desk.do("mousemove", str(x), str(y), "click", "1", "click", "1")
    first = desk.wait(lambda e: isinstance(e, RawActed) and e.what == "click", "first click")
    second = desk.wait(lambda e: isinstance(e, RawActed) and e.what == "click", "second click")
    assert first.time_ms <= second.time_ms
    assert isinstance(second, RawActed) and "checked" in second.element.states  # noqa: PT018


def test_a_page_of_no_allowed_site_gives_rule_minus_one_and_no_word_of_it_passes(desk: Desk) -> None:
    desk.open("/other?q=secretquery", -1)
    desk.quiet()
    desk.do("mousemove", "400", "400", "click", "1", "key", "a")
    assert desk.quiet() == []
    assert desk.no_word_passed("/other", "secretquery", "Title of", "Inner")


def test_another_port_and_a_path_that_only_begins_alike_are_other_sites(desk: Desk) -> None:
    desk.open(f"{desk.foreign.origin}/work", -1)
    assert desk.no_word_passed("Orders", str(desk.foreign.server_port))
    desk.open("/workshop", -1)
    assert desk.no_word_passed("/workshop")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/work/pay", "password field"), ("/work/card", "payment"), ("/work/masked", "password field"),
        ("/work/login?token=secrettoken", "sign-in"),
    ],
)  # fmt: skip
def test_a_page_that_asks_for_secrets_is_told_as_sensitive_without_any_word(desk: Desk, path: str, reason: str) -> None:
    desk.open(path, 0)
    page = desk.page()
    assert (page.sensitive, page.elements, page.title, page.url) == (reason, (), "", desk.work)
    desk.do("type", "--delay", "20", "hunter2")
    desk.do("mousemove", "200", "200", "click", "1")
    told = desk.quiet()
    assert not any(isinstance(event, RawActed) for event in told)
    assert desk.no_word_passed("hunter2", "secrettoken", "Title of", "4111", "hush", path.split("?")[0])


def test_a_password_field_that_appears_later_silences_the_page_from_then_on(desk: Desk) -> None:
    desk.open("/work/late", 0)
    assert desk.page().sensitive == ""
    found = desk.wait(lambda e: isinstance(e, RawPage) and e.sensitive != "", "the sensitive page")
    assert isinstance(found, RawPage)
    assert found.changed_ms <= found.time_ms
    assert desk.no_word_passed("Latelet")


def test_a_switch_of_tabs_goes_through_uncertainty(desk: Desk) -> None:
    desk.open("/other", -1)
    desk.seen.clear()
    desk.key("ctrl+shift+Tab")
    desk.settle(0)
    tabs = [(event.settled, event.rule) for event in desk.seen if isinstance(event, RawTab)]
    assert tabs[0] == (False, -1)
    assert tabs[-1] == (True, 0)
    assert desk.find("Ship it")


def test_a_private_window_gives_nothing_even_of_an_allowed_site(desk: Desk) -> None:
    desk.seen.clear()
    desk.tap.passed.clear()
    desk.chromium.open(f"{desk.work}/inner", "--incognito")
    # The ordinary window may be told once more while the windows change places.
    last = desk.wait(lambda e: isinstance(e, RawTab) and e.settled and e.window_bounds.area == 0, "no window in front")
    assert isinstance(last, RawTab)
    assert (last.rule, last.url) == (-1, "")
    desk.do("mousemove", "400", "400", "click", "1")
    assert desk.quiet() == []
    assert desk.no_word_passed("inner", "Inner")
    desk.key("ctrl+shift+w")
    desk.settle(0)


def test_frames_of_the_same_site_and_closed_shadow_trees_are_seen_and_foreign_frames_are_pictures(desk: Desk) -> None:
    desk.open("/work/frames", 0)
    assert desk.find("Shadow button", "button")
    assert any(element.role == "image" and element.bounds.w > 250 for element in desk.page().elements)
    assert desk.no_word_passed()
    desk.site.hits.clear()
    desk.click(desk.find("Inner button"))
    assert desk.acted("click").name == "Inner button"
    desk.await_hit("inner")


def test_an_empty_list_silences_open_pages_and_a_new_list_picks_them_up_again(desk: Desk) -> None:
    ship = desk.find("Ship it")
    desk.bridge.allow([])
    desk.settle(-1)
    desk.tap.passed.clear()
    desk.click(ship)
    assert desk.quiet() == []
    assert desk.no_word_passed("Ship", "Orders")
    desk.bridge.allow([Watched(site=f"{desk.site.origin}/nothing"), Watched(site=desk.work)])
    assert desk.settle(1).url == desk.work
    desk.click(desk.find("Ship it"))
    assert desk.acted("click").name == "Ship it"


def test_bounds_follow_the_pages_zoom(desk: Desk) -> None:
    before = desk.find("Ship it").bounds
    desk.key("ctrl+plus")
    desk.settle(0)
    ship = desk.find("Ship it", fits=lambda element: element.bounds.w > before.w)
    desk.site.hits.clear()
    desk.click(ship)
    assert desk.acted("click").name == "Ship it"
    desk.await_hit("ship")
    desk.key("ctrl+0")
    desk.settle(0)
    assert desk.site.hits == ["ship"]


def test_the_window_is_where_the_window_system_says(desk: Desk) -> None:
    told = desk.page().window_bounds
    shown = desk.do("getactivewindow", "getwindowgeometry", "--shell")
    values = dict(line.split("=") for line in shown.splitlines())
    actual = Box(int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"]))
    assert told.is_near(actual, 2), (told, actual)


def test_a_recorder_that_starts_after_the_browser_is_found_and_open_pages_are_told(desk: Desk) -> None:
    desk.bridge.close()
    desk.bridge = BrowserBridge(desk.bridge.path.parent)
    desk.seen.clear()
    desk.bridge.allow([Watched(site=desk.work)])
    desk.settle(0)
    assert desk.find("Ship it")


def test_an_app_window_has_right_bounds_too(session: VirtualSession, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    desk = Desk(session, folder, is_app=True)
    desk.bridge.allow([Watched(site=desk.work)])
    with desk.chromium:
        desk.settle(0)
        desk.click(desk.find("Ship it"))
        assert desk.acted("click").name == "Ship it"
        desk.await_hit("ship")
        assert desk.site.hits == ["ship"]
    profile = desk.chromium.profile
    desk.close()
    assert not profile.exists()
