# SPDX-License-Identifier: Apache-2.0
"""Events of one connection, each with the server's own time: most X events carry none.

A second connection has RECORD tell what the server delivers to the first, and when. Should RECORD lose an event, that
is noticed, because the first connection gets it all the same. Knows nothing of what the events mean.
"""

import select
import struct
from collections.abc import Callable
from typing import NamedTuple

from handiwork.adapters.x11.extensions import (
    RECORD_FROM_CLIENT,
    RECORD_FROM_SERVER,
    record_also,
    record_enable,
    record_grabs,
)
from handiwork.adapters.x11.wire import Connection, full_time, monotonic_ms, server_lost

FIRST_CODE = 9
"""FocusIn; events with smaller codes are not recorded."""
_ELEMENT = struct.Struct("<I32s")
_PATIENCE_MS = 20


class Timed(NamedTuple):
    """An event and when the server delivered it (CLOCK_MONOTONIC, ms)."""

    time_ms: int
    packet: bytes


class Asked(NamedTuple):
    """Some program asked for the keyboard for a window of its own; whether it got it is told by what comes next."""

    time_ms: int
    window: int


class Batch(NamedTuple):
    """Events since the last batch. `whole` is False if some are missing: then only `since` bounds their time."""

    events: list[Timed | Asked]
    whole: bool
    since: int
    """Nothing that is not in an earlier batch was delivered before this time."""


class TimedEvents:
    """Reads `link`'s events through RECORD. Make it before selecting any events on `link`."""

    def __init__(self, link: Connection, open_another: Callable[[], Connection], last_code: int) -> None:
        self._link, self._last = link, last_code
        major = link.require("RECORD")
        context = link.new_id()
        xinput = link.extension("XInputExtension")
        link.send(record_grabs(major, context, xinput[0] if xinput else 0))
        link.send(record_also(major, context, link.id_base, (FIRST_CODE, last_code)))
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

    def _drain(self, now: int) -> list[Timed | Asked]:
        codes = [packet[0] & 0x7F for packet in self._link.events()]
        self._behind += sum(FIRST_CODE <= code <= self._last for code in codes)
        found: list[Timed | Asked] = []
        for reply in self._data.events():
            if reply[1] == RECORD_FROM_SERVER:
                elements = _ELEMENT.iter_unpack(reply[32 : 32 + (len(reply) - 32) // 36 * 36])
                events = [Timed(full_time(stamp, now), packet) for stamp, packet in elements]
                self._behind -= len(events)
                found += events
            elif reply[1] == RECORD_FROM_CLIENT and not reply[9]:  # of a client of another byte order nothing is known
                found += _asked(reply, now)
        return found

    def _readable(self, milliseconds: int) -> bool:
        poll = select.poll()
        poll.register(self._data, select.POLLIN)
        return bool(poll.poll(milliseconds))


def _asked(reply: bytes, now: int) -> list[Asked]:
    """The requests in it: each is preceded by the server's time, and says its own length."""
    found, at = list[Asked](), 32
    while at + 12 <= len(reply):
        stamp, length, window = struct.unpack_from("<IxxHI", reply, at)
        found.append(Asked(full_time(stamp, now), window))
        at += 4 + 4 * max(1, length)
    return found
