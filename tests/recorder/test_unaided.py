# SPDX-License-Identifier: Apache-2.0
"""Browsers without the extension: asked at each input, certain only while every answer agrees, else closed in time."""

from collections.abc import Iterator

import pytest

from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Policy
from handiwork.model.raw import RawButton, RawDesktop, RawMove, RawPage, RawTab, RawWindow
from handiwork.ports.fakes.unaided import ScriptedUnaided
from handiwork.recorder.scope.unaided import AGAIN_MS, LATE_MS, PATIENCE_MS, SETTLING_MS, Unaided
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.rules.gate import HOLD_MS
from handiwork.rules.participation import Participation
from handiwork.rules.policy import watch_list

SITE = "https://work.example.org"
POLICY = Policy(
    name="t", revision=1, purposes=("agent-training",), allow=(Allow(app="chromium", site=SITE, level="full"),)
)
PERSON = Participation(consented=True)
ELSEWHERE = "https://private.example.net/"
VIEW, OTHER_VIEW, WINDOW = Box(0, 100, 800, 500), Box(0, 140, 800, 460), Box(0, 0, 800, 600)


class Desk:
    """A person at a browser, and the recorder's scope; time passes in steps of 10 ms."""

    def __init__(self, policy: Policy = POLICY) -> None:
        self.policy, self.now = policy, 1_000
        self.browser, self.watch = ScriptedUnaided(), ScopeWatch(policy)
        self.unaided = Unaided(self.browser)
        self.title, self.xid, self.silent = "Board - Chromium", 1, False

    def tell_desktop(self) -> None:
        window = RawWindow(self.now, self.xid, "chromium", self.title, 5, WINDOW, False)
        self.watch.desktop_changed(RawDesktop(self.now, (window,), self.xid, False), PERSON)

    def turn(self) -> None:
        window = None if self.silent else self.watch.active_window()
        self._tell(self.unaided.aim(window, self.policy, self.now))
        self._tell(self.unaided.read(self.now))

    def pass_time(self, ms: int) -> None:
        for _ in range(0, ms, 10):
            self.now += 10
            self.turn()

    def click(self, late_ms: int = 0) -> int:
        time_ms = self.now - late_ms
        self._tell(self.unaided.input(RawButton(time_ms, 400, 300, 1, True, False), self.now))
        return time_ms

    def move(self) -> None:
        self._tell(self.unaided.input(RawMove(self.now, 400, 300, False), self.now))

    def show(self, path: str, title: str = "Board", **more: object) -> None:
        self.browser.show(self.xid, SITE + path, title, VIEW, **more)  # type: ignore[arg-type]

    def verdict(self, time_ms: int) -> str:
        found = self.watch.timeline.verdict(time_ms)
        return f"{found.level} of {found.site}" if found.allowed else found.reason

    def _tell(self, news: list[RawTab | RawPage]) -> None:
        for told in news:
            if isinstance(told, RawTab):
                self.watch.tab_changed(told, PERSON)
            else:
                self.watch.page_changed(told, PERSON)


KEPT = f"actions of {SITE}"


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    made.show("/board")
    made.tell_desktop()
    made.pass_time(4_000)
    yield made
    made.browser.close()


def test_a_click_in_a_certain_page_may_be_kept_at_a_level_without_pixels_or_text(desk: Desk) -> None:
    clicked = desk.click()
    desk.pass_time(HOLD_MS)
    assert desk.verdict(clicked) == KEPT


def test_a_window_is_asked_at_an_input_and_a_little_later_and_never_by_the_clock(desk: Desk) -> None:
    before = len(desk.browser.asked)
    desk.pass_time(60_000)
    assert len(desk.browser.asked) == before
    assert desk.unaided.next_ms() is None
    clicked = desk.click()
    desk.pass_time(5_000)
    assert desk.browser.asked[before:] == [(1, clicked), (1, clicked + AGAIN_MS)]


