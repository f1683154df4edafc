# SPDX-License-Identifier: Apache-2.0
"""MiniWoB++ as an Environment: one window on the world's pages. Knows neither which browser nor which display."""

from collections.abc import Callable
from typing import Protocol

from handiwork.adapters.miniwob.server import World
from handiwork.adapters.miniwob.tasks import TASKS, Task
from handiwork.model.errors import BadInput, Lost
from handiwork.ports.environment import Deed, Verdict


class Window(Protocol):
    """An open browser window."""

    def close(self) -> None:
        """Closes it; may be called twice."""
        ...


class MiniwobEnvironment:
    """Opens a browser at the first reset, and keeps it until `close`. The page is loaded anew when the task changes.

    `launch` opens one window at an address on the display where actuator and recorder are.
    """

    def __init__(self, world: World, launch: Callable[[str], Window]) -> None:
        self._world, self._launch = world, launch
        self._window: Window | None = None
        self._task: Task | None = None
        self._goal = ""
        self._closed = False

    def tasks(self) -> tuple[str, ...]:
        """See Environment."""
        return tuple(TASKS)

    def reset(self, task: str, seed: int) -> str:
        """See Environment."""
        self._require_open()
        if task not in TASKS:
            raise BadInput(f"There is no task {task!r}.", data="nothing was done.", do=f"one of: {', '.join(TASKS)}")
        if TASKS[task] is not self._task:
            self._open(TASKS[task])
        self._goal = self._world.start(seed).goal
        return self._goal

    def state(self) -> Verdict:
        """See Environment."""
        self._require_open()
        now = self._world.state()
        return Verdict(now.done, now.reward)

    def cheat(self) -> tuple[Deed, ...]:
        """See Environment."""
        self._require_open()
        if self._task is None:
            return ()
        return self._task.cheat(self._goal, self._world.look())

    def close(self) -> None:
        """See Environment."""
        self._closed = True
        if self._window is not None:
            self._window.close()

    def _open(self, task: Task) -> None:
        self._task = None
        url = (self._world.other_url if task.other_origin else self._world.url) + task.path
        if self._window is None:
            self._window = self._launch(url)
            self._world.wait_for(url)
        else:
            self._world.go(url)
        self._task = task

    def _require_open(self) -> None:
        if self._closed:
            raise Lost("The practice window was closed.", data="nothing was done.", do="open a new one.")
