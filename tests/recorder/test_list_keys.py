# SPDX-License-Identifier: Apache-2.0
"""A key is a native list's only if its popup was surely up, was the page's own, and nobody left it for the browser.

Lived through the whole recorder. Of none of these keys does the page say a word: a popup takes them all for itself.
"""

from collections.abc import Callable

import pytest
from tests.properties.harness import WINDOW, Life, element, page

from handiwork.model.event import Key, Typed
from handiwork.model.geometry import Box
from handiwork.model.raw import (
    RawActed,
    RawButton,
    RawDesktop,
    RawElement,
    RawKey,
    RawLost,
    RawPage,
    RawWindow,
)
from handiwork.model.raw_beside import RawList
from handiwork.recorder.scope.history import History
from handiwork.recorder.scope.list_keys import ListKeys
from handiwork.rules.gate import HOLD_MS

FIELD = Box(20, 120, 120, 20)
BELOW = Box(20, 140, 120, 60)


def list_page(time_ms: int, focused: int = 2, field: Box = FIELD) -> RawPage:
    """The harness's page, with a list as its third element."""
    shown = page(time_ms, "heron")
    shown.elements = (*shown.elements, RawElement(time_ms, "combobox", "Tree", "Alder", field, frozenset(), -1, "", ()))
    shown.focused = focused
    return shown


class AtList(Life):
    """In front of an allowed page whose list has the keyboard."""

    def __init__(self, focused: int = 2) -> None:
        super().__init__()
        self.become(front="browser")
        self.pass_time(800)
        self.browser.change(list_page(self.clock.now, focused))
        self.pass_time(500)

    def put_up(self, bounds: Box = BELOW, pid: int = 5, unmanaged: bool = True) -> None:
        """A popup comes."""
        now = self.clock.now
        self.popups = (RawWindow(now, 9, "chromium", "", pid, bounds, unmanaged, "menu"),)
        self.tell_desktop()
        self.pass_time(400)

    def take_down(self) -> None:
        """No popup is there any more."""
        self.popups = ()
        self.tell_desktop()

    def press(self, name: str = "Down", char: str = "", modifiers: frozenset[str] = frozenset()) -> int:
        """A key of which no page says anything."""
        self.input.put(RawKey(self.clock.now, name, char, True, False, modifiers, False))
        return self.clock.now

    def close_list(self, kept: bool = True, blind_ms: int = 16) -> None:
        """The popup goes, and the page says so, having seen the list open so long before."""
        self.take_down()
        now = self.clock.now
        self.browser.list_news(RawList(now, False, now - blind_ms, kept, FIELD))

    def tell_desktop(self) -> None:
        """Every window as it is seen now, as the real window system does."""
        for popup in self.popups:
            popup.time_ms = self.clock.now
        super().tell_desktop()

    def keys(self) -> list[str]:
        """What was kept in the end."""
        self.pass_time(1_500)
        return [event.name for event in self.finish() if isinstance(event, Key)]


def test_a_key_is_kept_while_the_list_stays_up() -> None:
    life = AtList()
    life.put_up()
    life.press()
    assert life.keys() == ["Down"]


def test_the_key_that_closes_a_list_is_kept_if_the_page_tells_of_a_choice() -> None:
    life = AtList()
    life.put_up()
    life.press()
    life.pass_time(60)
    chosen = life.press("Return")
    life.pass_time(20)
    life.browser.act(chosen + 5, "select", element(chosen + 5, "Linden", "option"))
    life.take_down()
    assert life.keys() == ["Down", "Return"]


def test_a_key_that_closes_a_list_with_no_choice_is_dropped_for_nobody_knows_whose_it_was() -> None:
    life = AtList()
    life.put_up()
    life.press("Escape")
    life.pass_time(20)
    life.take_down()  # by now the browser's own controls may have been clicked
    assert life.keys() == []


def test_the_key_that_closes_a_list_is_kept_if_the_page_says_that_its_list_still_has_the_keyboard() -> None:
    life = AtList()
    life.put_up()
    life.press("Down")
    life.pass_time(60)
    life.press("Escape")
    life.pass_time(20)
    life.close_list()
    assert life.keys() == ["Down", "Escape"]


