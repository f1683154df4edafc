# SPDX-License-Identifier: Apache-2.0
"""One connection to the accessibility bus: finding it, asking without waiting, reading what has come.

Knows D-Bus and AT-SPI's addresses; nothing of focus or passwords.
"""

import os
import select
import socket
import struct
import time
from collections.abc import Iterator

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call
from jeepney.auth import AuthenticationError
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, prep_socket

from handiwork.adapters.atspi.wire import ROOT
from handiwork.model.errors import Lost, MissingPiece

FOCUS_EVENT = "object:state-changed:focused"
ACTIVATE_EVENT = "window:activate"

_LAUNCHER = ("/org/a11y/bus", "org.a11y.Bus")
_REGISTRY = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")
_FOCUSED_STATE = 1 << 12
_ALL, _NONE = 1, 3
_FOCUSED_RULE: tuple[object, ...] = ([_FOCUSED_STATE, 0], _ALL, {}, _NONE, [0, 0, 0, 0], _NONE, [], _NONE, False)
_ANSWER_S = 2.0
_SEND_S = 1

_NOTHING_WATCHED = "password fields can't be told from others, so nothing may be recorded."

Call = tuple[str, str, str]
"""Sender, path and kind of a question, to recognise its answer."""


class _Bounded(DBusConnection):  # type: ignore[misc]  # jeepney has no types
    """jeepney waits for ever for the answer to its own first call; this never does."""

    def receive(self, *, timeout: float | None = None) -> Message:
        """The next message; raises TimeoutError."""
        return super().receive(timeout=_ANSWER_S if timeout is None else timeout)


class Bus:
    """The accessibility bus. Raises MissingPiece if there is none, Lost when it is gone."""

    def __init__(self, session_bus_address: str | None) -> None:
        self._connection = _connected(accessibility_address(session_bus_address))
        self._waiting: dict[int, Call] = {}
        self._drained = False
        """Whether all that was read from the socket has been taken."""
        self._readable = select.poll()
        self._readable.register(self._connection.sock, select.POLLIN)

    def fileno(self) -> int:
        """Readable when there is something to read. Raises Lost once closed."""
        return fileno_of(self._connection.sock)

    def listen(self) -> None:
        """Asks every application to tell of focus and activated windows, and the bus of who comes and goes."""
        for event in (FOCUS_EVENT, ACTIVATE_EVENT):
            self._answer(new_method_call(_REGISTRY, "RegisterEvent", "s", (event,)))
        for rule in (
            "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'",
            "type='signal',interface='org.a11y.atspi.Event.Window',member='Activate'",
            "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'",
        ):
            self._answer(message_bus.AddMatch(rule))

    def others(self) -> list[str]:
        """Everyone else on the bus now."""
        names = self._answer(message_bus.ListNames()).body[0]
        return [name for name in names if name.startswith(":") and name != self._connection.unique_name]

    def ask_role(self, sender: str, path: str) -> None:
        """What is this? Answered as kind "role"."""
        self._ask((sender, path, "role"), _accessible(sender, path, "GetRole"))

    def ask_pid(self, sender: str) -> None:
        """Which process is this? Answered by the bus itself, as kind "pid"."""
        self._ask((sender, "", "pid"), message_bus.GetConnectionUnixProcessID(sender))

    def ask_focused(self, sender: str) -> None:
        """What has the keyboard in this application? One question, answered as kind "focused"; not all know it."""
        target = DBusAddress(ROOT, sender, "org.a11y.atspi.Collection")
        rule = (_FOCUSED_RULE, 1, 1, True)
        self._ask((sender, ROOT, "focused"), new_method_call(target, "GetMatches", "(aiia{ss}iaiiasib)uib", rule))

    def wake(self, sender: str, path: str) -> None:
        """Chromium tells of focus inside pages only after somebody has asked a window for its attributes."""
        self._ask((sender, path, "wake"), _accessible(sender, path, "GetAttributes"))

    def arrived(self, timeout_s: float) -> Iterator[tuple[Call | None, Message]]:
        """Messages that have come, or come within that time at first: (question, answer), or (None, signal)."""
        self.fileno()  # raises once closed, as jeepney would not
        if self._drained and not timeout_s and not self._readable.poll(0):
            return  # mostly: to ask jeepney takes ten times as long
        self._drained = False
        while True:
            try:
                message = self._connection.receive(timeout=timeout_s)
            except TimeoutError:
                self._drained = True
                return
            except OSError:
                raise gone() from None
            timeout_s = 0
            if message.header.message_type == MessageType.signal:
                yield None, message
            elif (call := self._waiting.pop(_reply_serial(message), None)) is not None:
                yield call, message

    def close(self) -> None:
        """Closes the connection. May be called twice."""
        self._connection.close()

    def _ask(self, call: Call, message: Message) -> None:
        serial = next(self._connection.outgoing_serial)
        self._waiting[serial] = call
        try:
            self._connection.send(message, serial=serial)
        except OSError:
            raise gone() from None

    def _answer(self, message: Message) -> Message:
        return _asked(self._connection, message)


