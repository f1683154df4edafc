# SPDX-License-Identifier: Apache-2.0
"""A clipboard that a test uses."""

import time

from handiwork.model.raw import RawClipboard
from handiwork.ports.fakes.bell import Bell


class ScriptedClipboard:
    """Tells of what was `put` or copied. Holds no content."""

    def __init__(self) -> None:
        self._bell: Bell[RawClipboard] = Bell()

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawClipboard]:
        """See the port."""
        return self._bell.take()

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def copy(self, owner: int) -> None:
        """A process takes the clipboard."""
        self.put(RawClipboard(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000, "copy", owner))

    def put(self, told: RawClipboard) -> None:
        """Something happens."""
        self._bell.put(told)

    def hang_up(self) -> None:
        """The window system goes away for good."""
        self._bell.hang_up()