def test_a_mouse_that_moves_asks_ten_times_a_second(desk: Desk) -> None:
    before = len(desk.browser.asked)
    for _ in range(1_000):
        desk.now += 1
        desk.move()
        desk.turn()
    assert len(desk.browser.asked) - before <= 11


@pytest.mark.parametrize("after_ms", [0, 20, AGAIN_MS - 10])
def test_a_page_that_was_left_without_a_word_is_found_out_at_the_click(desk: Desk, after_ms: int) -> None:
    desk.click()
    desk.pass_time(1_000)
    clicked = desk.now
    if not after_ms:
        desk.browser.show(1, ELSEWHERE, "Board", VIEW)
    desk.click()
    desk.pass_time(after_ms)
    desk.browser.show(1, ELSEWHERE, "Board", VIEW)
    desk.pass_time(HOLD_MS - after_ms)
    assert desk.verdict(clicked) != KEPT


def test_an_address_that_is_typed_in_another_page_opens_nothing(desk: Desk) -> None:
    desk.browser.show(1, ELSEWHERE, "Diary", VIEW)
    desk.title = "Diary - Chromium"
    desk.tell_desktop()
    desk.pass_time(3_000)
    assert desk.verdict(desk.click()) == "unlisted site"
    bar = "work.example.org/board"
    desk.browser.show(1, ELSEWHERE, "Diary", VIEW, bar=bar)  # the bar is ahead of the page
    clicked = desk.click()
    desk.pass_time(2_000)
    assert desk.verdict(clicked) != KEPT


def test_no_answer_in_time_closes_the_scope_before_the_click_is_judged(desk: Desk) -> None:
    desk.pass_time(1_000)
    desk.browser.mute = True
    clicked = desk.click()
    desk.pass_time(HOLD_MS)
    assert desk.verdict(clicked) == "uncertain site"
    assert PATIENCE_MS + AGAIN_MS < HOLD_MS


def test_an_input_that_was_read_late_was_not_asked_about_and_is_dropped(desk: Desk) -> None:
    desk.pass_time(1_000)
    clicked = desk.click(late_ms=LATE_MS + 1)
    desk.pass_time(HOLD_MS)
    assert desk.verdict(clicked) != KEPT


def test_a_recorder_that_could_not_ask_again_in_time_drops_the_click(desk: Desk) -> None:
    desk.pass_time(1_000)
    clicked = desk.click()
    desk.pass_time(20)
    desk.now += 400
    desk.turn()
    assert desk.verdict(clicked) != KEPT


def test_another_window_of_the_same_browser_and_place_is_not_taken_for_the_one_that_was_told_of(desk: Desk) -> None:
    desk.xid = 2
    desk.tell_desktop()
    desk.turn()
    assert desk.watch.timeline.now().reason == "uncertain site"
    clicked = desk.click()
    desk.pass_time(HOLD_MS)
    assert desk.verdict(clicked) != KEPT


def test_a_page_that_moves_in_its_window_is_certain_anew_where_it_is(desk: Desk) -> None:
    desk.browser.show(1, SITE + "/board", "Board", OTHER_VIEW)
    desk.click()
    desk.pass_time(1_000)
    decision = desk.watch.timeline.now()
    assert decision.allowed
    assert desk.watch.pointer_flaw(decision, desk.now, 400, 120) == "browser's own controls"
    assert desk.watch.pointer_flaw(decision, desk.now, 400, 300) == ""


def test_a_page_whose_title_changes_stays_certain_if_all_agree_again(desk: Desk) -> None:
    desk.show("/board", "Board (1)")
    desk.title = "Board (1) - Chromium"
    desk.tell_desktop()
    desk.pass_time(500)
    clicked = desk.click()
    desk.pass_time(HOLD_MS)
    assert desk.verdict(clicked) == KEPT


def test_a_sign_in_page_of_an_allowed_site_is_named_as_one(desk: Desk) -> None:
    desk.show("/login", "Board")
    desk.click()
    desk.pass_time(1_000)
    assert desk.verdict(desk.now) == "sign-in"


