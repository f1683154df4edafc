# SPDX-License-Identifier: Apache-2.0
"""What every KeyStore promises; the real one and the fake."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handiwork.adapters.disk.keystore import FolderKeyStore
from handiwork.model.errors import BadInput, Lost, NotAllowed
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.ports.fakes.keystore import MemoryKeyStore
from handiwork.ports.keystore import Deposit

ONE, TWO = SegmentId("1" * 32), SegmentId("2" * 32)
CONSENT = ConsentId("c" * 32)
HELD = Deposit(Digest("a" * 64), "beef" * 20)


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FolderKeyStore | MemoryKeyStore]:
    if request.param == "memory":
        yield MemoryKeyStore()
        return
    folder = FolderKeyStore(tmp_path / "keys")
    yield folder
    folder.close()


def test_the_first_deposit_for_a_header_stays(store: FolderKeyStore | MemoryKeyStore) -> None:
    store.put(ONE, HELD)
    store.put(ONE, Deposit(HELD.header_digest, "other wrapping of the same key"))
    assert store.get(ONE) == HELD
    assert store.get(TWO) is None


def test_a_key_for_another_header_is_refused(store: FolderKeyStore | MemoryKeyStore) -> None:
    store.put(ONE, HELD)
    with pytest.raises(NotAllowed):
        store.put(ONE, Deposit(Digest("b" * 64), HELD.wrapped))
    assert store.get(ONE) == HELD


def test_what_was_destroyed_is_gone_for_good_even_if_it_never_came(store: FolderKeyStore | MemoryKeyStore) -> None:
    store.put(ONE, HELD)
    assert not store.withdrawn(CONSENT)
    store.destroy(CONSENT, [ONE, TWO])
    store.destroy(CONSENT, [ONE, TWO])
    assert store.withdrawn(CONSENT)
    for segment in (ONE, TWO):
        assert store.get(segment) is None
        with pytest.raises(NotAllowed):
            store.put(segment, HELD)


def test_the_newest_head_is_kept(store: FolderKeyStore | MemoryKeyStore) -> None:
    assert store.head() == ""
    store.keep_head("first")
    store.keep_head("second")
    assert store.head() == "second"


def test_a_destroyed_key_s_bytes_are_in_no_file(tmp_path: Path) -> None:
    store = FolderKeyStore(tmp_path)
    store.put(ONE, HELD)
    assert any(HELD.wrapped.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    store.destroy(CONSENT, [ONE])
    assert not any(HELD.wrapped.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    store.close()


def test_destruction_survives_a_restart_and_two_processes_can_t_share_the_folder(tmp_path: Path) -> None:
    store = FolderKeyStore(tmp_path)
    store.destroy(CONSENT, [ONE])
    with pytest.raises(Lost, match="Another process"):
        FolderKeyStore(tmp_path)
    store.close()
    again = FolderKeyStore(tmp_path)
    assert again.withdrawn(CONSENT)
    with pytest.raises(NotAllowed):
        again.put(ONE, HELD)
    again.close()


def test_an_id_can_t_lead_out_of_the_folder(tmp_path: Path) -> None:
    store = FolderKeyStore(tmp_path)
    with pytest.raises(BadInput):
        store.put(SegmentId("../../../etc/passwd"), HELD)
    store.close()
