# SPDX-License-Identifier: Apache-2.0
"""A log as anyone can read it, from a folder or over HTTP, and the check of all of it. Standard library only."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import msgspec

from handiwork.cli.files import bytes_of
from handiwork.model.codec import from_json
from handiwork.model.errors import BadInput, Lost
from handiwork.model.grant import Entry
from handiwork.ports.hub import HubIdentity
from handiwork.ports.signing import Verifying
from handiwork.rules.checkpoint import Checkpoint, opened
from handiwork.rules.merkle import leaf_hash, nodes_over, root
from handiwork.rules.proof import damaged, unhex
from handiwork.rules.tiles import ENTRIES, node_reader, split_bundle, split_hashes, tiles_of

_TRIES = 5
_UNCHANGED = "nothing was changed"


@dataclass(frozen=True)
class WholeLog:
    """A log, all of it read and checked."""

    head: Checkpoint
    entries: tuple[Entry, ...]
    hashes: tuple[bytes, ...]


class LogSource:
    """Reads a log's files from a URL, a hub's folder, or a log's folder."""

    def __init__(self, where: str) -> None:
        self._url = where.rstrip("/") if where.startswith(("http://", "https://")) else ""
        self._folder = Path(where)
        if not self._url and (self._folder / "hub" / "log").is_dir():
            self._folder = self._folder / "hub" / "log"
        if not self._url and not (self._folder / "checkpoint").is_file():
            raise BadInput(
                f"There is no log at {where}.",
                data="nothing was read.",
                do="give the hub's address (http://...), its folder, or a copy of its log folder.",
            )
        self._given = Path(where)

    @property
    def remote(self) -> bool:
        """Whether it is read over the network."""
        return bool(self._url)

    def identity(self) -> HubIdentity:
        """The hub's keys as the hub itself gives them."""
        data = self._get("identity") if self._url else bytes_of(self._given / "identity.json", _UNCHANGED)
        try:
            return from_json(data, HubIdentity)
        except (msgspec.ValidationError, msgspec.DecodeError):
            raise damaged("What should be the hub's identity can't be read.") from None

    def read(self, path: str) -> bytes:
        """A file of the log."""
        return self._get(path) if self._url else bytes_of(self._folder / path, _UNCHANGED)

    def _get(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(f"{self._url}/{path}", timeout=30) as reply:
                data: bytes = reply.read()
                return data
        except (urllib.error.URLError, OSError, HTTPException, ValueError):
            raise Lost(
                f"The hub did not give {path}.",
                data="nothing was changed.",
                do="check its address and the network, then try again.",
            ) from None


def check_log(source: LogSource, identity: HubIdentity, verifier: Verifying) -> WholeLog:
    """Reads everything; Damaged unless signature, entries, leaf hashes and upper tiles all agree."""
    for _ in range(_TRIES):
        text = source.read("checkpoint").decode(errors="replace")
        try:
            return _checked(text, source, identity, verifier)
        except BadInput:  # a folder whose log grew meanwhile: its outermost tiles have other names now
            if source.read("checkpoint").decode(errors="replace") == text:
                raise
    raise Lost("The log grows too fast to be read.", data="nothing was changed.", do="read its address, or a copy.")


def _checked(text: str, source: LogSource, identity: HubIdentity, verifier: Verifying) -> WholeLog:
    head = opened(text, unhex(identity.log_key, "the log's key"), verifier)
    if head.origin != identity.origin:
        raise damaged("The checkpoint is another log's.")
    tiles = tiles_of(head.size)
    files = {tile: source.read(tile.path) for tile in tiles}
    leaves = [leaf for tile in tiles if tile.level == ENTRIES for leaf in _entries(files[tile])]
    hashes = [hashed for tile in tiles if tile.level == 0 for hashed in split_hashes(files[tile])]
    if len(leaves) != head.size or hashes != [leaf_hash(leaf) for leaf in leaves]:
        raise damaged("The log's entries are not those that its hashes stand for.")
    node = node_reader(head.size, files.__getitem__)
    if root(nodes_over(hashes), head.size) != head.root or root(node, head.size) != head.root:
        raise damaged("The log's entries do not add up to the root that it signed.")
    return WholeLog(head, tuple(_entry(leaf) for leaf in leaves), tuple(hashes))


def _entries(data: bytes) -> list[bytes]:
    try:
        return split_bundle(data)
    except ValueError:
        raise damaged("A bundle of log entries was cut off.") from None


def _entry(leaf: bytes) -> Entry:
    try:
        return from_json(leaf, Entry)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise damaged("A log entry is not in the form that entries have.") from None
