# SPDX-License-Identifier: Apache-2.0
"""Events of one connection, each with the server's own time: most X events carry none.

A second connection has RECORD tell what the server delivers to the first, and when. Should RECORD lose an event, that
is noticed, because the first connection gets it all the same. Knows nothing of what the events mean.
"""

import select
import struct
from collections.abc import Callable
from typing import NamedTuple

from handiwork.adapters.x11.extensions import RECORD_FROM_SERVER, record_create, record_enable
from handiwork.adapters.x11.wire import Connection, full_time, monotonic_ms, server_lost

FIRST_CODE = 9
"""FocusIn; events with smaller codes are not recorded."""
_ELEMENT = struct.Struct("<I32s")
_PATIENCE_MS = 20


class Timed(NamedTuple):
    """An event and when the server delivered it (CLOCK_MONOTONIC, ms)."""

    time_ms: int
    packet: bytes


class Batch(NamedTuple):
    """Events since the last batch. `whole` is False if some are missing: then only `since` bounds their time."""

    events: list[Timed]
    whole: bool
    since: int
    """Nothing that is not in an earlier batch was delivered before this time."""


class TimedEvents:
    """Reads `link`'s events through RECORD. Make it before selecting any events on `link`."""

    def __init__(self, link: Connection, open_another: Callable[[], Connection], last_code: int) -> None:
        self._link, self._last = link, last_code
        major = link.require("RECORD")
        context = link.new_id()
        link.send(record_create(major, context, link.id_base, (FIRST_CODE, last_code), (0, 0)))
        link.sync()
        self._data = open_another()
        self._data.stream(record_enable(major, context))
        if not self._readable(10_000):
            raise server_lost("The X server does not start recording.")
        link.sync()
        link.events()
        self._data.events()
        self._behind = 0
        self._quiet = monotonic_ms()
        self.ready = select.epoll()
        self.ready.register(link, select.EPOLLIN)
        self.ready.register(self._data, select.EPOLLIN)

    def close(self) -> None:
        """Ends the recording."""
        self.ready.close()
        self._data.close()

    def read(self) -> Batch:
        """What has arrived, without waiting for more than what the server has surely sent."""
        now, since = monotonic_ms(), self._quiet
        events = self._drain(now)
        if self._behind:
            self._link.settle()  # the server flushes RECORD when it answers
            events += self._drain(now)
            if self._behind > 0 and self._readable(_PATIENCE_MS):
                events += self._drain(now)
        whole, self._behind = self._behind == 0, 0
        if not events and whole:
            self._quiet = now
        else:
            self._quiet = max([since, *(event.time_ms for event in events)])
        return Batch(events, whole, since)

    def _drain(self, now: int) -> list[Timed]:
        codes = [packet[0] & 0x7F for packet in self._link.events()]
        self._behind += sum(FIRST_CODE <= code <= self._last for code in codes)
        found: list[Timed] = []
        for reply in self._data.events():
            if reply[1] == RECORD_FROM_SERVER:
                elements = _ELEMENT.iter_unpack(reply[32 : 32 + (len(reply) - 32) // 36 * 36])
                found += [Timed(full_time(stamp, now), packet) for stamp, packet in elements]
        self._behind -= len(found)
        return found

    def _readable(self, milliseconds: int) -> bool:
        poll = select.poll()
        poll.register(self._data, select.POLLIN)
        return bool(poll.poll(milliseconds))
