# SPDX-License-Identifier: Apache-2.0
"""Property 1 under attack: whatever happens in whatever order, nothing from a denied or uncertain time is kept.

The recorder's own loop runs over a life by a clock of its own (see harness.py), in which everything that happens where
nothing may be kept carries a mark of its own in each stream.
"""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.harness import (
    COLOUR,
    COLOUR_MARK,
    KEY_MARK,
    TEXT_MARK,
    Lateness,
    Life,
    colours,
    streams_with,
)

from handiwork.model.geometry import Box
from handiwork.model.raw import RawKey, RawWindow

EVERY_STREAM = {"words", "elements", "typed", "keys", "buttons", "moves", "wheel", "pixels", "clipboard"}

DENIALS: dict[str, dict[str, str | bool]] = {
    "another program": {"front": "mail"},
    "another site": {"front": "browser", "tab": "other"},
    "a sign-in page": {"front": "browser", "tab": "signin"},
    "a password field": {"secret": True},
    "a pause": {"paused": True},
    "a locked screen": {"locked": True},
    "a denied title": {"salary": True},
}
BACK: dict[str, str | bool] = {
    "front": "notes", "tab": "work", "secret": False, "paused": False, "locked": False, "salary": False,
}  # fmt: skip
LATENESS = st.builds(
    Lateness, early=st.integers(0, 20), desktop=st.integers(0, 40), stamp=st.integers(0, 90), way=st.integers(0, 190)
)


def busy(life: Life, times: int, every: int) -> None:
    """The person does everything again and again."""
    for _ in range(times):
        life.work()
        life.page_speaks()
        life.pass_time(every)


@pytest.mark.parametrize("stream", sorted(EVERY_STREAM))
@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize("home", ["notes", "browser"])
def test_of_a_denied_stretch_between_two_allowed_ones_no_stream_keeps_anything(
    home: str, denial: str, stream: str
) -> None:
    kept, leaked = _there_and_back(home, denial)
    assert stream in kept, "the harmless counterpart is not kept either: then this test proves nothing"
    assert stream not in leaked


_SEEN: dict[tuple[str, str], tuple[set[str], set[str]]] = {}


def _there_and_back(home: str, denial: str) -> tuple[set[str], set[str]]:
    """Each life is lived once, and searched stream by stream."""
    if (home, denial) not in _SEEN:
        life = Life(Lateness())
        life.become(front=home)
        life.pass_time(400)
        busy(life, 8, 70)
        life.become(**DENIALS[denial], **({"front": "notes"} if denial == "a password field" else {}))
        busy(life, 12, 50)
        life.become(**{**BACK, "front": home})
        busy(life, 10, 70)
        events = life.finish()
        _SEEN[home, denial] = streams_with(events, life.pictures, False), streams_with(events, life.pictures, True)
    return _SEEN[home, denial]


def test_a_program_that_no_rule_allows_is_never_asked_for_its_elements() -> None:
    life = Life(Lateness())
    life.pass_time(400)
    busy(life, 8, 70)
    life.become(front="mail")
    busy(life, 12, 70)
    life.become(front="notes", paused=True)
    life.pass_time(400)
    before = len(life.interface.asked)
    busy(life, 12, 70)
    assert set(life.interface.asked) == {2}
    assert len(life.interface.asked) == before, "while recording is paused, nobody is asked"


CHANGES = st.one_of(
    st.sampled_from(["notes", "browser", "mail"]).map(lambda to: {"front": to}),
    st.sampled_from(["work", "other", "signin"]).map(lambda to: {"tab": to}),
    st.sampled_from(["secret", "paused", "locked", "salary"]).flatmap(
        lambda what: st.booleans().map(lambda on: {what: on})
    ),
    st.just(BACK),
)
STEPS = st.tuples(
    st.sampled_from(["change", "work", "work", "page", "stop in a turn"]), CHANGES, st.integers(1, 330), st.booleans()
)
"""What happens, to what it changes, how long it lasts, and whether the recorder stands still meanwhile."""


@settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(LATENESS, st.lists(STEPS, min_size=5, max_size=40))
def test_however_switches_pages_keys_clicks_and_passwords_mingle_no_mark_is_kept(
    late: Lateness, steps: list[tuple[str, dict[str, str | bool], int, bool]]
) -> None:
    life = Life(late)
    life.pass_time(400)
    for what, change, duration, stalled in steps:
        if what == "change":
            life.become(**change)
        elif what == "work":
            life.work()
        elif what == "page":
            life.page_speaks()
        if what == "stop in a turn":
            life.input.meanwhile = partial(stop_amid, life, change, duration)
        life.pass_time(duration, stalled=stalled)
    life.become(**BACK)
    life.pass_time(500)
    busy(life, 3, 70)
    assert streams_with(life.finish(), life.pictures, True) == set()


