# SPDX-License-Identifier: Apache-2.0
"""A stand-in for systemd-logind on a real bus: it speaks the real interface, org.freedesktop.login1(5)."""

import os
import select
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME, MANAGER, SESSION = "org.freedesktop.login1", "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
OWN, OTHER = "/org/freedesktop/login1/session/_31", "/org/freedesktop/login1/session/_32"
AFAR = "/org/freedesktop/login1/session/_33"
"""The same person's, come over the network: it has no seat."""


class PrivateBus:
    """A dbus-daemon of its own, for as long as the `with` lasts."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder}/system-bus"
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address",
            f"--address={self.address}",
        ]
        self._daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._daemon.stdout is not None
        assert self._daemon.stdout.readline()
        return self

    def kill(self) -> None:
        """The bus goes, with no word of farewell."""
        daemon, self._daemon = self._daemon, None
        if daemon is not None:
            daemon.kill()
            daemon.communicate()

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.kill()


class StandInLogind:
    """Answers in a thread. `inhibitors` are the reading ends of what it gave out: at their end, they were let go."""

    def __init__(self, address: str, locked: bool = False) -> None:
        self.inhibitors: list[int] = []
        self.asked: list[tuple[str, ...]] = []
        self._locked = locked
        self._users: dict[str, int] = {}
        self._closing: set[str] = set()
        self._gone: set[str] = set()
        self.goes_off = False
        """Whether the machine is being switched off."""
        self._bus: DBusConnection = open_dbus_connection(address, enable_fds=True)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._wake, self._waker = os.pipe()
        self._doings: list[Callable[[], None]] = []
        self._done = threading.Event()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def prepare_for_sleep(self, begins: bool) -> None:
        """Tells everyone that the machine goes to sleep, or woke."""
        self._do(lambda: self._tell("/org/freedesktop/login1", MANAGER, "PrepareForSleep", "b", (begins,)))

    def lock(self, locked: bool, session: str = OWN) -> None:
        """Asks a session to lock or unlock itself, as `loginctl lock-session` does."""
        self._do(lambda: self._tell(session, SESSION, "Lock" if locked else "Unlock", None, ()))

    def hint(self, locked: bool, session: str = OWN) -> None:
        """A desktop has said that its session is locked."""
        nothing: list[str] = []
        changed = (SESSION, {"LockedHint": ("b", locked)}, nothing)
        self._do(
            lambda: self._tell(session, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", changed)
        )

    def begin(self, session: str, user: int) -> None:
        """Somebody logs in."""
        self._users[session] = user
        self._do(lambda: self._tell("/org/freedesktop/login1", MANAGER, "SessionNew", "so", (session[-2:], session)))

    def end(self, session: str) -> None:
        """Somebody logs out."""
        told = (session[-2:], session)
        self._gone.add(session)
        self._do(lambda: self._tell("/org/freedesktop/login1", MANAGER, "SessionRemoved", "so", told))

    def close_session(self, session: str = OWN) -> None:
        """Somebody logs out, and some of the session's programs still run. Nobody is told; who asks is answered."""
        self._closing.add(session)

    def was_asked(self, times: int, seconds: float = 10) -> bool:
        """Whether it has been asked so often to delay sleep, in that time: who asks doesn't wait for an answer."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.asked) >= times, seconds)

    def let_go(self, number: int, seconds: float = 10) -> bool:
        """Whether that inhibitor is given back, within that time."""
        ready, _, _ = select.select([self.inhibitors[number]], [], [], seconds)
        return bool(ready) and os.read(self.inhibitors[number], 1) == b""

    def close(self) -> None:
        self._do(None)
        self._thread.join(10)
        self._bus.close()
        for number in (*self.inhibitors, self._wake, self._waker):
            os.close(number)

    def _do(self, doing: Callable[[], None] | None) -> None:
        self._doings.append(doing or self._done.set)
        os.write(self._waker, b".")

    def _serve(self) -> None:
        while not self._done.is_set():
            ready, _, _ = select.select([self._bus.sock, self._wake], [], [])
            try:
                while True:  # whoever asked before something happens is answered before it
                    self._answer(self._bus.receive(timeout=0))
            except TimeoutError:
                pass
            except OSError:
                return
            if self._wake in ready:
                os.read(self._wake, 1)
                self._doings.pop(0)()

    def _answer(self, call: Message) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        member = call.header.fields[HeaderFields.member]
        if member == "ListSessions":
            ours = [("1", os.getuid(), "me", "seat0", OWN), ("2", os.getuid() + 1, "other", "seat0", OTHER)]
            ours += [("3", os.getuid(), "me", "", AFAR)]
            answer = new_method_return(call, "a(susso)", (ours,))
        elif member == "Get" and call.body[1] == "LockedHint":
            answer = new_method_return(call, "v", (("b", self._locked),))
        elif member == "Get" and call.header.fields[HeaderFields.path] in self._gone:
            answer = new_error(call, "org.freedesktop.DBus.Error.UnknownObject")
        elif member == "Get" and call.body[1] == "PreparingForShutdown":
            answer = new_method_return(call, "v", (("b", self.goes_off),))
        elif member == "Get" and call.body[1] == "State":
            state = "closing" if call.header.fields[HeaderFields.path] in self._closing else "active"
            answer = new_method_return(call, "v", (("s", state),))
        elif member == "Get" and call.body[1] == "User":
            user = self._users[call.header.fields[HeaderFields.path]]
            answer = new_method_return(call, "v", (("(uo)", (user, f"/org/freedesktop/login1/user/_{user}")),))
        elif member == "Inhibit":
            kept, given = os.pipe()
            self.inhibitors.append(kept)
            self._bus.send(new_method_return(call, "h", (given,)))
            os.close(given)
            with self._changed:
                self.asked.append(tuple(call.body))
                self._changed.notify_all()
            return
        else:
            answer = new_error(call, "org.freedesktop.DBus.Error.UnknownMethod")
        self._bus.send(answer)

    def _tell(self, path: str, interface: str, member: str, signature: str | None, body: tuple[object, ...]) -> None:
        source = DBusAddress(path, interface=interface)
        self._bus.send(new_signal(source, member, signature, body) if signature else new_signal(source, member))
