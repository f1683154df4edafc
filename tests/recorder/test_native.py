# SPDX-License-Identifier: Apache-2.0
"""When ordinary programs are asked for elements, whom, and what of it counts."""

import pytest
from tests.properties.harness import Life

from handiwork.model.event import Typed
from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Deny, Level, Policy, Words
from handiwork.model.raw import (
    RawActed,
    RawButton,
    RawDesktop,
    RawElement,
    RawFocusMoved,
    RawKey,
    RawMove,
    RawPage,
    RawWindow,
)
from handiwork.ports.fakes.interface import ScriptedInterface
from handiwork.recorder.scope.native import AFTER_MS, APART_MS, OLD_MS, NativeAsking, NativeViews
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.rules.participation import Participation

PERSON = Participation(consented=True)
PLACE = Box(0, 0, 400, 300)
NOTES, MAIL = RawWindow(0, 1, "notes", "", 5, PLACE, False), RawWindow(0, 2, "mail", "", 6, PLACE, False)


def policy(level: Level = "full", deny: tuple[Deny, ...] = ()) -> Policy:
    return Policy(
        name="t", revision=1, purposes=("agent-training",), allow=(Allow(app="notes", level=level),), deny=deny
    )


def element(t: int = 0, role: str = "button", name: str = "Send", *states: str) -> RawElement:
    return RawElement(t, role, name, "", Box(10, 10, 80, 20), frozenset(states), -1, "", ())


@pytest.fixture
def interface() -> ScriptedInterface:
    made = ScriptedInterface()
    for xid in (1, 2):
        made.show(xid, [element()])
    return made


def press(t: int, pressed: bool = True) -> RawButton:
    return RawButton(t, 20, 15, 1, pressed, False)


def test_a_press_is_asked_for_its_element_at_once_and_the_view_when_all_has_settled(
    interface: ScriptedInterface,
) -> None:
    asking = NativeAsking(interface)
    asking.aim([NOTES], 5_000)
    asking.read(5_000 + AFTER_MS)
    asking.input(press(8_000), "", 8_000)
    assert interface.asked == [1, 1]
    asking.input(press(8_050, pressed=False), "", 8_050)
    assert asking.next_ms() == 8_050 + AFTER_MS
    asking.read(8_050 + AFTER_MS)
    told = asking.read(8_400)
    assert [type(one).__name__ for one in told] == ["RawPage"]
    assert asking.next_ms() is None


def test_a_press_that_belongs_to_another_window_is_asked_of_nobody(interface: ScriptedInterface) -> None:
    asking = NativeAsking(interface)
    asking.aim([NOTES], 5_000)
    asking.input(press(5_010), "other window", 5_010)
    assert interface.asked == []


def test_while_the_person_goes_on_typing_nothing_is_looked_at(interface: ScriptedInterface) -> None:
    asking = NativeAsking(interface)
    asking.aim([NOTES], 5_000)
    asking.read(5_000 + AFTER_MS)
    for t in range(6_000, 9_000, 100):
        asking.input(RawKey(t, "a", "a", True, False, frozenset(), False), "", t)
        asking.read(t)
    assert interface.asked == [1]


def test_looks_are_apart_and_a_movement_after_rest_asks_only_if_the_last_look_is_old(
    interface: ScriptedInterface,
) -> None:
    asking = NativeAsking(interface)
    asking.aim([NOTES], 5_000)
    asking.read(5_200)
    asking.input(press(5_210, pressed=False), "", 5_210)
    assert asking.next_ms() == 5_200 + APART_MS
    asking.read(5_200 + APART_MS)
    asking.input(RawMove(6_400, 5, 5, False), "", 6_400)
    assert asking.next_ms() is None
    asking.input(RawMove(6_400 + OLD_MS, 5, 5, False), "", 6_400 + OLD_MS)
    assert asking.next_ms() == 6_400 + OLD_MS


def test_with_nobody_to_ask_there_is_nothing_to_wait_for(interface: ScriptedInterface) -> None:
    asking = NativeAsking(interface)
    asking.aim([], 5_000)
    asking.input(press(5_010), "", 5_010)
    assert (asking.next_ms(), interface.asked) == (None, [])


def desktop(t: int, active: int, *windows: RawWindow) -> RawDesktop:
    return RawDesktop(t, windows, active, False)


def test_only_the_allowed_window_and_popups_of_its_own_process_may_be_asked() -> None:
    watch = ScopeWatch(policy())
    own = RawWindow(0, 8, "", "", 5, PLACE, True, "menu")
    other = RawWindow(0, 9, "", "", 6, PLACE, True, "menu")
    watch.desktop_changed(desktop(1_000, 1, MAIL, NOTES, other, own), PERSON)
    assert [window.xid for window in watch.may_be_asked()] == [1, 8]
    watch.desktop_changed(desktop(2_000, 2, NOTES, MAIL), PERSON)
    assert watch.may_be_asked() == []
    watch.desktop_changed(desktop(3_000, 1, MAIL, NOTES), PERSON.pause(None))
    assert watch.may_be_asked() == []


