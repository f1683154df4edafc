# SPDX-License-Identifier: Apache-2.0
"""Where a dataset lies: shards of records and one manifest. Knows nothing of how records come about."""

from collections.abc import Sequence
from typing import Protocol

from handiwork.model.dataset import Manifest, Record, Shard
from handiwork.model.ids import Digest


class DatasetStore(Protocol):
    """One dataset. It exists from the moment its manifest is published; before that nobody can load any of it.

    Raises NoSpace when the disk is full: then nothing of that call is kept.
    """

    def put_shard(self, name: str, records: Sequence[Record]) -> tuple[Digest, int]:
        """Writes a shard whole; gives its SHA-256 and size. When this returns, it is on disk. Replaces a namesake."""
        ...

    def shard(self, shard: Shard) -> Sequence[Record]:
        """Its records. Damaged if they are missing, or not the bytes that the manifest names."""
        ...

    def publish(self, manifest: Manifest) -> None:
        """Makes the dataset what `manifest` says, in one step, then removes every shard that it doesn't name."""
        ...

    def manifest(self) -> Manifest | None:
        """What was published last, or None. Damaged if it can't be read."""
        ...

    def discard(self) -> None:
        """Removes the manifest first, then every shard, finished or not."""
        ...
