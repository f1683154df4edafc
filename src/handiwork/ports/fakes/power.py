# SPDX-License-Identifier: Apache-2.0
"""A machine that sleeps when a test says so."""

from handiwork.ports.fakes.bell import Bell
from handiwork.ports.power import News


class ScriptedPower:
    """Gives what was `put`; sleeps unheard with `sleep_unannounced`."""

    def __init__(self) -> None:
        self._bell: Bell[News] = Bell()
        self._slept = 0
        self._leaving = False
        self.asleep = 0
        """How many times it was let sleep."""

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[News]:
        """See the port."""
        return self._bell.take()

    def let_sleep(self) -> None:
        """See the port."""
        self.asleep += 1

    def is_leaving(self) -> bool:
        """See the port."""
        return self._leaving

    def slept_ms(self) -> int:
        """See the port."""
        return self._slept

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def put(self, news: News) -> None:
        """Something happens."""
        self._bell.put(news)

    def leave(self) -> None:
        """The person logs out."""
        self._leaving = True

    def sleep_unannounced(self, milliseconds: int) -> None:
        """The machine slept so long, and nobody said so."""
        self._slept += milliseconds
