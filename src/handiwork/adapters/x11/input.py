# SPDX-License-Identifier: Apache-2.0
"""Every pointer and keyboard event of an X session, seen by RECORD and XInput 2 together. Decides nothing about them.

Limits: input that a program makes through the kernel (uinput) looks like a device's; characters that an input method
or a Compose key makes are not seen, only the keys.
"""

import os
import select
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress

from handiwork.adapters.x11.extensions import (
    ALL_DEVICES,
    ALL_MASTERS,
    HIERARCHY_CHANGED,
    RAW_BUTTON_PRESS,
    RAW_BUTTON_RELEASE,
    RAW_KEY_PRESS,
    RAW_KEY_RELEASE,
    RAW_MOTION,
    RAW_TOUCH_BEGIN,
    RAW_TOUCH_END,
    RAW_TOUCH_UPDATE,
    RECORD_ALL_CLIENTS,
    RECORD_FROM_SERVER,
    record_create,
    record_disable,
    record_enable,
    xi_query_devices,
    xi_query_version,
    xi_select_events,
    xtest_devices,
)
from handiwork.adapters.x11.keyboard import DeadKeys, Keyboard
from handiwork.adapters.x11.requests import get_input_focus, no_operation, query_pointer, read_pointer
from handiwork.adapters.x11.timer import Timer
from handiwork.adapters.x11.wire import Connection, full_time, monotonic_ms, server_lost
from handiwork.adapters.x11.witness import (
    BUTTON_PRESS,
    GIVE_UP_MS,
    KEY_PRESS,
    KEY_RELEASE,
    MOTION,
    NOBODY,
    Missing,
    Pairing,
    Recorded,
)
from handiwork.model.errors import Lost, MissingPiece
from handiwork.model.raw import RawButton, RawKey, RawLost, RawMove, RawWheel
from handiwork.ports.input import EVERYTHING, RawInput

_WHEEL = {4: (0, -1), 5: (0, 1), 6: (-1, 0), 7: (1, 0)}
_GENERIC_EVENT, _MAPPING_NOTIFY = 35, 34
_PATIENCE_MS = 10
_APART_NS = 700_000
"""So rarely at most RECORD is flushed: at a thousand moves a second each comes at once, a flood comes in parcels."""
_RAW = (RAW_KEY_PRESS, RAW_KEY_RELEASE, RAW_BUTTON_PRESS, RAW_BUTTON_RELEASE, RAW_MOTION)
_TOUCH = (RAW_TOUCH_BEGIN, RAW_TOUCH_UPDATE, RAW_TOUCH_END)


def refuse_wayland(environment: Mapping[str, str]) -> None:
    """MissingPiece in a Wayland session: X shows only some windows there, so no decision would be safe."""
    if environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland":
        raise _wayland()


def _wayland() -> MissingPiece:
    return MissingPiece(
        "This is a Wayland session. Handiwork records X11 sessions only: under Wayland it could not know for "
        "certain which window is in front.",
        data="nothing was recorded.",
        do='log out, choose an "X11" or "Xorg" session at the login screen, and start it again.',
    )


