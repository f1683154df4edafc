# SPDX-License-Identifier: Apache-2.0
"""Sleep and locks as systemd-logind tells them over the system bus, and the clocks' own word on sleep.

Interface: org.freedesktop.login1(5). A "delay" inhibitor makes the machine wait for us, five seconds at most. Where
there is no bus or no logind, only the clocks speak: CLOCK_BOOTTIME goes on in sleep, CLOCK_MONOTONIC doesn't.
"""

import os
import socket
import struct
import time

from jeepney import DBusAddress, HeaderFields, Message, MessageType, Properties, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, prep_socket

from handiwork.ports.power import News

_MANAGER = DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_RULES = (
    "type='signal',sender='org.freedesktop.login1',member='PrepareForSleep'",
    f"type='signal',sender='org.freedesktop.login1',interface='{_SESSION}',member='Lock'",
    f"type='signal',sender='org.freedesktop.login1',interface='{_SESSION}',member='Unlock'",
    "type='signal',sender='org.freedesktop.login1',member='PropertiesChanged'",
    "type='signal',sender='org.freedesktop.login1',member='SessionNew'",
    "type='signal',sender='org.freedesktop.login1',member='SessionRemoved'",
)
_ANSWER_S, _SEND_S = 2.0, 1
_JUST_NOW_S = 30.0
"""A session that ended longer ago was another one: what is lost now was not lost with it."""

_REFUSALS = (OSError, RuntimeError, ValueError, TimeoutError, AuthenticationError)
"""Everything by which a bus can fail us. The clocks remain."""


class _Bounded(DBusConnection):  # type: ignore[misc]  # jeepney has no types
    """jeepney waits for ever for the answer to its own first call; this never does."""

    def receive(self, *, timeout: float | None = None) -> Message:
        """The next message; raises TimeoutError."""
        return super().receive(timeout=_ANSWER_S if timeout is None else timeout)


