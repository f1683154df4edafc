# SPDX-License-Identifier: Apache-2.0
"""A key that no field of the page took is kept by the page's own word alone, and each word is good for one key."""

from tests.properties.harness import Life, page

from handiwork.model.event import Key
from handiwork.model.raw import RawKey, RawPageKey
from handiwork.recorder.scope.page_keys import NEAR_MS, PageKeys


def told(*times: int) -> PageKeys:
    keys = PageKeys()
    for time_ms in times:
        keys.told(RawPageKey(time_ms))
    return keys


def test_a_key_is_vouched_for_by_a_word_of_its_own_time() -> None:
    assert told(1_000).take(1_000)
    assert told(1_000 + NEAR_MS).take(1_000)
    assert not told(1_000 + NEAR_MS + 1).take(1_000)
    assert not told().take(1_000)


def test_a_word_is_good_for_one_key() -> None:
    keys = told(1_000)
    assert keys.take(1_000)
    assert not keys.take(1_001)


def test_nothing_is_vouched_for_after_forgetting() -> None:
    keys = told(1_000)
    keys.clear()
    assert not keys.take(1_000)


# Through the whole recorder.


def kept(vouched: bool, after_ms: int = 20) -> list[str]:
    life = Life()
    life.become(front="browser")
    life.pass_time(800)
    unfocused = page(life.clock.now, "heron")
    unfocused.focused = -1
    life.browser.change(unfocused)
    life.pass_time(500)
    pressed = life.clock.now
    life.input.put(RawKey(pressed, "Page_Down", "", True, False, frozenset(), False))
    if vouched:
        life.later(after_ms, lambda: life.browser.key(pressed))
    life.pass_time(1_500)
    return [event.name for event in life.finish() if isinstance(event, Key)]


def test_a_key_with_nothing_focused_is_kept_if_the_page_says_that_it_came_there() -> None:
    assert kept(vouched=True) == ["Page_Down"]


def test_a_key_of_which_the_page_says_nothing_is_dropped() -> None:
    assert kept(vouched=False) == []


def test_a_word_that_comes_after_the_hold_keeps_nothing() -> None:
    assert kept(vouched=True, after_ms=900) == []
