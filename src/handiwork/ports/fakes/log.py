# SPDX-License-Identifier: Apache-2.0
"""The log in memory. Can be made to fail."""

from collections.abc import Sequence

from handiwork.model.errors import BadInput, HandiworkError
from handiwork.model.grant import LogProof
from handiwork.ports.signing import Signing
from handiwork.rules import merkle
from handiwork.rules.checkpoint import Checkpoint, signed_text
from handiwork.rules.tiles import ENTRIES, WIDTH, bundle, tile_named


class MemoryLog:
    """Set `failure` to make every append raise it."""

    def __init__(self, origin: str, signer: Signing) -> None:
        self.failure: HandiworkError | None = None
        self.leaves: list[bytes] = []
        self._origin, self._signer = origin, signer

    def append(self, leaves: Sequence[bytes]) -> Sequence[LogProof]:
        """Adds leaves that are not there yet."""
        if self.failure is not None:
            raise self.failure
        if not all(0 < len(leaf) <= 65_535 for leaf in leaves):
            raise BadInput("A log entry is empty or too long.", data="nothing was logged.", do="report this.")
        for leaf in leaves:
            if leaf not in self.leaves:
                self.leaves.append(leaf)
        return [self._proof(self.leaves.index(leaf)) for leaf in leaves]

    def checkpoint(self) -> str:
        """The newest signed checkpoint."""
        size = len(self.leaves)
        head = Checkpoint(self._origin, size, merkle.root(self._node(), size))
        return signed_text(head, self._signer.public_key(), self._signer.sign(head.body.encode()))

    def consistency(self, size_from: int) -> tuple[str, Sequence[str]]:
        """The newest checkpoint and the proof to it."""
        if not 0 <= size_from <= len(self.leaves):
            raise BadInput("The log is shorter than that.", data="nothing was changed.", do="compare checkpoints.")
        path = merkle.consistency_path(self._node(), size_from, len(self.leaves))
        return self.checkpoint(), tuple(step.hex() for step in path)

    def tile(self, path: str) -> bytes:
        """A tile or bundle."""
        tile = tile_named(path)
        size = len(self.leaves) >> (8 * max(tile.level, 0)) if tile else 0
        if tile is None or tile.index * WIDTH + tile.width > size:
            raise BadInput("The log has no such tile.", data="nothing was changed.", do="ask for its checkpoint.")
        places = range(tile.index * WIDTH, tile.index * WIDTH + tile.width)
        if tile.level == ENTRIES:
            return bundle([self.leaves[place] for place in places])
        return b"".join(self._node()(8 * tile.level, place) for place in places)

    def _node(self) -> merkle.Node:
        return merkle.nodes_over([merkle.leaf_hash(leaf) for leaf in self.leaves])

    def _proof(self, index: int) -> LogProof:
        path = merkle.inclusion_path(self._node(), index, len(self.leaves))
        return LogProof(
            leaf=self.leaves[index].decode(),
            index=index,
            checkpoint=self.checkpoint(),
            path=tuple(step.hex() for step in path),
        )
