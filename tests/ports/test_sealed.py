# SPDX-License-Identifier: Apache-2.0
"""A segment opens whole or not at all."""

import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.headers import TEMPLATE

from handiwork.adapters.sealing.cryptography_ import CryptographySealing, x25519_public
from handiwork.model.codec import digest_of, encode_events
from handiwork.model.errors import Damaged
from handiwork.model.event import Event, Note
from handiwork.model.ids import SegmentId
from handiwork.model.segment import MAGIC, Closing, Header
from handiwork.ports import sealed

SEALING = CryptographySealing()
DEVICE = b"\x33" * 32
KEY = b"\x44" * 32
ID = SegmentId("ab" * 16)
TAG = 16


def header(**changes: object) -> Header:
    wrapped = SEALING.wrap(x25519_public(DEVICE), sealed.wrapping_info(ID, "device"), KEY)
    plain = msgspec.structs.replace(
        TEMPLATE,
        segment_id=ID,
        policy_revision=3,
        recorder_version="0.1.0",
        redactor_version="1",
        epoch="2026-11-21",
        wrapped_for_device=wrapped.hex(),
    )
    return msgspec.structs.replace(plain, **changes)


def closing(chunks: int, events: int, recovered: bool = False) -> Closing:
    return Closing(chunks=chunks, events=events, first_t=1, last_t=9, wall_offset_ms=7, recovered=recovered)


def notes(*times: int) -> list[Event]:
    return [Note(t=t, kind="goal", text=f"note {t}") for t in times]


def pieces(recovered: bool = False) -> tuple[bytes, list[bytes]]:
    head = sealed.encode_header(header())
    runs = [notes(1, 2), notes(5), notes(7, 9, 8)]
    chunks = [sealed.seal_events(SEALING, KEY, head, i, run) for i, run in enumerate(runs)]
    return head, [*chunks, sealed.seal_closing(SEALING, KEY, head, closing(3, 6, recovered))]


@pytest.mark.parametrize("recovered", [False, True])
def test_a_whole_segment_opens_with_its_events_in_time_order(recovered: bool) -> None:
    opened = sealed.open_segment(SEALING, KEY, sealed.join(*pieces(recovered)))
    assert [event.t for event in opened.events] == [1, 2, 5, 7, 8, 9]
    assert opened.closing.recovered is recovered
    assert sealed.unwrap_device_key(SEALING, DEVICE, opened.header) == KEY


def test_events_are_packed_where_that_is_shorter_and_what_was_not_opens_as_well() -> None:
    head, alike, short = sealed.encode_header(header()), notes(*[7] * 500), notes(1)
    chunks = [sealed.seal_events(SEALING, KEY, head, i, run) for i, run in enumerate((alike, short))]
    assert len(chunks[0]) < len(encode_events(alike)) / 20
    assert len(chunks[1]) <= len(encode_events(short)) + TAG
    assert [sealed.open_events(SEALING, KEY, head, i, chunk) for i, chunk in enumerate(chunks)] == [alike, short]
    plain = SEALING.seal_chunk(KEY, 2, sealed.associated(head, 2, sealed.EVENTS), encode_events(alike))
    assert sealed.open_events(SEALING, KEY, head, 2, plain) == alike, "as the first recorders sealed them"


@pytest.mark.parametrize(
    "packed",
    [zlib.compress(bytes(100 * 2**20)), zlib.compress(b"\x90")[:-1], zlib.compress(b"\x90") + b"\x90", b"\x78"],
    ids=["far too large", "cut off", "more after it", "nothing"],
)
def test_a_chunk_that_is_packed_as_no_recorder_packs_is_refused(packed: bytes) -> None:
    head = sealed.encode_header(header())
    chunk = SEALING.seal_chunk(KEY, 0, sealed.associated(head, 0, sealed.EVENTS), packed)
    with pytest.raises(Damaged):
        sealed.open_events(SEALING, KEY, head, 0, chunk)


