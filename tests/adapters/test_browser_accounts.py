# SPDX-License-Identifier: Apache-2.0
"""Two accounts and two profiles on one site, in real Chromium: only what a rule names leaves the page."""

import pytest
from tests.adapters.browsing import Desk

from handiwork.model.policy import Watched
from handiwork.model.raw import RawActed, RawPage, RawTab

pytestmark = pytest.mark.browser

SECRET = "hobbyletterword"


def work_account(desk: Desk, account: str = "*@work.example", profile: str = "") -> Watched:
    selector = 'meta[name="signed-in"]'
    return Watched(site=desk.work, account=account, selector=selector, attribute="content", profile=profile)


@pytest.fixture
def desk(running: Desk) -> Desk:
    """The work account's mail in front, settled."""
    running.bridge.allow([work_account(running)])
    running.site.who = "ada@work.example"
    running.open("/work/mail", 0)
    return running


def test_the_allowed_account_is_told_like_any_page(desk: Desk) -> None:
    assert desk.find("Letters of ada", "heading")
    desk.click(desk.find("work ada"))
    assert desk.acted("click").name == "work ada"


def test_of_another_account_nothing_leaves_the_page_not_even_its_name(desk: Desk) -> None:
    desk.site.who = f"{SECRET}@home.example"
    desk.open("/work/mail", -1)
    desk.do("mousemove", "500", "400", "click", "1")
    desk.do("type", "--delay", "20", "wordlet")
    told = desk.quiet(1)
    assert not any(isinstance(event, RawPage | RawActed) for event in told)
    assert desk.no_word_passed(SECRET, "/work/mail")


def test_a_change_of_account_within_the_page_closes_it_from_the_change_on_and_opens_it_again(desk: Desk) -> None:
    home, work = desk.find("home ada"), desk.find("work ada")
    desk.tap.passed.clear()
    desk.seen.clear()
    desk.click(home)
    lost = desk.wait(lambda event: isinstance(event, RawTab) and not event.settled, "uncertainty")
    pressed = next(event for event in desk.seen if isinstance(event, RawActed))
    assert 0 <= lost.time_ms - pressed.time_ms <= 200  # dated to the change, not to when it was noticed
    desk.settle(-1)
    desk.do("mousemove_relative", "--", "0", "90", "type", "--delay", "20", "wordlet")
    desk.quiet()
    assert desk.no_word_passed(SECRET)
    desk.click(work)
    desk.settle(0)
    assert desk.find("Letters of ada", "heading")


@pytest.mark.parametrize("button", ["nobody ada", "both ada"])
def test_an_account_that_can_t_be_read_or_is_told_twice_is_unknown_and_closes_the_page(desk: Desk, button: str) -> None:
    desk.tap.passed.clear()
    desk.click(desk.find(button))
    desk.settle(-1)
    assert desk.no_word_passed(SECRET)


def test_a_rule_without_an_account_further_down_takes_the_others(desk: Desk) -> None:
    desk.bridge.allow([work_account(desk), Watched(site=desk.work)])
    assert desk.settle(0).rule == 0
    desk.click(desk.find("home ada"))
    assert desk.settle(1).rule == 1


def test_a_rule_for_a_browser_profile_counts_only_where_the_profile_is_labelled_so(desk: Desk) -> None:
    desk.bridge.allow([Watched(site=desk.work, profile="Work")])
    desk.tap.passed.clear()
    desk.settle(-1)
    assert desk.no_word_passed("Letters")
    desk.label_profile("Home")
    desk.open("/work/mail", -1)
    desk.label_profile("Work")
    desk.open("/work/mail", 0)
    assert desk.find("Letters of ada", "heading")
    assert b"Work" not in bytes(desk.tap.passed).replace(b'"profile":"Work"', b"")
    desk.label_profile("")
