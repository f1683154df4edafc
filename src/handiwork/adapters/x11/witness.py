# SPDX-License-Identifier: Apache-2.0
"""Two witnesses of the same input: RECORD, which has coordinates and modifiers, and XInput 2 raw, which has the device.

Both stamp an event with the same server time, so they can be paired. What only RECORD saw was made by a program
(XWarpPointer) or is a key repeating; what only XInput saw, RECORD has lost. Of that, presses and releases are repaired:
XInput knows what was pressed, and the place is the nearest in time that RECORD told. Moves are missing for good. Knows
nothing of connections.
"""

import struct
from collections import deque
from collections.abc import Iterator
from itertools import groupby, takewhile
from typing import NamedTuple

from handiwork.adapters.x11.extensions import RAW_KEY_PRESS, RAW_MOTION, RAW_TOUCH_BEGIN

KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE, MOTION = 2, 3, 4, 5, 6

_DEVICE_EVENT = struct.Struct("<BBHI12xhh4xHBx")
_RAW_EVENT = struct.Struct("<8xHxxIIHH")
_RAW_TO_CORE = RAW_KEY_PRESS - KEY_PRESS
NOBODY, FINGER = 0, -1
GIVE_UP_MS = 200
"""How long before a proof of completeness an event must lie, to be on the safe side."""
_TOUCH_MS = 1000
HELD_UP_MS = 150
"""How long an event that must have a device waits for XInput's word on it."""
_AHEAD, _SLIP_MS = 4096, 2


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
    repaired: bool = False
    """RECORD lost it: place and state are those of the nearest event that it told."""


class Missing(NamedTuple):
    """So many moves that RECORD lost, one after the other, and the time stamps of the first and the last."""

    first: int
    last: int
    moves: int


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


class _Lane:
    """What XInput saw of keyboards, or of pointers: in itself in the same order as RECORD tells it.

    Between the two there is no order: while a program (mostly the window manager, at a click) holds up the pointer,
    XInput is silent of it, and RECORD is not.
    """

    def __init__(self) -> None:
        self.seen: deque[_Seen] = deque()
        """Not yet paired."""
        self.ahead: deque[tuple[int, int, int]] = deque(maxlen=_AHEAD)
        """What was passed on before XInput spoke of it: kind, detail, time stamp."""
        self.held_up = False
        """A button went down, and XInput has not spoken of this lane since."""

    def add(self, raw: _Seen) -> None:
        self.held_up = False
        known = raw.kind, raw.detail, raw.stamp
        if self.ahead and known in self.ahead:
            self.ahead.remove(known)
        else:
            self.seen.append(raw)

    def pop_slipped(self, kind: int, detail: int, stamp: int) -> _Seen | None:
        """The same event under another stamp: of the first one after a rest, the two may differ by a tick."""
        if (
            self.seen
            and self.seen[0][:2] == (kind, detail)
            and 0 < (stamp - self.seen[0].stamp & 0xFFFFFFFF) <= _SLIP_MS
        ):
            return self.seen.popleft()
        return None