def test_at_the_level_counts_no_program_is_asked_anything() -> None:
    watch = ScopeWatch(policy("counts"))
    watch.desktop_changed(desktop(1_000, 1, NOTES), PERSON)
    assert watch.timeline.now().allowed
    assert watch.may_be_asked() == []


def view(t: int, focused: int, *elements: RawElement, xid: int = 1) -> RawPage:
    return RawPage(t, "", "", PLACE, PLACE, elements, focused, False, "", t, xid)


def test_the_field_with_the_keyboard_is_the_one_of_the_newest_word_and_of_that_window_alone() -> None:
    views = NativeViews()
    subject, body = element(0, "textbox", "Subject"), element(0, "textbox", "Body")
    views.told(view(1_000, 0, subject), 1)
    views.told(RawActed(2_000, "focus", body), 1)
    views.told(view(1_500, 0, subject, xid=2), 2)
    assert [views.field_at(1, t) for t in (999, 1_500, 2_500)] == [None, subject, body]
    views.told(view(3_000, 0, subject), 1)
    assert views.field_at(1, 3_500) is subject
    assert views.field_at(2, 3_500) is subject
    views.keep_only({1})
    assert views.field_at(2, 3_500) is None


def test_a_denied_role_closes_the_scope_while_it_has_the_keyboard_and_until_it_is_known_who_has_it() -> None:
    watch = ScopeWatch(policy(deny=(Deny(app="notes", role="textbox"),)))
    watch.desktop_changed(desktop(1_000, 1, NOTES), PERSON)
    assert watch.timeline.now().reason == "uncertain role"
    watch.interface_told(RawActed(2_000, "focus", element(2_000)), 1, PERSON)
    assert watch.timeline.now().allowed
    watch.interface_told(RawActed(3_000, "focus", element(3_000, "textbox", "Subject")), 1, PERSON)
    assert watch.timeline.now().reason == "denied by rule"


def test_a_keyboard_that_went_elsewhere_is_in_an_unknown_field_until_the_program_says_in_which() -> None:
    views = NativeViews()
    search, code = element(0, "textbox", "Search"), element(0, "textbox", "Code")
    views.told(RawActed(1_000, "focus", search), 1)
    views.told(RawFocusMoved(2_000), 1)
    assert [views.field_at(1, t) for t in (1_500, 2_500)] == [search, None]
    views.told(RawActed(2_000, "focus", code), 1)
    assert views.field_at(1, 2_500) is code
    views.told(RawFocusMoved(3_000), 1)
    views.told(view(3_100, -1, search), 1)
    assert views.field_at(1, 3_500) is None, "a look that doesn't know says nothing of the field before"
    views.told(view(4_000, 0, search), 1)
    assert views.field_at(1, 4_500) is search


def test_what_is_typed_where_a_busy_program_did_not_say_is_not_judged_by_the_field_before() -> None:
    life = Life(policy=policy_of_words("balanced"))
    life.pass_time(400)
    life.interface.focus(2, life.clock.now, element(0, "textbox", "Search", "editable"))
    life.pass_time(200)
    for mute in (False, True):
        life.interface.mute = mute
        if mute:
            life.interface.focus(2, life.clock.now, element(0, "textbox", "Code", "editable"))
        for letter in "budget":
            life._press(letter, letter, life.clock.now)
            life.pass_time(40)
        life.pass_time(1_500)
    assert [one.text for one in life.finish() if isinstance(one, Typed)] == ["budget", "<content 6 chars>"]


def policy_of_words(words: Words) -> Policy:
    allow = (Allow(app="notes", level="full", words=words),)
    return Policy(name="attack", revision=1, purposes=("agent-training",), allow=allow)


def test_where_a_role_is_denied_the_program_is_asked_for_nothing_but_to_know_who_has_the_keyboard() -> None:
    watch = ScopeWatch(policy(deny=(Deny(app="notes", role="textbox"),)))
    watch.desktop_changed(desktop(1_000, 1, NOTES), PERSON)
    assert [window.xid for window in watch.may_be_asked()] == [1]
    watch.interface_told(view(2_000, 0, element(2_000)), 1, PERSON)
    assert watch.timeline.now().allowed
    watch.interface_told(RawFocusMoved(3_000), 1, PERSON)
    assert watch.timeline.now().reason == "uncertain role"
    watch.interface_told(RawActed(3_000, "focus", element(3_000, "textbox", "Subject")), 1, PERSON)
    assert watch.may_be_asked() == []
