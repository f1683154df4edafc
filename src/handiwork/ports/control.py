# SPDX-License-Identifier: Apache-2.0
"""How the person speaks to a running recorder."""

from collections.abc import Callable
from typing import Literal, Protocol

import msgspec

from handiwork.ports.delay import Delay


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One wish. There is no command that hides the recorder, and none that starts it without the indicator."""

    do: Literal["status", "pause", "resume", "stop", "note", "never", "policy"]
    """never: the person's own list of words has changed; it is read again. The words themselves don't travel.
    policy: the policy in force or the consent has changed; both are read again from the person's own store."""
    seconds: int = 0
    """For pause: how long; 0 until resumed."""
    kind: Literal["goal", "done", "failed"] = "goal"
    text: str = ""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What the recorder is doing and what it has cost so far. No content."""

    state: str
    reason: str
    segment: str
    events: int
    lost: int
    skipped: int
    stored_bytes: int
    seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    browsers: int
    unlocked: str = ""
    """Why raw events in memory could reach the swap file; "" if they can't."""
    tray: bool = False
    """Whether the desktop shows our icon, besides the mark on the screen."""
    why: str = ""
    """The reason for a state that doesn't say it all: "outside hours", "locked"."""
    shed: str = ""
    """What is left out now to keep to the budget."""
    percent: float = 0.0
    """Of one core, over the last half minute."""
    delay: Delay = Delay()


class Control(Protocol):
    """Reachable by the same user on the same machine only."""

    def filenos(self) -> list[int]:
        """Descriptors that become readable when `read` has something to give; may change after each read."""
        ...

    def read(self) -> list[tuple[Command, Callable[[Status], None]]]:
        """Commands since the last call, each with the way to answer it."""
        ...

    def close(self) -> None:
        """Stops listening. May be called twice."""
        ...
