# SPDX-License-Identifier: Apache-2.0
"""The public log's root and proofs, against the bare SHA-256 calls that any such tree needs.

A tree of n leaves takes 2n - 1 calls at least, and checking a proof takes one for each of its hashes.
"""

import hashlib
import statistics

from bench.report import Report, at_least, in_turn, median_ratio
from handiwork.rules import merkle

LEAVES = 20_000
PROOFS = 500
ROUNDS = 7


def measure() -> Report:
    """About five seconds."""
    leaves = [b"%064d" % number for number in range(LEAVES)]
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    root = merkle.root(merkle.nodes_over(hashes), LEAVES)
    places = range(0, LEAVES, LEAVES // PROOFS)
    paths = [merkle.inclusion_path(merkle.nodes_over(hashes), place, LEAVES) for place in places[:8]]
    checks = [(places[number % 8], paths[number % 8]) for number in range(PROOFS)]

    def build() -> None:
        assert merkle.root(merkle.nodes_over([merkle.leaf_hash(leaf) for leaf in leaves]), LEAVES) == root

    def check() -> None:
        assert all(merkle.includes(place, LEAVES, hashes[place], path, root) for place, path in checks)

    bare_tree = _Bare(2 * LEAVES - 1)
    bare_check = _Bare(sum(len(path) for _, path in checks))
    built, built_bare, checked, checked_bare = in_turn(ROUNDS, build, bare_tree, check, bare_check)
    ratios = {
        "root_to_bare_sha256": median_ratio(built_bare, built),
        "check_to_bare_sha256": median_ratio(checked_bare, checked),
    }
    return Report(
        bench="merkle",
        figures={
            "leaves_per_s": LEAVES / statistics.median(built),
            "proofs_checked_per_s": PROOFS / statistics.median(checked),
        },
        peers={
            "leaves_per_s_bare_sha256": LEAVES / statistics.median(built_bare),
            "proofs_per_s_bare_sha256": PROOFS / statistics.median(checked_bare),
        },
        ratios=ratios,
        targets={name: at_least(0.25, ratio) for name, ratio in ratios.items()},
    )


class _Bare:
    """So many SHA-256 calls over 65 bytes, an inner node's length, and nothing else."""

    def __init__(self, calls: int) -> None:
        self._calls = calls

    def __call__(self) -> None:
        node, sha256 = b"\x01" + bytes(64), hashlib.sha256
        for _ in range(self._calls):
            sha256(node).digest()
