# SPDX-License-Identifier: Apache-2.0
"""The person's own pause, in the ledger: whoever paused a recorder has paused the one that starts after a crash, too.

Kept by the wall's clock, since monotonic time ends with the machine's run.
"""

import msgspec

from handiwork.model.codec import canonical_json, from_json
from handiwork.ports.journal import Ledger

PAUSED = "paused"
"""Its name in the ledger; empty while nobody has paused."""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """Until then, or until the person resumes."""

    until_unix_ms: int | None = None


def keep_pause(ledger: Ledger, pause: Pause | None) -> None:
    """Replaces what was kept; None: not paused."""
    told = canonical_json(pause) if pause is not None else b""
    if told != (ledger.value(PAUSED) or b""):
        ledger.put_value(PAUSED, told)


def pause_left(ledger: Ledger, unix_ms: int) -> Pause | None:
    """A pause that still holds, if there is one."""
    told = ledger.value(PAUSED)
    pause = from_json(told, Pause) if told else None
    over = pause is not None and pause.until_unix_ms is not None and pause.until_unix_ms <= unix_ms
    return None if over else pause
