# SPDX-License-Identifier: Apache-2.0
"""The device as a witness of the hub's log: it remembers the last head it saw and accepts only growth from it.

A hub that shows different logs to different devices, or rewrites its own, can't do so to a device that looks twice.
"""

from handiwork.model.errors import Damaged
from handiwork.ports.hub import Hub, HubIdentity
from handiwork.ports.journal import CHECKPOINT, Ledger
from handiwork.ports.signing import Verifying
from handiwork.rules.checkpoint import Checkpoint, opened
from handiwork.rules.merkle import EMPTY_ROOT
from handiwork.rules.proof import unhex, verify_growth

_TRIES = 8


class Witness:
    """Reads and moves the ledger's checkpoint. Raises Damaged when the log shrank, forked or was rewritten."""

    def __init__(self, ledger: Ledger, hub: Hub, identity: HubIdentity, verifier: Verifying) -> None:
        self._ledger, self._hub, self._verifier = ledger, hub, verifier
        self._key, self._origin = unhex(identity.log_key, "the log's key"), identity.origin
        text = ledger.value(CHECKPOINT)
        self._seen = self._open(text.decode("utf-8", "replace")) if text else Checkpoint(self._origin, 0, EMPTY_ROOT)

    def follow(self) -> Checkpoint:
        """The log's newest head, after checking that it grew from the last one seen here; remembers it."""
        text, newest = self._grown_from(self._seen)
        self._ledger.put_value(CHECKPOINT, text.encode())
        self._seen = newest
        return newest

    def links(self, head: Checkpoint) -> bool:
        """Whether `head` (of a receipt) is shown to be on the same history. False: the log grew too fast to tell now.

        Both must lead to one newest head; while other devices upload, that can take a few tries.
        """
        for _ in range(_TRIES):
            _, newest = self._grown_from(head)
            if newest == self.follow():
                return True
        return False

    def _grown_from(self, old: Checkpoint) -> tuple[str, Checkpoint]:
        text, path = self._hub.consistency(old.size)
        newest = self._open(text)
        verify_growth(old, newest, path)
        return text, newest

    def _open(self, text: str) -> Checkpoint:
        head = opened(text, self._key, self._verifier)
        if head.origin != self._origin:
            raise Damaged(
                "A checkpoint is of another log.",
                data="Nothing more was sent. Everything is still on this device.",
                do="Keep it, and show it to whoever runs the study and to someone you trust.",
            )
        return head
