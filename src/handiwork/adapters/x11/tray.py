# SPDX-License-Identifier: Apache-2.0
"""The recorder's icon in an X11 system tray: its colour and sign tell the state, its title tells it in words.

Sources: freedesktop.org's "System Tray Protocol" 0.4 and "XEmbed Protocol" 0.5. The tray takes our window into its
own; when the tray ends, the window comes back to the root, or goes with it, and waits for the next tray.
"""

import os
import struct
from collections.abc import Callable

from handiwork.adapters.x11.extensions import shape_bounds
from handiwork.adapters.x11.looks import icon, rounded
from handiwork.adapters.x11.paint import Painter
from handiwork.adapters.x11.requests import (
    BACK_PIXEL,
    BUTTON_PRESS,
    CARDINAL,
    EVENT_MASK,
    EXPOSURE,
    OVERRIDE_REDIRECT,
    STRING,
    STRUCTURE,
    WM_CLASS,
    WM_NAME,
    WM_NORMAL_HINTS,
    WM_SIZE_HINTS,
    change_attributes,
    change_property,
    client_message,
    create_window,
    get_selection_owner,
    intern_atom,
    read_atom,
    read_selection_owner,
    unmap_window,
)
from handiwork.adapters.x11.wire import Connection, ProtocolError, full_time, monotonic_ms
from handiwork.model.errors import Lost
from handiwork.ports.indicator import State

_SIDE = 24
_DOCK = 0
_XEMBED_VERSION, _MAPPED = 0, 1
_LEFT = 1
_PRESSED, _EXPOSED, _DESTROYED, _REPARENTED, _CONFIGURED, _MESSAGE = 4, 12, 17, 21, 22, 33
_SENT = 0x80
"""Another program made the event up: no hand has clicked."""

_NAMES = (
    "_NET_SYSTEM_TRAY_S0",
    "MANAGER",
    "_NET_SYSTEM_TRAY_OPCODE",
    "_XEMBED_INFO",
    "_NET_WM_NAME",
    "UTF8_STRING",
    "_NET_WM_PID",
)