def gone() -> Lost:
    """The bus is gone."""
    return Lost(
        "The accessibility bus is gone.",
        data="recording has ended, since password fields can't be told from others without it; what was kept is whole.",
        do="log out and in before you record again. Programs that run now don't come back to a new bus: a password "
        "typed into one of them would be taken for any other text.",
    )


def fileno_of(connection: socket.socket) -> int:
    """Its descriptor. Raises Lost once it is closed."""
    if (number := connection.fileno()) < 0:
        raise gone()
    return number


def _accessible(sender: str, path: str, method: str) -> Message:
    return new_method_call(DBusAddress(path, sender, "org.a11y.atspi.Accessible"), method)


def _reply_serial(message: Message) -> int:
    return int(message.header.fields.get(HeaderFields.reply_serial, -1))


def accessibility_address(session_bus_address: str | None) -> str:
    """Where the accessibility bus is; switches accessibility on, for programs that begin from now on."""
    session_address = session_bus_address or os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if not session_address:
        raise _missing("There is no session bus (DBUS_SESSION_BUS_ADDRESS is not set).", "log in to a desktop.")
    connection = _connected(session_address)
    path, name = _LAUNCHER
    try:
        address = _asked(connection, new_method_call(DBusAddress(path, name, name), "GetAddress")).body[0]
        switch = DBusAddress(path, name, "org.freedesktop.DBus.Properties")
        _asked(connection, new_method_call(switch, "Set", "ssv", ("org.a11y.Status", "IsEnabled", ("b", True))))
    except Lost:
        raise _missing(
            "There is no accessibility bus.", "install it: apt install at-spi2-core; log in again."
        ) from None
    finally:
        connection.close()
    return str(address)


def _connected(address: str) -> DBusConnection:
    try:
        connection = _Bounded(prep_socket(get_bus(address), timeout=_ANSWER_S))
    except (OSError, RuntimeError, ValueError, AuthenticationError):
        raise _missing("A D-Bus bus can't be reached.", "log in to a desktop; install dbus and at-spi2-core.") from None
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _SEND_S, 0))
    return connection


def _asked(connection: DBusConnection, message: Message) -> Message:
    """The answer, waited for. Only before listening: jeepney drops signals that come meanwhile. Raises Lost."""
    try:
        answer = connection.send_and_get_reply(message, timeout=_ANSWER_S)
    except (OSError, TimeoutError):
        raise gone() from None
    if answer.header.message_type == MessageType.error:
        raise gone()
    return answer


def _missing(what: str, do: str) -> MissingPiece:
    return MissingPiece(what, data=_NOTHING_WATCHED, do=do)


def now_ms() -> int:
    """CLOCK_MONOTONIC in milliseconds."""
    return time.monotonic_ns() // 1_000_000
