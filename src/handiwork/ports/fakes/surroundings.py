# SPDX-License-Identifier: Apache-2.0
"""Surroundings that a test arranges."""

import time

from handiwork.model.geometry import Box
from handiwork.model.raw import RawSurroundings
from handiwork.ports.fakes.bell import Bell

PLAIN = Box(0, 0, 1280, 800)


class ScriptedSurroundings:
    """One plain monitor, until `arrange` says otherwise. `time_ms` is when the first state began (now, if None)."""

    def __init__(self, time_ms: int | None = None) -> None:
        self._bell: Bell[RawSurroundings] = Bell()
        self._now = RawSurroundings(_now_ms() if time_ms is None else time_ms, (PLAIN,), 1.0, 400, 5, "us")
        self._bell.put(self._now)

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawSurroundings]:
        """See the port."""
        return self._bell.take()

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def arrange(
        self,
        monitors: tuple[Box, ...] | None = None,
        scale: float | None = None,
        double_click: tuple[int, int] | None = None,
        layout: str | None = None,
        time_ms: int | None = None,
    ) -> None:
        """Something changes; what is not given stays as it was."""
        before = self._now
        ms, px = double_click or (before.double_click_ms, before.double_click_px)
        now = RawSurroundings(
            _now_ms() if time_ms is None else time_ms,
            before.monitors if monitors is None else monitors,
            before.scale if scale is None else scale,
            ms,
            px,
            before.layout if layout is None else layout,
        )
        if _content(now) != _content(before):
            self._now = now
            self._bell.put(now)

    def hang_up(self) -> None:
        """The window system goes away for good."""
        self._bell.hang_up()


def _now_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


def _content(told: RawSurroundings) -> tuple[tuple[Box, ...], float, int, int, str]:
    return told.monitors, told.scale, told.double_click_ms, told.double_click_px, told.layout