def test_split_undoes_join_and_needs_no_key() -> None:
    head, chunks = pieces()
    found, head_again, chunks_again = sealed.split(sealed.join(head, chunks))
    assert (found.segment_id, head_again, chunks_again) == (ID, head, chunks)
    assert sealed.header_digest(head) == digest_of(found)


def test_no_cut_anywhere_leaves_a_segment_that_opens() -> None:
    content = sealed.join(*pieces())
    for end in range(len(content)):
        with pytest.raises(Damaged):
            sealed.open_segment(SEALING, KEY, content[:end])


@settings(max_examples=150, deadline=None)
@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_no_flipped_bit_anywhere_leaves_a_segment_that_opens(at: int, bit: int) -> None:
    content = bytearray(sealed.join(*pieces()))
    content[at % len(content)] ^= 1 << bit
    with pytest.raises(Damaged):
        sealed.open_segment(SEALING, KEY, bytes(content))


def test_chunks_in_another_order_missing_doubled_or_added_do_not_open() -> None:
    head, (a, b, c, end) = pieces()
    for chunks in (
        [b, a, c, end],
        [a, c, end],
        [a, a, c, end],
        [a, b, c, c, end],
        [a, b, c],
        [a, b, c, end, end],
        [end],
    ):
        with pytest.raises(Damaged):
            sealed.open_segment(SEALING, KEY, sealed.join(head, chunks))


@pytest.mark.parametrize("tail", [b"\0", b"\0\0\0\0", b"\0\0\0\1x", MAGIC])
def test_trailing_bytes_are_refused(tail: bytes) -> None:
    with pytest.raises(Damaged):
        sealed.open_segment(SEALING, KEY, sealed.join(*pieces()) + tail)


@pytest.mark.parametrize(
    "change", [{"consent_id": "d" * 32}, {"purposes": ("interface-research",)}, {"epoch": "2026-11-22"}]
)
def test_a_segment_does_not_open_under_another_header(change: dict[str, object]) -> None:
    _, chunks = pieces()
    with pytest.raises(Damaged):
        sealed.open_segment(SEALING, KEY, sealed.join(sealed.encode_header(header(**change)), chunks))


def test_a_header_in_another_spelling_is_refused() -> None:
    head, chunks = pieces()
    with pytest.raises(Damaged):
        sealed.split(sealed.join(head.replace(b'"epoch":', b'"epoch": '), chunks))


def test_a_closing_that_counts_wrongly_is_refused() -> None:
    head, chunks = pieces()
    for wrong in (closing(3, 5), closing(3, 7)):
        end = sealed.seal_closing(SEALING, KEY, head, wrong)
        with pytest.raises(Damaged):
            sealed.open_segment(SEALING, KEY, sealed.join(head, [*chunks[:-1], end]))


def test_a_device_key_wrapped_for_another_role_or_segment_does_not_unwrap() -> None:
    for info in (sealed.wrapping_info(ID, "keeper"), sealed.wrapping_info(SegmentId("cd" * 16), "device")):
        wrapped = SEALING.wrap(x25519_public(DEVICE), info, KEY).hex()
        with pytest.raises(Damaged):
            sealed.unwrap_device_key(SEALING, DEVICE, header(wrapped_for_device=wrapped))
    with pytest.raises(Damaged):
        sealed.unwrap_device_key(SEALING, DEVICE, header(wrapped_for_device="not hex"))


def test_a_killed_close_and_its_recovery_never_share_a_nonce() -> None:
    """Two plaintexts under one AES-GCM nonce would give both away; the marks keep the three kinds of chunk apart."""
    used: list[int] = []

    class Watching(CryptographySealing):
        def seal_chunk(self, key: bytes, index: int, associated: bytes, plaintext: bytes) -> bytes:
            used.append(index)
            return super().seal_chunk(key, index, associated, plaintext)

    head = sealed.encode_header(header())
    sealed.seal_events(Watching(), KEY, head, 3, notes(1))
    sealed.seal_closing(Watching(), KEY, head, closing(3, 6))
    sealed.seal_closing(Watching(), KEY, head, closing(3, 6, recovered=True))
    assert len(set(used)) == 3
