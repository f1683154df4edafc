# SPDX-License-Identifier: Apache-2.0
"""A dataset in memory. Can be made to fail at its n-th write, and to hold damaged bytes."""

import hashlib
from collections.abc import Sequence

import msgspec

from handiwork.model.dataset import Manifest, Record, Shard
from handiwork.model.errors import Damaged, NoSpace
from handiwork.model.ids import Digest


class MemoryDataset:
    """The DatasetStore port."""

    def __init__(self, fail_at_write: int = 0) -> None:
        self.shards: dict[str, bytes] = {}
        self._manifest: bytes | None = None
        self._fail_at, self._writes = fail_at_write, 0

    def put_shard(self, name: str, records: Sequence[Record]) -> tuple[Digest, int]:
        """Keeps the records' encoding."""
        self._count_write()
        self.shards[name] = msgspec.msgpack.encode(list(records))
        return Digest(hashlib.sha256(self.shards[name]).hexdigest()), len(self.shards[name])

    def shard(self, shard: Shard) -> Sequence[Record]:
        """The records, if they are still the ones."""
        content = self.shards.get(shard.name, b"")
        if hashlib.sha256(content).hexdigest() != shard.digest:
            raise Damaged("A shard is not the one that its manifest names.", data="it is not used.", do="build again.")
        return msgspec.msgpack.decode(content, type=list[Record])

    def publish(self, manifest: Manifest) -> None:
        """Keeps the manifest and forgets other shards."""
        self._count_write()
        self._manifest = msgspec.msgpack.encode(manifest)
        named = {shard.name for shard in manifest.shards}
        self.shards = {name: content for name, content in self.shards.items() if name in named}

    def manifest(self) -> Manifest | None:
        """The last one published."""
        return None if self._manifest is None else msgspec.msgpack.decode(self._manifest, type=Manifest)

    def discard(self) -> None:
        """Forgets everything."""
        self._manifest = None
        self.shards.clear()

    def _count_write(self) -> None:
        self._writes += 1
        if self._writes == self._fail_at:
            raise NoSpace("The disk is full.", data="nothing of this call was kept.", do="make room.")
