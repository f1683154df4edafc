# SPDX-License-Identifier: Apache-2.0
"""Monitors of a virtual screen, plugged in and out as `xrandr` would do it, and a desktop's settings."""

import struct

from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.wire import Connection
from handiwork.model.geometry import Box


class Monitors:
    """RandR requests (randrproto) on one display. Xvfb's one CRTC is switched off, so that its size may change."""

    def __init__(self, display: str) -> None:
        self.link = Connection(display)
        found = self.link.extension("RANDR")
        assert found is not None
        self._major, self._root = found[0], self.link.screen.root
        self.link.ask(struct.pack("<BBHII", self._major, 0, 3, 1, 5))

    def arrange(self, *boxes: Box) -> None:
        """These are the monitors now, the first one the primary."""
        for name in self._made():
            self.link.send(struct.pack("<BBHII", self._major, 44, 3, self._root, name))
        names = [self._atom(f"HANDIWORK-{place}") for place in range(len(boxes))]
        outputs = self._outputs()
        for place, (name, box) in enumerate(zip(names, boxes, strict=True)):
            own = outputs if place == 0 else ()  # takes the server's own monitor out of the list
            size = box.x, box.y, box.w, box.h
            body = struct.pack("<IBBHhhHHII", name, place == 0, 0, len(own), *size, 300, 200)
            body += struct.pack(f"<{len(own)}I", *own)
            self.link.send(struct.pack("<BBHI", self._major, 43, 2 + len(body) // 4, self._root) + body)
        self.link.sync()

    def _made(self) -> list[int]:
        """The names of the monitors that are not the server's own."""
        told = self.link.ask(struct.pack("<BBHIBxxx", self._major, 42, 3, self._root, 1))
        at, found = 32, list[int]()
        for _ in range(int.from_bytes(told[12:16], "little")):
            name, automatic, outputs = struct.unpack_from("<IxBH", told, at)
            found += [] if automatic else [name]
            at += 24 + 4 * outputs
        return found

    def resize(self, width: int, height: int) -> None:
        """The screen gets another size, at most the one it was started with."""
        resources = self.link.ask(struct.pack("<BBHI", self._major, 25, 2, self._root))
        stamp, config, crtcs = struct.unpack_from("<IIH", resources, 8)
        for crtc in struct.unpack_from(f"<{crtcs}I", resources, 32):
            head = struct.pack("<BBHIII", self._major, 21, 7, crtc, stamp, config)
            assert self.link.ask(head + struct.pack("<hhIHxx", 0, 0, 0, 1))[1] == 0
        self.link.send(struct.pack("<BBHIHHII", self._major, 7, 5, self._root, width, height, 300, 200))
        self.link.sync()

    def close(self) -> None:
        """Leaves the monitors as they are."""
        self.link.close()

    def _atom(self, name: str) -> int:
        return x.read_atom(self.link.ask(x.intern_atom(name)))

    def _outputs(self) -> tuple[int, ...]:
        resources = self.link.ask(struct.pack("<BBHI", self._major, 25, 2, self._root))
        crtcs, outputs = struct.unpack_from("<HH", resources, 16)
        return struct.unpack_from(f"<{outputs}I", resources, 32 + 4 * crtcs)


class Settings:
    """A settings manager (XSETTINGS), as every desktop runs one; and the root window's resources and layout."""

    def __init__(self, display: str) -> None:
        self.link = Connection(display)
        self._root = self.link.screen.root
        self._window = self.link.new_id()
        self._serial = 0

    def manage(self, **numbers: int) -> None:
        """Tells these numbers; "Net__DoubleClickTime" is Net/DoubleClickTime."""
        if not self._serial:
            self._present(numbers)
        else:
            self._write(numbers)

    def quit(self) -> None:
        """The settings manager ends."""
        self.link.send(x.destroy_window(self._window))
        self.link.sync()
        self._window, self._serial = self.link.new_id(), 0

    def resources(self, text: str) -> None:
        """What `xrdb` would load."""
        self.link.send(x.change_property(self._root, 23, x.STRING, text.encode()))
        self.link.sync()

    def layouts(self, layouts: str, variants: str = "") -> None:
        """What `setxkbmap` writes on the root window."""
        words = f"evdev\0pc105\0{layouts}\0{variants}\0\0".encode()
        self.link.send(x.change_property(self._root, self._atom("_XKB_RULES_NAMES"), x.STRING, words))
        self.link.sync()

    def lock_group(self, group: int) -> None:
        """Switches to another layout, as the desktop's own key would."""
        found = self.link.extension("XKEYBOARD")
        assert found is not None
        self.link.ask(struct.pack("<BBHHH", found[0], 0, 2, 1, 0))
        self.link.send(struct.pack("<BBHHBBBBBxxBH", found[0], 5, 4, 0x100, 0, 0, 1, group, 0, 0, 0))
        self.link.sync()

    def close(self) -> None:
        """Ends the settings manager as well."""
        self.link.close()

    def _atom(self, name: str) -> int:
        return x.read_atom(self.link.ask(x.intern_atom(name)))

    def _present(self, numbers: dict[str, int]) -> None:
        self.link.send(x.create_window(self._window, self._root, (-9, -9, 1, 1), [(x.OVERRIDE_REDIRECT, 1)]))
        self._write(numbers)
        selection = self._atom("_XSETTINGS_S0")
        self.link.send(struct.pack("<BxHIII", 22, 4, self._window, selection, 0))
        message = struct.pack(
            "<BBHII5I", 33, 32, 0, self._root, self._atom("MANAGER"), 0, selection, self._window, 0, 0
        )
        self.link.send(struct.pack("<BBHII", 25, 0, 11, self._root, x.STRUCTURE) + message)
        self.link.sync()

    def _write(self, numbers: dict[str, int]) -> None:
        self._serial += 1
        content = struct.pack("<BxxxII", 0, self._serial, len(numbers))
        for name, number in numbers.items():
            text = name.replace("__", "/").encode()
            content += struct.pack("<BxH", 0, len(text)) + text + b"\0" * (-len(text) % 4)
            content += struct.pack("<Ii", self._serial, number)
        settings = self._atom("_XSETTINGS_SETTINGS")
        self.link.send(x.change_property(self._window, settings, settings, content))
        self.link.sync()