class Pairing:
    """Pairs the two streams. Give it everything of both; take what is certain."""

    def __init__(self) -> None:
        self._keys, self._pointer = _Lane(), _Lane()
        self._told: deque[tuple[int, int, int, int, int, int]] = deque()
        """Of RECORD, not yet certain."""
        self._down: set[tuple[int, int, int]] = set()
        """Keys and buttons that XInput saw going down: press kind, detail, device."""
        self._held: dict[int, int] = {}
        """Keys that are down as RECORD tells it, and the device that pressed them."""
        self._touched = -1
        self._taken = 0
        self._blocked_since: int | None = None
        """Since when the oldest that RECORD told has been waiting for XInput's word."""
        self._gone: list[_Seen] = []
        """Of XInput, in order: what RECORD lost, and what is not yet told by `take`."""
        self._last = Recorded(MOTION, 0, 0, 0, 0, 0, NOBODY)
        self.lost = 0
        """Moves that are missing for good."""

    @property
    def told(self) -> int:
        """How many events RECORD has told so far: a mark for `take`."""
        return self._taken + len(self._told)

    @property
    def waits(self) -> bool:
        """Whether one stream is behind the other."""
        return bool(self._told or self._keys.seen or self._pointer.seen)

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
            raw = _Seen(core, detail, stamp, device, self._is_idle(core, detail, device))
            (self._keys if core <= KEY_RELEASE else self._pointer).add(raw)
        elif valuators and packet[32] & 3:  # a wheel or a pen's pressure alone doesn't move the pointer
            self._pointer.add(_Seen(MOTION, 0, stamp, device, False))

    def _is_idle(self, kind: int, detail: int, device: int) -> bool:
        pressed = kind in (KEY_PRESS, BUTTON_PRESS)
        thing = (kind if pressed else kind - 1, detail, device)
        idle = pressed == (thing in self._down)
        (self._down.add if pressed else self._down.discard)(thing)
        return idle

    def take(self, mark: int, now: int) -> Iterator[Recorded | Missing]:
        """Events in order, as far as they are certain at `now`.

        Up to `mark` (see `told`) XInput is known to be complete, unless the pointer is held up.
        """
        told = self._told
        while told:
            overdue = self._blocked_since is not None and now - self._blocked_since > HELD_UP_MS
            device = self._device_of(*told[0][:3], self._taken < mark, overdue)
            if device is None:
                self._blocked_since = now if self._blocked_since is None else self._blocked_since
                return
            self._taken += 1
            event = Recorded(*told.popleft(), device)
            if self._gone:
                yield from self._repaired(event.x, event.y)
            self._last = event
            yield event

    def _repaired(self, x: int, y: int) -> Iterator[Recorded | Missing]:
        """What RECORD lost since the last event it told; the pointer was there, or at (x, y) once it had moved."""
        gone, self._gone = sorted(self._gone, key=lambda raw: raw.stamp), []
        for moves, run in groupby(gone, key=lambda raw: raw.kind == MOTION):
            if moves:
                stamps = [raw.stamp for raw in run]
                yield Missing(stamps[0], stamps[-1], len(stamps))
                self._last = self._last._replace(x=x, y=y)
                continue
            for raw in run:
                where = self._last.x, self._last.y, self._last.state
                yield Recorded(raw.kind, raw.detail, raw.stamp, *where, raw.device, True)

    def _device_of(self, kind: int, detail: int, stamp: int, complete: bool, overdue: bool) -> int | None:
        """Which device made this event; None while that isn't known."""
        lane = self._keys if kind <= KEY_RELEASE else self._pointer
        passed = False
        for place, raw in enumerate(lane.seen):
            if raw.stamp == stamp and raw.kind == kind and raw.detail == detail:
                self._forget(lane, place)
                lane.seen.popleft()
                self._blocked_since = None
                lane.held_up = lane.held_up or (kind == BUTTON_PRESS and not lane.seen)
                return self._note_key(kind, detail, raw.device)
            if raw.stamp != stamp and (raw.stamp - stamp) & 0x80000000 == 0:
                passed = True  # XInput is past this moment: it has no such event
                break
        if self._touched >= 0 and abs(stamp - self._touched) < _TOUCH_MS:
            return FINGER
        repeats = kind == KEY_PRESS and detail in self._held
        # Programs can move the pointer without a device, and a key repeats without one. Anything else has one.
        likely = repeats or (kind == MOTION and not lane.held_up)
        if not passed and not (complete and (likely or overdue)):
            return None
        if (slipped := lane.pop_slipped(kind, detail, stamp)) is not None:
            return self._note_key(kind, detail, slipped.device)
        lane.ahead.append((kind, detail, stamp))
        return self._held[detail] if repeats else self._note_key(kind, detail, NOBODY)

    def _note_key(self, kind: int, detail: int, device: int) -> int:
        if kind == KEY_PRESS:
            self._held[detail] = device
        elif kind == KEY_RELEASE:
            presser = self._held.pop(detail, NOBODY)
            return presser if device == NOBODY else device
        return device

    def _forget(self, lane: _Lane, count: int) -> None:
        """RECORD is past the first `count` raw events: it lost them, unless they changed nothing."""
        for _ in range(count):
            raw = lane.seen.popleft()
            if not raw.idle:
                self._note_key(raw.kind, raw.detail, raw.device)
                self._gone.append(raw)
                self.lost += raw.kind == MOTION

    def is_late(self, complete: int) -> bool:
        """Whether XInput saw something that RECORD, surely complete up to the time `complete`, has not told."""
        firsts = [lane.seen[0] for lane in (self._keys, self._pointer) if lane.seen]
        return any(_is_past(first.stamp, complete) for first in firsts)

    def give_up(self, complete: int, x: int, y: int) -> Iterator[Recorded | Missing]:
        """Takes that as lost, the pointer being at (x, y) now."""
        for lane in (self._keys, self._pointer):
            late = sum(1 for _ in takewhile(lambda raw: _is_past(raw.stamp, complete), lane.seen))
            self._forget(lane, late)
        yield from self._repaired(x, y)


def _is_past(stamp: int, complete: int) -> bool:
    return GIVE_UP_MS < (complete - stamp & 0xFFFFFFFF) < 0x80000000