def stop_amid(life: Life, change: dict[str, str | bool], duration: int) -> None:
    """Amid a turn, after the windows were read and before the keys are, the recorder stands still; life goes on."""
    life.become(**change)
    life.pass_time(duration // 2, stalled=True)
    life.work()
    life.pass_time(duration, stalled=True)


def test_a_recorder_that_stands_still_amid_a_turn_judges_by_no_news_older_than_the_keys() -> None:
    life = Life()
    life.pass_time(400)
    life.input.meanwhile = partial(stop_amid, life, {"front": "mail"}, 800)
    life.pass_time(20)
    assert streams_with(life.finish(), life.pictures, True) == set()


def test_a_tab_that_changed_while_the_recorder_stood_still_counts_though_another_window_is_in_front_by_then() -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(20)
    life.input.meanwhile = partial(stop_amid, life, {"tab": "other"}, 301)
    life.pass_time(301)
    life.become(**BACK)
    life.pass_time(500)
    busy(life, 3, 70)
    events = life.finish()
    assert "words" in streams_with(events, life.pictures, False)
    assert streams_with(events, life.pictures, True) == set()


@pytest.mark.parametrize("late", range(160, 260, 10))
@pytest.mark.parametrize("stamp", [40, 90])
def test_an_element_that_a_program_was_asked_for_late_waits_for_news_of_a_password_field(late: int, stamp: int) -> None:
    life = Life(Lateness(stamp=stamp, way=179))
    life.pass_time(400)
    life.work()
    life.pass_time(400)
    life.work()
    life.pass_time(late, stalled=True)
    life.become(secret=True)
    life.pass_time(600, every=5)
    events = life.finish()
    assert "elements" in streams_with(events, life.pictures, False)
    assert streams_with(events, life.pictures, True) == set()


def test_what_is_typed_after_the_pause_key_is_not_kept_however_late_the_recorder_reads_it() -> None:
    life = Life()
    life.pass_time(400)
    life.work()
    life.pass_time(500)
    life.become(paused=True)
    life.pass_time(100, stalled=True)
    life.work()
    life.pass_time(900, stalled=True)
    life.pass_time(500)
    events = life.finish()
    assert "typed" in streams_with(events, life.pictures, False)
    assert streams_with(events, life.pictures, True) == set()


@pytest.mark.parametrize("denial", ["paused", "locked", "salary"])
def test_of_a_page_that_came_in_front_meanwhile_only_what_it_shows_afterwards_is_kept(denial: str) -> None:
    life = Life(Lateness())
    life.pass_time(400)
    life.become(**{denial: True})
    life.pass_time(400)
    life.become(front="browser")
    life.pass_time(400)
    life.become(**{denial: False})
    busy(life, 8, 70)
    life.pass_time(500)
    events = life.finish()
    assert "words" in streams_with(events, life.pictures, False)
    assert streams_with(events, life.pictures, True) == set()


@pytest.mark.parametrize("comes", [True, False])
def test_a_window_that_comes_or_goes_while_the_screen_is_copied_is_not_in_the_picture(comes: bool) -> None:
    life = Life()
    life.become(front="browser")
    life.pass_time(600)
    notice = RawWindow(life.clock.now, 9, "notifier", TEXT_MARK, 9, Box(10, 30, 200, 100), True)
    red = COLOUR_MARK[0] << 16 | COLOUR_MARK[1] << 8 | COLOUR_MARK[2]

    def appear() -> None:
        life.popups = (notice,)
        life.clock.now += 5
        life.tell_desktop()
        life.screen.paint(notice.bounds, red)

    def vanish() -> None:
        """It is gone from the list of windows before what lay under it is painted again."""
        life.popups = ()
        life.tell_desktop()
        life.later(70, life.paint)

    if comes:
        life.screen.while_copying = appear
    else:
        appear()
        life.pass_time(600)
        vanish()
    life.work()
    life.pass_time(700)
    life.paint()
    life.work()
    life.pass_time(700)
    kept = colours(life.finish(), life.pictures)
    assert COLOUR in kept
    assert COLOUR_MARK not in kept


def test_news_from_longer_ago_than_the_recorder_remembers_are_not_kept() -> None:
    life = Life()
    life.become(front="mail")
    life.pass_time(400)
    then = life.clock.now
    life.become(front="notes")
    life.pass_time(14_000, every=200)
    life.input.put(RawKey(then, KEY_MARK, "", True, False, frozenset(), False))
    life.pass_time(400)
    assert streams_with(life.finish(), life.pictures, True) == set()
