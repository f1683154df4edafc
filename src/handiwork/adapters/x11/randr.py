# SPDX-License-Identifier: Apache-2.0
"""Monitors, as RandR 1.5 names them: parts of the root window, in its pixels. Source: randrproto of X.Org."""

import struct

from handiwork.adapters.x11.requests import get_geometry, read_geometry
from handiwork.adapters.x11.wire import Connection, ProtocolError
from handiwork.model.geometry import Box

_SCREEN, _CRTC, _OUTPUT = 1, 2, 4
_MONITOR = struct.Struct("<IBBHhhHH8x")


class Randr:
    """The monitors of one connection's screen. Changes come as events: RandR's own, and the root's ConfigureNotify."""

    def __init__(self, link: Connection) -> None:
        self._link, self._root = link, link.screen.root
        found = link.extension("RANDR")
        self._major, self.first_event = (found[0], found[1]) if found and _speaks_1_5(link, found[0]) else (0, 0)

    def select(self) -> None:
        """From now on changes of screen and monitors are told."""
        if self._major:
            self._link.send(struct.pack("<BBHIHxx", self._major, 4, 3, self._root, _SCREEN | _CRTC | _OUTPUT))

    def is_change(self, kind: int) -> bool:
        """Whether an event of this code is RandR's."""
        return bool(self._major) and kind in (self.first_event, self.first_event + 1)

    def monitors(self) -> tuple[Box, ...]:
        """The primary one first, the others as the server lists them; the whole screen where nobody tells of any."""
        requests = [get_geometry(self._root)]
        if self._major:
            requests.append(struct.pack("<BBHIBxxx", self._major, 42, 3, self._root, 1))
        root, *told = self._link.ask_all(requests)
        size = read_geometry(root) if root else None
        whole = (Box(0, 0, size.width, size.height),) if size else ()
        return (read_monitors(told[0]) if told and told[0] else ()) or whole


def read_monitors(reply: bytes) -> tuple[Box, ...]:
    """RRGetMonitors' reply, without monitors that have no pixels."""
    (count,) = struct.unpack_from("<I", reply, 12)
    at, found = 32, list[tuple[bool, Box]]()
    for _ in range(count):
        _, primary, _, outputs, x, y, width, height = _MONITOR.unpack_from(reply, at)
        found.append((not primary, Box(x, y, width, height)))
        at += _MONITOR.size + 4 * outputs
    return tuple(box for _, box in sorted(found, key=lambda one: one[0]) if box.area)


def _speaks_1_5(link: Connection, major: int) -> bool:
    """RRQueryVersion, saying 1.5: also what makes the server tell this client of monitors."""
    try:
        answer = link.ask(struct.pack("<BBHII", major, 0, 3, 1, 5))
    except ProtocolError:
        return False
    return struct.unpack_from("<II", answer, 8) >= (1, 5)
