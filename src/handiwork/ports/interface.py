# SPDX-License-Identifier: Apache-2.0
"""What windows of ordinary programs show and what is acted on in them, told by the programs themselves."""

from collections.abc import Sequence
from typing import Protocol

from handiwork.model.raw import RawActed, RawComposed, RawFocusMoved, RawPage, RawWindow

RawInterface = RawPage | RawActed | RawComposed | RawFocusMoved
"""RawPage with an empty `url`, and `xid` saying whose view it is."""


class Interface(Protocol):
    """The far end are the programs that the person uses: only those that scope allows are ever asked anything.

    Nothing here waits. What a program doesn't answer in time is not told; what is told is bounded in number. Of a
    password field nothing is told, and its content is never asked for.
    """

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to do."""
        ...

    def read(self) -> list[RawInterface]:
        """What was told since the last call, without blocking. Raises Lost when the bus is gone."""
        ...

    def watch(self, windows: Sequence[RawWindow]) -> None:
        """From now on only these may be asked: an allowed window, then popups of its own process. [] is nobody.

        What was being asked of others is given up; their answers are not read. While a window is watched, its focus
        moves are told as RawFocusMoved at once, then as RawActed "focus" of the same time if the program says in time
        where to and it is no password field. Text that no plain key put into its focused field is told as RawComposed.
        """
        ...

    def ask(self, time_ms: int, point: tuple[int, int] | None) -> None:
        """What lies at the point, told as RawActed "click" of that time; None: the whole view, told as a RawPage."""
        ...

    def close(self) -> None:
        """Stops watching. May be called twice."""
        ...
