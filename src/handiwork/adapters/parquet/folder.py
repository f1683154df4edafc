# SPDX-License-Identifier: Apache-2.0
"""A dataset as a folder: shards/NAME.parquet and manifest.json. Readable by its owner only.

What is in the shards is plaintext (redacted, but plaintext): the folder belongs on the clean room's own disk.
"""

import hashlib
import io
import os
import re
import secrets
from collections.abc import Sequence
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

import msgspec
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.dataset import FORMAT, Manifest, Record, Shard
from handiwork.model.errors import BadInput, Damaged, NoSpace
from handiwork.model.ids import Digest
from handiwork.model.table import SCHEMA

_NAME = re.compile(r"[0-9a-z-]{1,80}\Z")
_DRAFT = ".draft-"
_OURS = re.compile(r"[0-9a-z-]+\.parquet\Z|\.draft-[0-9a-f]+\Z")
"""What may be removed: a folder given by mistake keeps everything else."""


class ParquetFolder:
    """The DatasetStore port. `root` is made when something is first written to it."""

    def __init__(self, root: Path) -> None:
        self._root, self._shards = root, root / "shards"

    def put_shard(self, name: str, records: Sequence[Record]) -> tuple[Digest, int]:
        """Parquet with zstd, written beside its place, synced, and renamed into it."""
        rows = msgspec.to_builtins(list(records), builtin_types=(bytes,))
        held = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), held, compression="zstd", write_statistics=False)
        content = held.getvalue()
        self._write(self._path(name), content)
        return Digest(hashlib.sha256(content).hexdigest()), len(content)

    def shard(self, shard: Shard) -> Sequence[Record]:
        """The records, checked against the digest before Parquet's decoder sees a byte of them."""
        try:
            content = self._path(shard.name).read_bytes()
        except FileNotFoundError:
            raise _damaged(f"The shard {shard.name} is missing.") from None
        if hashlib.sha256(content).hexdigest() != shard.digest:
            raise _damaged(f"The shard {shard.name} is not the one that the manifest names.")
        try:
            rows = pq.read_table(io.BytesIO(content), schema=SCHEMA).to_pylist()
            return msgspec.convert(rows, list[Record])
        except (pa.ArrowInvalid, msgspec.ValidationError) as error:
            raise _damaged(f"The shard {shard.name} holds other columns than this version reads.") from error

    def publish(self, manifest: Manifest) -> None:
        """Renames the new manifest into place, then removes what it doesn't name."""
        self._write(self._root / "manifest.json", msgspec.json.format(canonical_json(manifest), indent=1))
        self._remove_all_but({f"{shard.name}.parquet" for shard in manifest.shards})

    def manifest(self) -> Manifest | None:
        """What manifest.json says."""
        try:
            found = from_json((self._root / "manifest.json").read_bytes(), Manifest)
        except FileNotFoundError:
            return None
        except (msgspec.ValidationError, msgspec.DecodeError):
            raise _damaged("The manifest can't be read.") from None
        if found.format != FORMAT:
            raise _damaged(f"The dataset is of the form {found.format[:40]!r}, which this version doesn't read.")
        return found

    def discard(self) -> None:
        """The manifest goes first, so that at no moment a manifest names what isn't there."""
        (self._root / "manifest.json").unlink(missing_ok=True)
        self._remove_all_but(set())
        if self._root.is_dir():
            _sync(self._root)

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            raise BadInput(
                "A shard's name may hold digits, small letters and hyphens only.",
                data="nothing was read or written.",
                do="check where this manifest comes from.",
            )
        return self._shards / f"{name}.parquet"

    def _remove_all_but(self, names: set[str]) -> None:
        if not self._shards.is_dir():
            return
        for path in self._shards.iterdir():
            if path.name not in names and _OURS.match(path.name):
                path.unlink()
        _sync(self._shards)

    def _write(self, path: Path, content: bytes) -> None:
        self._shards.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)
            draft.rename(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            if error.errno not in (ENOSPC, EDQUOT, EFBIG):
                raise
            raise NoSpace(
                "The disk is full, so the dataset could not be written.",
                data="nothing half-written is kept; the sealed segments are untouched.",
                do="make room and build again.",
            ) from None
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _damaged(what: str) -> Damaged:
    return Damaged(what, data="nothing of it is used.", do="build the dataset again.")
