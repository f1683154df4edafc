# SPDX-License-Identifier: Apache-2.0
"""A second look that takes as long as a test says."""


class ScriptedSecondLook:
    """Due when a test says so; then runs until it is ended, or until a test ends it."""

    def __init__(self) -> None:
        self.due = False
        self.history: list[str] = []
        self._runs = False

    def is_due(self, unix_ms: int) -> bool:
        """See the port."""
        del unix_ms
        return self.due

    def begin(self) -> None:
        """See the port."""
        self._runs, self.due = True, False
        self.history.append("begin")

    def rest(self, still: bool) -> None:
        """See the port."""
        self.history.append("rest" if still else "go on")

    def is_running(self) -> bool:
        """See the port."""
        return self._runs

    def end(self) -> None:
        """See the port."""
        if self._runs:
            self.history.append("end")
        self._runs = False

    def finish(self) -> None:
        """It has read all that it would."""
        self._runs = False
