# SPDX-License-Identifier: Apache-2.0
"""What windows of browsers without our extension say of themselves: address bar and document, over accessibility."""

from typing import Protocol

from handiwork.model.raw import RawBrowserWindow, RawWindow


class UnaidedBrowser(Protocol):
    """The far end are browsers; only the window that is asked for tells anything, and no document's content.

    Nothing here waits. What isn't answered in time is not told.
    """

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to do."""
        ...

    def read(self) -> list[RawBrowserWindow]:
        """Answers since the last call, without blocking. Raises Lost when the bus is gone."""
        ...

    def refusal(self, window: RawWindow) -> str:
        """Why this browser's windows can't be trusted to be ordinary ones (a fixed word), or "" if they can."""
        ...

    def ask(self, window: RawWindow, time_ms: int) -> None:
        """What does it show? Answered under `time_ms`; a window that can't be told from another is not answered for."""
        ...

    def close(self) -> None:
        """Ends it. May be called twice."""
        ...
