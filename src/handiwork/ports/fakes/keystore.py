# SPDX-License-Identifier: Apache-2.0
"""The key service's store in memory."""

from collections.abc import Sequence

from handiwork.model.errors import NotAllowed
from handiwork.model.ids import ConsentId, SegmentId
from handiwork.ports.keystore import Deposit


class MemoryKeyStore:
    """KeyStore and SeenHead."""

    def __init__(self) -> None:
        self._held: dict[SegmentId, Deposit] = {}
        self._gone: set[SegmentId] = set()
        self._withdrawn: set[ConsentId] = set()
        self._head = ""

    def put(self, segment: SegmentId, deposit: Deposit) -> None:
        """Keeps a key."""
        held = self._held.get(segment, deposit)
        if segment in self._gone or held.header_digest != deposit.header_digest:
            raise NotAllowed("This key is refused.", data="it was not kept.", do="nothing, if you withdrew.")
        self._held[segment] = held

    def get(self, segment: SegmentId) -> Deposit | None:
        """The deposit, or None."""
        return self._held.get(segment)

    def destroy(self, consent: ConsentId, segments: Sequence[SegmentId]) -> None:
        """Marks and forgets."""
        self._withdrawn.add(consent)
        self._gone.update(segments)
        for segment in segments:
            self._held.pop(segment, None)

    def withdrawn(self, consent: ConsentId) -> bool:
        """Whether this consent was ever destroyed."""
        return consent in self._withdrawn

    def head(self) -> str:
        """The newest checkpoint seen, or ""."""
        return self._head

    def keep_head(self, checkpoint: str) -> None:
        """Keeps it."""
        self._head = checkpoint
