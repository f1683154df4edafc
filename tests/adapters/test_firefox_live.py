# SPDX-License-Identifier: Apache-2.0
"""The extension in real Firefox: the very tests that it passes in Chromium, where they ask for what Firefox has too."""

import shutil
from collections.abc import Iterator

import pytest
from tests.adapters.browsing import Desk
from tests.adapters.test_browser_live import (  # noqa: F401
    test_a_list_gives_its_options_and_the_choice_is_told_with_the_lists_name,
    test_a_page_of_no_allowed_site_gives_rule_minus_one_and_no_word_of_it_passes,
    test_a_page_that_asks_for_secrets_is_told_as_sensitive_without_any_word,
    test_a_password_field_that_appears_later_silences_the_page_from_then_on,
    test_a_private_window_gives_nothing_even_of_an_allowed_site,
    test_an_element_is_where_it_is_said_to_be_and_a_click_on_it_is_told,
    test_an_empty_list_silences_open_pages_and_a_new_list_picks_them_up_again,
    test_another_port_and_a_path_that_only_begins_alike_are_other_sites,
    test_bounds_follow_the_pages_zoom,
    test_frames_of_the_same_site_and_closed_shadow_trees_are_seen_and_foreign_frames_are_pictures,
    test_what_was_typed_is_told_as_the_fields_value_and_its_change,
)

from handiwork.adapters.browser.firefox import Firefox
from handiwork.adapters.session import VirtualSession
from handiwork.model.policy import Watched
from handiwork.model.raw import RawTab

needs_firefox = pytest.mark.skipif(
    not (shutil.which("firefox-esr") or shutil.which("firefox")), reason="no Firefox here: apt install firefox-esr"
)
pytestmark = [pytest.mark.browser, needs_firefox]


@pytest.fixture(scope="module")
def running(session: VirtualSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(session, tmp_path_factory.mktemp("run"), browser=Firefox)
    with desk.chromium:
        desk.bridge.allow([Watched(site=desk.work)])
        desk.settle(0)
        yield desk
    desk.close()


def test_a_window_that_moves_is_uncertain_and_then_told_where_it_is(desk: Desk) -> None:
    window = desk.do("getactivewindow").strip()
    before = desk.page().window_bounds
    desk.do("windowmove", window, "60", "90")
    desk.wait(lambda e: isinstance(e, RawTab) and not e.settled, "uncertainty")
    desk.settle(0)
    assert desk.page().window_bounds != before
    desk.site.hits.clear()
    desk.click(desk.find("Ship it"))
    assert desk.acted("click").name == "Ship it"
    desk.await_hit("ship")
