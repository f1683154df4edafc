# SPDX-License-Identifier: Apache-2.0
"""A small application that measures how long it takes from a key or click to having drawn its answer.

Run as a process of its own. It sends itself input through XTEST, waits for the event to come to its window, draws, and
waits until the server has drawn. Prints the milliseconds of each as JSON.
"""

import os
import select
import struct
import sys
import time
from random import Random

import msgspec

from handiwork.adapters.x11 import requests as x
from handiwork.adapters.x11.extensions import xtest_fake
from handiwork.adapters.x11.wire import Connection
from handiwork.adapters.x11.witness import BUTTON_PRESS, BUTTON_RELEASE, KEY_PRESS, KEY_RELEASE, MOTION
from handiwork.model.geometry import Box

AREA = Box(100, 100, 800, 600)
_PRESSES = 1 | 4  # KeyPress and ButtonPress to the window
_FOREGROUND = 1 << 2
_KEY = 38
_SETTLE_S = 1.0
_PATIENCE_MS = 5_000


class Order(msgspec.Struct, frozen=True):
    """How many inputs to send."""

    display: str
    seed: int
    count: int


def open_window(link: Connection, area: Box) -> int:
    """A mapped window of class "probe" that is told of presses; the window manager gives it the keyboard."""
    window = link.new_id()
    place = area.x, area.y, area.w, area.h
    link.send(x.create_window(window, link.screen.root, place, [(x.BACK_PIXEL, 0xFFFFFF), (x.EVENT_MASK, _PRESSES)]))
    link.send(x.change_property(window, x.WM_CLASS, x.STRING, b"probe\0Probe\0"))
    link.send(x.change_property(window, x.WM_NAME, x.STRING, b"Probe"))
    link.send(x.change_property(window, _atom(link, "_NET_WM_PID"), x.CARDINAL, [os.getpid()]))
    hints = [3 | 512, *place, *[0] * 12, 10]  # where it is put and how large, as a person's own wish
    link.send(x.change_property(window, _atom(link, "WM_NORMAL_HINTS"), _atom(link, "WM_SIZE_HINTS"), hints))
    link.send(x.map_window(window))
    link.sync()
    return window


def _atom(link: Connection, name: str) -> int:
    return x.read_atom(link.ask(x.intern_atom(name)))


class Probe:
    """One window, and one hand of its own connection."""

    def __init__(self, order: Order) -> None:
        self._random = Random(order.seed)
        self._link, self._hand = Connection(order.display), Connection(order.display)
        self._major = self._hand.require("XTEST")
        self._window = open_window(self._link, AREA)
        self._ink = self._link.new_id()
        self._link.send(struct.pack("<BxHIIII", 55, 5, self._ink, self._window, _FOREGROUND, 0x204080))  # CreateGC
        self._hand.send(xtest_fake(self._major, MOTION, 0, self._hand.screen.root, *AREA.centre))
        self._hand.sync()
        time.sleep(_SETTLE_S)

    def samples(self, count: int) -> list[float]:
        """Milliseconds from input to picture, keys and clicks in turn, with moves in between as a hand makes them."""
        found = []
        for number in range(count):
            for _ in range(2):
                self._send(MOTION, 0, *(at + self._random.randint(-60, 60) for at in AREA.centre))
                time.sleep(self._random.uniform(0.004, 0.012))
            found.append(self._answered(number))
        return found

    def _answered(self, number: int) -> float:
        self._link.events()
        press, release, detail = (KEY_PRESS, KEY_RELEASE, _KEY) if number % 2 else (BUTTON_PRESS, BUTTON_RELEASE, 1)
        began = time.monotonic_ns()
        self._send(press, detail)
        while not any(packet[0] & 0x7F == press for packet in self._link.events()):
            poll = select.poll()
            poll.register(self._link, select.POLLIN)
            if not poll.poll(_PATIENCE_MS):
                raise TimeoutError("the window was not told of an input")
        boxes = [(10 + 12 * (number % 60), 10 + 12 * row, 10, 10) for row in range(number % 40)]
        packed = b"".join(struct.pack("<hhHH", *box) for box in boxes)
        size = 3 + len(packed) // 4
        self._link.send(struct.pack("<BxHII", 70, size, self._window, self._ink) + packed)  # PolyFillRectangle
        self._link.sync()
        took = (time.monotonic_ns() - began) / 1e6
        self._send(release, detail)
        return took

    def _send(self, kind: int, detail: int, *place: int) -> None:
        root = self._hand.screen.root if place else 0
        self._hand.send(xtest_fake(self._major, kind, detail, root, *place))
        self._hand.flush()


def main() -> int:
    """Measures as stdin orders."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    print(msgspec.json.encode(Probe(order).samples(order.count)).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
