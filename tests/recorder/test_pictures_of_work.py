# SPDX-License-Identifier: Apache-2.0
"""Which pictures are taken at ordinary work: of what is in front, when it has changed, and not when it has not."""

from tests.properties.harness import Life, page

from handiwork.model.event import Frame
from handiwork.model.geometry import Box
from handiwork.model.raw import RawKey, RawMove


def at_rest(front: str) -> Life:
    life = Life()
    life.become(front=front)
    life.pass_time(3_000)
    return life


def presses(life: Life, char: str = "a") -> None:
    for pressed in (True, False):
        life.input.put(RawKey(life.clock.now, char, char, pressed, False, frozenset(), False))


def whys(life: Life, since: int) -> list[str]:
    """Why pictures were taken that were kept, of what was so from then on."""
    return [event.why for event in life.finish() if isinstance(event, Frame) and event.t >= since]


def test_what_typing_in_a_program_has_brought_is_seen_when_it_is_over_though_the_program_tells_nothing() -> None:
    life = at_rest("notes")
    since = life.clock.now
    presses(life)
    life.pass_time(60)
    life.screen_changes()
    life.pass_time(1_000)
    assert whys(life, since) == ["settled"]


def test_a_page_that_goes_on_changing_beside_what_is_in_front_is_no_reason_for_a_picture() -> None:
    life = at_rest("browser")
    life.become(front="notes")
    life.pass_time(3_000)
    since = life.clock.now
    life.screen_changes()
    life.browser.change(page(life.clock.now, "lark"))
    life.pass_time(3_000)
    assert whys(life, since) == []


def test_a_pointer_that_moves_on_over_a_page_that_has_told_of_nothing_brings_no_second_picture() -> None:
    life = at_rest("browser")
    life.input.put(RawMove(life.clock.now, 30, 100, False))
    life.pass_time(600)
    since = life.clock.now
    life.screen.paint(Box(0, 0, 40, 40), 0xAB1234)
    life.input.put(RawMove(life.clock.now, 40, 100, False))
    life.pass_time(700)
    assert whys(life, since) == []
