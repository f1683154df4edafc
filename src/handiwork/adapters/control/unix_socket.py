# SPDX-License-Identifier: Apache-2.0
"""One JSON line in, one JSON line out, over a socket that only the same user can open."""

import fcntl
import os
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from handiwork.model.errors import Lost, NotAllowed
from handiwork.ports.control import Command, Status

_LONGEST_LINE = 8_192
_UCRED = struct.Struct("3i")
_ASKERS = 5
"""Who asks whether a recorder is running (`is_running`) holds the lock for an instant."""


class ControlSocket:
    """The recorder's end. A stale socket of a killed recorder is replaced; a live one means that one is running."""

    def __init__(self, path: Path) -> None:
        self._claim = _claimed(path.with_suffix(".lock"))
        path.unlink(missing_ok=True)
        self._path = path
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        mask = os.umask(0o177)
        try:
            self._server.bind(str(path))
        finally:
            os.umask(mask)
        self._server.listen(8)
        self._callers: dict[int, tuple[socket.socket, bytearray]] = {}

    def filenos(self) -> list[int]:
        """The listening socket and every caller's."""
        return [self._server.fileno(), *self._callers] if self._server.fileno() >= 0 else []

    def read(self) -> list[tuple[Command, Callable[[Status], None]]]:
        """Whole lines that have arrived; a caller that sends anything else is cut off."""
        self._accept()
        found: list[tuple[Command, Callable[[Status], None]]] = []
        for number in list(self._callers):
            caller, held = self._callers[number]
            line = self._line(number, caller, held)
            if line is None:
                continue
            try:
                command = msgspec.json.decode(line, type=Command)
            except msgspec.MsgspecError:
                self._drop(number)
                continue
            found.append((command, self._answer(number)))
        return found

    def close(self) -> None:
        """Stops listening and takes the socket's name away."""
        for number in list(self._callers):
            self._drop(number)
        if self._server.fileno() >= 0:
            self._server.close()
            self._path.unlink(missing_ok=True)
            os.close(self._claim)

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except BlockingIOError:
                return
            _, user, _ = _UCRED.unpack(caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))
            if user != os.getuid():
                caller.close()
                continue
            caller.setblocking(False)
            self._callers[caller.fileno()] = (caller, bytearray())

    def _line(self, number: int, caller: socket.socket, held: bytearray) -> bytes | None:
        try:
            piece = caller.recv(_LONGEST_LINE)
        except BlockingIOError:
            return None
        except OSError:
            piece = b""
        held += piece
        if b"\n" in held:
            return bytes(held.split(b"\n", 1)[0])
        if not piece or len(held) > _LONGEST_LINE:
            self._drop(number)
        return None

    def _answer(self, number: int) -> Callable[[Status], None]:
        def answer(status: Status) -> None:
            caller = self._callers.get(number)
            if caller is not None:
                try:
                    caller[0].send(msgspec.json.encode(status) + b"\n")
                except OSError:
                    pass  # the caller has gone; its wish was carried out all the same
                self._drop(number)

        return answer

    def _drop(self, number: int) -> None:
        caller, held = self._callers.pop(number)
        held[:] = bytes(len(held))  # a note's words: overwritten, not only freed
        caller.close()


def ask(path: Path, command: Command, timeout: float = 5.0) -> Status:
    """Sends one command to the running recorder; raises Lost if none is running, or none answers."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(timeout)
        try:
            line.connect(str(path))
            line.sendall(msgspec.json.encode(command) + b"\n")
            reply = bytearray()
            while not reply.endswith(b"\n"):
                piece = line.recv(65_536)
                if not piece:
                    raise ConnectionResetError
                reply += piece
            return msgspec.json.decode(bytes(reply), type=Status)
        except (OSError, msgspec.MsgspecError):
            if is_running(path):
                raise Lost(
                    "The recorder doesn't answer",
                    data="it goes on, or is ending, as its mark on the screen shows.",
                    do="try again in a moment; the Pause key pauses it meanwhile.",
                ) from None
            raise Lost(
                "No recorder is running",
                data="nothing is being recorded; what was recorded is unchanged.",
                do="start one with `handiwork record start`.",
            ) from None


def is_running(path: Path) -> bool:
    """Whether a recorder holds the lock beside that socket, be it too busy to answer."""
    try:
        handle = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _claimed(path: Path) -> int:
    """A lock that ends with this process, however it ends. A recorder too busy to answer holds it all the same."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    for _ in range(_ASKERS):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.02)
        else:
            return handle
    os.close(handle)
    raise NotAllowed(
        "A recorder is already running",
        data="it goes on recording as its indicator shows; nothing was changed.",
        do="stop it first with `handiwork record stop`.",
    )
