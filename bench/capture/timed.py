# SPDX-License-Identifier: Apache-2.0
"""Runs the real recorder with a stopwatch at its input: when it read each pointer move. Prints JSON at the end.

Run as a process of its own, in place of `handiwork record start`. Nothing else of the recorder is changed.
"""

import os
import sys
import time
from pathlib import Path

import msgspec

from handiwork.adapters.x11 import X11Input
from handiwork.cli.paths import home
from handiwork.cli.session import record_until_stopped
from handiwork.model.raw import RawMove
from handiwork.ports.input import RawInput

RESULT = "HANDIWORK_BENCH_RESULT"
"""Names the file that the times go to."""


class Read(msgspec.Struct, frozen=True):
    """One move: when it was read (monotonic, ns), and where it was."""

    ns: int
    x: int
    y: int


def main() -> int:
    """Records until stopped."""
    moves: list[tuple[int, int, int]] = []
    plain = X11Input.read

    def read(self: X11Input) -> list[RawInput]:
        found = plain(self)
        now = time.monotonic_ns()
        moves.extend((now, raw.x, raw.y) for raw in found if isinstance(raw, RawMove))
        return found

    X11Input.read = read  # type: ignore[method-assign]
    record_until_stopped(home())
    Path(os.environ[RESULT]).write_bytes(msgspec.json.encode([Read(*move) for move in moves]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
