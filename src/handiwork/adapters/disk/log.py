# SPDX-License-Identifier: Apache-2.0
"""The public log as files (C2SP tlog-tiles), which any static web server can serve and any verifier can read.

An append writes the tiles that changed, reads them back, derives old and new root from what it read, and only then
signs; the checkpoint becomes visible by one rename after all else is durable. Killed anywhere, the folder holds the
log of its checkpoint, perhaps with tiles that nothing refers to yet. Knows nothing of what entries mean.

Costs: appends that wait for the disk together are committed together; 32 bytes of memory and a dict slot per leaf.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from handiwork.adapters.disk import durable
from handiwork.model.errors import BadInput, Damaged, HandiworkError, Lost
from handiwork.model.grant import LogProof
from handiwork.ports.signing import Signing, Verifying
from handiwork.rules import merkle
from handiwork.rules.checkpoint import Checkpoint, opened, signed_text
from handiwork.rules.tiles import (
    ENTRIES,
    HASH,
    HEIGHT,
    WIDTH,
    Tile,
    bundle,
    node_reader,
    partial_tiles,
    split_bundle,
    split_hashes,
    tile_named,
    tiles_of,
)

MAX_LEAF = 65_535


@dataclass
class _Waiting:
    """One caller's leaves, until the batch that they went into is durable."""

    leaves: list[bytes]
    proofs: list[LogProof] = field(default_factory=list)
    error: HandiworkError | None = None
    done: bool = False


