# SPDX-License-Identifier: Apache-2.0
"""Merkle trees as RFC 6962 defines them: hashes, roots, proofs, and the checking of proofs.

Knows nothing of where hashes are kept: proofs are made from `node(level, index)`, the hash over the 2**level leaves
that begin at leaf index * 2**level, and checked (RFC 9162, 2.1.3.2 and 2.1.4.2) from the given hashes alone, by
other code than made them.
"""

import hashlib
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf's bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_over(hashes: Sequence[bytes]) -> Node:
    """Looks complete subtrees up in a list of leaf hashes held in memory."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return hashes[index]
        return node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node


def root(node: Node, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _range_hash(node, 0, size) if size else EMPTY_ROOT


def _split(size: int) -> int:
    """The largest power of two smaller than `size`: where RFC 6962 splits a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def _range_hash(node: Node, start: int, end: int) -> bytes:
    size = end - start
    if size & (size - 1) == 0:
        return node(size.bit_length() - 1, start // size)
    middle = start + _split(size)
    return node_hash(_range_hash(node, start, middle), _range_hash(node, middle, end))


def inclusion_path(node: Node, index: int, size: int) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` leaves, from the leaf upward."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(node, middle, end))
            end = middle
        else:
            path.append(_range_hash(node, start, middle))
            start = middle
    return path[::-1]


def consistency_path(node: Node, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with the tree of `old`; empty when `old` is 0 or `new`."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} can't extend a tree of {old}")
    if old in (0, new):
        return []
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_hash(node, middle, end))
            end = middle
        else:
            path.append(_range_hash(node, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(_range_hash(node, start, end))
    return path[::-1]


def includes(index: int, size: int, leaf: bytes, path: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether `path` proves that the leaf with hash `leaf` is number `index` in the tree of `size` leaves."""
    if not 0 <= index < size:
        return False
    position, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and found == root_hash


def extends(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` proves that the tree (new, new_root) begins with all of the tree (old, old_root)."""
    if old == 0:
        return new >= 0 and not path and old_root == EMPTY_ROOT
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    return _climb(old, new, hashes) == (old_root, new_root)


def _climb(old: int, new: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that the hashes of a consistency proof add up to, or None if there are too few or too many."""
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        position, last = position >> 1, last >> 1
    return (first, second) if last == 0 else None
