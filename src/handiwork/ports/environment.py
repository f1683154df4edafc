# SPDX-License-Identifier: Apache-2.0
"""A world with tasks and a judge. Knows nothing about agents, recorders or how pages are shown."""

from typing import Protocol

import msgspec

from handiwork.model.geometry import Box


class Verdict(msgspec.Struct, frozen=True):
    """What the judge says now. `reward` is the task's own raw reward, without any discount for time."""

    done: bool
    reward: float

    @property
    def success(self) -> bool:
        """Whether the task was done wholly right; part marks don't count."""
        return self.done and self.reward == 1.0


class Press(msgspec.Struct, frozen=True):
    """Click inside `box`."""

    box: Box


class Write(msgspec.Struct, frozen=True):
    """Click into the field at `box` and type `text`."""

    box: Box
    text: str


class Choose(msgspec.Struct, frozen=True):
    """Open the list at `box`, whose `options` show `selected` (an index) now, and choose option `wanted` (an index)."""

    box: Box
    options: tuple[str, ...]
    selected: int
    wanted: int


Deed = Press | Write | Choose


class Environment(Protocol):
    """One window on a screen, in which one task at a time waits to be done with a real pointer and keyboard."""

    def tasks(self) -> tuple[str, ...]:
        """The tasks that `reset` knows."""
        ...

    def reset(self, task: str, seed: int) -> str:
        """Begins a fresh episode and returns its goal in words. Same task and seed: same episode.

        When this returns, the page is drawn and ready. BadInput for an unknown task, Lost if the window is gone.
        """
        ...

    def state(self) -> Verdict:
        """What the judge says now. Raises Lost if the window is gone."""
        ...

    def cheat(self) -> tuple[Deed, ...]:
        """What a person who sees the page would do from here: the proof that the task can be done. Screen pixels."""
        ...

    def close(self) -> None:
        """Closes the window. May be called twice; afterwards `reset`, `state` and `cheat` raise Lost."""
        ...
