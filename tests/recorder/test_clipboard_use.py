# SPDX-License-Identifier: Apache-2.0
"""One event for each use of the clipboard, whoever tells of it; and none for anybody else's."""

import pytest
from tests.properties.harness import Life, element, page

from handiwork.model.event import Clipboard, Event
from handiwork.model.geometry import Box
from handiwork.model.raw import RawButton, RawClipboard, RawElement, RawKey, RawPage, RawWindow
from handiwork.recorder.kept.clipboard import SAME_MS, ClipboardUse

NOTES, BROWSER, MAIL = 6, 5, 7
"""Processes of the windows in the harness."""


def key(t: int, name: str, *modifiers: str, repeat: bool = False) -> RawKey:
    return RawKey(t, name, "", True, repeat, frozenset(modifiers), False)


def used(events: list[Event]) -> list[str]:
    return [event.operation for event in events if isinstance(event, Clipboard)]


def said(use: ClipboardUse, t: int, operation: str = "copy", owner: int = 0) -> list[str]:
    told = use.told(RawClipboard(t, operation, owner), NOTES, True)
    return [one.operation for one in told] if isinstance(told, list) else [told.reason]


@pytest.mark.parametrize(
    ("name", "modifiers"),
    [("v", ("ctrl",)), ("V", ("ctrl", "shift")), ("Insert", ("shift",)), ("XF86Paste", ())],
)
def test_each_of_the_keys_for_it_pastes(name: str, modifiers: tuple[str, ...]) -> None:
    assert used([*ClipboardUse().key(key(1_000, name, *modifiers))]) == ["paste"]


@pytest.mark.parametrize(
    ("name", "modifiers"),
    [("v", ()), ("v", ("alt",)), ("v", ("ctrl", "alt")), ("v", ("super",)), ("Insert", ()), ("c", ("ctrl",))],
)
def test_no_other_key_does(name: str, modifiers: tuple[str, ...]) -> None:
    assert ClipboardUse().key(key(1_000, name, *modifiers)) == []


def test_a_key_that_repeats_pastes_again_each_time() -> None:
    use = ClipboardUse()
    assert len([one for t in (0, 30, 60) for one in use.key(key(1_000 + t, "v", "ctrl", repeat=t > 0))]) == 3


def test_a_paste_by_keys_that_the_page_tells_of_too_is_one() -> None:
    use = ClipboardUse()
    assert used([*use.key(key(1_000, "v", "ctrl"))]) == ["paste"]
    assert said(use, 1_004, "paste") == []
    assert said(use, 1_030, "paste") == ["paste"], "the page's second word is of a second paste"


def test_the_page_may_speak_first() -> None:
    use = ClipboardUse()
    assert said(use, 998, "paste") == ["paste"]
    assert use.key(key(1_000, "v", "ctrl")) == []


def test_a_copy_that_page_and_window_system_tell_of_is_one_and_the_next_is_another() -> None:
    use = ClipboardUse()
    assert said(use, 1_000) == ["copy"]
    assert said(use, 1_020, owner=NOTES) == []
    assert said(use, 1_000 + SAME_MS + 100) == ["copy"]


def test_what_follows_the_keys_for_cutting_was_cut() -> None:
    use = ClipboardUse()
    use.key(key(1_000, "x", "ctrl"))
    assert said(use, 1_020, owner=NOTES) == ["cut"]
    assert said(use, 5_000, owner=NOTES) == ["copy"]


def test_a_cut_that_the_page_tells_of_stays_one() -> None:
    use = ClipboardUse()
    assert said(use, 1_000, "cut") == ["cut"]
    assert said(use, 1_030, owner=NOTES) == []


def test_a_paste_right_after_a_copy_is_kept() -> None:
    use = ClipboardUse()
    assert said(use, 1_000) == ["copy"]
    assert used([*use.key(key(1_050, "v", "ctrl"))]) == ["paste"]


def test_a_word_that_is_none_of_the_three_is_not_kept() -> None:
    assert said(ClipboardUse(), 1_000, "quagga") == ["unknown deed"]


def middle(use: ClipboardUse, shown: RawPage | None, x: int, to: int) -> list[str]:
    down, up = (RawButton(t, px, 90, 2, t == 1_000, False) for t, px in ((1_000, x), (1_080, to)))
    return used([*use.button(down, shown), *use.button(up, shown)])


