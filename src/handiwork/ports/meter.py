# SPDX-License-Identifier: Apache-2.0
"""What this process itself costs the machine."""

from typing import Protocol


class Meter(Protocol):
    """The operating system's own accounting of this process."""

    def cpu_seconds(self) -> float:
        """Processor time used so far, user and system."""
        ...

    def peak_memory_bytes(self) -> int:
        """The largest resident size so far."""
        ...

    def unlocked(self) -> str:
        """Why raw events in memory could reach the swap file, in words; "" if they can't."""
        ...
