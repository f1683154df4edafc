# SPDX-License-Identifier: Apache-2.0
"""A process that floods a window with input through XTEST and notes when each event was sent. Knows no recorder.

Opens the window itself ("probe"), so that moves and keys belong to something. Prints one JSON line.
"""

import sys
import time

import msgspec

from bench.capture.probe import open_window
from handiwork.adapters.x11.extensions import xtest_fake
from handiwork.adapters.x11.wire import Connection
from handiwork.adapters.x11.witness import KEY_PRESS, KEY_RELEASE, MOTION
from handiwork.model.geometry import Box

AREA = Box(100, 100, 1000, 600)
_INSIDE, _WIDE = 20, 900
_SETTLE_S, _TAIL_S = 1.5, 0.5
_KEY = 38  # "a" on every layout that the server starts with


class Order(msgspec.Struct, frozen=True):
    """Events a second, and for how long."""

    display: str
    moves_per_s: int
    keys_per_s: int
    seconds: float


class Sent(msgspec.Struct, frozen=True):
    """What was sent; `move_ns` are the monotonic times of the moves, in order."""

    moves: int
    presses: int
    seconds: float
    move_ns: list[int]


def place(number: int) -> tuple[int, int]:
    """Where the move of that number goes: neighbours in the flood never share a place."""
    return AREA.x + _INSIDE + number % _WIDE, AREA.y + 40 + number // _WIDE % 400


def flood(order: Order) -> Sent:
    """Sends everything in time, in small parcels, catching up where the system held it up."""
    window = Connection(order.display)
    open_window(window, AREA)
    link = Connection(order.display)
    major, root = link.require("XTEST"), link.screen.root
    link.send(xtest_fake(major, MOTION, 0, root, *place(0)))
    link.sync()
    time.sleep(_SETTLE_S)
    times: list[int] = []
    keys = 0
    began = time.monotonic()
    while (passed := time.monotonic() - began) < order.seconds:
        while len(times) < passed * order.moves_per_s:
            link.send(xtest_fake(major, MOTION, 0, root, *place(len(times) + 1)))
            times.append(time.monotonic_ns())
        while keys < passed * order.keys_per_s:
            link.send(xtest_fake(major, KEY_RELEASE if keys % 2 else KEY_PRESS, _KEY))
            keys += 1
        # A server without devices looks at injected input when it is next asked something. A device would wake it.
        link.settle()
        window.events()
        time.sleep(0.0005)
    if keys % 2:
        link.send(xtest_fake(major, KEY_RELEASE, _KEY))
    link.sync()
    took = time.monotonic() - began
    time.sleep(_TAIL_S)  # the window stays in front until the last event is certain
    return Sent(len(times), (keys + 1) // 2, took, times)


def main() -> int:
    """Floods as stdin orders."""
    sent = flood(msgspec.json.decode(sys.stdin.buffer.read(), type=Order))
    print(msgspec.json.encode(sent).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
