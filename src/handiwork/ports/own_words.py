# SPDX-License-Identifier: Apache-2.0
"""The person's own words never to be kept: in the ledger, sealed to the device's own key. Nobody else gets them.

Sealed, because a list of what must not be told, lying in the clear beside the journal, would tell it.
"""

from collections.abc import Sequence

import msgspec

from handiwork.model.errors import Damaged
from handiwork.ports.journal import Ledger
from handiwork.ports.sealing import Sealing

OWN_WORDS = "own-words"
"""The list's name in the ledger."""

_INFO = b"handiwork own words v1"


def own_words(ledger: Ledger, sealing: Sealing, device_key: bytes) -> tuple[str, ...]:
    """The list. Raises Damaged where it can't be read: then nothing may be recorded, as it can't be kept out."""
    wrapped = ledger.value(OWN_WORDS)
    if not wrapped:
        return ()
    try:
        return msgspec.json.decode(sealing.unwrap(device_key, _INFO, wrapped), type=tuple[str, ...])
    except (Damaged, msgspec.MsgspecError):
        raise Damaged(
            "Your list of words that must never be kept can't be read.",
            data="nothing is recorded while it can't be; what was recorded is unchanged.",
            do="put back the key that it was sealed with, or begin the list anew with `handiwork redact forget --all`.",
        ) from None


def keep_own_words(ledger: Ledger, sealing: Sealing, device_public_key: bytes, words: Sequence[str]) -> None:
    """Replaces the list. When this returns, it is on disk."""
    plain = msgspec.json.encode(tuple(words))
    ledger.put_value(OWN_WORDS, sealing.wrap(device_public_key, _INFO, plain) if words else b"")
