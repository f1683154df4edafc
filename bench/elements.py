# SPDX-License-Identifier: Apache-2.0
"""What a click costs in an ordinary program: the hit test, and one look at its window, by real GTK and Qt.

The peer is the same kind of call, one after the other, by jeepney's own encoder and parser: why adapters/atspi/wire.py
exists. Processor time is this process's alone: what the program and the bus spend comes on top, about as much again.
"""

import select
import statistics
import time
from collections.abc import Callable
from functools import partial

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from tests.native_programs import NativeProgram, window_of

from bench.report import Report, Target, at_most
from handiwork.adapters.atspi import AtspiInterface
from handiwork.adapters.atspi.bus import accessibility_address
from handiwork.adapters.atspi.wire import ROOT
from handiwork.adapters.session import VirtualSession
from handiwork.adapters.x11 import X11Desktop

HITS, LOOKS, CALLS = 200, 40, 2_000
THINGS = ("send", "done", "plain", "list", "hint")


def measure() -> Report:
    """About 20 seconds."""
    figures: dict[str, float] = {}
    peers: dict[str, float] = {}
    targets: dict[str, Target] = {}
    for toolkit in ("gtk", "qt"):
        with VirtualSession() as session:
            bus = session.env["DBUS_SESSION_BUS_ADDRESS"]
            interface, desktop = AtspiInterface(bus), X11Desktop(session.display)
            program = NativeProgram(session, toolkit, "Notes", "notes")
            _, window = window_of(desktop, "Notes")
            places = program.places()
            _told(interface, 0.5)
            interface.watch([window])
            _told(interface, 0.5)
            points = [places[THINGS[at % len(THINGS)]].centre for at in range(HITS)]
            hits = [_timed(interface, partial(interface.ask, 0, point)) for point in points]
            looks = [_timed(interface, partial(interface.ask, 0, None)) for _ in range(LOOKS)]
            peers[f"{toolkit}_jeepney_us_per_call"] = _jeepney(bus, program.pid)
            program.close()
            interface.close()
            desktop.close()
        for name, taken in (("hit", hits), ("look", looks)):
            walls = sorted(wall for wall, _ in taken)
            figures[f"{toolkit}_{name}_p50_ms"] = statistics.median(walls)
            figures[f"{toolkit}_{name}_p99_ms"] = walls[int(len(walls) * 0.99) - 1]
            figures[f"{toolkit}_{name}_cpu_ms"] = statistics.mean(cpu for _, cpu in taken)
        click = figures[f"{toolkit}_hit_cpu_ms"] + figures[f"{toolkit}_look_cpu_ms"]
        targets[f"{toolkit}_hit_p50_ms"] = at_most(7, figures[f"{toolkit}_hit_p50_ms"])
        targets[f"{toolkit}_hit_p99_ms"] = at_most(42, figures[f"{toolkit}_hit_p99_ms"])
        targets[f"{toolkit}_click_cpu_ms"] = at_most(15, click)
    return Report(bench="elements", figures=figures, peers=peers, ratios={}, targets=targets)


def _timed(interface: AtspiInterface, ask: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds until it was told, and of this process's own time."""
    began, spent = time.perf_counter(), time.process_time()
    ask()
    while select.select([interface.fileno()], [], [], 0.5)[0]:
        if interface.read():
            break
    told = (time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000
    time.sleep(0.02)
    return told


def _told(interface: AtspiInterface, seconds: float) -> None:
    while select.select([interface.fileno()], [], [], seconds)[0]:
        interface.read()


def _jeepney(session_bus: str, pid: int) -> float:
    """Microseconds of this process for one GetState."""
    bus = open_dbus_connection(accessibility_address(session_bus))
    owner = _owner(bus, pid)
    call = new_method_call(DBusAddress(ROOT, owner, "org.a11y.atspi.Accessible"), "GetState")
    spent = time.process_time()
    for _ in range(CALLS):
        bus.send_and_get_reply(call, timeout=5)
    taken = time.process_time() - spent
    bus.close()
    return taken / CALLS * 1_000_000


def _owner(bus: DBusConnection, pid: int) -> str:
    from jeepney.bus_messages import message_bus

    for name in bus.send_and_get_reply(message_bus.ListNames(), timeout=5).body[0]:
        if name.startswith(":"):
            (owner_pid,) = bus.send_and_get_reply(message_bus.GetConnectionUnixProcessID(name), timeout=5).body
            if owner_pid == pid:
                return str(name)
    raise LookupError("the program is not on the bus")
