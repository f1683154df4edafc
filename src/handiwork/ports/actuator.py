# SPDX-License-Identifier: Apache-2.0
"""Hands: real pointer and keyboard events, as an agent or a scripted person makes them."""

from typing import Protocol


class Actuator(Protocol):
    """Injects events at the window system's own level, so that every program sees them as it sees a device's."""

    def move(self, x: int, y: int) -> None:
        """Puts the pointer at (x, y), in one event."""
        ...

    def button(self, button: int, pressed: bool) -> None:
        """Presses or releases a button (1 left, 2 middle, 3 right, 4 to 7 wheel up, down, left, right), or BadInput."""
        ...

    def key(self, name: str, pressed: bool) -> None:
        """Presses or releases the key with this keysym name."""
        ...

    def write(self, text: str, delay_ms: int) -> None:
        """Types `text`, waiting `delay_ms` after each character. BadInput if a character has no key."""
        ...