class LogindPower:
    """ports.power. `address` is the system bus's; never fails for the lack of one."""

    def __init__(self, address: str | None = None) -> None:
        self._silence = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._bus: DBusConnection | None = None
        self._inhibitor = -1
        self._inhibiting = -1
        self._sessions: set[str] = set()
        self._whose: dict[int, str] = {}
        """Sessions that began since, by the question whose they are: till the answer comes they count as ours."""
        self._locked: set[str] = set()
        self._seated: set[str] = set()
        """Those of the sessions that are at this machine, not come from afar."""
        self._left_at: float | None = None
        self._first: list[News] = []
        try:
            self._connect(get_bus("SYSTEM") if address is None else get_bus(address))
        except _REFUSALS:
            self._leave_bus()

    @property
    def is_told(self) -> bool:
        """Whether logind speaks to us."""
        return self._bus is not None

    def fileno(self) -> int:
        """The bus, or a descriptor that never has anything."""
        return self._silence if self._bus is None else int(self._bus.sock.fileno())

    def read(self) -> list[News]:
        """What the bus has brought. If it goes, a machine that runs this is awake; what was locked stays so."""
        news, self._first = self._first, []
        while self._bus is not None:
            try:
                news += self._taken(self._bus.receive(timeout=0))
            except TimeoutError:
                break
            except OSError:
                self._leave_bus()
                news.append("wake")
        return news

    def let_sleep(self) -> None:
        """Gives the inhibitor back: logind waits for nothing else of ours."""
        if self._inhibitor >= 0:
            os.close(self._inhibitor)
            self._inhibitor = -1

    def is_leaving(self) -> bool:
        """By what was told of late, and by what is answered: that a session is "closing" is not told."""
        self.read()
        if self._left_at is not None and time.monotonic() - self._left_at < _JUST_NOW_S:
            return True
        try:
            return self._goes_off() or any(self._is_closing(path) for path in self._seated)
        except _REFUSALS:
            return False

    def slept_ms(self) -> int:
        """The difference of the two clocks."""
        awake = time.clock_gettime_ns(time.CLOCK_MONOTONIC)  # read first: the time between the two counts as sleep
        return (time.clock_gettime_ns(time.CLOCK_BOOTTIME) - awake) // 1_000_000

    def close(self) -> None:
        """Leaves the bus. May be called twice."""
        self._leave_bus()
        if self._silence >= 0:
            os.close(self._silence)
            self._silence = -1

    def _connect(self, address: str) -> None:
        self._bus = bus = _Bounded(prep_socket(address, enable_fds=True, timeout=_ANSWER_S), enable_fds=True)
        bus.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _SEND_S, 0))
        for rule in _RULES:
            self._ask(message_bus.AddMatch(rule))
        listed = self._ask(new_method_call(_MANAGER, "ListSessions")).body[0]
        self._sessions = {path for _, uid, _, _, path in listed if uid == os.getuid()}
        self._seated = {path for _, uid, _, seat, path in listed if uid == os.getuid() and seat}
        for path in self._sessions:
            session = Properties(DBusAddress(path, _MANAGER.bus_name, _SESSION))
            if self._ask(session.get("LockedHint")).body[0][1]:
                self._first += self._lock(path, True)
        self._inhibit()

    def _ask(self, message: Message) -> Message:
        """The answer, waited for. Only before anything is expected: jeepney drops signals that come meanwhile."""
        if self._bus is None:
            raise OSError("not on the bus")
        answer = self._bus.send_and_get_reply(message, timeout=_ANSWER_S)
        if answer.header.message_type is MessageType.error:
            raise OSError("logind refused")
        return answer

    def _goes_off(self) -> bool:
        return bool(self._ask(Properties(_MANAGER).get("PreparingForShutdown")).body[0][1])

    def _is_closing(self, path: str) -> bool:
        """Or gone: of that no more is told once it was asked for."""
        if self._bus is None:
            return False
        asked = Properties(DBusAddress(path, _MANAGER.bus_name, _SESSION)).get("State")
        answer = self._bus.send_and_get_reply(asked, timeout=_ANSWER_S)
        gone = answer.header.message_type is MessageType.error
        return gone or bool(answer.body[0][1] == "closing")

    def _inhibit(self) -> None:
        """Asked for without waiting: its answer comes among the news."""
        if self._bus is None:
            return
        words = ("sleep", "Handiwork", "pausing the recording", "delay")
        self._inhibiting = next(self._bus.outgoing_serial)
        self._bus.send(new_method_call(_MANAGER, "Inhibit", "ssss", words), serial=self._inhibiting)

    def _taken(self, message: Message) -> list[News]:
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal:
            return self._answered(message)
        path, member = str(fields.get(HeaderFields.path, "")), fields.get(HeaderFields.member)
        if member == "PrepareForSleep":
            if message.body[0]:
                return ["sleep"]
            self._inhibit()
            return ["wake"]
        if member == "SessionNew":
            self._began(str(message.body[1]))
            return []
        if member == "SessionRemoved":
            return self._drop(str(message.body[1]))
        if path not in self._sessions:
            return []
        if member == "PropertiesChanged":
            hint = message.body[1].get("LockedHint")
            return [] if hint is None else self._lock(path, bool(hint[1]))
        return self._lock(path, member == "Lock")

    def _began(self, path: str) -> None:
        """Asks without waiting whose session that is."""
        if self._bus is None:
            return
        self._sessions.add(path)
        serial = next(self._bus.outgoing_serial)
        self._whose[serial] = path
        session = Properties(DBusAddress(path, _MANAGER.bus_name, _SESSION))
        self._bus.send(session.get("User"), serial=serial)

    def _answered(self, message: Message) -> list[News]:
        path = self._whose.pop(int(message.header.fields.get(HeaderFields.reply_serial, -1)), "")
        if not path:
            self._keep_inhibitor(message)
        elif message.header.message_type is MessageType.method_return and message.body[0][1][0] != os.getuid():
            return self._drop(path)
        return []

    def _drop(self, path: str) -> list[News]:
        """A session that is over, or another person's."""
        if path in self._seated:
            self._seated.discard(path)
            self._left_at = time.monotonic()
        self._sessions.discard(path)
        return self._lock(path, False)

    def _keep_inhibitor(self, message: Message) -> None:
        answers = message.header.fields.get(HeaderFields.reply_serial)
        if answers == self._inhibiting and message.header.message_type is MessageType.method_return:
            self.let_sleep()
            self._inhibitor = message.body[0].to_raw_fd()

    def _lock(self, path: str, locked: bool) -> list[News]:
        """One of the person's sessions; locked while any of them is."""
        before = bool(self._locked)
        (self._locked.add if locked else self._locked.discard)(path)
        now = bool(self._locked)
        return [] if before == now else ["lock" if now else "unlock"]

    def _leave_bus(self) -> None:
        bus, self._bus = self._bus, None
        self.let_sleep()
        if bus is not None:
            bus.close()
