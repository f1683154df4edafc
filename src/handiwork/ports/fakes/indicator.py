# SPDX-License-Identifier: Apache-2.0
"""A mark that only a test sees."""

from handiwork.model.errors import Lost
from handiwork.ports.indicator import State


class RecordedIndicator:
    """Keeps what was shown, oldest first; can be made to fail."""

    def __init__(self) -> None:
        self.history: list[State] = []
        self.why = ""
        self.visible = False
        self._failing = False

    def show(self, state: State, why: str = "") -> None:
        """See the port."""
        if self._failing:
            raise Lost("The fake mark can't be shown.", data="nothing was recorded.", do="write another test.")
        self.history.append(state)
        self.why = why
        self.visible = True

    def close(self) -> None:
        """See the port."""
        self.visible = False
        self._failing = True

    def hang_up(self) -> None:
        """From now on it can't be shown."""
        self._failing = True
        self.visible = False
