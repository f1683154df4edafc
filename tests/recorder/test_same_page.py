# SPDX-License-Identifier: Apache-2.0
"""A page that says again what it has said is not written down again, unless what it said is in another segment."""

from tests.properties.harness import Life, page

from handiwork.model.event import Observed


def told(life: Life, *words: str) -> list[str]:
    """Headings of what was written down of pages that said these words, half a second apart."""
    life.become(front="browser")
    life.pass_time(800)
    for word in words:
        life.browser.change(page(life.clock.now, word))
        life.pass_time(500)
    return [event.elements[0].name for event in life.finish() if isinstance(event, Observed)]


def test_what_is_the_same_is_written_once_and_what_changes_each_time() -> None:
    names = told(Life(), "wren", "wren", "wren", "lark", "wren")
    assert names[-3:] == ["wren harvest", "lark harvest", "wren harvest"]
    assert names.count("wren harvest") == 2


def test_after_a_gap_it_is_written_again() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(800)
    life.browser.change(page(life.clock.now, "wren"))
    life.pass_time(500)
    life.become(front="mail")
    life.pass_time(600)
    life.work()
    life.pass_time(600)
    names = told(life, "wren")
    assert names.count("wren harvest") >= 2
