# SPDX-License-Identifier: Apache-2.0
"""How the recorder shows itself."""

from typing import Literal, Protocol

State = Literal["recording", "paused", "out of scope", "sign-in", "trouble", "stopped"]


class Indicator(Protocol):
    """A mark on the person's screen, above all windows, that can't be turned off while the recorder runs."""

    def show(self, state: State, why: str = "") -> None:
        """When this returns, the state is on screen, and why if that is given (a few fixed words).

        Raises Lost when it can't be: then nothing may be recorded.
        """
        ...

    def close(self) -> None:
        """Takes the mark away; only when recording has ended."""
        ...
