# SPDX-License-Identifier: Apache-2.0
"""Property 3 under attack: no way to record unseen, without consent, or on after the person said stop."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.harness import CHAR, POLICY, Life, streams_with
from tests.properties.test_property_02_nothing_sensitive_at_rest import write

from handiwork.cli.main import main, parser
from handiwork.model.errors import BadInput, Lost, NotAllowed
from handiwork.model.event import Gap
from handiwork.model.policy import Policy
from handiwork.ports.control import Command
from handiwork.rules.policy import parse_policy


def test_a_mark_that_was_never_on_screen_means_that_nothing_was_recorded() -> None:
    life = Life()
    life.indicator.hang_up()
    life.work()
    with pytest.raises(Lost):
        life.recorder.run()
    assert life.store.segments() == []


def test_a_mark_that_goes_away_ends_recording_within_a_second() -> None:
    life = Life()
    life.pass_time(400)
    write(life, CHAR * 10, 100)
    life.indicator.hang_up()
    gone = life.clock.now
    with pytest.raises(Lost):
        write(life, "b" * 40, 100)
    assert life.clock.now <= gone + 1_100
    with pytest.raises(Lost):
        life.recorder.run()
    assert all(event.t <= gone + 1_100 for event in life.kept())


def test_whatever_is_kept_was_kept_while_the_mark_said_recording() -> None:
    life = Life()
    shown: list[tuple[int, str]] = [(0, "")]
    show = life.indicator.show

    def showing(state: object, why: str = "") -> None:
        show(state, why)  # type: ignore[arg-type]
        shown.append((life.clock.now, str(state)))

    life.indicator.show = showing  # type: ignore[method-assign]
    for change in ({"front": "mail"}, {"front": "notes"}, {"paused": True}, {"paused": False}, {"secret": True}):
        for _ in range(6):
            life.work()
            life.pass_time(90)
        life.become(**change)
    events = [event for event in life.finish() if not isinstance(event, Gap)]
    assert events
    for event in events:
        assert [state for since, state in shown if since <= event.t + 20][-1] == "recording"


def test_without_a_consent_the_recorder_keeps_nothing_and_asks_the_browser_for_nothing() -> None:
    life = Life(consented=False)
    life.recorder.stop()
    life.recorder.run()
    life = Life(consented=False)
    life.become(front="browser")
    for _ in range(20):
        life.work()
        life.pass_time(100)
    assert set(life.indicator.history) <= {"trouble", "stopped"}
    assert life.finish() == []


def test_recording_can_not_be_started_without_a_consent_on_this_device(tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('name = "x"\nrevision = 1\npurposes = ["agent-training"]\n[[allow]]\napp = "notes"\n', "utf-8")
    env = {**os.environ, "HANDIWORK_HOME": str(tmp_path / "home"), "DISPLAY": ":987"}
    run = "import sys; from handiwork.cli.main import main; sys.exit(main(sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", run, "record", "policy", str(policy)], env=env, check=True)
    done = subprocess.run(
        [sys.executable, "-c", run, "record", "start"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == NotAllowed.exit_code
    assert "no notice was accepted" in done.stderr


def options_of(words: list[str]) -> set[str]:
    """Every option that a command takes."""
    at = parser()
    for word in words:
        choices = next(action for action in at._actions if isinstance(action, argparse._SubParsersAction))
        at = choices.choices[word]
    return {option for action in at._actions for option in action.option_strings}


def test_starting_takes_no_option_but_how_input_is_read_and_the_account_is_printed() -> None:
    assert options_of(["record", "start"]) == {"-h", "--help", "--json", "--backend"}
    assert options_of(["record"]) == {"-h", "--help"}


def test_the_recorder_obeys_seven_words_and_none_of_them_hides_it() -> None:
    words = {"status", "pause", "resume", "stop", "note", "never", "policy"}
    assert set(get_args(get_type_hints(Command)["do"])) == words
    assert set(Command.__struct_fields__) == {"do", "seconds", "kind", "text"}


@given(st.from_regex(r"[a-z][a-z_]{2,15}", fullmatch=True).filter(lambda key: key not in Policy.__struct_fields__))
def test_a_policy_has_no_key_beyond_those_that_say_what_may_be_kept(key: str) -> None:
    with pytest.raises(BadInput):
        parse_policy(f'name = "x"\nrevision = 1\npurposes = ["agent-training"]\n{key} = true\n')


def test_no_key_of_a_policy_speaks_of_being_seen() -> None:
    assert set(Policy.__struct_fields__) == {
        "name", "revision", "purposes", "retention_days", "allow", "deny", "frames", "never", "hours", "cost", "audit",
    }  # fmt: skip
    assert POLICY.allow


def test_the_pause_key_stops_everything_within_one_turn() -> None:
    life = Life()
    life.pass_time(400)
    life.work()
    life.pass_time(400)
    life.become(paused=True)
    life.recorder.turn()
    assert life.indicator.history[-1] == "paused"
    for _ in range(10):
        life.work()
        life.pass_time(100)
    events = life.finish()
    assert "typed" in streams_with(events, life.pictures, False)
    assert streams_with(events, life.pictures, True) == set()


def test_a_withdrawal_at_the_desk_stops_a_running_recorder_and_nothing_is_kept_after_it() -> None:
    life = Life()
    life.pass_time(400)
    for _ in range(20):
        life.work()
        life.pass_time(100)
    before: list[tuple[str, int]] = [(stored.header.segment_id, stored.chunks) for stored in life.store.segments()]
    assert before
    life.withdraw()
    with pytest.raises(NotAllowed):
        write(life, CHAR * 20, 100)
    life.recorder.stop()
    life.recorder.run()
    assert [(stored.header.segment_id, stored.chunks) for stored in life.store.segments()] == before


def test_a_help_page_names_no_way_to_hide(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["record", "start", "--help"])
    told = capsys.readouterr().out.lower()
    assert not [word for word in ("hid", "silent", "stealth", "background", "invisible", "no-ind") if word in told]