def test_the_middle_button_pastes_over_a_field_and_nowhere_else() -> None:
    shown = page(900, "heron")  # its field is at y 80 to 100, x 20 to 140
    assert middle(ClipboardUse(), shown, 40, 41) == ["paste"]
    assert middle(ClipboardUse(), shown, 40, 90) == [], "a drag"
    assert middle(ClipboardUse(), shown, 300, 300) == [], "beside it"
    assert middle(ClipboardUse(), None, 40, 40) == [], "nothing is known of what lies there"


def test_a_link_within_an_editable_text_is_not_pasted_into() -> None:
    body = RawElement(900, "textbox", "Note", "", Box(0, 0, 300, 200), frozenset({"editable"}), -1, "", ())
    link = element(900, "More", "link", 85)
    shown = RawPage(900, "", "", Box(0, 0, 300, 200), Box(0, 0, 300, 200), (body, link), -1, False, "")
    assert middle(ClipboardUse(), shown, 40, 40) == []


# Through the whole recorder.


def test_a_copy_in_an_app_out_of_scope_leaves_nothing() -> None:
    life = Life()
    life.pass_time(400)
    life.work()
    life.pass_time(500)
    life.become(front="mail")
    life.pass_time(500)
    for _ in range(5):
        life.clipboard.put(RawClipboard(life.clock.now, "copy", MAIL))
        life.pass_time(300)
    life.become(front="notes")
    life.pass_time(600)
    assert used(life.finish()) == ["copy"], "the one of work()"
    assert any(stream == "clipboard" and reason == "unlisted app" for _, stream, reason, _ in life.store.skips())


def test_a_cut_whose_keys_are_read_after_it_in_the_same_millisecond_is_a_cut() -> None:
    life = Life()
    life.become(front="notes")
    life.pass_time(800)
    life.clipboard.put(RawClipboard(life.clock.now, "copy", NOTES))
    life.input.put(key(life.clock.now, "x", "ctrl"))
    life.pass_time(500)
    assert used(life.finish()) == ["cut"]


def test_a_program_in_the_background_that_takes_the_clipboard_leaves_nothing() -> None:
    life = Life()
    life.pass_time(500)
    for owner in (MAIL, BROWSER, 999, -1):
        life.clipboard.put(RawClipboard(life.clock.now, "copy", owner))
        life.pass_time(300)
    assert used(life.finish()) == []
    assert any((stream, reason) == ("clipboard", "other window") for _, stream, reason, _ in life.store.skips())


def test_a_page_in_the_background_that_tells_of_a_copy_leaves_nothing() -> None:
    life = Life()
    life.pass_time(500)
    life.clipboard.put(RawClipboard(life.clock.now, "copy"))
    life.pass_time(500)
    assert used(life.finish()) == []


def test_a_copy_by_a_window_whose_process_is_unknown_leaves_nothing() -> None:
    life = Life()
    life.pass_time(500)
    window = RawWindow(life.clock.now, 2, "notes", "heron", -1, Box(0, 0, 320, 240), False)
    desktop = life._desktop(life.clock.now)
    desktop.windows = (window,)
    life.desktop.tell(desktop)
    life.pass_time(500)
    life.clipboard.put(RawClipboard(life.clock.now, "copy", -1))
    life.pass_time(500)
    assert used(life.finish()) == []


def test_a_copy_in_the_browsers_address_bar_leaves_nothing() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(800)
    life.clipboard.put(RawClipboard(life.clock.now, "copy", BROWSER))
    life.pass_time(500)
    unfocused = page(life.clock.now, "heron")
    unfocused.focused = -1
    life.browser.change(unfocused)
    life.pass_time(500)
    life.clipboard.put(RawClipboard(life.clock.now, "copy", BROWSER))
    life.pass_time(500)
    assert used(life.finish()) == ["copy"], "the first, with a field of the page in use"


def test_the_clipboard_is_used_at_every_level_but_counts() -> None:
    from tests.properties.test_capture_levels import at_level

    for level, kept in (("counts", []), ("actions", ["copy"]), ("full", ["copy"])):
        life = Life(policy=at_level(level))  # type: ignore[arg-type]
        life.pass_time(500)
        life.clipboard.put(RawClipboard(life.clock.now, "copy", NOTES))
        life.pass_time(500)
        assert used(life.finish()) == kept, level
