# SPDX-License-Identifier: Apache-2.0
"""Where pointer and keyboard events come from."""

from dataclasses import dataclass
from typing import Protocol

from handiwork.model.raw import RawButton, RawKey, RawLost, RawMove, RawWheel

RawInput = RawMove | RawButton | RawWheel | RawKey | RawLost


@dataclass(frozen=True, kw_only=True)
class Knows:
    """What a source can tell of an event besides that it happened. What it can't tell, it says here."""

    makers: bool = True
    """Whether `synthetic` is known; if not, it is False throughout."""
    repeats: bool = True
    """Whether `repeat` is known; if not, it is guessed from a press that follows no release."""
    losses: bool = True
    """Whether `lost` counts everything that went missing; if not, at least what the source itself dropped."""
    order: bool = True
    """Whether keys come in their true order among pointer events; if not, only among themselves."""
    late_ms: int = 0
    """By how much the time of an event may be later than the event. The scope must have held all that while."""


EVERYTHING = Knows()


class InputSource(Protocol):
    """Every pointer and keyboard event of the session, in whichever window. Observes only: never grabs or alters."""

    @property
    def knows(self) -> Knows:
        """What this source can tell; the same as long as it lives."""
        ...

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to give."""
        ...

    def read(self) -> list[RawInput]:
        """Everything that has arrived, oldest first, without blocking. Raises Lost when the source is gone for good.

        Nothing is dropped silently: what the source knows to be missing is told in its place, as RawLost.
        """
        ...

    def lost(self) -> int:
        """How many events are known to have gone missing so far: as many as `read` has told of."""
        ...

    def close(self) -> None:
        """Stops observing. May be called twice."""
        ...
