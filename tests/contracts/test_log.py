# SPDX-License-Identifier: Apache-2.0
"""What every Log promises; the real one and the fake. After each test the real one's whole folder is checked."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.hub.check_log import check_log

from handiwork.adapters.disk.log import FolderLog
from handiwork.adapters.sealing.cryptography_ import PrivateSigner, Verifier
from handiwork.model.errors import BadInput
from handiwork.ports.fakes.log import MemoryLog
from handiwork.ports.log import Log
from handiwork.rules.checkpoint import opened
from handiwork.rules.merkle import EMPTY_ROOT, extends
from handiwork.rules.proof import verify_log_proof

SIGNER = PrivateSigner(bytes(range(32)))
KEY = SIGNER.public_key()
ORIGIN = "test.example/log"


@pytest.fixture(params=["folder", "memory"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Log]:
    if request.param == "memory":
        yield MemoryLog(ORIGIN, SIGNER)
        return
    folder = FolderLog(tmp_path / "log", ORIGIN, SIGNER, Verifier())
    yield folder
    check_log(tmp_path / "log", KEY, Verifier())
    folder.close()


def test_a_new_log_is_empty_and_says_so(log: Log) -> None:
    head = opened(log.checkpoint(), KEY, Verifier())
    assert (head.origin, head.size, head.root) == (ORIGIN, 0, EMPTY_ROOT)


def test_every_leaf_gets_a_proof_that_a_stranger_accepts(log: Log) -> None:
    proofs = log.append([b"one", b"two", b"three"])
    assert [(proof.leaf, proof.index) for proof in proofs] == [("one", 0), ("two", 1), ("three", 2)]
    assert {verify_log_proof(proof, KEY, Verifier()).size for proof in proofs} == {3}


def test_a_leaf_that_is_there_is_not_added_again(log: Log) -> None:
    log.append([b"one", b"two"])
    again = log.append([b"two", b"three", b"three"])
    assert [proof.index for proof in again] == [1, 2, 2]
    assert opened(log.checkpoint(), KEY, Verifier()).size == 3


def test_every_head_extends_every_earlier_head(log: Log) -> None:
    heads = [opened(log.checkpoint(), KEY, Verifier())]
    for number in range(12):
        log.append([b"leaf %d.%d" % (number, part) for part in range(number % 3 + 1)])
        heads.append(opened(log.checkpoint(), KEY, Verifier()))
    for old in heads:
        text, path = log.consistency(old.size)
        new = opened(text, KEY, Verifier())
        assert extends(old.size, old.root, new.size, new.root, [bytes.fromhex(step) for step in path])


@pytest.mark.parametrize("size", [-1, 1])
def test_a_longer_log_than_there_is_can_t_be_proven(log: Log, size: int) -> None:
    with pytest.raises(BadInput):
        log.consistency(size)


@pytest.mark.parametrize("leaf", [b"", b"x" * 65_536])
def test_empty_and_overlong_leaves_are_refused(log: Log, leaf: bytes) -> None:
    with pytest.raises(BadInput):
        log.append([b"fine", leaf])
    assert opened(log.checkpoint(), KEY, Verifier()).size == 0


def test_tiles_are_given_at_any_width_that_the_tree_has(log: Log) -> None:
    log.append([b"leaf %d" % number for number in range(300)])
    assert log.tile("tile/entries/001.p/2") == b"\x00\x08leaf 256\x00\x08leaf 257"
    assert len(log.tile("tile/0/000")) == 256 * 32
    assert log.tile("tile/0/000.p/3") == log.tile("tile/0/000")[:96]
    assert len(log.tile("tile/1/000.p/1")) == 32
    for missing in (
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/1/000",
        "tile/2/000.p/1",
        "tile/../checkpoint",
        "checkpoint",
    ):
        with pytest.raises(BadInput):
            log.tile(missing)


def test_appends_from_many_threads_all_get_valid_proofs(log: Log) -> None:
    def add(number: int) -> None:
        proof = log.append([b"thread %d" % number])[0]
        assert verify_log_proof(proof, KEY, Verifier()).size > proof.index
        indexes.append(proof.index)

    if isinstance(log, MemoryLog):
        pytest.skip("the fake is for one thread")
    indexes: list[int] = []
    each: Callable[[int], threading.Thread] = lambda number: threading.Thread(target=add, args=(number,))  # noqa: E731
    threads = [each(number) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(indexes) == list(range(24))
