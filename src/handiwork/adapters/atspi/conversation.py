# SPDX-License-Identifier: Apache-2.0
"""Many questions under way at once on one connection, none of which is ever waited for.

A question (answers.Question) goes on when all answers to its calls have come. Whatever has not ended by its deadline is
dropped, and what is still answered to it is not read.
"""

import itertools
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from jeepney.auth import AuthenticationError
from jeepney.bus import get_bus
from jeepney.io.blocking import prep_socket

from handiwork.adapters.atspi import wire
from handiwork.adapters.atspi.answers import Answer, Question
from handiwork.adapters.atspi.bus import fileno_of, gone, now_ms
from handiwork.adapters.atspi.wire import Message

T = TypeVar("T")

_CONNECT_S = 2.0
_MOST_UNSENT = 1 << 20
_NEVER = 1 << 62


@dataclass
class _Asked(Generic[T]):
    """A question under way. `missing` counts the answers that its last batch still waits for."""

    question: Question[T]
    done: Callable[[T], None]
    deadline_ms: int
    answers: list[Answer]
    missing: int = 0
    of_bus: bool = False


class Conversation:
    """One connection to the accessibility bus."""

    def __init__(self, address: str) -> None:
        try:
            self._socket: socket.socket = prep_socket(get_bus(address), timeout=_CONNECT_S)
        except (OSError, RuntimeError, ValueError, AuthenticationError):
            raise gone() from None
        self._socket.setblocking(False)
        self._serials = itertools.count(1)
        self._waiting: dict[int, tuple[_Asked[object], int]] = {}
        self._unsent = bytearray()
        self._read = bytearray()

    def fileno(self) -> int:
        """Readable when something has come. Raises Lost once closed."""
        return fileno_of(self._socket)

    def ask(self, question: Question[T], done: Callable[[T], None], within_ms: int) -> None:
        """Begins a question; `done` is called with what it returns, from within `arrived`, if that is in time."""
        self._begin(_Asked(question, done, now_ms() + within_ms, []))

    def ask_bus(self, question: Question[T], done: Callable[[T], None]) -> None:
        """Begins a question to the bus itself, which always answers, and which `forget` leaves alone."""
        self._begin(_Asked(question, done, _NEVER, [], of_bus=True))

    def forget(self) -> None:
        """Drops every question to a program that is under way."""
        self._waiting = {serial: one for serial, one in self._waiting.items() if one[0].of_bus}

    def arrived(self) -> list[Message]:
        """Takes in all that has come, lets questions go on, and gives the signals. Raises Lost."""
        self._flush()
        self._receive()
        signals = []
        while (message := self._next()) is not None:
            if message.kind == wire.SIGNAL:
                signals.append(message)
            elif (waiting := self._waiting.pop(message.reply_to, None)) is not None:
                self._answer(*waiting, message)
        now = now_ms()
        self._waiting = {serial: one for serial, one in self._waiting.items() if one[0].deadline_ms > now}
        self._flush()
        return signals

    def close(self) -> None:
        """Ends the connection. May be called twice."""
        self._socket.close()

    def _begin(self, asked: _Asked[T]) -> None:
        self._go_on(asked)  # type: ignore[arg-type]  # T is the same within one question

    def _answer(self, asked: _Asked[object], place: int, message: Message) -> None:
        asked.answers[place] = Answer(message)
        asked.missing -= 1
        if not asked.missing and asked.deadline_ms > now_ms():
            self._go_on(asked)

    def _go_on(self, asked: _Asked[object]) -> None:
        """The next batch; an empty one is answered at once."""
        calls: list[wire.Call] = []
        try:
            calls = asked.question.send(asked.answers) if asked.answers else next(asked.question)
            while not calls:
                calls = asked.question.send([])
        except StopIteration as end:
            asked.done(end.value)
            return
        asked.answers, asked.missing = [Answer(None)] * len(calls), len(calls)
        for place, call in enumerate(calls):
            serial = next(self._serials)
            self._waiting[serial] = (asked, place)
            self._unsent += wire.encoded(call, serial)
        self._flush()

    def _flush(self) -> None:
        if not self._unsent:
            return
        try:
            sent = self._socket.send(self._unsent)
            del self._unsent[:sent]
        except BlockingIOError:
            pass
        except OSError:
            raise gone() from None
        if len(self._unsent) > _MOST_UNSENT:
            raise gone()

    def _receive(self) -> None:
        try:
            while True:
                piece = self._socket.recv(1 << 16)
                if not piece:
                    raise gone()
                self._read += piece
                if len(piece) < 1 << 16:
                    return
        except BlockingIOError:
            return
        except OSError:
            raise gone() from None

    def _next(self) -> Message | None:
        try:
            return wire.taken(self._read)
        except (ValueError, IndexError):
            raise gone() from None
