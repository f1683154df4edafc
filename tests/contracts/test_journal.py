# SPDX-License-Identifier: Apache-2.0
"""The Journal and Ledger contracts, against SQLite and the fake; then what only a real file can be asked."""

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.headers import TEMPLATE

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost, NoSpace, NotAllowed
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.segment import Header
from handiwork.ports.fakes.journal import MemoryJournal
from handiwork.ports.sealed import split

Store = SqliteJournal | MemoryJournal
A, B = SegmentId("a1" * 16), SegmentId("b2" * 16)
WRAPPED = "5ec2e7" * 27


def header(segment: SegmentId) -> Header:
    return msgspec.structs.replace(TEMPLATE, segment_id=segment, epoch="2026-11-21", wrapped_for_device=WRAPPED)


@pytest.fixture(params=["sqlite", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "fake":
        yield MemoryJournal()
    else:
        journal = SqliteJournal(tmp_path / "journal.sqlite")
        yield journal
        journal.close()


def filled(store: Store, segment: SegmentId = A) -> None:
    store.open_segment(header(segment))
    store.append(segment, 0, b"first chunk", last=False)
    store.append(segment, 1, b"last chunk", last=True)


def test_a_segment_comes_back_as_it_was_put_in(store: Store) -> None:
    filled(store)
    found, _, chunks = split(store.content(A))
    assert (found, chunks) == (header(A), [b"first chunk", b"last chunk"])
    (stored,) = store.segments()
    assert (stored.header, stored.state, stored.chunks) == (header(A), "closed", 2)
    assert stored.size > len(b"first chunklast chunk")


def test_segments_are_listed_oldest_first_with_their_states(store: Store) -> None:
    filled(store, B)
    store.open_segment(header(A))
    assert [(s.header.segment_id, s.state) for s in store.segments()] == [(B, "closed"), (A, "open")]
    assert split(store.content(A))[2] == []


@pytest.mark.parametrize("index", [0, 2, 7])
def test_a_chunk_out_of_order_or_twice_is_refused_and_changes_nothing(store: Store, index: int) -> None:
    store.open_segment(header(A))
    store.append(A, 0, b"zero", last=False)
    with pytest.raises(BadInput):
        store.append(A, index, b"other", last=False)
    assert split(store.content(A))[2] == [b"zero"]


def test_nothing_is_added_to_closed_unknown_or_deleted_segments(store: Store) -> None:
    filled(store)
    with pytest.raises(BadInput):
        store.append(A, 2, b"more", last=False)
    with pytest.raises(BadInput):
        store.append(B, 0, b"x", last=False)
    with pytest.raises(BadInput):
        store.open_segment(header(A))
    store.delete(A)
    with pytest.raises(NotAllowed):
        store.append(A, 2, b"more", last=False)


def test_a_deleted_segment_leaves_its_header_without_the_key_and_nothing_more(store: Store) -> None:
    filled(store)
    store.delete(A)
    store.delete(A)
    (stored,) = store.segments()
    assert (stored.state, stored.chunks, stored.header.wrapped_for_device) == ("deleted", 0, "")
    with pytest.raises(BadInput):
        store.content(A)
    with pytest.raises(BadInput):
        store.delete(B)


def test_an_open_segment_can_be_deleted_while_it_is_written(store: Store) -> None:
    store.open_segment(header(A))
    store.append(A, 0, b"zero", last=False)
    store.delete(A)
    with pytest.raises(NotAllowed):
        store.append(A, 1, b"one", last=True)


def test_a_receipt_marks_a_closed_segment_uploaded_and_never_wakes_a_deleted_one(store: Store) -> None:
    filled(store)
    filled(store, B)
    store.delete(B)
    for segment in (A, B):
        store.keep_receipt(segment, Digest("0" * 64), b"receipt")
        store.keep_receipt(segment, Digest("0" * 64), b"receipt, again")
    assert [s.state for s in store.segments()] == ["uploaded", "deleted"]
    assert store.receipts() == [(A, b"receipt, again"), (B, b"receipt, again")]


def test_a_receipt_for_a_segment_that_was_never_closed_is_refused(store: Store) -> None:
    store.open_segment(header(A))
    for segment in (A, B):
        with pytest.raises(BadInput):
            store.keep_receipt(segment, Digest("0" * 64), b"receipt")
    assert store.receipts() == []


def test_skips_add_up_by_minute_stream_and_reason(store: Store) -> None:
    store.count_skips("2026-11-21T10:01", {("keys", "not listed"): 2, ("pixels", "not listed"): 1})
    store.count_skips("2026-11-21T10:01", {("keys", "not listed"): 3})
    store.count_skips("2026-11-21T10:00", {("keys", "password"): 1})
    assert store.skips() == [
        ("2026-11-21T10:00", "keys", "password", 1),
        ("2026-11-21T10:01", "keys", "not listed", 5),
        ("2026-11-21T10:01", "pixels", "not listed", 1),
    ]


def test_values_are_kept_and_replaced(store: Store) -> None:
    assert store.value("consent") is None
    store.put_value("consent", b"one")
    store.put_value("consent", b"two")
    assert store.value("consent") == b"two"


# What only a real file can be asked.


def bytes_of_all_files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_what_another_connection_writes_is_read_at_once_however_often_it_was_asked_for_before(tmp_path: Path) -> None:
    """The desk withdraws a consent in a process of its own, and the recorder must hear of it."""
    recorder, desk = SqliteJournal(tmp_path / "j"), SqliteJournal(tmp_path / "j")
    for value in (b"one", b"two", b""):
        desk.put_value("consent", value)
        assert [recorder.value("consent") for _ in range(3)] == [value] * 3
        recorder.put_value("ended", value)
        assert [recorder.value("ended"), desk.value("ended")] == [value, value]
    recorder.close()
    desk.close()


def test_a_value_that_could_not_be_written_is_read_as_it_was(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "j")
    journal.put_value("consent", b"one")
    assert journal.value("consent") == b"one"
    with pytest.raises(Lost):
        journal.put_value("consent", None)  # type: ignore[arg-type]  # what the table refuses
    assert journal.value("consent") == b"one"
    journal.close()


def test_another_connection_sees_everything_that_returned(tmp_path: Path) -> None:
    first, second = SqliteJournal(tmp_path / "j"), SqliteJournal(tmp_path / "j")
    filled(first)
    assert second.content(A) == first.content(A)
    second.delete(A)
    assert first.segments()[0].state == "deleted"


def test_after_deletion_no_file_of_the_journal_holds_a_byte_of_chunks_or_key(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "j")
    secret, kept = os.urandom(64) * 900, os.urandom(64) * 50
    for segment, chunk in ((A, secret), (B, kept)):
        journal.open_segment(header(segment))
        for index in range(4):
            journal.append(segment, index, chunk, last=index == 3)
    journal.delete(B)
    before = bytes_of_all_files(tmp_path)
    assert before.count(secret[:64]) > 0
    assert WRAPPED.encode() in before
    journal.delete(A)
    after = bytes_of_all_files(tmp_path)
    for piece in (secret, kept):
        assert not any(piece[at : at + 8] in after for at in range(64))
    assert WRAPPED[:24].encode() not in after
    assert A.encode() in after
    journal.close()
    assert secret[:8] not in bytes_of_all_files(tmp_path)


def test_a_deletion_that_another_reader_holds_up_says_so_and_is_whole_the_next_time(tmp_path: Path) -> None:
    journal, secret = SqliteJournal(tmp_path / "j"), os.urandom(64) * 500
    journal.open_segment(header(A))
    journal.append(A, 0, secret, last=True)
    reader = sqlite3.connect(tmp_path / "j", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM chunk").fetchone()
    with pytest.raises(Lost):
        journal.delete(A)
    assert journal.segments()[0].state == "deleted"
    reader.close()
    journal.delete(A)
    assert secret[:8] not in bytes_of_all_files(tmp_path)


def test_killed_in_the_middle_of_deleting_a_segment_is_whole_or_gone_without_a_trace(tmp_path: Path) -> None:
    for round_ in range(25):
        path, secret = tmp_path / f"{round_}" / "j", os.urandom(64) * 500
        path.parent.mkdir()
        journal = SqliteJournal(path)
        journal.open_segment(header(A))
        journal.append(A, 0, secret, last=True)
        journal.close()
        child = os.fork()
        if child == 0:
            SqliteJournal(path).delete(A)
            os._exit(0)
        for _ in range(round_ * 3000):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        journal = SqliteJournal(path)
        if journal.segments()[0].state == "deleted":
            assert secret[:8] not in bytes_of_all_files(path.parent)
        else:
            assert split(journal.content(A))[2] == [secret]
        journal.close()


def test_every_file_is_for_its_owner_only_even_if_it_was_opened_up(tmp_path: Path) -> None:
    path = tmp_path / "j"
    SqliteJournal(path).close()
    path.chmod(0o644)
    journal = SqliteJournal(path)
    filled(journal)
    modes = {stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()}
    assert len(list(tmp_path.iterdir())) == 3
    assert modes == {0o600}


def test_a_link_in_the_journals_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / "j").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotAllowed):
        SqliteJournal(tmp_path / "j")


def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.write_bytes(b"Dear diary, this is no database at all. " * 50)
    before = path.read_bytes()
    with pytest.raises(Damaged):
        SqliteJournal(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(Damaged):
        SqliteJournal(path)


def test_a_journal_with_a_destroyed_page_says_so(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = SqliteJournal(path)
    filled(journal)
    journal.close()
    content = bytearray(path.read_bytes())
    content[4096 + 8 :] = os.urandom(len(content) - 4096 - 8)
    path.write_bytes(bytes(content))
    with pytest.raises((Damaged, BadInput)):
        SqliteJournal(path).segments()


def test_a_missing_chunk_is_noticed(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "j")
    filled(journal)
    with sqlite3.connect(tmp_path / "j") as other:
        other.execute("DELETE FROM chunk WHERE place = 0")
    other.close()
    with pytest.raises(Damaged):
        journal.content(A)


def test_no_error_carries_content(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "j")
    filled(journal)
    with pytest.raises(HandiworkError) as caught:
        journal.append(A, 9, b"very secret content", last=False)
    assert "secret content" not in f"{caught.value!s}{caught.value!r}"


_FILL = """
import resource, signal, sys
from pathlib import Path
from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.model.errors import NoSpace
journal = SqliteJournal(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
kept = journal.segments()[0].chunks
try:
    while True:
        journal.append("a1" * 16, kept, b"%06d" % kept * 2000, last=False)
        kept += 1
except NoSpace as error:
    assert "no space" in str(error)
print(kept, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.append("a1" * 16, kept, b"the end", last=True)
"""


def test_a_full_disk_says_so_keeps_nothing_half_and_lets_go_on_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = SqliteJournal(path)
    journal.open_segment(header(A))
    journal.close()
    done = subprocess.run([sys.executable, "-c", _FILL, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kept = int(done.stdout)
    assert kept > 0
    chunks = split(SqliteJournal(path).content(A))[2]
    assert chunks == [b"%06d" % index * 2000 for index in range(kept)] + [b"the end"]


def test_a_disk_too_full_to_begin_is_said_so_too(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(NoSpace):
            SqliteJournal(tmp_path / "j")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    filled(SqliteJournal(tmp_path / "j"))


def _append_until_killed(path: Path, said: int) -> None:
    journal = SqliteJournal(path)
    index = journal.segments()[0].chunks
    while True:
        journal.append(A, index, b"%08d" % index * 100, last=False)
        index += 1
        os.write(said, index.to_bytes(4, "big"))


def test_killed_at_any_instant_every_acknowledged_chunk_is_there_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = SqliteJournal(path)
    journal.open_segment(header(A))
    journal.close()
    for round_ in range(40):
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _append_until_killed(path, said)
            finally:
                os._exit(1)
        os.close(said)
        for _ in range(round_ % 5):
            os.read(heard, 4)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        rest = os.read(heard, 1 << 16)
        os.close(heard)
        journal = SqliteJournal(path)
        chunks = split(journal.content(A))[2]
        journal.close()
        assert chunks == [b"%08d" % index * 100 for index in range(len(chunks))]
        assert len(chunks) >= int.from_bytes(rest[-4:], "big")
