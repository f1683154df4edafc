# SPDX-License-Identifier: Apache-2.0
"""A secrets watch that a test drives."""

from handiwork.model.raw import RawSecretFocus
from handiwork.ports.fakes.bell import Bell


class ScriptedSecretsWatch:
    """Gives what was `put`; can go away."""

    def __init__(self) -> None:
        self._bell: Bell[RawSecretFocus] = Bell()

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawSecretFocus]:
        """See the port."""
        return self._bell.take()

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def put(self, focus: RawSecretFocus) -> None:
        """A password field gains or loses the keyboard."""
        self._bell.put(focus)

    def hang_up(self) -> None:
        """The bus goes away for good."""
        self._bell.hang_up()
