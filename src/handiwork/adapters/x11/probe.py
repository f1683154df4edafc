# SPDX-License-Identifier: Apache-2.0
"""Times the way of an event to a window of its own, on a connection and a thread of its own.

The server stamps the event with its own clock (CLOCK_MONOTONIC, whole milliseconds), and this thread may wake late:
what was sent at s, stamped m and came back at b took at most min(b, m + 1) - s. So our own lateness isn't counted.
"""

import os
import select
import threading
import time
from collections import deque
from contextlib import suppress

from handiwork.adapters.x11.requests import EVENT_MASK, PROPERTY_CHANGE, STRING, WM_NAME, change_property, create_window
from handiwork.adapters.x11.wire import Connection, ProtocolError
from handiwork.model.errors import Lost
from handiwork.ports.delay import Delay

_WINDOW_S = 30.0
_ENOUGH = 10
"""Fewer measurements than this say nothing."""
_PATIENCE_S = 2.0
_PROPERTY_NOTIFY = 28


class X11DelayProbe:
    """ports.delay on `display` ($DISPLAY if None). Its window is never on screen."""

    def __init__(self, display: str | None = None) -> None:
        self._link = Connection(display)
        around, self._window = self._link.new_id(), self._link.new_id()
        self._link.send(create_window(around, self._link.screen.root, (-9, -9, 1, 1), ()))
        attributes = [(EVENT_MASK, PROPERTY_CHANGE)]
        # Within a window of its own: who watches the root's windows (we do) would be woken by each measurement.
        self._link.send(create_window(self._window, around, (0, 0, 1, 1), attributes))
        self._link.sync()
        self._found: dict[bytes, deque[tuple[float, float]]] = {b"b": deque(maxlen=512), b"r": deque(maxlen=512)}
        self._end, self._wish = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._thread = threading.Thread(target=self._serve, name="handiwork-probe", daemon=True)
        self._thread.start()

    def beside(self) -> None:
        """See the port."""
        self._ask(b"b")

    def rest(self) -> None:
        """See the port."""
        self._ask(b"r")

    def delay(self) -> Delay:
        """See the port."""
        beside, rest = self._recent(b"b"), self._recent(b"r")
        if not rest:
            return Delay()
        known = Delay(rest_p50=_at(rest, 0.5), rest_p99=_at(rest, 0.99))
        if not beside:
            return known
        return Delay(
            beside_p50=_at(beside, 0.5),
            beside_p99=_at(beside, 0.99),
            rest_p50=known.rest_p50,
            rest_p99=known.rest_p99,
            added_ms=max(0.0, _at(beside, 0.9) - _at(rest, 0.9)),
        )

    def close(self) -> None:
        """See the port."""
        if self._wish >= 0:
            wish, self._wish = self._wish, -1
            os.close(wish)
            self._thread.join()
            os.close(self._end)
            self._link.close()

    def _ask(self, kind: bytes) -> None:
        if self._wish >= 0:
            with suppress(BlockingIOError):  # it is far behind: what it measures then is telling enough
                os.write(self._wish, kind)

    def _recent(self, kind: bytes) -> list[float]:
        since = time.monotonic() - _WINDOW_S
        found = sorted(delay for moment, delay in list(self._found[kind]) if moment >= since)
        return found if len(found) >= _ENOUGH else []

    def _serve(self) -> None:
        """The thread: one measurement for each wish, until the pipe or the server is closed."""
        while True:
            select.select([self._end], [], [])
            kinds = os.read(self._end, 64)
            if not kinds:
                return
            try:
                delay = self._measure()
            except (Lost, ProtocolError):  # the recorder learns of it by its own connections
                return
            if delay is not None:
                self._found[kinds[-1:]].append((time.monotonic(), delay))

    def _measure(self) -> float | None:
        sent = time.monotonic_ns() / 1e6
        self._link.send(change_property(self._window, WM_NAME, STRING, b""))
        self._link.flush()
        until = time.monotonic() + _PATIENCE_S
        while (left := until - time.monotonic()) > 0:
            select.select([self._link], [], [], left)
            for packet in self._link.events():
                if packet[0] & 0x7F == _PROPERTY_NOTIFY:
                    back = time.monotonic_ns() / 1e6
                    stamp = int.from_bytes(packet[12:16], "little")
                    ahead = (stamp - int(sent)) & 0xFFFFFFFF  # whole milliseconds, which wrap
                    stamped = int(sent) + (ahead if ahead < 1 << 31 else 0) + 1
                    return max(0.0, min(back, stamped) - sent)
        return _PATIENCE_S * 1000


def _at(ordered: list[float], share: float) -> float:
    """That percentile of ordered measurements, rounded to hundredths."""
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)
