# SPDX-License-Identifier: Apache-2.0
"""Two witnesses of the same input: RECORD, which has coordinates and modifiers, and XInput 2 raw, which has the device.

Both stamp an event with the same server time, so they can be paired. What only RECORD saw was made by a program
(XWarpPointer) or is a key repeating; what only XInput saw, RECORD has lost. Knows nothing of connections.
"""

import struct
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from handiwork.adapters.x11.extensions import RAW_KEY_PRESS, RAW_MOTION, RAW_TOUCH_BEGIN

KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE, MOTION = 2, 3, 4, 5, 6

_DEVICE_EVENT = struct.Struct("<BBHI12xhh4xHBx")
_RAW_EVENT = struct.Struct("<8xHxxIIHH")
_RAW_TO_CORE = RAW_KEY_PRESS - KEY_PRESS
NOBODY, FINGER = 0, -1
_GIVE_UP_MS = 3000
_TOUCH_MS = 1000


class Recorded(NamedTuple):
    """One event as RECORD tells it, and who made it."""

    kind: int
    detail: int
    stamp: int
    x: int
    y: int
    state: int
    device: int
    """XInput's id of the source device, or NOBODY or FINGER."""


def _recorded(packet: bytes) -> Iterator[tuple[int, int, int, int, int, int]]:
    """(kind, detail, time, x, y, state) of each device event in a RECORD reply."""
    for kind, detail, _, stamp, x, y, state, _ in _DEVICE_EVENT.iter_unpack(packet[32:]):
        yield kind, detail, stamp, x, y, state


class _Seen(NamedTuple):
    """One event as XInput tells it."""

    kind: int
    detail: int
    stamp: int
    device: int
    idle: bool
    """It changes nothing (a key released that was not down): the server may not pass it on."""


class Pairing:
    """Pairs the two streams. Give it everything of both; take what is certain."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque()
        """Of XInput, not yet paired."""
        self._told: deque[tuple[int, int, int, int, int, int]] = deque()
        """Of RECORD, not yet certain."""
        self._down: set[tuple[int, int, int]] = set()
        """Keys and buttons that XInput saw going down: press kind, detail, device."""
        self._held: dict[int, int] = {}
        """Keys that are down as RECORD tells it, and the device that pressed them."""
        self._touched = -1
        self._taken = 0
        self.lost = 0

    @property
    def told(self) -> int:
        """How many events RECORD has told so far: a mark for `take`."""
        return self._taken + len(self._told)

    @property
    def waits(self) -> bool:
        """Whether one stream is behind the other."""
        return bool(self._told or self._seen)

    @property
    def is_unsure(self) -> bool:
        """Whether RECORD told of something that XInput has not shown yet."""
        return bool(self._told)

    def add_recorded(self, packet: bytes) -> None:
        """Takes one RECORD reply of device events."""
        self._told.extend(_recorded(packet))

    def add_raw(self, packet: bytes) -> None:
        """Takes one XInput 2 raw event."""
        kind, stamp, detail, device, valuators = _RAW_EVENT.unpack_from(packet)
        if kind >= RAW_TOUCH_BEGIN:
            self._touched = stamp
        elif kind != RAW_MOTION:
            core = kind - _RAW_TO_CORE
            self._seen.append(_Seen(core, detail, stamp, device, self._is_idle(core, detail, device)))
        elif valuators and packet[32] & 3:  # a wheel or a pen's pressure alone doesn't move the pointer
            self._seen.append(_Seen(MOTION, 0, stamp, device, False))

    def _is_idle(self, kind: int, detail: int, device: int) -> bool:
        pressed = kind in (KEY_PRESS, BUTTON_PRESS)
        thing = (kind if pressed else kind - 1, detail, device)
        idle = pressed == (thing in self._down)
        (self._down.add if pressed else self._down.discard)(thing)
        return idle

    def take(self, mark: int) -> Iterator[Recorded]:
        """Events in order, as far as they are certain. Up to `mark` (see `told`) XInput is known to be complete."""
        told = self._told
        while told:
            device = self._device_of(*told[0][:3], self._taken < mark)
            if device is None:
                return
            self._taken += 1
            yield Recorded(*told.popleft(), device)

    def _device_of(self, kind: int, detail: int, stamp: int, certain: bool) -> int | None:
        """Which device made this event; None while that isn't known."""
        for place, raw in enumerate(self._seen):
            if raw.stamp == stamp and raw.kind == kind and raw.detail == detail:
                self._forget(place)
                self._seen.popleft()
                return self._note_key(kind, detail, raw.device)
            if raw.stamp != stamp and (raw.stamp - stamp) & 0x80000000 == 0:
                certain = True  # XInput is past this moment: it has no such event
                break
        if kind == KEY_PRESS and detail in self._held:
            return self._held[detail]
        if self._touched >= 0 and abs(stamp - self._touched) < _TOUCH_MS:
            return FINGER
        return self._note_key(kind, detail, NOBODY) if certain else None

    def _note_key(self, kind: int, detail: int, device: int) -> int:
        if kind == KEY_PRESS:
            self._held[detail] = device
        elif kind == KEY_RELEASE:
            presser = self._held.pop(detail, NOBODY)
            return presser if device == NOBODY else device
        return device

    def _forget(self, count: int) -> None:
        """RECORD is past the first `count` raw events: it lost them, unless they changed nothing."""
        for _ in range(count):
            raw = self._seen.popleft()
            if not raw.idle:
                self._note_key(raw.kind, raw.detail, raw.device)
                self.lost += 1

    def give_up(self, now: int) -> None:
        """Counts as lost what XInput saw seconds ago and RECORD never told."""
        late = 0
        for raw in self._seen:
            if not _GIVE_UP_MS < (now - raw.stamp & 0xFFFFFFFF) < 0x80000000:
                break
            late += 1
        self._forget(late)
