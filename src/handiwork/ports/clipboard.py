# SPDX-License-Identifier: Apache-2.0
"""That the clipboard was used. Never what is in it."""

from typing import Protocol

from handiwork.model.raw import RawClipboard


class ClipboardWatch(Protocol):
    """Is told when a program takes the clipboard. Nothing here asks any program for its content, nor could a caller."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to give."""
        ...

    def read(self) -> list[RawClipboard]:
        """Every "copy" since the last call, oldest first, without blocking; `owner` is the process that took it.

        A cut looks the same from here. A clipboard that is emptied, or whose owner ends, is no operation. Raises Lost
        when the source is gone.
        """
        ...

    def close(self) -> None:
        """Stops observing. May be called twice."""
        ...
