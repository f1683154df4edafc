# SPDX-License-Identifier: Apache-2.0
"""Whether the machine goes to sleep, has slept, or has been locked; whether the person leaves it."""

from typing import Literal, Protocol

News = Literal["sleep", "wake", "lock", "unlock"]


class Power(Protocol):
    """The machine's own word. Where nobody gives it, `read` stays empty and `slept_ms` alone tells of a sleep."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to give."""
        ...

    def read(self) -> list[News]:
        """What happened since the last call, oldest first, without blocking; the first call may begin with "lock".

        After "sleep" the machine waits for `let_sleep`, a few seconds at most.
        """
        ...

    def let_sleep(self) -> None:
        """What was to be brought to disk is there: the machine may sleep."""
        ...

    def is_leaving(self) -> bool:
        """Whether the person's own session at this machine is ending or ended just now, or the machine goes off.

        May take a moment. False where nobody gives the word. Asked once recording has ended: news may be lost by it.
        """
        ...

    def slept_ms(self) -> int:
        """How long the machine has slept since it was switched on. It grows only by sleep."""
        ...

    def close(self) -> None:
        """Stops watching. May be called twice."""
        ...
