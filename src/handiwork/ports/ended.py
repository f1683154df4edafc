# SPDX-License-Identifier: Apache-2.0
"""How the last recording ended, if by itself: in the ledger, so that whoever was not looking can still be told why.

The words are an error's own, which never hold typed text or pixels. One that was killed leaves no word: that it began,
and never ended, tells of it.
"""

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.model.errors import HandiworkError, Lost
from handiwork.ports.journal import Ledger

ENDED = "ended"
"""Its name in the ledger; empty once a recording ended as the person wished."""

BEGUN = "begun"
"""Unix milliseconds (ASCII) at which the recording under way began; empty once it has ended with a word."""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """When, and in the error's three parts, why."""

    unix_ms: int
    what: str
    data: str
    do: str


def keep_begin(ledger: Ledger, unix_ms: int) -> None:
    """A recording begins. To be called by the only recorder: what began before it and never ended was killed."""
    notice_killed(ledger, unix_ms)
    ledger.put_value(BEGUN, str(unix_ms).encode())


def keep_end(ledger: Ledger, unix_ms: int, error: HandiworkError | None) -> None:
    """Replaces what was told of the recording before; None: this one ended as the person wished."""
    told = (
        canonical_json(Ended(unix_ms=unix_ms, what=error.what, data=error.data, do=error.do))
        if error is not None
        else b""
    )
    for name, value in ((ENDED, told), (BEGUN, b"")):
        if value or ledger.value(name):
            ledger.put_value(name, value)


def notice_killed(ledger: Ledger, unix_ms: int) -> None:
    """Tells of a recording that left no word, as having ended now. To be called only while no recorder runs."""
    if ledger.value(BEGUN):
        keep_end(ledger, unix_ms, _killed())


def last_end(ledger: Ledger) -> Ended | None:
    """How it ended by itself; None if it didn't, or if nothing was ever recorded."""
    told = ledger.value(ENDED)
    return from_json(told, Ended) if told else None


def _killed() -> Lost:
    return Lost(
        "It was killed, or the machine went off; that was noticed only then.",
        data="what was on disk is whole; what it had seen in its last seconds is lost.",
        do="if you didn't do it and it happens again, see what the system says of it: "
        "`systemctl --user status handiwork-recorder`, or its log (short of memory?).",
    )
