# SPDX-License-Identifier: Apache-2.0
"""A connection to a local X server: requests go out, replies, errors and events come back. Knows no request by name.

The protocol is "X Window System Protocol", X.Org, release 7.7. Little-endian. Requests are pipelined: `send` only
queues, `reply` flushes and waits. One thread may use a connection at a time.
"""

import os
import select
import socket
import struct
import time
from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from handiwork.adapters.x11.auth import cookie, display_number
from handiwork.model.errors import HandiworkError, Lost, MissingPiece

_REPLY_SECONDS = 10.0
_READ_SIZE = 1 << 18
_GENERIC_EVENT = 35


class ProtocolError(HandiworkError):
    """The server refused a request: a window that is gone (3), a wrong value (2), access denied (10) and the like."""

    def __init__(self, code: int, major: int, minor: int) -> None:
        super().__init__(
            f"The X server refused request {major}.{minor} with error {code}.",
            data="nothing was recorded by it.",
            do="try again; if it stays so, report it with these numbers.",
        )
        self.code = code


class Visual(NamedTuple):
    """The root window's pixels."""

    root: int
    width: int
    height: int
    depth: int
    visual: int


def server_lost(what: str = "The connection to the X server is gone.") -> Lost:
    """The error for a server that went away."""
    return Lost(what, data="recording stopped; nothing after this moment was kept.", do="log in again, then start it.")


