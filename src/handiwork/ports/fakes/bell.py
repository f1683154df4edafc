# SPDX-License-Identifier: Apache-2.0
"""What the fakes that can be polled share: a descriptor that is readable while something waits, and an end."""

import os
from typing import Generic, TypeVar

from handiwork.model.errors import Lost

T = TypeVar("T")


class Bell(Generic[T]):
    """A queue with a descriptor."""

    def __init__(self) -> None:
        self._waiting: list[T] = []
        self._descriptor = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._closed = self._gone = False

    def fileno(self) -> int:
        """Readable while something waits, or after the far end has gone."""
        return self._descriptor

    def put(self, thing: T) -> None:
        """Adds to what waits."""
        if not self._closed:
            self._waiting.append(thing)
            os.eventfd_write(self._descriptor, 1)

    def take(self) -> list[T]:
        """All that waits. Raises Lost once the far end has gone and all was taken."""
        if self._closed:
            return []
        taken, self._waiting = self._waiting, []
        if taken and not self._gone:
            os.eventfd_read(self._descriptor)
        if self._gone and not taken:
            raise Lost("The fake has gone away.", data="nothing was recorded.", do="write another test.")
        return taken

    def hang_up(self) -> None:
        """The far end goes away for good."""
        self._gone = True
        os.eventfd_write(self._descriptor, 1)

    def close(self) -> None:
        """May be called twice."""
        if not self._closed:
            self._closed = True
            os.close(self._descriptor)
