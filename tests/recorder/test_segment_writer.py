# SPDX-License-Identifier: Apache-2.0
"""What was flushed is on disk, sealed, once; what was killed is recovered."""

import os
import secrets
import signal
from pathlib import Path

import msgspec
import pytest
from tests.headers import TEMPLATE

from handiwork.adapters.journal.sqlite import SqliteJournal
from handiwork.adapters.sealing.cryptography_ import CryptographySealing, x25519_public
from handiwork.model.codec import canonical_json
from handiwork.model.consent import SignedWithdrawal, Withdrawal
from handiwork.model.errors import NoSpace, NotAllowed
from handiwork.model.event import Note
from handiwork.model.ids import SegmentId
from handiwork.model.segment import OpenSegment
from handiwork.ports.fakes.journal import MemoryJournal
from handiwork.ports.journal import WITHDRAWING
from handiwork.ports.sealed import open_segment, split, unwrap_device_key
from handiwork.recorder.kept.segment_writer import MAX_BYTES, MAX_MS, SegmentWriter, recover

PRIVATE = b"\x21" * 32
SEALING = CryptographySealing()


class FixedClock:
    """Monotonic 5 000 ms is 2026-11-21T00:00:05Z."""

    def monotonic_ms(self) -> int:
        return 5_000

    def unix_ms(self) -> int:
        return 1_795_219_205_000


def writer(store: MemoryJournal | SqliteJournal) -> SegmentWriter:
    return SegmentWriter(store, SEALING, x25519_public(PRIVATE), TEMPLATE, FixedClock())


def opened(store: MemoryJournal | SqliteJournal) -> list[OpenSegment]:
    found = []
    for stored in store.segments():
        if stored.state == "closed":
            content = store.content(stored.header.segment_id)
            key = unwrap_device_key(SEALING, PRIVATE, split(content)[0])
            found.append(open_segment(SEALING, key, content))
    return found


def note(t: int, text: str = "x") -> Note:
    return Note(t=t, kind="goal", text=text)


def test_events_come_back_with_a_closing_that_tells_the_wall_clock() -> None:
    store = MemoryJournal()
    writing = writer(store)
    writing.add(note(4_000))
    assert not writing.flush(5_000)
    writing.add(note(5_500))
    writing.close(6_000)
    (segment,) = opened(store)
    assert [event.t for event in segment.events] == [4_000, 5_500]
    assert segment.closing.first_t + segment.closing.wall_offset_ms == 1_795_219_204_000
    assert (segment.closing.last_t, segment.closing.chunks, segment.closing.recovered) == (5_500, 2, False)
    assert segment.header.epoch == "2026-11-21"
    assert segment.header.policy_name == "clerks"


def test_nothing_recorded_leaves_no_segment() -> None:
    store = MemoryJournal()
    writing = writer(store)
    assert not writing.flush(1)
    writing.close(2)
    assert store.segments() == []


def test_a_segment_ends_when_it_is_old_and_when_it_is_big_and_the_next_has_another_key() -> None:
    store = MemoryJournal()
    writing = writer(store)
    writing.add(note(1))
    assert not writing.flush(0)
    assert writing.segment is not None
    assert writing.flush(MAX_MS)
    assert writing.segment is None
    writing.add(note(2, secrets.token_hex(MAX_BYTES)))
    assert writing.flush(MAX_MS + 1)
    writing.add(note(3))
    writing.close(MAX_MS + 2)
    segments = opened(store)
    assert [len(segment.events) for segment in segments] == [1, 1, 1]
    keys = {unwrap_device_key(SEALING, PRIVATE, segment.header) for segment in segments}
    assert len(keys) == 3


def test_no_plaintext_reaches_the_store() -> None:
    store = MemoryJournal()
    writing = writer(store)
    writing.add(note(1, "an unmistakable sentence"))
    writing.close(2)
    content = store.content(store.segments()[0].header.segment_id)
    assert b"unmistakable" not in content


def test_a_segment_deleted_while_it_is_written_stays_gone_and_recording_goes_on_in_another() -> None:
    store = MemoryJournal()
    writing = writer(store)
    writing.add(note(1))
    writing.flush(1)
    first = writing.segment
    assert first is not None
    store.delete(first)
    writing.add(note(2))
    assert writing.flush(2)
    writing.add(note(3))
    writing.close(3)
    assert [[event.t for event in segment.events] for segment in opened(store)] == [[3]]


