# SPDX-License-Identifier: Apache-2.0
"""Whose the input is while a program's own menu or dialog comes or goes; nobody else's window passes for one."""

from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Deny, Policy
from handiwork.model.raw import RawDesktop, RawOpened, RawWindow
from handiwork.recorder.scope.front import DOUBT_MS, has_keyboard
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.rules.gate import HOLD_MS
from handiwork.rules.participation import Participation

PERSON = Participation(consented=True)
PLACE = Box(0, 0, 400, 300)
POLICY = Policy(
    name="t",
    revision=1,
    purposes=("agent-training",),
    allow=(Allow(app="notes", level="full"),),
    deny=(Deny(title="salary"),),
)


def window(
    xid: int, app: str = "notes", pid: int = 5, popup: bool = False, kind: str = "", title: str = ""
) -> RawWindow:
    return RawWindow(0, xid, app, title, pid, PLACE, popup, kind)


NOTES, MAIL = window(1), window(2, "mail", 6)
MENU = window(10, "", popup=True, kind="menu")


def watch_of(*news: tuple[int, int, tuple[RawWindow, ...]]) -> tuple[ScopeWatch, list[RawOpened]]:
    """A watch after such news of the desktop: (time, active window, windows bottom to top)."""
    watch, opened = ScopeWatch(POLICY), list[RawOpened]()
    for time_ms, active, windows in news:
        opened += watch.desktop_changed(RawDesktop(time_ms, windows, active, False), PERSON)
    return watch, opened


BEFORE = (1_000, 1, (MAIL, NOTES))


def verdict(watch: ScopeWatch, time_ms: int) -> str:
    decision = watch.timeline.verdict(time_ms)
    return "allowed" if decision.allowed else decision.reason


def test_a_click_that_opens_a_menu_of_its_own_program_is_kept_though_nobody_knows_who_has_the_keyboard() -> None:
    watch, opened = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES, MENU)))
    assert verdict(watch, 4_990) == verdict(watch, 5_500) == "allowed"
    assert [(one.kind, one.bounds) for one in opened] == [("menu", PLACE)]
    assert not has_keyboard(watch.desktops.at(5_500))


def test_a_menu_that_has_the_keyboard_itself_leaves_its_window_in_front() -> None:
    watch, _ = watch_of(BEFORE, (5_000, 10, (MAIL, NOTES, MENU)))
    front = watch.active_window()
    assert front is not None
    assert (front.xid, verdict(watch, 5_500)) == (1, "allowed")


def test_while_a_menu_closes_its_program_still_has_the_input() -> None:
    watch, _ = watch_of(
        BEFORE, (5_000, 1, (MAIL, NOTES, MENU)), (6_000, 0, (MAIL, NOTES, MENU)), (6_030, 1, (MAIL, NOTES))
    )
    assert verdict(watch, 6_010) == "allowed"


def test_the_click_that_opens_a_dialog_and_the_one_that_closes_it_are_kept() -> None:
    dialog = window(11, kind="dialog")
    watch, opened = watch_of(
        BEFORE,
        (5_000, 0, (MAIL, NOTES, dialog)),
        (5_020, 11, (MAIL, NOTES, dialog)),
        (7_000, 0, (MAIL, NOTES)),
        (7_020, 1, (MAIL, NOTES)),
    )
    assert [verdict(watch, t) for t in (4_995, 5_500, 6_995, 7_500)] == ["allowed"] * 4
    assert [one.kind for one in opened] == ["dialog"]


def test_a_dialog_whose_title_is_denied_closes_the_scope_and_the_click_before_it_too() -> None:
    dialog = window(11, kind="dialog", title="Salary of everyone")
    watch, _ = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES, dialog)), (5_020, 11, (MAIL, NOTES, dialog)))
    assert verdict(watch, 5_500) == "denied by rule"
    assert verdict(watch, 5_020 - HOLD_MS) == "transition"


def test_a_window_of_another_process_that_comes_with_the_menu_leaves_nothing_certain() -> None:
    locker = window(12, "locker", pid=7, popup=True)
    watch, opened = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES, MENU, locker)))
    watch.settle(5_000 + DOUBT_MS + 1, PERSON)
    assert verdict(watch, 5_500) == "unknown app"
    assert {verdict(watch, one.time_ms) for one in opened} == {"unknown app"}


def test_without_any_change_of_its_own_windows_a_keyboard_of_nobody_is_nobodys() -> None:
    watch, _ = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES)))
    watch.settle(5_000 + DOUBT_MS + 1, PERSON)
    assert verdict(watch, 5_000) == "unknown app"
    assert verdict(watch, 5_000 - HOLD_MS) == "transition"


def test_a_keyboard_that_was_nobodys_for_a_moment_and_came_back_to_the_same_window_never_left_it() -> None:
    watch, _ = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES)))
    watch.settle(5_000 + DOUBT_MS, PERSON)
    watch.desktop_changed(RawDesktop(5_000 + DOUBT_MS, (MAIL, NOTES), 1, False), PERSON)
    watch.settle(9_000, PERSON)
    assert {verdict(watch, t) for t in (4_900, 5_000, 5_050, 5_500)} == {"allowed"}
    assert not has_keyboard(watch.desktops.at(5_050))


def test_a_doubt_is_over_long_before_anything_of_its_time_is_judged() -> None:
    assert DOUBT_MS <= HOLD_MS - 150


def test_a_doubt_that_ends_in_another_program_counts_from_that_program_s_own_time() -> None:
    watch, _ = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES)), (5_040, 2, (NOTES, MAIL)))
    assert verdict(watch, 5_040) == "unlisted app"
    assert verdict(watch, 5_040 - HOLD_MS) == "transition"


def test_doubts_that_follow_each_other_count_from_the_first() -> None:
    watch, _ = watch_of(BEFORE, *((5_000 + 30 * at, 0, (MAIL, NOTES)) for at in range(4)))
    watch.settle(5_000 + DOUBT_MS + 1, PERSON)
    assert verdict(watch, 5_000) == "unknown app"


def test_a_tooltip_does_not_vouch_for_the_keyboard() -> None:
    tooltip = window(13, "", popup=True, kind="tooltip")
    watch, _ = watch_of(BEFORE, (5_000, 0, (MAIL, NOTES, tooltip)))
    watch.settle(5_000 + DOUBT_MS + 1, PERSON)
    assert verdict(watch, 5_500) == "unknown app"


def test_windows_that_say_no_process_belong_to_nobody() -> None:
    notes, menu = window(1, pid=0), window(10, "", pid=0, popup=True, kind="menu")
    watch, opened = watch_of((1_000, 1, (notes,)), (5_000, 0, (notes, menu)))
    watch.settle(5_000 + DOUBT_MS + 1, PERSON)
    assert (verdict(watch, 5_500), opened) == ("unknown app", [])


def test_what_opens_in_a_window_that_is_not_allowed_is_not_told() -> None:
    _, opened = watch_of((1_000, 2, (NOTES, MAIL)), (5_000, 2, (NOTES, MAIL, window(14, "", 6, True, "menu"))))
    assert opened == []


def test_what_another_program_opens_over_an_allowed_window_is_not_told() -> None:
    _, opened = watch_of(BEFORE, (5_000, 1, (MAIL, NOTES, window(14, "mail", 6, True, "tooltip"))))
    assert opened == []
