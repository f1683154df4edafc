# SPDX-License-Identifier: Apache-2.0
"""CheckLog: reads a log's folder as a stranger would, with the pure rules alone, and checks all of it."""

from pathlib import Path

from handiwork.ports.signing import Verifying
from handiwork.rules import merkle
from handiwork.rules.checkpoint import Checkpoint, opened
from handiwork.rules.tiles import ENTRIES, node_reader, split_bundle, split_hashes, tiles_of


def check_log(folder: Path, log_key: bytes, verifier: Verifying) -> tuple[Checkpoint, list[bytes]]:
    """Every tile, every entry, the root three ways, the signature; gives the head and the entries."""
    head = opened((folder / "checkpoint").read_text(), log_key, verifier)
    entries: list[bytes] = []
    hashes: list[bytes] = []
    for tile in tiles_of(head.size):
        data = (folder / tile.path).read_bytes()
        if tile.level == ENTRIES:
            bundle = split_bundle(data)
            assert len(bundle) == tile.width
            entries += bundle
        elif tile.level == 0:
            assert len(data) == tile.width * 32
            hashes += split_hashes(data)
    assert hashes == [merkle.leaf_hash(entry) for entry in entries]
    assert len(set(entries)) == len(entries), "an entry stands in the log twice"
    assert merkle.root(merkle.nodes_over(hashes), head.size) == head.root
    node = node_reader(head.size, lambda tile: (folder / tile.path).read_bytes())
    assert merkle.root(node, head.size) == head.root
    return head, entries