def monotonic_ms() -> int:
    """The X server's own clock, not cut to 32 bits."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000


def full_time(stamp: int, now: int) -> int:
    """A server time stamp (32 bits, wraps after 49.7 days) as the monotonic time nearest to `now`."""
    return now + ((stamp - now + 0x80000000) & 0xFFFFFFFF) - 0x80000000


class Connection:
    """Opened when made. Raises MissingPiece if there is no such display, Lost as soon as the server is gone."""

    def __init__(self, display: str | None = None, environment: Mapping[str, str] | None = None) -> None:
        given = os.environ if environment is None else environment
        number = display_number(display, given)
        self._socket = _connect(number)
        self._in = bytearray()
        self._needed = 32
        self._out = bytearray()
        self._sequence = 0
        self._replies: dict[int, bytes | ProtocolError] = {}
        self._awaited: set[int] = set()
        self._streamed = -1
        self._events: deque[bytes] = deque()
        self._extensions: dict[str, tuple[int, int, int]] = {}
        self.refused: deque[ProtocolError] = deque(maxlen=64)
        """Errors for requests that nobody awaited, newest last."""
        self._set_up(number, *cookie(number, given))
        self._socket.setblocking(False)

    def fileno(self) -> int:
        """Readable when the server has sent something."""
        descriptor: int = self._socket.fileno()
        return descriptor

    def close(self) -> None:
        """May be called twice."""
        self._socket.close()

    # Setting up

    def _set_up(self, number: int, name: bytes, data: bytes) -> None:
        self._socket.settimeout(_REPLY_SECONDS)
        hello = struct.pack("<BxHHHHxx", 0x6C, 11, 0, len(name), len(data))
        try:
            self._socket.sendall(hello + padded(name) + padded(data))
            head = self._exactly(8)
            body = self._exactly(struct.unpack_from("<H", head, 6)[0] * 4)
        except OSError as failure:
            raise server_lost(f"The X server on display :{number} does not answer.") from failure
        if head[0] != 1:
            reason = body[: head[1]].decode("latin-1").strip()
            raise MissingPiece(
                f"The X server on display :{number} refused us: {reason}.",
                data="nothing was recorded.",
                do="run this as the user who is logged in there, with XAUTHORITY set.",
            )
        self._read_set_up(body)

    def _exactly(self, count: int) -> bytes:
        got = bytearray()
        while len(got) < count:
            piece = self._socket.recv(count - len(got))
            if not piece:
                raise server_lost()
            got += piece
        return bytes(got)

    def _read_set_up(self, body: bytes) -> None:
        self.id_base: int
        self.id_mask: int
        self.id_base, self.id_mask = struct.unpack_from("<II", body, 4)
        vendor, self.max_request, formats = struct.unpack_from("<HHxB", body, 16)
        self.min_keycode, self.max_keycode = body[26], body[27]
        at = 32 + vendor + (-vendor % 4) + 8 * formats
        root, self.colormap = struct.unpack_from("<II", body, at)
        width, height = struct.unpack_from("<HH", body, at + 20)
        (visual,) = struct.unpack_from("<I", body, at + 32)
        self.screen = Visual(root, width, height, body[at + 38], visual)
        self._next_id: int = self.id_base

    def new_id(self) -> int:
        """A fresh resource id."""
        self._next_id += 1
        return self._next_id

    # Requests and replies

    def send(self, request: bytes, awaited: bool = False) -> int:
        """Queues a request and returns its sequence number; with `awaited`, its reply is kept until asked for."""
        self._out += request
        self._sequence = (self._sequence + 1) & 0xFFFF
        if awaited:
            self._awaited.add(self._sequence)
            self._replies.pop(self._sequence, None)
        return self._sequence

    def flush(self, descriptor: int = -1) -> None:
        """Sends what is queued; reads meanwhile, so that neither side blocks the other. May pass one descriptor on."""
        while self._out:
            try:
                if descriptor >= 0:
                    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", descriptor))]
                    sent, descriptor = self._socket.sendmsg([self._out], rights), -1
                else:
                    sent = self._socket.send(self._out)
                del self._out[:sent]
            except BlockingIOError:
                self._wait(select.POLLIN | select.POLLOUT)
                self.pump()
            except OSError as failure:
                raise server_lost() from failure

    def reply(self, sequence: int) -> bytes:
        """The reply to an awaited request. Raises ProtocolError if it was refused."""
        self.flush()
        while sequence not in self._replies:
            if not self.pump():
                self._wait(select.POLLIN)
        self._awaited.discard(sequence)
        answer = self._replies.pop(sequence)
        if isinstance(answer, ProtocolError):
            raise answer
        return answer

    def arrived(self, sequence: int) -> bool:
        """Whether the reply to an awaited request is here; if so, it is taken and thrown away. Never blocks."""
        if sequence not in self._replies:
            return False
        self._awaited.discard(sequence)
        del self._replies[sequence]
        return True

    def stream(self, request: bytes) -> None:
        """Sends a request that is answered many times over (RECORD): its replies come out of `events` from now on."""
        self._streamed = self.send(request)
        self.flush()

    def ask(self, request: bytes) -> bytes:
        """Sends one request and waits for its reply."""
        return self.reply(self.send(request, awaited=True))

    def ask_all(self, requests: list[bytes]) -> list[bytes | None]:
        """Sends all, then waits: one round trip. None where the server refused (a window that has just gone)."""
        sequences = [self.send(request, awaited=True) for request in requests]
        answers: list[bytes | None] = []
        for sequence in sequences:
            try:
                answers.append(self.reply(sequence))
            except ProtocolError:
                answers.append(None)
        return answers

    def settle(self) -> None:
        """Returns when the server has done everything sent so far, whatever of it it refused."""
        self.ask(struct.pack("<BxH", 43, 1))
        self.refused.clear()

    def sync(self) -> None:
        """Returns when the server has done everything sent so far; raises the first refusal of an unawaited request."""
        self.ask(struct.pack("<BxH", 43, 1))
        if self.refused:
            first = self.refused[0]
            self.refused.clear()
            raise first

    def extension(self, name: str) -> tuple[int, int, int] | None:
        """(major opcode, first event, first error) of an extension, or None if this server lacks it."""
        if name not in self._extensions:
            text = name.encode()
            answer = self.ask(struct.pack("<BxHHxx", 98, 2 + (len(text) + 3) // 4, len(text)) + padded(text))
            self._extensions[name] = (answer[9], answer[10], answer[11]) if answer[8] else (0, 0, 0)
        found = self._extensions[name]
        return found if found[0] else None

    def require(self, name: str) -> int:
        """The major opcode of an extension; MissingPiece if this server lacks it."""
        found = self.extension(name)
        if found is None:
            raise MissingPiece(
                f"This X server lacks the {name} extension.",
                data="nothing was recorded.",
                do="use the X.Org server with its standard extensions switched on.",
            )
        return found[0]

    # What comes back

    def events(self) -> list[bytes]:
        """Events that have arrived, oldest first, without blocking."""
        self.pump()
        got = list(self._events)
        self._events.clear()
        return got

    def pump(self) -> bool:
        """Takes in what has arrived, without blocking; whether there was anything."""
        try:
            piece = self._socket.recv(_READ_SIZE)
        except BlockingIOError:
            return False
        except OSError as failure:
            raise server_lost() from failure
        if not piece:
            raise server_lost()
        self._in += piece
        self._split()
        return True

    def _split(self) -> None:
        have = len(self._in)
        if have < self._needed:
            return  # a long reply comes in many pieces
        at, data = 0, bytes(self._in)
        self._needed = 32
        while have - at >= 32:
            kind = data[at] & 0x7F
            size = 32
            if kind in (1, _GENERIC_EVENT):
                size += 4 * int.from_bytes(data[at + 4 : at + 8], "little")
                if have - at < size:
                    self._needed = size
                    break
            self._take(kind, data[at : at + size])
            at += size
        self._in[:at] = bytes(at)  # keys and words: overwritten, not only freed
        del self._in[:at]

    def _take(self, kind: int, packet: bytes) -> None:
        sequence = int.from_bytes(packet[2:4], "little")
        if kind > 1:
            self._events.append(packet)
        elif kind == 1:
            if sequence in self._awaited:
                self._replies[sequence] = packet
            elif sequence == self._streamed:
                self._events.append(packet)
        else:
            error = ProtocolError(packet[1], packet[10], int.from_bytes(packet[8:10], "little"))
            if sequence in self._awaited:
                self._replies[sequence] = error
            else:
                self.refused.append(error)

    def _wait(self, what: int) -> None:
        poll = select.poll()
        poll.register(self._socket, what)
        if not poll.poll(_REPLY_SECONDS * 1000):
            raise server_lost("The X server has not answered for ten seconds.")


def padded(content: bytes) -> bytes:
    """`content` with zeros up to a multiple of four bytes."""
    return content + b"\0" * (-len(content) % 4)


def _connect(number: int) -> socket.socket:
    """The server's socket: in the abstract name space or the file system."""
    path = f"/tmp/.X11-unix/X{number}"
    failure: OSError | None = None
    for address in (path, f"\0{path}"):
        made = socket.socket(socket.AF_UNIX)
        try:
            made.connect(address)
        except OSError as refused:
            made.close()
            failure = refused
        else:
            return made
    raise MissingPiece(
        f"No X server listens on display :{number}.",
        data="nothing was recorded.",
        do="check DISPLAY; run this inside a graphical X11 session.",
    ) from failure
