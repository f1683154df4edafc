# SPDX-License-Identifier: Apache-2.0
"""Where pointer and keyboard events come from."""

from typing import Protocol

from handiwork.model.raw import RawButton, RawKey, RawMove, RawWheel

RawInput = RawMove | RawButton | RawWheel | RawKey


class InputSource(Protocol):
    """Every pointer and keyboard event of the session, in whichever window. Observes only: never grabs or alters."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to give."""
        ...

    def read(self) -> list[RawInput]:
        """Everything that has arrived, oldest first, without blocking. Raises Lost when the source is gone for good.

        Nothing is dropped silently: what the source knows to be missing is counted in `lost`.
        """
        ...

    def lost(self) -> int:
        """How many events are known to have gone missing so far."""
        ...

    def close(self) -> None:
        """Stops observing. May be called twice."""
        ...
