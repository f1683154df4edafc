# SPDX-License-Identifier: Apache-2.0
"""A desktop that a test arranges."""

import time

from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.ports.fakes.bell import Bell


class ScriptedDesktop:
    """Windows are opened, titled, moved, raised and closed by name of their xid. The newest managed one is active."""

    def __init__(self, screen: Box | None = None) -> None:
        self.screen = screen or Box(0, 0, 1280, 800)
        self._bell: Bell[RawDesktop] = Bell()
        self._windows: list[RawWindow] = []
        self._active = 0
        self._locked = False
        self._next = 0
        self._change()

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawDesktop]:
        """See the port."""
        return self._bell.take()

    def now_ms(self) -> int:
        """See the port."""
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def tell(self, desktop: RawDesktop) -> None:
        """The desktop is now exactly this."""
        self._windows, self._active, self._locked = list(desktop.windows), desktop.active, desktop.locked
        self._bell.put(desktop)

    def open(self, app: str, title: str, bounds: Box, pid: int = 1, popup: bool = False) -> int:
        """A window appears on top; unless it is a popup, it gets the keyboard."""
        self._next += 1
        self._windows.append(RawWindow(self.now_ms(), self._next, app, title, pid, bounds, popup))
        self._change(self._active if popup else self._next)
        return self._next

    def retitle(self, xid: int, title: str) -> None:
        """A window changes its title."""
        self._windows = [_changed(window, title=title) if window.xid == xid else window for window in self._windows]
        self._change(self._active)

    def place(self, xid: int, bounds: Box) -> None:
        """A window moves or changes its size."""
        self._windows = [_changed(window, bounds=bounds) if window.xid == xid else window for window in self._windows]
        self._change(self._active)

    def activate(self, xid: int) -> None:
        """A window comes to the front and gets the keyboard."""
        self._windows.sort(key=lambda window: window.xid == xid)
        self._change(xid)

    def close_window(self, xid: int) -> None:
        """A window goes away; the topmost managed one that is left gets the keyboard."""
        self._windows = [window for window in self._windows if window.xid != xid]
        left = [window.xid for window in self._windows if not window.override_redirect]
        self._change(self._active if self._active != xid else (left[-1] if left else 0))

    def lock(self, locked: bool) -> None:
        """The screen is locked or unlocked."""
        self._locked = locked
        self._change(self._active)

    def hang_up(self) -> None:
        """The window system goes away for good."""
        self._bell.hang_up()

    def _change(self, active: int = 0) -> None:
        self._active = active
        self._bell.put(RawDesktop(self.now_ms(), tuple(self._windows), active, self._locked))


def _changed(window: RawWindow, title: str | None = None, bounds: Box | None = None) -> RawWindow:
    return RawWindow(
        window.time_ms,
        window.xid,
        window.app,
        window.title if title is None else title,
        window.pid,
        window.bounds if bounds is None else bounds,
        window.override_redirect,
    )
