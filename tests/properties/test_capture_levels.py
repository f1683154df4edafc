# SPDX-License-Identifier: Apache-2.0
"""Property 1 under attack by level: a rule that allows less keeps less, in every copy, whatever words may survive."""

import msgspec
import pytest
from tests.properties.harness import POLICY, SITE, VIEW, WINDOW, Life

from handiwork.model.codec import encode_events
from handiwork.model.geometry import Box
from handiwork.model.policy import Level, Policy
from handiwork.model.raw import RawElement, RawKey, RawPage

TYPED = "quarterly heron report"


def at_level(level: Level) -> Policy:
    """The harness's policy, every rule at one level."""
    return msgspec.structs.replace(
        POLICY, allow=tuple(msgspec.structs.replace(rule, level=level) for rule in POLICY.allow)
    )


def typing(level: Level) -> Life:
    """A life in which a sentence is typed into a field of an allowed page, which then shows it."""
    life = Life(policy=at_level(level))
    life.become(front="browser")
    life.pass_time(800)
    life.browser.change(shown(life.clock.now, "", 0))
    life.pass_time(800)
    for letter in TYPED:
        life.input.put(RawKey(life.clock.now, letter, letter, True, False, frozenset(), False))
        life.pass_time(30)
    life.pass_time(1_600)
    life.browser.change(shown(life.clock.now, TYPED, -1))
    life.pass_time(800)
    return life


def shown(now: int, value: str, focused: int) -> RawPage:
    """The page with one field."""
    field = RawElement(
        now, "textbox", "Remark", value, Box(20, 150, 200, 30), frozenset({"editable"}), -1, "Remark", ()
    )
    return RawPage(now, SITE, "Orders", VIEW, WINDOW, (field,), focused, False, "")


@pytest.mark.parametrize("level", ["actions+text", "full"])
def test_a_level_with_text_keeps_what_was_typed(level: Level) -> None:
    assert TYPED.encode() in encode_events(typing(level).finish())


@pytest.mark.parametrize("level", ["counts", "actions"])
def test_a_level_without_text_keeps_it_in_no_copy(level: Level) -> None:
    assert b"quarterly" not in encode_events(typing(level).finish())


def test_at_counts_nothing_is_written_but_the_count() -> None:
    life = typing("counts")
    assert life.finish() == []
    assert list(life.store.segments()) == []
    assert any(reason == "counted only" for _, _, reason, _ in life.store.skips())
