# SPDX-License-Identifier: Apache-2.0
"""Rectangles on the screen."""

import msgspec


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A rectangle in root-window pixels: left, top, width, height. Width or height 0 is an empty box."""

    x: int
    y: int
    w: int
    h: int

    def contains(self, x: int, y: int) -> bool:
        """Whether the pixel (x, y) lies inside."""
        return self.x <= x < self.x + self.w and self.y <= y < self.y + self.h

    def intersection(self, other: "Box") -> "Box":
        """The part that both share; empty if they don't meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        w, h = min(self.x + self.w, other.x + other.w) - x, min(self.y + self.h, other.y + other.h) - y
        return Box(x, y, w, h) if w > 0 and h > 0 else Box(x, y, 0, 0)

    def is_near(self, other: "Box", tolerance: int) -> bool:
        """Whether every edge differs by at most `tolerance` pixels."""
        return (
            abs(self.x - other.x) <= tolerance
            and abs(self.y - other.y) <= tolerance
            and abs(self.x + self.w - other.x - other.w) <= tolerance
            and abs(self.y + self.h - other.y - other.h) <= tolerance
        )

    @property
    def area(self) -> int:
        """Pixels inside."""
        return self.w * self.h

    @property
    def centre(self) -> tuple[int, int]:
        """The pixel in the middle."""
        return self.x + self.w // 2, self.y + self.h // 2