def test_after_a_withdrawal_nothing_more_is_kept_and_closing_is_quiet() -> None:
    store = MemoryJournal()
    writing = writer(store)
    writing.add(note(1))
    writing.flush(1)
    withdrawal = Withdrawal(
        consent_id=TEMPLATE.consent_id, participant=TEMPLATE.participant, public_key="", withdrawn_at=""
    )
    store.put_value(WITHDRAWING, canonical_json(SignedWithdrawal(withdrawal, "")))
    writing.add(note(2))
    with pytest.raises(NotAllowed):
        writing.flush(2)
    writing.add(note(3))
    writing.close(3)
    assert [stored.chunks for stored in store.segments()] == [1]


def test_a_full_disk_is_told_and_the_spent_nonce_is_never_used_again() -> None:
    used: list[tuple[bytes, int]] = []

    class Watching(CryptographySealing):
        def seal_chunk(self, key: bytes, index: int, associated: bytes, plaintext: bytes) -> bytes:
            used.append((key, index))
            return super().seal_chunk(key, index, associated, plaintext)

    store = MemoryJournal()
    writing = SegmentWriter(store, Watching(), x25519_public(PRIVATE), TEMPLATE, FixedClock())
    writing.add(note(1))
    writing.flush(1)
    store.full = True
    writing.add(note(2))
    with pytest.raises(NoSpace):
        writing.flush(2)
    store.full = False
    writing.add(note(3))
    assert not writing.flush(3)
    writing.close(4)
    assert [[event.t for event in segment.events] for segment in opened(store)] == [[1], [3]]
    assert len(used) == len(set(used))


def test_a_killed_recorder_is_recovered_with_all_that_it_had_flushed() -> None:
    store = MemoryJournal()
    writing = writer(store)
    writing.add(note(10))
    writing.add(note(7))
    writing.flush(1)
    writing.add(note(99))
    del writing
    damaged: list[SegmentId] = []
    recovered = recover(store, SEALING, PRIVATE, damaged.append)
    (segment,) = opened(store)
    assert recovered == [segment.header.segment_id]
    assert segment.closing.recovered
    assert (segment.closing.first_t, segment.closing.last_t) == (7, 10)
    assert segment.closing.wall_offset_ms == 1_795_219_200_000
    assert (recover(store, SEALING, PRIVATE, damaged.append), damaged) == ([], [])


def test_a_segment_without_a_chunk_is_deleted_and_one_that_does_not_open_is_told_and_left() -> None:
    store = MemoryJournal()
    store.open_segment(msgspec.structs.replace(TEMPLATE, segment_id=SegmentId("e" * 32)))
    broken = SegmentId("f" * 32)
    store.open_segment(msgspec.structs.replace(TEMPLATE, segment_id=broken))
    store.append(broken, 0, b"not sealed by us", last=False)
    damaged: list[SegmentId] = []
    assert recover(store, SEALING, PRIVATE, damaged.append) == [SegmentId("e" * 32)]
    assert damaged == [broken]
    assert [stored.state for stored in store.segments()] == ["deleted", "open"]


def _record_until_killed(path: Path, at: int, said: int) -> None:
    store = SqliteJournal(path)
    recover(store, SEALING, PRIVATE, lambda _: os._exit(3))
    writing = writer(store)
    while True:
        writing.add(note(at))
        if at % 4 == 3:
            writing.close(at)
        else:
            writing.flush(at)
        at += 1
        os.write(said, at.to_bytes(4, "big"))


def test_killed_at_any_instant_every_flushed_event_exists_exactly_once_after_recovery(tmp_path: Path) -> None:
    path, at = tmp_path / "j", 0
    for round_ in range(30):
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _record_until_killed(path, at, said)
            finally:
                os._exit(1)
        os.close(said)
        for _ in range(1 + round_ % 4):
            os.read(heard, 4)
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        acknowledged = os.read(heard, 1 << 16)
        os.close(heard)
        store = SqliteJournal(path)
        recover(store, SEALING, PRIVATE, lambda _: pytest.fail("a segment was torn"))
        times = [event.t for segment in opened(store) for event in segment.events]
        store.close()
        assert times == list(range(len(times)))
        assert len(times) >= int.from_bytes(acknowledged[-4:], "big")
        at = len(times)
