# SPDX-License-Identifier: Apache-2.0
"""Merkle trees: every small size exhaustively, larger ones by chance, and everything again after tampering."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handiwork.rules import merkle, tiles

EVERY_SIZE = range(1, 71)

NOT_TILES = [
    *("tile/0", "tile/0/0", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/../000", "tile/0/001/002"),
    *("tile/-1/000", "tile/0/000.p/01", "tile/0/\u0661\u0662\u0663", "tile/entries/000/", "checkpoint", "tile/00/000"),
]


def leaves(size: int) -> list[bytes]:
    return [merkle.leaf_hash(b"leaf %d" % number) for number in range(size)]


def straightforward_root(hashes: list[bytes]) -> bytes:
    """RFC 6962's definition, written down word for word."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    left, right = straightforward_root(hashes[:split]), straightforward_root(hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_known_answers_of_the_certificate_transparency_test_vectors() -> None:
    inputs = [b"", b"\x00", b"\x10", b" !", b"01", b"@ABC", b"PQRSTUVW", b"`abcdefghijklmno"]
    node = merkle.nodes_over([merkle.leaf_hash(leaf) for leaf in inputs])
    assert merkle.root(node, 0).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root(node, 1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(node, 8).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_root_is_the_definition_s(size: int) -> None:
    assert merkle.root(merkle.nodes_over(leaves(size)), size) == straightforward_root(leaves(size))


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_every_leaf_proves_its_place_and_no_other(size: int) -> None:
    hashes = leaves(size)
    node = merkle.nodes_over(hashes)
    root = merkle.root(node, size)
    for index in range(size):
        path = merkle.inclusion_path(node, index, size)
        assert merkle.includes(index, size, hashes[index], path, root)
        assert not merkle.includes((index + 1) % size, size, hashes[index], path, root) or size == 1
        assert not merkle.includes(index, size, merkle.leaf_hash(b"other"), path, root)
        assert not merkle.includes(index, size, hashes[index], [*path, root], root)
        assert not path or not merkle.includes(index, size, hashes[index], path[:-1], root)


@pytest.mark.parametrize("new", EVERY_SIZE)
def test_every_tree_extends_every_smaller_one(new: int) -> None:
    node = merkle.nodes_over(leaves(new))
    root = merkle.root(node, new)
    for old in range(new + 1):
        path = merkle.consistency_path(node, old, new)
        assert merkle.extends(old, merkle.root(node, old), new, root, path)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 600), st.data())
def test_a_changed_old_leaf_breaks_consistency(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    changed = data.draw(st.integers(0, old - 1))
    before, after = leaves(new), leaves(new)
    after[changed] = merkle.leaf_hash(b"rewritten")
    old_root = merkle.root(merkle.nodes_over(before), old)
    node = merkle.nodes_over(after)
    path = merkle.consistency_path(node, old, new)
    assert not merkle.extends(old, old_root, new, merkle.root(node, new), path)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 600), st.data())
def test_one_flipped_bit_anywhere_fails_both_proofs(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    node = merkle.nodes_over(hashes)
    root = merkle.root(node, size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    inclusion, growth = merkle.inclusion_path(node, index, size), merkle.consistency_path(node, old, size)
    for path in (inclusion, growth):
        step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        flipped = int.from_bytes(path[step], "big") ^ (1 << bit)
        path[step] = flipped.to_bytes(32, "big")
    assert not merkle.includes(index, size, hashes[index], inclusion, root)
    assert not merkle.extends(old, merkle.root(node, old), size, root, growth)


@settings(max_examples=200, deadline=None)
@given(st.integers(-2, 20), st.integers(-2, 20), st.lists(st.binary(min_size=32, max_size=32), max_size=8), st.binary())
def test_checking_never_raises_and_never_believes_noise(
    first: int, second: int, path: list[bytes], noise: bytes
) -> None:
    other = hashlib.sha256(noise).digest()
    assert not merkle.includes(first, second, merkle.leaf_hash(noise), path, other)
    assert not merkle.extends(max(first, 1), other, second, merkle.leaf_hash(noise), path)


def test_an_impossible_question_is_refused() -> None:
    node = merkle.nodes_over(leaves(3))
    with pytest.raises(ValueError, match="no leaf 3"):
        merkle.inclusion_path(node, 3, 3)
    with pytest.raises(ValueError, match="can't extend"):
        merkle.consistency_path(node, 4, 3)


@pytest.mark.parametrize(
    ("tile", "name"),
    [
        (tiles.Tile(0, 0), "tile/0/000"),
        (tiles.Tile(1, 5, 17), "tile/1/005.p/17"),
        (tiles.Tile(0, 1234067), "tile/0/x001/x234/067"),
        (tiles.Tile(tiles.ENTRIES, 1000, 1), "tile/entries/x001/000.p/1"),
    ],
)
def test_tiles_have_the_names_of_the_specification(tile: tiles.Tile, name: str) -> None:
    assert tile.path == name
    assert tiles.tile_named(name) == tile


@pytest.mark.parametrize("name", NOT_TILES)
def test_nothing_else_is_a_tile(name: str) -> None:
    assert tiles.tile_named(name) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.integers(0, 900))
def test_a_tree_read_from_its_tiles_has_the_same_root(since: int, more: int) -> None:
    size = since + more
    hashes = leaves(size)
    levels = [hashes]
    while len(levels[-1]) >= tiles.WIDTH:
        below = merkle.nodes_over(levels[-1])
        levels.append([below(tiles.HEIGHT, place) for place in range(len(levels[-1]) // tiles.WIDTH)])
    held: dict[tiles.Tile, bytes] = {}
    for tile in tiles.tiles_of(since) + tiles.tiles_of(size, since):
        if tile.level != tiles.ENTRIES:
            start = tile.index * tiles.WIDTH
            held[tile] = b"".join(levels[tile.level][start : start + tile.width])
    node = tiles.node_reader(size, held.__getitem__)
    assert merkle.root(node, size) == merkle.root(merkle.nodes_over(hashes), size)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_its_entries_back_and_a_cut_one_is_refused(entries: list[bytes]) -> None:
    data = tiles.bundle(entries)
    assert tiles.split_bundle(data) == entries
    if entries:
        with pytest.raises(ValueError, match="cut off"):
            tiles.split_bundle(data[:-1])
