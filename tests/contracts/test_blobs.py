# SPDX-License-Identifier: Apache-2.0
"""What every Blobs promises; the real one and the fake."""

import hashlib
from pathlib import Path

import pytest

from handiwork.adapters.disk.blobs import FolderBlobs
from handiwork.model.errors import BadInput, Damaged
from handiwork.model.ids import Digest
from handiwork.ports.blobs import Blobs
from handiwork.ports.fakes.blobs import MemoryBlobs

CONTENT = b"sealed bytes"
DIGEST = Digest(hashlib.sha256(CONTENT).hexdigest())


@pytest.fixture(params=["folder", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return MemoryBlobs() if request.param == "memory" else FolderBlobs(tmp_path / "blobs")


def test_what_was_put_is_given_back_however_often_it_was_put(blobs: Blobs) -> None:
    blobs.put(DIGEST, CONTENT)
    blobs.put(DIGEST, CONTENT)
    assert blobs.get(DIGEST) == CONTENT
    assert list(blobs.digests()) == [DIGEST]


def test_bytes_under_another_digest_are_refused(blobs: Blobs) -> None:
    with pytest.raises(Damaged):
        blobs.put(DIGEST, CONTENT + b"!")
    assert list(blobs.digests()) == []


def test_what_was_deleted_is_gone_and_deleting_again_is_fine(blobs: Blobs) -> None:
    blobs.put(DIGEST, CONTENT)
    blobs.delete(DIGEST)
    blobs.delete(DIGEST)
    assert list(blobs.digests()) == []
    with pytest.raises(BadInput):
        blobs.get(DIGEST)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a" * 63, "A" * 64, "a" * 64 + "\n"])
def test_a_digest_can_t_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises((BadInput, Damaged)):
        FolderBlobs(tmp_path).get(Digest(name))


def test_bytes_that_changed_on_disk_are_not_given_out_and_a_new_put_heals_them(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blobs.put(DIGEST, CONTENT)
    (tmp_path / DIGEST[:2] / DIGEST[2:]).write_bytes(b"flipped")
    with pytest.raises(Damaged):
        blobs.get(DIGEST)
    blobs.put(DIGEST, CONTENT)
    assert blobs.get(DIGEST) == CONTENT


def test_what_an_interrupted_write_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    FolderBlobs(tmp_path).put(DIGEST, CONTENT)
    (tmp_path / DIGEST[:2] / ".new-0123456789abcdef").write_bytes(b"half")
    assert list(FolderBlobs(tmp_path).digests()) == [DIGEST]
    assert [path.name for path in tmp_path.rglob(".new-*")] == []
