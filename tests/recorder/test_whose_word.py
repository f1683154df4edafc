# SPDX-License-Identifier: Apache-2.0
"""What a page or a program says counts only where it is itself what the decision is about."""

from tests.properties.harness import Life, element, page
from tests.recorder.test_native import NOTES, PERSON, PLACE, desktop

from handiwork.model.event import Acted, Clipboard, Key, Opened, Typed
from handiwork.model.geometry import Box
from handiwork.model.policy import Allow, Deny, Policy
from handiwork.model.raw import RawActed, RawButton, RawComposed, RawElement, RawKey, RawOpened, RawWindow
from handiwork.recorder.kept.typing import TypingRun
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.rules.redaction.redactor import Redactor


def field(t: int, name: str = "Subject") -> RawElement:
    return RawElement(t, "textbox", name, "", Box(20, 80, 120, 20), frozenset({"editable"}), -1, "", ())


def test_a_busy_page_that_speaks_only_when_a_program_is_in_front_is_not_judged_by_that_program_s_rule() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    life.become(front="notes")
    life.pass_time(600)
    now = life.clock.now
    life.browser._tell(RawActed(now, "change", element(now, "quagga")))
    life.browser._tell(RawOpened(now, "dialog", Box(0, 0, 9, 9), element(now, "quagga")))
    life.pass_time(600)
    events = life.finish()
    assert [one for one in events if isinstance(one, Acted | Opened) and one.element] == []
    assert any((stream, reason) == ("element", "other window") for _, stream, reason, _ in life.store.skips())


def test_text_that_a_page_in_the_background_composed_is_not_taken_for_what_was_typed_into_a_program() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    life.become(front="notes")
    life.pass_time(600)
    life._press("a", "a", life.clock.now)
    life.pass_time(40)
    life.browser._tell(RawComposed(life.clock.now, "再见", field(life.clock.now)))
    life.pass_time(1_500)
    assert [one.text for one in life.finish() if isinstance(one, Typed)] == ["a"]


def test_the_middle_button_over_a_program_says_nothing_of_a_field_of_the_page_behind_it() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    life.become(front="notes")
    life.pass_time(100)
    life.browser._tell(page(life.clock.now, "heron"))  # late news; its field is at y 80 to 100, x 20 to 140
    life.pass_time(600)
    for pressed in (True, False):
        life.input.put(RawButton(life.clock.now, 40, 90, 2, pressed, False))
        life.pass_time(50)
    life.pass_time(600)
    assert [one for one in life.finish() if isinstance(one, Clipboard)] == []


def test_what_is_typed_into_an_unknown_field_is_not_judged_by_the_field_that_was_left_with_a_key() -> None:
    run, redactor = TypingRun(), Redactor("balanced")
    tab = RawKey(1_000, "Tab", "", True, False, frozenset(), False)
    assert [type(one) for one in run.key(tab, field(1_000), redactor, "full")] == [Key]
    for at, letter in enumerate("budget"):
        run.key(RawKey(1_050 + at, letter, letter, True, False, frozenset(), False), None, redactor, "full")
    (typed,) = run.close(redactor, "full")
    assert isinstance(typed, Typed)
    assert typed.text == "<content 6 chars>"


def test_of_a_window_that_its_title_denies_not_even_that_it_came_is_told() -> None:
    policy = Policy(
        name="t",
        revision=1,
        purposes=("agent-training",),
        allow=(Allow(app="notes"),),
        deny=(Deny(title="salary"),),
    )
    watch = ScopeWatch(policy)
    watch.desktop_changed(desktop(1_000, 1, NOTES), PERSON)
    salary, plain = (
        RawWindow(0, xid, "notes", title, 5, PLACE, False) for xid, title in ((7, "Salary 2026"), (8, "Report"))
    )
    assert watch.desktop_changed(desktop(2_000, 1, salary, NOTES), PERSON) == []
    assert [one.kind for one in watch.desktop_changed(desktop(3_000, 1, plain, salary, NOTES), PERSON)] == ["window"]
