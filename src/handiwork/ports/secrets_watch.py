# SPDX-License-Identifier: Apache-2.0
"""A second, independent word on password fields: the accessibility bus."""

from typing import Protocol

from handiwork.model.raw import RawSecretFocus


class SecretsWatch(Protocol):
    """Tells when a password field gains or loses the keyboard in any application, in any toolkit."""

    def fileno(self) -> int:
        """A descriptor that becomes readable when `read` has something to give."""
        ...

    def read(self) -> list[RawSecretFocus]:
        """What changed since the last call, oldest first, without blocking. Raises Lost when the bus is gone."""
        ...

    def close(self) -> None:
        """Stops watching. May be called twice."""
        ...
