# SPDX-License-Identifier: Apache-2.0
"""How the last recording ended, if by itself: in the ledger, so that whoever was not looking can still be told why.

The words are an error's own, which never hold typed text or pixels.
"""

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import HandiworkError
from handiwork.ports.journal import Ledger

ENDED = "ended"
"""Its name in the ledger; empty once a recording ended as the person wished."""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """When, and in the error's three parts, why."""

    unix_ms: int
    what: str
    data: str
    do: str


def keep_end(ledger: Ledger, unix_ms: int, error: HandiworkError | None) -> None:
    """Replaces what was told of the recording before; None: this one ended as the person wished."""
    told = (
        canonical_json(Ended(unix_ms=unix_ms, what=error.what, data=error.data, do=error.do))
        if error is not None
        else b""
    )
    if told or ledger.value(ENDED):
        ledger.put_value(ENDED, told)


def last_end(ledger: Ledger) -> Ended | None:
    """How it ended by itself; None if it didn't, or if nothing was ever recorded."""
    told = ledger.value(ENDED)
    return from_json(told, Ended) if told else None
