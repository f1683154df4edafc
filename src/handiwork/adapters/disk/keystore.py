# SPDX-License-Identifier: Apache-2.0
"""Wrapped keys as one small file each, so that destroying one overwrites and unlinks it: no database page or journal
keeps a copy. Knows nothing of the keeper's private key.

    keys/ab/<segment id>      a Deposit (JSON)
    gone/ab/<segment id>      empty: destroyed, or never to be accepted
    consents/ab/<consent id>  empty: withdrawn
    head                      the newest checkpoint seen
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from handiwork.adapters.disk import durable
from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.ids import ConsentId, SegmentId
from handiwork.ports.keystore import Deposit
from handiwork.rules.access import is_id


class FolderKeyStore:
    """The KeyStore and SeenHead ports over a folder that belongs to this process alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._claim = durable.Claim(root)
        durable.sweep(root)

    def put(self, segment: SegmentId, deposit: Deposit) -> None:
        """Keeps a key, durably."""
        with self._lock:
            if durable.read(self._path("gone", segment)) is not None:
                raise _refused("this segment was withdrawn and its key destroyed; no key for it is accepted again")
            held = self._held(segment)
            if held is not None and held.header_digest != deposit.header_digest:
                raise _refused("a key for this segment id is there, and belongs to another header")
            if held is None:
                durable.write(self._path("keys", segment), canonical_json(deposit))

    def get(self, segment: SegmentId) -> Deposit | None:
        """The deposit, or None."""
        with self._lock:
            gone = durable.read(self._path("gone", segment)) is not None
            return None if gone else self._held(segment)

    def destroy(self, consent: ConsentId, segments: Sequence[SegmentId]) -> None:
        """Marks first, then overwrites and deletes, durably."""
        with self._lock:
            marks = [self._path("gone", segment) for segment in segments] + [self._path("consents", consent)]
            durable.write_all({mark: b"" for mark in marks})
            for segment in segments:
                durable.remove(self._path("keys", segment))

    def withdrawn(self, consent: ConsentId) -> bool:
        """Whether this consent was ever destroyed."""
        return durable.read(self._path("consents", consent)) is not None

    def head(self) -> str:
        """The newest checkpoint seen, or ""."""
        return (durable.read(self._root / "head") or b"").decode()

    def keep_head(self, checkpoint: str) -> None:
        """Keeps it, durably."""
        durable.write(self._root / "head", checkpoint.encode())

    def close(self) -> None:
        """Lets another process have the folder."""
        self._claim.release()

    def _held(self, segment: SegmentId) -> Deposit | None:
        data = durable.read(self._path("keys", segment))
        return None if data is None else from_json(data, Deposit)

    def _path(self, kind: str, name: str) -> Path:
        if not is_id(name):
            raise BadInput("An id is malformed.", data="nothing was changed.", do="use 32 lower-case hex digits.")
        return self._root / kind / name[:2] / name


def _refused(why: str) -> NotAllowed:
    return NotAllowed(
        f"The key service refuses a key: {why}.",
        data="the key was not kept, and nothing else was changed.",
        do="nothing, if you withdrew; else ask whoever runs the key service.",
    )
