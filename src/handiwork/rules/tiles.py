# SPDX-License-Identifier: Apache-2.0
"""The layout of a log in files, after C2SP tlog-tiles: hash tiles of 256, entry bundles of 256, and their names.

Knows nothing of disks or HTTP: it says which tiles a tree of some size has, and finds nodes in them.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handiwork.rules.merkle import Node, nodes_over

WIDTH = 256
HEIGHT = 8
HASH = 32

ENTRIES = -1
"""The level that stands for entry bundles."""


@dataclass(frozen=True)
class Tile:
    """One tile: its level (ENTRIES for a bundle of entries), its place in the level, and how much of it is filled."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its name: tile/0/x001/234 or tile/entries/005.p/17."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_digits(self.index)}{partial}"


def _digits(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))


def tile_named(path: str) -> Tile | None:
    """The tile with this name, or None if no tile has it. Every tile has exactly one name."""
    parts = path.removeprefix("tile/").split("/")
    width = WIDTH
    if len(parts) > 2 and parts[-2].endswith(".p") and parts[-1].isdecimal():
        width = int(parts.pop())
        parts[-1] = parts[-1].removesuffix(".p")
    numbers = [part.removeprefix("x") for part in parts[1:]]
    if not all(len(number) == 3 and number.isascii() and number.isdecimal() for number in numbers) or not numbers:
        return None
    if parts[0] != "entries" and not (parts[0].isascii() and parts[0].isdecimal() and len(parts[0]) <= 2):
        return None
    found = Tile(ENTRIES if parts[0] == "entries" else int(parts[0]), int("".join(numbers)), width)
    return found if found.path == path and 0 < width <= WIDTH else None


def tiles_of(size: int, since: int = 0) -> list[Tile]:
    """Every tile that a tree of `size` has and that differs from those of the tree of `since`, entries first."""
    found: list[Tile] = []
    for level, (old, new) in enumerate(_counts(since, size), start=-1):
        for index in range(old // WIDTH, -(-new // WIDTH)):
            found.append(Tile(level, index, min(WIDTH, new - index * WIDTH)))
    return [tile for tile in found if tile not in _edge(since)]


def _counts(since: int, size: int) -> list[tuple[int, int]]:
    """How many hashes each level has in both trees: entries, then level 0, 1, ..."""
    counts = [(since, size)]
    while size:
        counts.append((since, size))
        since, size = since // WIDTH, size // WIDTH
    return counts


def _edge(size: int) -> set[Tile]:
    """The partial tiles of a tree of `size`."""
    found: set[Tile] = set()
    for level, (_, count) in enumerate(_counts(0, size), start=-1):
        if count % WIDTH:
            found.add(Tile(level, count // WIDTH, count % WIDTH))
    return found


def partial_tiles(size: int) -> set[Tile]:
    """The tiles of a tree of `size` that will be superseded when it grows."""
    return _edge(size)


def node_reader(size: int, read: Callable[[Tile], bytes]) -> Node:
    """Finds the nodes of a tree of `size` in its hash tiles. `read` gives a tile's bytes (width * 32 of them)."""

    def node(level: int, index: int) -> bytes:
        height, inside = divmod(level, HEIGHT)
        first = index << inside
        place, offset = divmod(first, WIDTH)
        width = min(WIDTH, (size >> (HEIGHT * height)) - place * WIDTH)
        found = split_hashes(read(Tile(height, place, width)))
        return nodes_over(found[offset : offset + (1 << inside)])(inside, 0)

    return node


def split_hashes(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle: each with its length in two bytes before it."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def split_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; raises ValueError if it was cut."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if len(data) < at + 2 or len(data) < end:
            raise ValueError("an entry bundle was cut off")
        entries.append(data[at + 2 : end])
        at = end
    return entries