class X11Input:
    """InputSource for the session on `display` ($DISPLAY if None). MissingPiece where it can't be had."""

    knows = EVERYTHING

    def __init__(self, display: str | None = None) -> None:
        if display is None:
            refuse_wayland(os.environ)
        self._link = Connection(display)
        if self._link.extension("XWAYLAND"):
            raise _wayland()
        self._keyboard = Keyboard(self._link)
        self._dead = DeadKeys()
        self._pairing = Pairing()
        self._down: set[int] = set()
        self._nudge = -1
        """Sequence number of the round trip under way."""
        self._nudged_at = self._nudged_for = self._nudged_ms = self._arrivals = self._complete_to = 0
        self._asked_before = 0, 0
        """When the round trip before this one began, and how much RECORD had told by then."""
        self._told_all_ms = 0
        """Up to here RECORD has told all that it ever will."""
        self._flushed_ns = self._flushed_for = 0
        self._closed = False
        self._watch_raw()
        self._data = Connection(display)
        self._record()
        self._ready = select.epoll()
        self._ready.register(self._link, select.EPOLLIN)
        self._ready.register(self._data, select.EPOLLIN)
        self._timer = Timer()
        self._ready.register(self._timer, select.EPOLLIN)

    def _watch_raw(self) -> None:
        link, root = self._link, self._link.screen.root
        self._xinput = link.require("XInputExtension")
        link.ask(xi_query_version(self._xinput))
        link.send(xi_select_events(self._xinput, root, ALL_MASTERS, (*_RAW, *_TOUCH)))
        link.send(xi_select_events(self._xinput, root, ALL_DEVICES, (HIERARCHY_CHANGED,)))
        self._synthetic = xtest_devices(link.ask(xi_query_devices(self._xinput)))
        link.sync()

    def _record(self) -> None:
        self._extension = self._link.require("RECORD")
        self._context = self._link.new_id()
        ranges = (0, 0), (KEY_PRESS, MOTION)
        self._link.send(record_create(self._extension, self._context, RECORD_ALL_CLIENTS, *ranges))
        self._link.sync()
        self._data.stream(record_enable(self._extension, self._context))
        started = select.poll()
        started.register(self._data, select.POLLIN)
        if not started.poll(10_000):
            raise server_lost("The X server does not start recording.")

    def fileno(self) -> int:
        """An epoll descriptor over both connections and a timer."""
        return self._ready.fileno()

    def lost(self) -> int:
        """Moves that XInput saw and RECORD did not tell. What was pressed or let go is repaired instead."""
        return self._pairing.lost

    def close(self) -> None:
        """Stops observing."""
        if self._closed:
            return
        self._closed = True
        with suppress(Lost):
            self._link.send(record_disable(self._extension, self._context))
            self._link.flush()
        self._ready.close()
        self._timer.close()
        self._data.close()
        self._link.close()

    def read(self) -> list[RawInput]:
        """Everything that has arrived, oldest first."""
        if self._closed:
            return []
        self._read_raw()  # first: the server sends it first, so that what RECORD tells mostly finds its pair
        for packet in self._data.events():
            if packet[1] == RECORD_FROM_SERVER:
                self._pairing.add_recorded(packet)
                self._arrivals += 1
        if self._nudge >= 0 and self._link.arrived(self._nudge):
            self._nudge, self._complete_to = -1, self._nudged_at
            if self._pairing.told == self._asked_before[1]:  # silent through two round trips, each of which flushes it
                self._told_all_ms = self._asked_before[0]
        now = monotonic_ms()
        found = [event for told in self._taken(now) if (event := self._event(told, now)) is not None]
        self._flush_record()
        self._ask_for_the_rest(now)
        return found

    def _taken(self, now: int) -> Iterator[Recorded | Missing]:
        yield from self._pairing.take(self._complete_to, now)
        if self._pairing.is_late(self._told_all_ms):
            pointer = read_pointer(self._link.ask(query_pointer(self._link.screen.root)))
            yield from self._pairing.give_up(self._told_all_ms, pointer.x, pointer.y)

    def _read_raw(self) -> None:
        """Takes XInput's events; reads the mapping and the list of devices again when they have changed."""
        packets = self._link.events()
        while packets:
            remapped = devices_changed = False
            for packet in packets:
                kind = packet[0] & 0x7F
                if kind == _MAPPING_NOTIFY:
                    remapped = True
                elif kind == _GENERIC_EVENT and packet[8] == HIERARCHY_CHANGED:
                    devices_changed = True
                elif kind == _GENERIC_EVENT:
                    self._pairing.add_raw(packet)
                    self._arrivals += 1
            if remapped:
                self._keyboard.refresh()
            if devices_changed:
                self._synthetic = xtest_devices(self._link.ask(xi_query_devices(self._xinput)))
            packets = self._link.events() if remapped or devices_changed else []

    def _flush_record(self) -> None:
        """RECORD is mostly one event behind, until the server has something to do for us: let it do nothing."""
        if not self._pairing.waits or self._pairing.is_unsure or self._arrivals == self._flushed_for:
            return
        now = time.monotonic_ns()
        if now - self._flushed_ns >= _APART_NS:
            self._flushed_ns, self._flushed_for = now, self._arrivals
            self._link.send(no_operation())
            self._link.flush()

    def _ask_for_the_rest(self, now: int) -> None:
        """While one witness stays behind, a round trip: the server flushes RECORD, and XInput is proved complete."""
        rang = self._timer.rang()
        if not self._pairing.waits:
            return
        if self._nudge >= 0:
            return
        since = now - self._nudged_ms
        if self._arrivals == self._nudged_for and since <= GIVE_UP_MS:  # asked already, and nothing came
            if not self._timer.armed:
                self._timer.arm(_PATIENCE_MS if self._pairing.is_unsure else GIVE_UP_MS + _PATIENCE_MS)
            return
        if self._pairing.is_unsure or rang or since >= _PATIENCE_MS:
            self._asked_before = self._nudged_ms, self._nudged_at
            self._nudged_at, self._nudged_for, self._nudged_ms = self._pairing.told, self._arrivals, now
            self._nudge = self._link.send(get_input_focus(), awaited=True)
            self._link.flush()
        elif not self._timer.armed:
            self._timer.arm(_PATIENCE_MS)

    def _event(self, told: Recorded | Missing, now: int) -> RawInput | None:
        """The event as the port names it; None for the release of a wheel button."""
        if isinstance(told, Missing):
            return RawLost(full_time(told.first, now), full_time(told.last, now), told.moves, 0)
        kind, detail, stamp, x, y, _, device, repaired = told
        time = full_time(stamp, now)
        synthetic = device == NOBODY or device in self._synthetic
        if kind == MOTION:
            return RawMove(time, x, y, synthetic)
        if kind <= KEY_RELEASE:
            return self._key(told, time, synthetic)
        if detail not in _WHEEL:
            return RawButton(time, x, y, detail, kind == BUTTON_PRESS, synthetic, repaired)
        return RawWheel(time, x, y, *_WHEEL[detail], synthetic, repaired) if kind == BUTTON_PRESS else None

    def _key(self, told: Recorded, time: int, synthetic: bool) -> RawKey:
        state = self._keyboard.state(self._down, told.state) if told.repaired else told.state
        press = self._keyboard.press(told.detail, state)
        pressed = told.kind == KEY_PRESS
        repeat = pressed and told.detail in self._down
        (self._down.add if pressed else self._down.discard)(told.detail)
        char = self._dead.char(press) if pressed else press.char
        return RawKey(time, press.name, char, pressed, repeat, press.modifiers, synthetic, told.repaired)
