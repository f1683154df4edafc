# SPDX-License-Identifier: Apache-2.0
"""What a machine lacks, what a file holds wrongly, a hub that is down: clear errors, and nothing lost by them."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.person import POLICY, PersonsDevice, has_no_drafts, refuses
from tests.hub.running import free_port

from handiwork.adapters.session import VirtualSession


@pytest.fixture
def device(tmp_path: Path) -> PersonsDevice:
    return PersonsDevice(tmp_path / "device").ready()


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[str]:
    """An address at which nobody listens."""
    return iter([f"http://127.0.0.1:{free_port()}"])


# The machine


def test_without_a_display_nothing_is_recorded(device: PersonsDevice) -> None:
    refuses(device.run("record", "start"), 3, "DISPLAY is not set", "nothing was recorded")
    refuses(device.run("record", "start", DISPLAY=":997"), 3, "No X server listens on display :997")
    doctor = device.run("doctor")
    assert doctor.returncode == 3
    assert "There is no display" in doctor.stdout
    assert "Recording can't work here" in doctor.stdout
    assert not (device.home.sockets / "control.sock").exists()
    assert device.segments() == []


@pytest.mark.parametrize("mark", [{"XDG_SESSION_TYPE": "wayland"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_a_wayland_session_is_refused_with_the_way_out(device: PersonsDevice, mark: dict[str, str]) -> None:
    device.more = {"DISPLAY": ":0", **mark}
    refuses(device.run("record", "start"), 3, "Wayland", '"Xorg" session')
    assert device.run("doctor").returncode == 3
    assert device.segments() == []


@pytest.mark.desktop
def test_without_the_accessibility_bus_nothing_is_recorded(session: VirtualSession, device: PersonsDevice) -> None:
    device.more = session.env
    for address in ("", "unix:path=/nowhere/bus", "nonsense"):
        done = device.run("record", "start", DBUS_SESSION_BUS_ADDRESS=address)
        refuses(done, 3, "bus", "password")
        assert device.run("doctor", DBUS_SESSION_BUS_ADDRESS=address).returncode == 3
    assert not (device.home.sockets / "control.sock").exists()
    assert device.segments() == []


@pytest.mark.desktop
def test_without_chromium_the_doctor_says_so_and_no_agent_is_judged(tmp_path: Path, session: VirtualSession) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for program in ("Xvfb", "dbus-daemon", "dbus-send", "setpriv", "openbox", "touch", "sh", "xkbcomp"):
        found = shutil.which(program)
        if found:
            (programs / program).symlink_to(found)
    device = PersonsDevice(tmp_path / "device", session.env)
    doctor = device.run("doctor", PATH=str(programs))
    assert "Sites can't be recorded" in doctor.stdout
    judged = device.run("lab", "evaluate", "--policy", "random", "--episodes", "1", PATH=str(programs))
    refuses(judged, 3, "Chromium")


# What the person gave


def test_nothing_is_recorded_before_a_policy_and_a_consent(tmp_path: Path) -> None:
    device = PersonsDevice(tmp_path / "device")
    refuses(device.run("record", "start", DISPLAY=":0"), 2, "no policy", "nothing is allowed")
    device.put_policy()
    refuses(device.run("record", "start", DISPLAY=":0"), 5, "no notice was accepted", "handiwork record consent")
    refuses(device.run("record", "consent"), 5, "The notice was not accepted", "nothing was stored")
    refuses(device.run("record", "start", DISPLAY=":0"), 5, "no notice was accepted")
    assert device.segments() == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (POLICY + 'pixels = "all"\n', "unknown field `pixels`"),
        (POLICY.replace("revision", "revison"), "revison"),
        (POLICY.replace('app = "ledger"', 'app = "chromium"'), "allows every site"),
        (POLICY.replace("agent-training", "performance-review"), "The policy can't be read"),
        (POLICY + "[[allow", "The policy can't be read"),
    ],
)
def test_a_refused_policy_leaves_the_earlier_one_in_force(device: PersonsDevice, text: str, word: str) -> None:
    before = device.run("record", "policy").stdout
    refuses(device.run("record", "policy", device.policy(text)), 2, word, "earlier policy is unchanged")
    assert device.run("record", "policy").stdout == before
    assert "ledgers, revision 1" in before


def test_a_policy_that_can_not_be_read_leaves_the_earlier_one_in_force(device: PersonsDevice, tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for file in (binary, tmp_path, tmp_path / "none.toml"):
        refuses(device.run("record", "policy", file), 2, "can't be read", "the policy in force is unchanged")
    assert device.run("record", "policy").returncode == 0


# The journal


def _change(device: PersonsDevice, statement: str) -> None:
    with sqlite3.connect(device.home.journal) as db:
        assert db.execute(statement).rowcount == 1
    db.close()


def _flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]


def test_a_flipped_bit_in_a_segment_is_told_and_the_others_stay_whole(device: PersonsDevice) -> None:
    whole, bad = device.keep("File the March invoices"), device.keep("File the April invoices")
    with sqlite3.connect(device.home.journal) as db:
        (sealed,) = db.execute("SELECT sealed FROM chunk WHERE segment = ? AND place = 0", (bad,)).fetchone()
        db.execute("UPDATE chunk SET sealed = ? WHERE segment = ? AND place = 0", (_flip(sealed, 30), bad))
    db.close()
    refuses(device.run("desk", "show", bad), 2, "Your data")
    shown = device.run("desk", "show", whole)
    assert shown.returncode == 0
    assert "March" in shown.stdout
    listed = device.run("desk", "list").stdout
    assert whole in listed
    assert bad in listed
    assert device.run("desk", "delete", bad).returncode == 0
    assert [segment.header.segment_id for segment in device.segments()] == [whole]


@pytest.mark.parametrize("kind", ["missing chunk", "foreign header", "no header"])
def test_a_damaged_or_foreign_segment_is_not_shown(device: PersonsDevice, tmp_path: Path, kind: str) -> None:
    segment = device.keep("File the March invoices")
    if kind == "missing chunk":
        _change(device, "DELETE FROM chunk WHERE place = 0")
    elif kind == "foreign header":
        other = PersonsDevice(tmp_path / "other").ready()
        other.keep("Someone else's work")
        with sqlite3.connect(other.home.journal) as theirs:
            (header,) = theirs.execute("SELECT header FROM segment").fetchone()
        theirs.close()
        with sqlite3.connect(device.home.journal) as db:
            db.execute("UPDATE segment SET header = ?", (bytes(header),))
        db.close()
    else:
        _change(device, "UPDATE segment SET header = x'7b7d'")
    refuses(device.run("desk", "show", segment), 2)


def test_a_damaged_or_foreign_journal_is_refused_and_not_touched(device: PersonsDevice) -> None:
    device.keep("File the March invoices")
    journal = device.home.journal
    sound = journal.read_bytes()
    for flaw, content in {
        "scrambled": sound[:4096] + bytes(byte ^ 0x5A for byte in sound[4096:]),
        "cut off": sound[:6000],
        "no database": b"these are notes of mine, not a journal\n" * 500,
    }.items():
        journal.write_bytes(content)
        for words in (("desk", "list"), ("record", "policy"), ("record", "start")):
            done = device.run(*words, DISPLAY=":997")
            refuses(done, 2, "journal")
        assert journal.read_bytes() == content, flaw
        doctor = device.run("doctor", DISPLAY=":997")
        assert "damaged" in doctor.stdout, flaw
    journal.write_bytes(sound)
    assert len(device.segments()) == 1


def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    device = PersonsDevice(tmp_path / "device")
    assert device.run("desk", "list").returncode == 0
    device.home.journal.unlink()
    with sqlite3.connect(device.home.journal) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.execute("INSERT INTO recipes VALUES ('plum cake')")
    db.close()
    refuses(device.run("desk", "list"), 2, "no journal that this version knows", "Nothing was changed in it")
    with sqlite3.connect(device.home.journal) as db:
        assert db.execute("SELECT name FROM recipes").fetchall() == [("plum cake",)]
    db.close()


def test_keys_that_are_cut_off_or_open_to_others_are_not_used(device: PersonsDevice) -> None:
    device.keep("File the March invoices")
    key = device.home.keys / "device.key"
    whole = key.read_bytes()
    key.chmod(0o644)
    refuses(device.run("desk", "list"), 5, "that you alone can read")
    key.chmod(0o600)
    key.write_bytes(whole[:20])
    refuses(device.run("desk", "list"), 2, "32 bytes")
    key.write_bytes(bytes(32))
    segment = next(iter(device.run("desk", "list").stdout.split()))
    refuses(device.run("desk", "show", segment), 2)
    key.write_bytes(whole)
    assert len(device.segments()) == 1


def test_a_segment_that_is_not_there_is_named_as_such(device: PersonsDevice) -> None:
    for verb in ("show", "delete"):
        refuses(device.run("desk", verb, "0123456789abcdef"), 2, "0 segments", "Nothing was changed")


# No recorder, no hub


def test_commands_for_a_recorder_that_does_not_run_say_so(device: PersonsDevice) -> None:
    for words in (("status",), ("pause", "30m"), ("resume",), ("stop",), ("note", "File the March invoices")):
        refuses(device.run("record", *words), 4, "No recorder is running")
    refuses(device.run("record", "pause", "soon"), 2, "no length of time")
    refuses(device.run("record", "note"), 2, "A goal needs words")


def test_a_hub_that_is_down_takes_nothing_away(device: PersonsDevice, nobody: Iterator[str]) -> None:
    url = next(nobody)
    device.keep("File the March invoices")
    refuses(device.run("record", "upload", "--hub", url, "--keeper", url), 4, "could not be reached", "still on this")
    assert len(device.segments()) == 1
    for wrong in ("http://hub.example.org", "hub.example.org", "http://127.0.0.1:notaport"):
        refuses(device.run("record", "upload", "--hub", wrong, "--keeper", wrong), 2, "address")
    assert len(device.segments()) == 1
    device.is_whole()


def test_a_withdrawal_counts_here_at_once_though_the_hub_is_down(device: PersonsDevice, nobody: Iterator[str]) -> None:
    url = next(nobody)
    device.keep("File the March invoices")
    withdrawn = device.run("desk", "withdraw", "--hub", url)
    refuses(withdrawn, 4, "could not be reached", "your agreement has ended", "desk withdraw")
    refuses(device.run("record", "start", DISPLAY=":997"), 5, "no notice was accepted")
    refuses(device.run("record", "upload", "--hub", url, "--keeper", url), 5, "withdrawn")
    refuses(device.run("desk", "withdraw", "--hub", url), 4, "could not be reached")  # it may be tried again
    assert len(device.segments()) == 1
    device.is_whole()


# The lab


def test_a_lab_without_hub_dataset_or_checkpoint_writes_nothing(tmp_path: Path, nobody: Iterator[str]) -> None:
    lab, url, out = PersonsDevice(tmp_path / "unused"), next(nobody), tmp_path / "out"
    job, approval, token = tmp_path / "job.json", tmp_path / "job.ada.approval.json", tmp_path / "token"
    token.write_text("0" * 64)
    assert lab.run("lab", "job", "--purpose", "agent-training", "--out", job).returncode == 0
    officer = tmp_path / "ada.key"
    officer.touch(mode=0o600)
    officer.write_bytes(b"\7" * 32)
    assert lab.run("hub", "approve", job, "--officer", "ada", "--key", officer).returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    build = ("lab", "build", "--job", job, "--approval", approval, "--hub", url, "--keeper", url, "--token", token)
    refuses(lab.run(*build, "--out", out), 4, "could not be reached")
    refuses(lab.run("lab", "sweep", "--hub", url, "--data", tmp_path), 4, "could not be reached")
    refuses(lab.run("lab", "train", "--data", out, "--purpose", "agent-training", "--out", out), 2, "no dataset")
    refuses(lab.run("lab", "evaluate", "--checkpoint", out, "--policy", "trained"), 2, "no checkpoint")
    refuses(lab.run("lab", "report", tmp_path / "none.json", "--out", out), 2, "can't be read")
    assert not out.exists()
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    has_no_drafts(tmp_path)


def test_what_should_be_checked_but_can_not_be_read_proves_nothing(tmp_path: Path, nobody: Iterator[str]) -> None:
    anyone = PersonsDevice(tmp_path / "unused")
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"segment_id": 1}')
    refuses(anyone.run("verify", "receipt", wrong, "--identity", wrong), 2)
    refuses(anyone.run("verify", "segment", wrong), 2)
    refuses(anyone.run("verify", "receipt", tmp_path / "none", "--identity", wrong), 2)
    refuses(anyone.run("verify", "log", next(nobody)), 4)
    refuses(anyone.run("hub", "log", tmp_path), 2, "no log")
    assert list(tmp_path.iterdir()) == [wrong]
