# SPDX-License-Identifier: Apache-2.0
"""A goal and what was done toward it make an episode; what was not kept is never papered over."""

from typing import Any

import pytest

from handiwork.derive.episodes import episodes
from handiwork.derive.split import MANY_PEOPLE, is_held_out, split
from handiwork.model.event import Element, Event, Skips
from handiwork.model.geometry import Box
from handiwork.model.ids import ConsentId, Digest, Participant, SegmentId
from handiwork.model.segment import Closing, Header, OpenSegment
from handiwork.model.step import Episode

GO = Element("button", "Go", "", Box(200, 300, 80, 30), (), -1)


def segment(events: tuple[Event, ...], number: int = 1) -> OpenSegment:
    header = Header(
        segment_id=SegmentId(f"{number:032x}"),
        participant=Participant("a" * 16),
        consent_id=ConsentId("b" * 32),
        consent_version=1,
        notice_digest=Digest("c" * 64),
        policy_digest=Digest("d" * 64),
        policy_name="work",
        policy_revision=1,
        purposes=("agent-training",),
        recorder_version="1",
        redactor_version="1",
        epoch="2026-01-02",
        wrapped_for_device="",
    )
    closing = Closing(
        chunks=1, events=len(events), first_t=events[0].t, last_t=events[-1].t, wall_offset_ms=0, recovered=False
    )
    return OpenSegment(header, events, closing)


def made(*segments: OpenSegment) -> list[Episode]:
    return episodes(segments, lambda _: None, lambda _: b"")  # type: ignore[arg-type, return-value]


def test_goal_to_done_is_an_episode_and_what_lies_outside_is_not(scribe: Any) -> None:
    scribe.show(GO).click(GO).rest(900).note("goal", "press go twice").show(GO).rest(500).click(GO).rest(900).click(GO)
    scribe.note("done").rest(900).click(GO)
    (episode,) = made(segment(scribe.told()))
    assert (episode.goal, episode.outcome, len(episode.steps), episode.flags) == ("press go twice", "done", 2, ())


def test_a_new_goal_ends_the_one_before_with_an_unknown_outcome(scribe: Any) -> None:
    scribe.show(GO).note("goal", "one").rest(500).click(GO).note("goal", "two").show(GO).rest(500).click(GO).note(
        "failed"
    )
    assert [(e.goal, e.outcome) for e in made(segment(scribe.told()))] == [("one", "unknown"), ("two", "failed")]


def test_a_short_gap_is_flagged_and_a_long_one_ends_the_episode(scribe: Any) -> None:
    scribe.show(GO).note("goal", "one").rest(500).click(GO).gap(1000).click(GO).gap(61_000).show(GO).click(GO).note(
        "done"
    )
    (episode,) = made(segment(scribe.told()))
    assert (episode.outcome, episode.flags, len(episode.steps)) == ("unknown", ("gap",), 2)
    assert episode.steps[1].flags == ("after gap",)


def test_lost_deeds_are_flagged_and_lost_pixels_are_not(scribe: Any) -> None:
    scribe.show(GO).note("goal", "one").rest(500).click(GO)
    scribe.events.append(Skips(t=scribe.t, counts={"pixels:unsettled": 3}))
    assert made(segment(scribe.told()))[0].flags == ()
    scribe.events.append(Skips(t=scribe.t, counts={"key:password": 8}))
    assert made(segment(scribe.told()))[0].flags == ("skips",)


def test_a_goal_goes_on_in_the_next_segment_if_it_follows_at_once(scribe: Any) -> None:
    cut = len(scribe.show(GO).note("goal", "long").rest(500).click(GO).events)
    later = scribe.rest(800).show(GO).rest(500).click(GO).note("done").told()
    (episode,) = made(segment(later[cut:], 2), segment(later[:cut], 1))
    assert (episode.outcome, [step.segment_id[-1] for step in episode.steps]) == ("done", ["1", "2"])


def test_a_goal_does_not_go_on_after_a_longer_break(scribe: Any) -> None:
    cut = len(scribe.show(GO).note("goal", "long").rest(500).click(GO).events)
    later = scribe.rest(8000).show(GO).rest(500).click(GO).note("done").told()
    (episode,) = made(segment(later[:cut], 1), segment(later[cut:], 2))
    assert (episode.outcome, len(episode.steps)) == ("unknown", 1)


def test_an_episode_without_a_step_is_none(scribe: Any) -> None:
    assert made(segment(scribe.note("goal", "think").rest(900).note("done").told())) == []


def test_episode_ids_are_stable_and_tell_nothing(scribe: Any) -> None:
    scribe.show(GO).note("goal", "press go").rest(500).click(GO).note("done")
    once, again = made(segment(scribe.told()))[0], made(segment(scribe.told()))[0]
    assert once.episode_id == again.episode_id
    assert len(once.episode_id) == 32


def episode(name: str) -> Episode:
    return Episode(episode_id=name, goal="", outcome="done", steps=())


def test_with_few_people_episodes_are_held_out_and_with_many_whole_people() -> None:
    few = split({f"p{i}": [episode(f"{i}-{k}") for k in range(40)] for i in range(3)}, 0.25)
    many = {f"p{i}": [episode(f"{i}-{k}") for k in range(5)] for i in range(MANY_PEOPLE)}
    apart = split(many, 0.25)
    assert (few.by, apart.by) == ("episode", "person")
    people = [{one.episode_id.split("-")[0] for one in part} for part in (apart.train, apart.held_out)]
    assert not people[0] & people[1]
    assert len(few.train) + len(few.held_out) == 120


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_about_the_asked_share_is_held_out(share: float) -> None:
    held = sum(is_held_out(str(i), share) for i in range(2000)) / 2000
    assert abs(held - share) < 0.04