def test_after_a_while_without_certainty_only_input_asks_again(desk: Desk) -> None:
    desk.show("/board", "Board", edited=True)
    desk.click()
    desk.pass_time(SETTLING_MS[-1] + 1_000)
    before = len(desk.browser.asked)
    desk.pass_time(60_000)
    assert len(desk.browser.asked) == before
    assert desk.watch.timeline.now().reason == "uncertain site"


@pytest.mark.parametrize("meanwhile", ["the former page", "no agreement", "no answer"])
def test_an_allowed_page_that_comes_late_after_an_input_is_met_without_another(desk: Desk, meanwhile: str) -> None:
    """Its title is the former one's, so that the window system tells of nothing."""
    desk.browser.show(1, ELSEWHERE, "Board", VIEW)
    desk.click()
    desk.pass_time(4_000)
    assert desk.verdict(desk.now) == "unlisted site"
    if meanwhile == "no agreement":
        desk.browser.show(1, ELSEWHERE, "Board", VIEW, bar="work.example.org/board")
    desk.browser.mute = meanwhile == "no answer"
    desk.click()
    desk.pass_time(1_000)
    desk.browser.mute = False
    desk.show("/board")
    desk.pass_time(SETTLING_MS[-1])
    assert desk.verdict(desk.now) == KEPT


def test_a_browser_that_was_held_up_and_tells_of_the_former_page_first_is_asked_on(desk: Desk) -> None:
    desk.browser.show(1, ELSEWHERE, "Board", VIEW)
    desk.click()
    desk.pass_time(4_000)
    desk.browser.mute = True
    desk.click()
    desk.pass_time(PATIENCE_MS + 10)  # the answer is overdue, the next question waits in the browser
    desk.browser.mute = False
    desk.pass_time(AGAIN_MS)
    desk.show("/board")
    desk.pass_time(SETTLING_MS[-1])
    assert desk.verdict(desk.now) == KEPT


def test_a_page_of_which_nothing_may_be_kept_is_not_asked_by_the_clock_either(desk: Desk) -> None:
    desk.browser.show(1, ELSEWHERE, "Board", VIEW)
    desk.click()
    desk.pass_time(SETTLING_MS[-1] + AGAIN_MS)
    before = len(desk.browser.asked)
    desk.pass_time(60_000)
    assert len(desk.browser.asked) == before
    assert desk.unaided.next_ms() is None


def test_whoever_types_elsewhere_is_asked_about_twice_a_key(desk: Desk) -> None:
    desk.browser.show(1, ELSEWHERE, "Board", VIEW)
    desk.click()
    desk.pass_time(4_000)
    before = len(desk.browser.asked)
    for _ in range(20):
        desk.click()
        desk.pass_time(100)
    assert len(desk.browser.asked) - before <= 2 * 20


def test_nobody_is_asked_while_the_extension_speaks_or_recording_is_paused(desk: Desk) -> None:
    desk.silent = True
    desk.turn()
    before = len(desk.browser.asked)
    desk.click()
    desk.pass_time(1_000)
    assert len(desk.browser.asked) == before
    assert not desk.watch.timeline.now().allowed


@pytest.mark.parametrize(
    ("flaw", "policy", "why"),
    [
        ("private windows not ruled out", POLICY, "private windows not ruled out"),
        (
            "",
            Policy(
                name="t",
                revision=1,
                purposes=("agent-training",),
                allow=(Allow(app="chromium", site=SITE, account="ada@work.example.org", account_in="#who"),),
            ),
            "account or profile not told",
        ),
    ],
)
def test_where_private_windows_or_accounts_matter_nobody_is_asked_and_the_reason_is_told(
    flaw: str, policy: Policy, why: str
) -> None:
    desk = Desk(policy)
    assert watch_list(policy)
    desk.browser.flaw = flaw
    desk.show("/board")
    desk.tell_desktop()
    desk.pass_time(1_000)
    desk.click()
    desk.pass_time(1_000)
    assert desk.browser.asked == []
    assert desk.watch.timeline.now().reason == why
    desk.browser.close()