def test_no_key_is_kept_if_the_list_has_lost_the_keyboard_as_it_closed() -> None:
    life = AtList()
    life.put_up()
    life.press("Down")
    life.press("Escape")
    life.pass_time(20)
    life.close_list(kept=False)
    assert life.keys() == []


def test_no_key_is_kept_if_the_page_could_not_look_for_a_while_as_behind_a_dialog() -> None:
    life = AtList()
    life.put_up()
    life.press("Down")
    life.pass_time(180)
    life.close_list(blind_ms=180)
    assert life.keys() == []


def test_that_another_list_closed_earlier_or_later_says_nothing() -> None:
    life = AtList()
    life.put_up()
    life.close_list()
    life.pass_time(100)
    life.put_up()
    life.press("Escape")
    life.pass_time(20)
    life.take_down()
    life.pass_time(400)
    life.browser.list_news(RawList(life.clock.now, False, life.clock.now - 16, True, FIELD))
    assert life.keys() == []


CLOSERS = ["Escape", "Return", "Tab", "Control_L", "F6", "a click", "ctrl+l", "alt+Down", "space"]


@pytest.mark.parametrize("closer", CLOSERS)
def test_after_what_closes_a_list_no_key_is_its_own_however_long_its_popup_stays(closer: str) -> None:
    """A browser that is held up leaves it there, and takes in later that the person has gone elsewhere."""
    life = AtList()
    life.put_up()
    if closer == "a click":
        life.input.put(RawButton(life.clock.now, 30, 150, 1, True, False))
    else:
        *held, name = closer.split("+")
        life.press(name, " " if name == "space" else "", frozenset(held))
    life.pass_time(20)
    life.press("w", "w")
    life.pass_time(400)
    life.close_list()
    life.pass_time(1_500)
    typed = [event.keystrokes for event in life.finish() if isinstance(event, Typed)]
    assert typed == [1] * (closer == "space")


def test_a_click_that_came_before_the_list_does_not_count_against_its_keys() -> None:
    life = AtList()
    life.input.put(RawButton(life.clock.now, 30, 130, 1, True, False))
    life.pass_time(20)
    life.put_up()
    life.press("w", "w")
    life.pass_time(1_500)
    assert [event.keystrokes for event in life.finish() if isinstance(event, Typed)] == [1]


def test_keys_that_went_missing_may_have_closed_the_list() -> None:
    life = AtList()
    life.put_up()
    life.input.put(RawLost(life.clock.now, life.clock.now + 5, 0, 1))
    life.pass_time(20)
    life.press()
    assert life.keys() == []


def test_a_click_elsewhere_in_the_page_is_no_choice() -> None:
    life = AtList()
    life.put_up()
    pressed = life.press("Escape")
    life.pass_time(20)
    life.browser.act(pressed + 5, "click", element(pressed + 5, "Send"))
    life.take_down()
    assert life.keys() == []


def test_no_key_is_kept_before_the_list_is_up_or_once_it_has_gone() -> None:
    life = AtList()
    life.press()
    life.pass_time(20)
    life.put_up()
    life.take_down()
    life.pass_time(20)
    life.press()
    assert life.keys() == []


@pytest.mark.parametrize(
    "attack",
    [
        lambda life: life.put_up(Box(20, 170, 120, 60)),
        lambda life: life.put_up(Box(60, 140, 120, 60)),
        lambda life: life.put_up(pid=7),
        lambda life: life.put_up(pid=0),
        lambda life: life.put_up(unmanaged=False),
    ],
    ids=["further down", "beside", "of another program", "of nobody knows whom", "a window of its own"],
)
def test_no_other_window_vouches(attack: Callable[[AtList], None]) -> None:
    life = AtList()
    attack(life)
    life.press()
    assert life.keys() == []


@pytest.mark.parametrize("focused", [-1, 0])
def test_a_popup_that_hangs_on_a_list_without_the_keyboard_vouches_for_nothing(focused: int) -> None:
    life = AtList(focused)  # so an address bar's suggestions may end where a list of the page begins
    life.put_up()
    life.press()
    assert life.keys() == []


