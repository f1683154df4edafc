# SPDX-License-Identifier: Apache-2.0
"""Browsers without the extension, in memory. Says what a test makes them show; can be made mute, or refused."""

from handiwork.model.geometry import Box
from handiwork.model.raw import RawBrowserWindow, RawWindow
from handiwork.ports.fakes.bell import Bell


class ScriptedUnaided:
    """Each window shows one page, or nothing. Answers at once."""

    def __init__(self) -> None:
        self._bell: Bell[RawBrowserWindow] = Bell()
        self._shown: dict[int, tuple[str, bool, str, str, Box]] = {}
        self.asked: list[tuple[int, int]] = []
        """Which window was asked, and when."""
        self.mute = False
        self.flaw = ""

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawBrowserWindow]:
        """See the port."""
        return self._bell.take()

    def refusal(self, window: RawWindow) -> str:
        """What the test says, of any window."""
        return self.flaw if window.xid else ""

    def ask(self, window: RawWindow, time_ms: int) -> None:
        """See the port."""
        self.asked.append((window.xid, time_ms))
        if not self.mute and window.xid in self._shown:
            self._bell.put(RawBrowserWindow(time_ms, window.xid, *self._shown[window.xid]))

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def show(self, xid: int, url: str, title: str, bounds: Box, bar: str | None = None, edited: bool = False) -> None:
        """From now on the window shows this; its bar the same address, unless it is said otherwise."""
        self._shown[xid] = (url.partition("://")[2] if bar is None else bar, edited, url, title, bounds)

    def hang_up(self) -> None:
        """The bus goes away."""
        self._bell.hang_up()