class FolderLog:
    """The Log port over a folder that belongs to this process alone."""

    def __init__(self, root: Path, origin: str, signer: Signing, verifier: Verifying) -> None:
        self._root, self._origin, self._signer, self._verifier = root, origin, signer, verifier
        self._write = threading.Lock()
        self._turn = threading.Condition()
        self._queue: list[_Waiting] = []
        self._committing = False
        self._stale = False
        self._claim = durable.Claim(root)
        durable.sweep(root)
        if not (root / "checkpoint").exists() and not (root / "tile").exists():
            self._publish(Checkpoint(origin, 0, merkle.EMPTY_ROOT))
        self._load()

    def append(self, leaves: Sequence[bytes]) -> Sequence[LogProof]:
        """Adds leaves. One caller commits for all who came while the disk was busy; they wait, and find it done."""
        if not all(0 < len(leaf) <= MAX_LEAF for leaf in leaves):
            raise BadInput("A log entry is empty or too long.", data="nothing was logged.", do="report this.")
        mine = _Waiting(list(leaves))
        with self._turn:
            self._queue.append(mine)
            while self._committing and not mine.done:
                self._turn.wait()
            leads = not mine.done
            self._committing = self._committing or leads
        if leads:
            self._commit_queue()
        if mine.error is not None:
            raise mine.error
        return mine.proofs

    def checkpoint(self) -> str:
        """The newest signed checkpoint."""
        return self._text

    def consistency(self, size_from: int) -> tuple[str, Sequence[str]]:
        """The newest checkpoint and the proof to it."""
        with self._write:
            if not 0 <= size_from <= self._head.size:
                raise BadInput(
                    f"The log has {self._head.size} entries, not {size_from} or more.",
                    data="if this hub once showed you a longer log, it has lost or hidden entries.",
                    do="keep the checkpoint you have and show it to someone you trust.",
                )
            path = merkle.consistency_path(self._nodes(self._head.size), size_from, self._head.size)
            return self._text, tuple(step.hex() for step in path)

    def tile(self, path: str) -> bytes:
        """A tile or bundle, as wide as its name says."""
        tile = tile_named(path)
        with self._write:
            stored = self._stored(tile) if tile is not None else None
            if tile is None or stored is None or stored.width < tile.width:
                raise BadInput("The log has no such tile.", data="nothing was changed.", do="ask for its checkpoint.")
            data = self._read(stored)
        if tile.level == ENTRIES:
            return bundle(split_bundle(data)[: tile.width])
        return data[: tile.width * HASH]

    def close(self) -> None:
        """Lets another process have the folder."""
        self._claim.release()

    def _commit_queue(self) -> None:
        with self._turn:
            batch, self._queue = self._queue, []
        failure: HandiworkError | None = _unfinished()
        try:
            with self._write:
                self._commit_batch(batch)
            failure = None
        except HandiworkError as error:
            failure = error
        finally:
            self._stale = failure is not None
            with self._turn:
                self._committing = False
                for waiting in batch:
                    waiting.error, waiting.done = failure, True
                self._turn.notify_all()

    def _commit_batch(self, batch: Sequence[_Waiting]) -> None:
        if self._stale:
            self._load()
        self._commit([leaf for waiting in batch for leaf in waiting.leaves])
        node = self._nodes(self._head.size)
        for waiting in batch:
            waiting.proofs = [self._proof(leaf, node) for leaf in waiting.leaves]

    def _commit(self, leaves: Sequence[bytes]) -> None:
        fresh = {merkle.leaf_hash(leaf): leaf for leaf in leaves}
        new = {hashed: leaf for hashed, leaf in fresh.items() if hashed not in self._places}
        if not new:
            return
        old, size = self._head, self._head.size + len(new)
        durable.write_all({self._root / tile.path: data for tile, data in self._grown(new, size).items()})
        root = self._derived(old, size)
        self._publish(Checkpoint(self._origin, size, root))
        for hashed in new:
            self._places[hashed] = len(self._places)
        with durable.disk_errors():
            for tile in partial_tiles(old.size) - partial_tiles(size):
                (self._root / tile.path).unlink(missing_ok=True)

    def _grown(self, new: dict[bytes, bytes], size: int) -> dict[Tile, bytes]:
        """The tiles that a tree of `size` has beyond today's."""
        grown: dict[Tile, bytes] = {}
        leaves, hashes, before = list(new.values()), list(new), self._head.size
        for tile in tiles_of(size, before):
            kept = Tile(tile.level, tile.index, max(0, self._count(tile.level) - tile.index * WIDTH))
            start, end = tile.index * WIDTH + kept.width, tile.index * WIDTH + tile.width
            if tile.level == ENTRIES:
                added = bundle(leaves[start - before : end - before])
            elif tile.level == 0:
                added = b"".join(hashes[start - before : end - before])
            else:
                added = b"".join(_top(grown[Tile(tile.level - 1, number)]) for number in range(start, end))
            grown[tile] = (self._read(kept) if kept.width else b"") + added
        return grown

    def _count(self, level: int) -> int:
        """How many hashes (or entries) the present tree has at this level."""
        return self._head.size >> (8 * max(level, 0))

    def _derived(self, old: Checkpoint, size: int) -> bytes:
        """The root of what is durable now, after checking that the old tree is in it and that entries match hashes."""
        node = self._nodes(size)
        if merkle.root(node, old.size) != old.root:
            raise _contradiction("the log on disk no longer begins with what was signed before")
        for tile in tiles_of(size, old.size):
            if tile.level == ENTRIES:
                hashes = split_hashes(self._read(Tile(0, tile.index, tile.width)))
                entries = split_bundle(self._read(tile))
                if [merkle.leaf_hash(entry) for entry in entries] != hashes:
                    raise _contradiction("entries and hashes on disk do not match")
        return merkle.root(node, size)

    def _publish(self, head: Checkpoint) -> None:
        signature = self._signer.sign(head.body.encode())
        text = signed_text(head, self._signer.public_key(), signature)
        durable.write(self._root / "checkpoint", text.encode())
        self._head, self._text = head, text

    def _load(self) -> None:
        """Takes the log from disk, checking all of its hashes against the signed root."""
        text = durable.read(self._root / "checkpoint")
        if text is None:
            raise _contradiction("its checkpoint is gone")
        head = opened(text.decode(errors="replace"), self._signer.public_key(), self._verifier)
        if head.origin != self._origin:
            raise _contradiction("its checkpoint is another log's")
        leaves: list[bytes] = []
        for tile in tiles_of(head.size):
            if tile.level == 0:
                leaves += split_hashes(self._read(tile))
        from_leaves = merkle.root(merkle.nodes_over(leaves), head.size)
        if from_leaves != head.root or merkle.root(self._nodes(head.size), head.size) != head.root:
            raise _contradiction("its tiles do not add up to the signed root")
        self._places = {hashed: place for place, hashed in enumerate(leaves)}
        self._head, self._text, self._stale = head, text.decode(), False

    def _proof(self, leaf: bytes, node: merkle.Node) -> LogProof:
        index = self._places[merkle.leaf_hash(leaf)]
        path = merkle.inclusion_path(node, index, self._head.size)
        return LogProof(leaf=leaf.decode(), index=index, checkpoint=self._text, path=tuple(step.hex() for step in path))

    def _nodes(self, size: int) -> merkle.Node:
        """Finds nodes in the tiles on disk, reading each tile once."""
        held: dict[Tile, bytes] = {}

        def read(tile: Tile) -> bytes:
            if tile not in held:
                held[tile] = self._read(tile)
            return held[tile]

        return lru_cache(maxsize=4096)(node_reader(size, read))

    def _read(self, tile: Tile) -> bytes:
        data = durable.read(self._root / tile.path)
        if data is None:
            raise Lost(
                f"A tile of the log is missing: {tile.path}.",
                data="nothing was acknowledged, and no key is released, until the log is whole again.",
                do="restore the log folder from a copy; devices hold checkpoints to compare it with.",
            )
        if tile.level != ENTRIES and len(data) != tile.width * HASH:
            raise _contradiction("a tile has the wrong length")
        return data

    def _stored(self, tile: Tile) -> Tile | None:
        """The file that holds this tile today, as wide as it has grown."""
        width = min(WIDTH, self._count(tile.level) - tile.index * WIDTH)
        return Tile(tile.level, tile.index, width) if width > 0 else None


def _top(tile: bytes) -> bytes:
    """The hash over a full tile."""
    return merkle.nodes_over(split_hashes(tile))(HEIGHT, 0)


def _unfinished() -> Lost:
    return Lost(
        "The log could not be written.",
        data="nothing of this call was acknowledged; the device still has it.",
        do="try again; if it fails again, look at the hub's own messages.",
    )


def _contradiction(what: str) -> Damaged:
    return Damaged(
        f"The log refuses to sign: {what}.",
        data="nothing was acknowledged, and no key is released, until the log is whole again.",
        do="keep the folder as it is, restore a copy, and compare it with the checkpoints that devices hold.",
    )