class X11Tray:
    """ports.tray on `display` ($DISPLAY if None)."""

    def __init__(self, display: str | None = None) -> None:
        self._silence = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._link: Connection | None = Connection(display)
        self._atoms = {name: read_atom(self._link.ask(intern_atom(name))) for name in _NAMES}
        self._shape = (self._link.extension("SHAPE") or (0, 0, 0))[0]
        self._state: State = "stopped"
        self._title = ""
        self._tray = 0
        self._docked = False
        self._size = (_SIDE, _SIDE)
        self._link.send(change_attributes(self._link.screen.root, [(EVENT_MASK, STRUCTURE)]))  # new trays say so there
        self._make_window(self._link)
        self._seek(self._link)

    def fileno(self) -> int:
        """The connection's; once that is gone, one that never has anything."""
        return self._silence if self._link is None else self._link.fileno()

    def show(self, state: State, why: str = "") -> None:
        """See the port."""
        title = f"Handiwork: {state} ({why})" if why else f"Handiwork: {state}"
        if title == self._title:
            return  # it is drawn; whatever happens to the window since, `read` answers
        self._state, self._title = state, title
        if self._link is not None:
            self._while_there(self._link, self._draw)

    def read(self) -> list[int]:
        """See the port."""
        link, clicks = self._link, list[int]()
        if link is not None:
            self._while_there(link, lambda link: clicks.extend(self._attend(link)))
        return clicks

    def is_docked(self) -> bool:
        """See the port."""
        return self._docked

    def close(self) -> None:
        """See the port."""
        self._leave()
        if self._silence >= 0:
            os.close(self._silence)
            self._silence = -1

    def _while_there(self, link: Connection, do: Callable[[Connection], None]) -> None:
        """A server that is gone is told of by those who can't do without it."""
        try:
            do(link)
            link.flush()
            link.refused.clear()  # a tray that went while we spoke to it
        except (Lost, ProtocolError):
            self._leave()

    def _leave(self) -> None:
        link, self._link = self._link, None
        self._docked = False
        if link is not None:
            link.close()  # its window goes with it

    def _make_window(self, link: Connection) -> None:
        link.settle()  # an earlier window may have gone while it was drawn on
        self._window = link.new_id()
        mask = EXPOSURE | STRUCTURE | BUTTON_PRESS
        attributes = (BACK_PIXEL, 0), (OVERRIDE_REDIRECT, 1), (EVENT_MASK, mask)
        link.send(create_window(self._window, link.screen.root, (-_SIDE, -_SIDE, _SIDE, _SIDE), attributes))
        link.send(change_property(self._window, WM_CLASS, STRING, b"handiwork\0Handiwork\0"))
        # Minimum and base size in WM_NORMAL_HINTS: GTK's trays give a window that asks for nothing one pixel.
        hints = [16 | 256, 0, 0, 0, 0, _SIDE, _SIDE, *[0] * 8, _SIDE, _SIDE, 0]
        link.send(change_property(self._window, WM_NORMAL_HINTS, WM_SIZE_HINTS, hints))
        info = self._atoms["_XEMBED_INFO"]
        link.send(change_property(self._window, info, info, [_XEMBED_VERSION, _MAPPED]))
        link.send(change_property(self._window, self._atoms["_NET_WM_PID"], CARDINAL, [os.getpid()]))
        self._painter = Painter(link, self._window)

    def _seek(self, link: Connection) -> None:
        """Asks the tray, if there is one, to take the window in."""
        self._tray = read_selection_owner(link.ask(get_selection_owner(self._atoms["_NET_SYSTEM_TRAY_S0"])))
        if not self._tray:
            return
        link.send(change_attributes(self._tray, [(EVENT_MASK, STRUCTURE)]))
        wish = [0, _DOCK, self._window, 0, 0]
        link.send(client_message(self._tray, self._tray, self._atoms["_NET_SYSTEM_TRAY_OPCODE"], wish))
        link.settle()  # it may have gone by now

    def _draw(self, link: Connection) -> None:
        words = self._title.encode()
        link.send(change_property(self._window, WM_NAME, STRING, words))
        link.send(change_property(self._window, self._atoms["_NET_WM_NAME"], self._atoms["UTF8_STRING"], words))
        width, height = self._size
        side = min(width, height)
        at = (width - side) // 2, (height - side) // 2
        if self._shape:
            link.send(shape_bounds(self._shape, self._window, rounded(*at, side, side, side // 4)))
        self._painter.paint(icon(self._state, side), *at)

    def _attend(self, link: Connection) -> list[int]:
        clicks: list[int] = []
        while packets := link.events():  # what is asked below may bring more
            for packet in packets:
                if packet[0] == _PRESSED and packet[1] == _LEFT:
                    clicks.append(full_time(int.from_bytes(packet[4:8], "little"), monotonic_ms()))
                elif packet[0] & ~_SENT in (_EXPOSED, _CONFIGURED, _DESTROYED, _REPARENTED):
                    self._changed(link, packet)
                elif packet[0] & ~_SENT == _MESSAGE:
                    self._told(link, packet)
        return clicks

    def _changed(self, link: Connection, packet: bytes) -> None:
        """Something happened to our window or to the tray's."""
        kind = packet[0] & ~_SENT
        about, window = struct.unpack_from("<II", packet, 4)
        if kind == _EXPOSED and about == self._window:
            self._draw(link)
        elif kind == _DESTROYED and window == self._window:
            self._docked = False
            self._make_window(link)
            self._seek(link)
        elif kind == _DESTROYED and window == self._tray:
            self._tray, self._docked = 0, False
        elif kind == _REPARENTED and window == self._window:
            (parent,) = struct.unpack_from("<I", packet, 12)
            self._docked = parent != link.screen.root
            if not self._docked:
                link.send(unmap_window(self._window))  # outside a tray it would lie about on the screen
        elif kind == _CONFIGURED and window == self._window:
            width, height = struct.unpack_from("<HH", packet, 20)
            self._size = width, height
            self._draw(link)

    def _told(self, link: Connection, packet: bytes) -> None:
        """A new tray says that it is there."""
        kind, _, selection = struct.unpack_from("<III", packet, 8)
        if kind == self._atoms["MANAGER"] and selection == self._atoms["_NET_SYSTEM_TRAY_S0"]:
            self._seek(link)
