# SPDX-License-Identifier: Apache-2.0
"""That the clipboard of an X11 session was taken, and by which process: XFIXES tells it. Source: fixesproto of X.Org.

What the clipboard holds is known only to the program that took it, and is handed over only on ConvertSelection: a
request that this adapter does not have.
"""

import struct

from handiwork.adapters.x11.extensions import read_res_pids, res_client_pids
from handiwork.adapters.x11.requests import intern_atom, read_atom
from handiwork.adapters.x11.wire import Connection, full_time, monotonic_ms
from handiwork.model.raw import RawClipboard

UNKNOWN = -1
"""The owner's process is not known: no window is its."""
_SELECTION_NOTIFY, _SET_OWNER = 0, 0
_TAKEN = 1 << _SET_OWNER


class X11Clipboard:
    """ClipboardWatch for `display` ($DISPLAY if None)."""

    def __init__(self, display: str | None = None) -> None:
        self._link = link = Connection(display)
        major = link.require("XFIXES")
        found = link.extension("XFIXES")
        self._notify = (found[1] if found else 0) + _SELECTION_NOTIFY
        self._resources = (link.extension("X-Resource") or (0, 0, 0))[0]
        link.ask(struct.pack("<BBHII", major, 0, 3, 2, 0))
        self._selection = read_atom(link.ask(intern_atom("CLIPBOARD")))
        link.send(struct.pack("<BBHIII", major, 2, 4, link.screen.root, self._selection, _TAKEN))
        link.sync()
        self._closed = False

    def fileno(self) -> int:
        """The connection's."""
        return self._link.fileno()

    def read(self) -> list[RawClipboard]:
        """Every time that a program took the clipboard."""
        found: list[RawClipboard] = []
        while not self._closed and (packets := self._link.events()):  # asking for a process may bring more
            found += [self._taken(packet) for packet in packets if self._is_taken(packet)]
        return found

    def close(self) -> None:
        """Stops observing."""
        self._closed = True
        self._link.close()

    def _is_taken(self, packet: bytes) -> bool:
        owner, selection = struct.unpack_from("<II", packet, 8)
        return packet[0] & 0x7F == self._notify and packet[1] == _SET_OWNER and owner and selection == self._selection

    def _taken(self, packet: bytes) -> RawClipboard:
        owner, _, stamp = struct.unpack_from("<III", packet, 8)
        return RawClipboard(full_time(stamp, monotonic_ms()), "copy", self._process_of(owner))

    def _process_of(self, window: int) -> int:
        if not self._resources:
            return UNKNOWN
        (answer,) = self._link.ask_all([res_client_pids(self._resources, [window])])
        pids = read_res_pids(answer) if answer else {}
        return next(iter(pids.values()), UNKNOWN)
