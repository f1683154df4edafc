# SPDX-License-Identifier: Apache-2.0
"""A probe that finds what a test says."""

from handiwork.ports.delay import Delay


class ScriptedDelay:
    """Gives `found`; counts what it was asked for."""

    def __init__(self) -> None:
        self.found = Delay()
        self.asked: list[str] = []

    def beside(self) -> None:
        """See the port."""
        self.asked.append("beside")

    def rest(self) -> None:
        """See the port."""
        self.asked.append("rest")

    def delay(self) -> Delay:
        """See the port."""
        return self.found

    def close(self) -> None:
        """See the port."""