@pytest.mark.parametrize("chosen", [False, True])
def test_no_key_is_kept_if_the_page_loses_the_keyboard_soon_after(chosen: bool) -> None:
    life = AtList()
    life.put_up()
    pressed = life.press()
    life.pass_time(40)
    if chosen:
        life.browser.act(pressed + 10, "select", element(pressed + 10, "Linden", "option"))
    life.browser.change(list_page(pressed + 10, -1))
    assert life.keys() == []


def test_no_key_is_kept_if_the_list_goes_within_the_hold_and_the_page_is_too_busy_to_say_why() -> None:
    life = AtList()
    life.put_up()
    life.press()
    life.pass_time(HOLD_MS - 20)
    life.take_down()
    assert life.keys() == []


def test_no_key_is_kept_once_the_page_has_moved_its_list() -> None:
    life = AtList()
    life.put_up()
    life.browser.change(list_page(life.clock.now, field=Box(20, 60, 120, 20)))
    life.pass_time(40)
    life.press()
    assert life.keys() == []


def test_nothing_is_kept_of_a_list_on_a_page_that_is_not_allowed() -> None:
    life = AtList()
    life.become(tab="other")
    life.pass_time(800)
    life.put_up()
    life.press()
    assert life.keys() == []


def test_nothing_is_kept_if_the_person_goes_to_another_tab_within_the_hold() -> None:
    life = AtList()
    life.put_up()
    life.press()
    life.pass_time(100)
    life.become(tab="other")
    assert life.keys() == []


def test_the_popup_of_another_window_s_program_never_vouches_even_if_it_lies_there() -> None:
    life = AtList()
    life.popups = (RawWindow(life.clock.now, 9, "notes", "", 6, BELOW, True, "menu"),)
    life.tell_desktop()
    life.pass_time(400)
    life.press()
    assert WINDOW.contains(BELOW.x, BELOW.y)
    assert life.keys() == []


# What the window system says, instant by instant. A popup's own time is when it was seen.

T = 10_000
KEY = RawKey(T, "Down", "", True, False, frozenset(), False)


def told(active: int = 1, choice: bool = True, **popups: int) -> ListKeys:
    """Each desktop by its time ("t0" is the key's), with the popup as it was seen at the time given."""
    desktops: History[RawDesktop] = History()
    pages: History[RawPage] = History()
    pages.add(list_page(T - 5_000))
    keys = ListKeys(desktops, pages)
    for at, seen in popups.items():
        since, since_seen = T + int(at[1:].replace("_", "-")), T + seen
        browser = RawWindow(since, 1, "chromium", "heron", 5, WINDOW, False)
        popup = RawWindow(since_seen, 9, "chromium", "", 5, BELOW, True, "menu")
        desktops.add(RawDesktop(since, (browser, popup), active, False))
    if choice:
        keys.told(RawActed(T + 20, "select", element(T + 20, "Linden", "option")))
    return keys


def test_a_list_that_was_seen_before_the_key_and_stays_is_certain() -> None:
    assert told(t_500=-500).vouch(1, KEY)
    assert told(t_500=-500, choice=False).vouch(1, KEY)
    assert not told(t_500=-500).vouch(2, KEY)


def test_a_list_only_seen_when_the_key_came_is_not_certain() -> None:
    assert not told(t0=0).vouch(1, KEY)
    assert not told(t_2=-2).vouch(1, KEY)
    assert not told(t_500=100).vouch(1, KEY), "of several changes at once the last counts"


def test_a_list_that_may_have_gone_by_then_is_not_certain() -> None:
    """Of several changes at once the window system tells the windows of before, as they were seen before."""
    assert not told(t_900=-900, t_200=-900).vouch(1, KEY)
    assert not told(t_900=-900, t100=-900, choice=False).vouch(1, KEY)


def test_a_list_vouches_for_nothing_unless_its_browser_s_window_has_the_keyboard() -> None:
    assert not told(active=9, t_500=-500).vouch(1, KEY)
    assert not told(active=0, t_500=-500).vouch(1, KEY)
