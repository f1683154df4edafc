# SPDX-License-Identifier: Apache-2.0
"""A program that copies, and is ready to hand its content to whoever asks."""

import struct

from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.wire import Connection

_SELECTION_REQUEST = 30


class Copier:
    """One X client with an invisible window that can own the clipboard."""

    def __init__(self, display: str) -> None:
        self.link = Connection(display)
        self._window = self.link.new_id()
        self.link.send(x.create_window(self._window, self.link.screen.root, (0, 0, 1, 1), ()))
        self._clipboard = x.read_atom(self.link.ask(x.intern_atom("CLIPBOARD")))
        self.link.sync()

    def copy(self, selection: str = "CLIPBOARD") -> None:
        """Takes a selection, as a program does when its person copies."""
        self._own(self._window, selection)

    def empty(self) -> None:
        """Gives the clipboard up."""
        self._own(0, "CLIPBOARD")

    def asked(self) -> int:
        """How often anyone has asked for the content since the last call."""
        self.link.sync()
        return sum(packet[0] & 0x7F == _SELECTION_REQUEST for packet in self.link.events())

    def close(self) -> None:
        """Ends the program."""
        self.link.close()

    def _own(self, window: int, selection: str) -> None:
        atom = x.read_atom(self.link.ask(x.intern_atom(selection)))
        self.link.send(struct.pack("<BxHIII", 22, 4, window, atom, 0))
        self.link.sync()
