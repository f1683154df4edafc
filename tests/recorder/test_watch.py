# SPDX-License-Identifier: Apache-2.0
"""The window system, the browser and the accessibility bus, joined into one decision over time."""

import pytest

from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Policy
from handiwork.model.raw import RawActed, RawDesktop, RawElement, RawPage, RawSecretFocus, RawTab, RawWindow
from handiwork.recorder.scope.history import History
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.rules.participation import Participation

SITE = "http://127.0.0.1:9/work"
POLICY = Policy(
    name="t",
    revision=1,
    purposes=("agent-training",),
    allow=(Allow(app="chromium", site=SITE, level="full"), Allow(app="gedit")),
)
PERSON = Participation(consented=True)
BROWSER = Box(0, 0, 800, 600)
VIEW = Box(0, 100, 800, 500)


def desktop(t: int, app: str = "chromium", bounds: Box = BROWSER, *, pid: int = 5, locked: bool = False) -> RawDesktop:
    return RawDesktop(t, (RawWindow(t, 1, app, "title", pid, bounds, False),), 1, locked)


def tab(t: int, url: str = SITE, *, rule: int = 0, settled: bool = True, bounds: Box = BROWSER) -> RawTab:
    return RawTab(t, rule, url, settled, bounds)


def page(t: int, sensitive: str = "") -> RawPage:
    return RawPage(t, SITE, "title", VIEW, BROWSER, (), -1, False, sensitive)


@pytest.fixture
def watch() -> ScopeWatch:
    made = ScopeWatch(POLICY)
    made.desktop_changed(desktop(1_000), PERSON)
    made.tab_changed(tab(1_000), PERSON)
    made.page_changed(page(1_000), PERSON)
    return made


def reason(watch: ScopeWatch, t: int) -> str:
    verdict = watch.timeline.verdict(t)
    return "allowed" if verdict.allowed else verdict.reason


def test_a_listed_site_in_the_focused_browser_window_is_allowed(watch: ScopeWatch) -> None:
    assert reason(watch, 2_000) == "allowed"


def test_before_the_browser_has_spoken_its_windows_are_uncertain() -> None:
    watch = ScopeWatch(POLICY)
    watch.desktop_changed(desktop(1_000), PERSON)
    assert reason(watch, 2_000) == "uncertain site"


def test_a_navigation_under_way_is_uncertain_until_it_has_settled(watch: ScopeWatch) -> None:
    watch.tab_changed(tab(5_000, settled=False), PERSON)
    assert reason(watch, 5_100) == "uncertain site"
    watch.tab_changed(tab(5_200), PERSON)
    assert reason(watch, 6_000) == "allowed"


def test_a_tab_that_no_rule_allows_is_an_unlisted_site(watch: ScopeWatch) -> None:
    watch.tab_changed(tab(5_000, "", rule=-1), PERSON)
    assert reason(watch, 6_000) == "unlisted site"


def test_a_browser_that_claims_an_allowed_url_is_judged_again_by_the_recorders_own_rules(watch: ScopeWatch) -> None:
    watch.tab_changed(tab(5_000, "http://127.0.0.1:9/worker", rule=0), PERSON)
    assert reason(watch, 6_000) == "unlisted site"


def test_the_browsers_word_counts_only_for_the_window_that_is_in_front(watch: ScopeWatch) -> None:
    watch.desktop_changed(desktop(5_000, bounds=Box(900, 300, 400, 300)), PERSON)
    assert reason(watch, 6_000) == "uncertain site"


def test_a_sensitive_page_closes_the_scope_from_its_own_time_on(watch: ScopeWatch) -> None:
    watch.page_changed(page(5_000, "password field"), PERSON)
    assert reason(watch, 5_000) == "password field"
    watch.page_changed(page(7_000), PERSON)
    assert reason(watch, 8_000) == "allowed"


def test_a_password_field_on_the_accessibility_bus_closes_the_scope_of_its_process(watch: ScopeWatch) -> None:
    watch.secret_focus_changed(RawSecretFocus(5_000, True, 5), PERSON)
    assert reason(watch, 5_500) == "password field"
    watch.secret_focus_changed(RawSecretFocus(6_000, False, 5), PERSON)
    assert reason(watch, 7_000) == "allowed"


def test_a_password_field_of_an_unknown_process_closes_the_scope_of_all(watch: ScopeWatch) -> None:
    watch.secret_focus_changed(RawSecretFocus(5_000, True, 0), PERSON)
    assert reason(watch, 5_500) == "password field"


def test_another_app_a_locked_screen_and_a_pause_each_close_the_scope(watch: ScopeWatch) -> None:
    watch.desktop_changed(desktop(5_000, "xterm"), PERSON)
    assert reason(watch, 5_500) == "unlisted app"
    watch.desktop_changed(desktop(6_000, "gedit", locked=True), PERSON)
    assert reason(watch, 6_500) == "locked"
    watch.desktop_changed(desktop(7_000, "gedit"), PERSON)
    assert reason(watch, 7_500) == "allowed"
    watch.reconsider(8_000, PERSON.pause(None))
    assert reason(watch, 8_500) == "paused"


def test_a_point_in_the_page_belongs_to_the_site_and_one_in_the_address_bar_does_not(watch: ScopeWatch) -> None:
    decision = watch.timeline.now()
    assert watch.pointer_flaw(decision, 2_000, 400, 300) == ""
    assert watch.pointer_flaw(decision, 2_000, 400, 50) == "browser's own controls"


def test_a_point_in_a_window_above_belongs_to_that_window(watch: ScopeWatch) -> None:
    own = RawWindow(3_000, 1, "chromium", "", 5, BROWSER, False)
    above = RawWindow(3_000, 2, "xterm", "", 6, Box(300, 200, 300, 300), False)
    watch.desktop_changed(RawDesktop(3_000, (own, above), 1, False), PERSON)
    assert watch.pointer_flaw(watch.timeline.now(), 3_500, 400, 300) == "other window"


def test_what_held_at_a_time_is_found_even_if_the_news_came_late() -> None:
    history: History[RawTab] = History()
    for moment in (100, 300, 200):
        history.add(tab(moment))
    found = [history.at(moment) for moment in (99, 100, 250, 999)]
    assert [state and state.time_ms for state in found] == [None, 100, 200, 300]


def test_an_element_that_was_looked_at_long_after_the_press_is_judged_by_what_was_so_by_then_too() -> None:
    watch = ScopeWatch(POLICY)
    watch.desktop_changed(desktop(1_000, "gedit"), PERSON)
    element = RawElement(2_000, "button", "Pay", "", Box(0, 0, 9, 9), frozenset(), -1, "", ())
    prompt, late = RawActed(2_000, "click", element), RawActed(2_000, "click", element)
    late.seen_ms = 2_240
    assert watch.verdict(late).allowed
    watch.secret_focus_changed(RawSecretFocus(2_320, True, 5), PERSON)  # of up to 90 ms before, told by 2,540
    assert watch.verdict(prompt).allowed
    assert not watch.verdict(late).allowed


def test_a_password_field_of_whatever_process_closes_a_window_whose_process_nobody_knows() -> None:
    watch = ScopeWatch(POLICY)
    watch.desktop_changed(desktop(1_000, "gedit", pid=0), PERSON)
    assert reason(watch, 2_000) == "allowed"
    watch.secret_focus_changed(RawSecretFocus(2_000, True, 77), PERSON)
    assert reason(watch, 3_000) == "password field"
    watch.secret_focus_changed(RawSecretFocus(4_000, False, 77), PERSON)
    assert reason(watch, 5_000) != "password field"
