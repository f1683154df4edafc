# SPDX-License-Identifier: Apache-2.0
"""A policy revised while recording: at once, nothing carried over, and never wider than what the person accepted."""

import msgspec
import pytest
from tests.properties.harness import DEVICE_KEY, POLICY, TEMPLATE, Life, streams_with

from handiwork.model.event import Button, Foreground
from handiwork.model.ids import Digest
from handiwork.model.policy import Allow, Policy
from handiwork.model.raw import RawButton
from handiwork.model.segment import Header
from handiwork.ports.control import Command
from handiwork.ports.sealed import open_segment, split, unwrap_device_key
from handiwork.recorder.terms import Terms

NOTES_GONE = msgspec.structs.replace(POLICY, revision=2, allow=POLICY.allow[:1])
LOWER = msgspec.structs.replace(POLICY, revision=2, allow=(Allow(app="notes", level="actions"),))


def header(policy: Policy) -> Header:
    return msgspec.structs.replace(
        TEMPLATE, policy_revision=policy.revision, policy_digest=Digest(str(policy.revision) * 64)
    )


def revise(life: Life, policy: Policy, flaw: str = "", told: bool = True) -> None:
    life.terms.terms = Terms(policy, header(policy), flaw)
    if told:
        life.voice.say(Command(do="policy"))


def places_by_revision(life: Life) -> dict[int, set[int]]:
    """Where buttons were pressed, by the revision of the segments that say so."""
    found: dict[int, set[int]] = {}
    for stored in life.store.segments():
        content = life.store.content(stored.header.segment_id)
        opened = open_segment(life.sealing, unwrap_device_key(life.sealing, DEVICE_KEY, split(content)[0]), content)
        places = {event.x for event in opened.events if isinstance(event, Button)}
        found.setdefault(stored.header.policy_revision, set()).update(places)
    return found


def press(life: Life, x: int) -> None:
    for pressed in (True, False):
        life.input.put(RawButton(life.clock.now, x, 100, 1, pressed, False))


@pytest.fixture
def life() -> Life:
    """Working in the notes program: one press kept, at 11, and one that still waits to be judged, at 12."""
    made = Life()
    made.pass_time(500)
    press(made, 11)
    made.pass_time(900)
    press(made, 12)
    return made


@pytest.mark.parametrize("told", [True, False])
def test_a_surface_taken_out_is_left_at_once_and_what_waited_is_dropped(life: Life, told: bool) -> None:
    revise(life, NOTES_GONE, told=told)
    life.pass_time(200 if told else 1_200)
    press(life, 13)
    life.pass_time(800)
    press(life, 14)
    life.finish()
    kept = places_by_revision(life)
    assert set(kept) == {1}  # untold, the recorder finds out within its next second
    assert 11 in kept[1]
    assert not {13, 14} & kept[1]
    assert 12 not in kept[1] or not told
    assert life.skips.total > 0


def test_what_was_kept_stays_under_its_revision_and_what_follows_is_under_the_new_one(life: Life) -> None:
    revise(life, LOWER)
    life.pass_time(200)
    press(life, 13)
    life.pass_time(800)
    events = life.finish()
    assert places_by_revision(life) == {1: {11}, 2: {13}}
    assert sum(isinstance(event, Foreground) for event in events) == 2
    assert [stored.header.policy_digest[:1] for stored in life.store.segments()] == ["0", "2"]


def test_a_revision_that_asks_for_more_stops_recording_and_shows_it_until_it_is_accepted(life: Life) -> None:
    wider = msgspec.structs.replace(POLICY, revision=2, allow=(*POLICY.allow, Allow(app="mail", level="full")))
    revise(life, wider, flaw="the policy asks for more than was accepted: it adds mail")
    life.pass_time(100)
    assert life.voice.answers[-1].state == "trouble"
    press(life, 13)
    life.become(front="mail")
    life.work()
    life.pass_time(1_000)
    life.become(front="notes")
    life.pass_time(500)
    revise(life, wider)
    life.pass_time(500)
    press(life, 14)
    life.pass_time(800)
    assert streams_with(life.finish(), life.pictures, marked=True) == set()
    assert places_by_revision(life) == {1: {11}, 2: {14}}


def test_while_a_revision_waits_for_an_answer_browsers_watch_nothing(life: Life) -> None:
    life.become(front="browser")
    life.pass_time(800)
    revise(life, POLICY, flaw="the notice has changed since it was accepted")
    life.pass_time(100)
    life.page_speaks()
    life.work()
    life.pass_time(800)
    before = len(life.store.segments())
    life.finish()
    assert len(life.store.segments()) == before
    assert places_by_revision(life)[1] == {11}
