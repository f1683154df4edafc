# SPDX-License-Identifier: Apache-2.0
"""Simple X windows for tests: a program with a class, a title, a colour, and nothing in it."""

import os
import socket
import struct
from collections.abc import Mapping

from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.wire import Connection
from handiwork.model.geometry import Box


class Program:
    """One X client that opens windows. Its connection's errors surface at once."""

    def __init__(self, display: str, environment: Mapping[str, str] | None = None) -> None:
        self.link = Connection(display, environment)
        self._names: dict[str, int] = {}

    def open(self, app: str, title: str, bounds: Box, colour: int = 0x808080, popup: bool = False) -> int:
        """A mapped window; `popup`: unmanaged (override-redirect). Class "" sets none."""
        window = self.link.new_id()
        attributes = (x.BACK_PIXEL, colour), (x.OVERRIDE_REDIRECT, int(popup))
        place = bounds.x, bounds.y, bounds.w, bounds.h
        self.link.send(x.create_window(window, self.link.screen.root, place, attributes))
        if app:
            self.link.send(x.change_property(window, x.WM_CLASS, x.STRING, f"{app}\0{app.title()}\0".encode()))
        self.link.send(x.change_property(window, self.atom("_NET_WM_PID"), x.CARDINAL, [os.getpid()]))
        # USPosition, USSize and static gravity in WM_NORMAL_HINTS: the window manager leaves the window where it is.
        hints = [3 | 512, *place, *[0] * 12, 10]
        self.link.send(x.change_property(window, self.atom("WM_NORMAL_HINTS"), self.atom("WM_SIZE_HINTS"), hints))
        self.title(window, title)
        self.link.send(x.map_window(window))
        self.link.sync()
        return window

    def atom(self, name: str) -> int:
        """A name's number."""
        if name not in self._names:
            self._names[name] = x.read_atom(self.link.ask(x.intern_atom(name)))
        return self._names[name]

    def title(self, window: int, title: str) -> None:
        """Names a window."""
        text = title.encode()
        self.link.send(x.change_property(window, self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"), text))
        self.link.sync()

    def place(self, window: int, bounds: Box) -> None:
        """Moves and sizes a window."""
        values = zip((x.X, x.Y, x.WIDTH, x.HEIGHT), (bounds.x, bounds.y, bounds.w, bounds.h), strict=True)
        self.link.send(x.configure_window(window, list(values)))
        self.link.sync()

    def activate(self, window: int) -> None:
        """Asks the window manager to bring a window to the front (_NET_ACTIVE_WINDOW, as a pager would)."""
        root = self.link.screen.root
        message = struct.pack("<BBHII5I", 33, 32, 0, window, self.atom("_NET_ACTIVE_WINDOW"), 2, 0, 0, 0, 0)
        mask = x.SUBSTRUCTURE | 1 << 20
        self.link.send(struct.pack("<BBHII", 25, 0, 11, root, mask) + message)
        self.link.sync()

    def focus(self, window: int) -> None:
        """Gives a window the keyboard, past the window manager."""
        self.link.send(x.set_input_focus(window))
        self.link.sync()

    def grab_keyboard(self, window: int) -> bool:
        """Takes the keyboard for a window, as menus and screen lockers do; whether it was given."""
        return self.link.ask(struct.pack("<BBHIIBBxx", 31, 1, 4, window, 0, 1, 1))[1] == 0

    def release_keyboard(self) -> None:
        """Gives it back."""
        self.link.send(struct.pack("<BxHI", 32, 2, 0))
        self.link.sync()

    def close_window(self, window: int) -> None:
        """Destroys a window."""
        self.link.send(x.destroy_window(window))
        self.link.sync()

    def close(self) -> None:
        """Ends the program; its windows go with it."""
        self.link.close()


def x_server(display: str) -> int:
    """The process behind a private display, as a pidfd: its socket's other end says which."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
        (process, _, _) = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return os.pidfd_open(process)


class Device:
    """Input in the name of one of the server's own devices, which is as near to hands as a virtual screen has."""

    def __init__(self, display: str, name: str) -> None:
        from handiwork.adapters.x11.extensions import read_xi_devices, xi_query_devices, xi_query_version

        self.link = Connection(display)
        self._test = self.link.require("XTEST")
        found = self.link.extension("XInputExtension")
        assert found is not None
        self._first_event = found[1]
        self.link.ask(xi_query_version(found[0]))
        devices = read_xi_devices(self.link.ask(xi_query_devices(found[0])))
        self.id = next(number for number, known in devices.items() if known == name)
        # OpenDevice: XTEST takes only devices that the client has opened.
        self.link.ask(struct.pack("<BBHBxxx", found[0], 3, 2, self.id))

    def key(self, keycode: int, pressed: bool) -> None:
        """XInput 1's DeviceKeyPress and DeviceKeyRelease."""
        self._send(1 if pressed else 2, keycode)

    def button(self, button: int, pressed: bool) -> None:
        """DeviceButtonPress and DeviceButtonRelease."""
        self._send(3 if pressed else 4, button)

    def move(self, place_x: int, place_y: int) -> None:
        """DeviceMotionNotify, absolute, with two valuators."""
        values = struct.pack("<BBHHBBii16x", self._first_event, self.id, 0, 0, 2, 0, place_x, place_y)
        self._send(5, 0, values)

    def _send(self, kind: int, detail: int, more: bytes = b"") -> None:
        event = struct.pack("<BBHI23xB", self._first_event + kind, detail, 0, 0, self.id)
        self.link.send(struct.pack("<BBH", self._test, 2, 1 + (len(event) + len(more)) // 4) + event + more)
        self.link.sync()
