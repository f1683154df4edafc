# SPDX-License-Identifier: Apache-2.0
"""Pointer and keyboard by pynput, which calls back in two threads of its own. Tried on X11 alone.

What pynput doesn't tell stands in KNOWS. It gives no time of the event itself, only of its call, so every event may be
older than it says; while this process was held up, nobody knows by how much, and what is heard then is dropped and
counted. Further limits: the keyboard as it was mapped at the start; Caps Lock is not seen in the characters; which
keys were down at the start is not known.
"""

import socket
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING

from handiwork.adapters.portable.keys import Held, named, typing
from handiwork.adapters.portable.pulse import Pulse, monotonic_ms
from handiwork.model.errors import Lost, MissingPiece
from handiwork.model.raw import RawButton, RawKey, RawLost, RawMove, RawWheel
from handiwork.ports.input import Knows, RawInput

if TYPE_CHECKING:
    from pynput import keyboard, mouse

LATE_MS = 2_000
"""pynput was seen to lag behind by 0.1 to 2 s at 8,000 events a second with both cores busy."""

KNOWS = Knows(makers=False, repeats=False, losses=False, order=False, late_ms=LATE_MS)

_START_SECONDS = 10.0
_BUTTONS = {"left": 1, "middle": 2, "right": 3, "x1": 8, "x2": 9}


class PortableInput:
    """InputSource for the session that the environment names. MissingPiece where it can't be had."""

    knows = KNOWS

    def __init__(self) -> None:
        keys, mice, self._ends = _libraries()
        self._queue: deque[RawInput] = deque()
        self._bell, self._rung = socket.socketpair()  # a pipe can't be waited for on Windows
        self._bell.setblocking(False)
        self._rung.setblocking(False)
        self._closed = False
        self._dropped = 0
        self._held = Held()
        self._dead: keyboard.KeyCode | None = None
        self._pulse = Pulse(LATE_MS)
        hears, reads = (_telling(kind, self._ends, self._ring) for kind in (mice.Listener, keys.Listener))
        self._listeners = (
            hears(on_move=self._moved, on_click=self._clicked, on_scroll=self._scrolled),
            reads(on_press=self._pressed, on_release=self._released),
        )
        for listener in self._listeners:
            self._start(listener)

    def fileno(self) -> int:
        """One end of a pair of sockets; the listening threads ring the other."""
        return self._rung.fileno()

    def lost(self) -> int:
        """Events dropped because their time was in doubt. Others may have gone missing before pynput saw them."""
        return self._dropped

    def close(self) -> None:
        """Stops observing."""
        if self._closed:
            return
        self._closed = True
        self._pulse.stop()
        for listener in self._listeners:
            if listener.is_alive():  # to stop one that never listened is to wait for ever
                with suppress(*self._ends):
                    listener.stop()
        self._queue.clear()
        self._bell.close()
        self._rung.close()

    def read(self) -> list[RawInput]:
        """Everything that has arrived, in the order in which the two threads told it."""
        if self._closed:
            return []
        with suppress(BlockingIOError):
            while self._rung.recv(4_096):
                pass
        found = [self._queue.popleft() for _ in range(len(self._queue))]
        if not found and not all(listener.is_alive() for listener in self._listeners):
            raise Lost(
                "The portable backend no longer hears of input; the session may be gone.",
                data="recording stopped; nothing after this moment was kept.",
                do="log in again, then start it.",
            )
        return found

    def _start(self, listener: "mouse.Listener | keyboard.Listener") -> None:
        listener.start()
        ready = threading.Thread(target=listener.wait, daemon=True)  # waits for ever where a listener fails at once
        ready.start()
        ready.join(_START_SECONDS)
        if ready.is_alive():
            self.close()
            raise _missing(
                "The portable backend can't listen to input here.", "run this inside a session with a screen."
            )

    def _put(self, event: RawInput) -> None:
        wanted = isinstance(event, RawKey) and event.name == "Pause"  # who wants it to stop is heard however late
        if self._pulse.is_doubtful(event.time_ms) and not wanted:
            self._dropped += 1
            is_move = isinstance(event, RawMove)
            event = RawLost(event.time_ms, event.time_ms, int(is_move), int(not is_move))
        self._queue.append(event)
        self._ring()

    def _ring(self) -> None:
        with suppress(OSError):  # full: it is ringing already; closed: nobody listens
            self._bell.send(b".")

    def _moved(self, x: float, y: float) -> None:
        self._put(RawMove(monotonic_ms(), int(x), int(y), False))

    def _clicked(self, x: float, y: float, button: "mouse.Button", pressed: bool) -> None:
        number = _BUTTONS.get(button.name) or (int(button.name[6:]) if button.name[6:].isdigit() else 0)
        self._put(RawButton(monotonic_ms(), int(x), int(y), number, pressed, False))

    def _scrolled(self, x: float, y: float, dx: float, dy: float) -> None:
        self._put(RawWheel(monotonic_ms(), int(x), int(y), int(dx), int(-dy), False))

    def _pressed(self, key: "keyboard.Key | keyboard.KeyCode | None") -> None:
        self._key(key, True)

    def _released(self, key: "keyboard.Key | keyboard.KeyCode | None") -> None:
        self._key(key, False)

    def _key(self, key: "keyboard.Key | keyboard.KeyCode | None", pressed: bool) -> None:
        code, name, char = self._meaning(key, pressed)
        modifiers = self._held.modifiers()
        repeat = self._held.turned(code, name, pressed) and pressed
        shown = "" if modifiers & {"ctrl", "alt", "super"} else char
        self._put(RawKey(monotonic_ms(), name, shown, pressed, repeat, modifiers, False))

    def _meaning(self, key: "keyboard.Key | keyboard.KeyCode | None", pressed: bool) -> tuple[int | str, str, str]:
        """What stands for the key while it is down, its name, and the character that it types."""
        if key is None:
            return "", "portable-unknown", ""
        if (own := getattr(key, "name", None)) is not None:
            return own, named(own), " " if own == "space" else ""
        if key.char is None:
            return key.vk or "", f"keysym-{key.vk or 0:x}", ""
        if key.is_dead:
            self._dead = key if pressed else self._dead
            return key.char, f"dead_{key.char}", ""
        return key.char.lower(), typing(key.char), self._joined(key, pressed)

    def _joined(self, key: "keyboard.KeyCode", pressed: bool) -> str:
        dead, self._dead = self._dead, None if pressed else self._dead
        if dead is not None and pressed:
            with suppress(ValueError):  # these two don't join
                return dead.join(key).char or ""
        return key.char or ""


def _libraries() -> tuple[ModuleType, ModuleType, tuple[type[Exception], ...]]:
    """pynput's two halves, and how its listeners fail where the session ends."""
    try:
        from pynput import keyboard, mouse
    except ModuleNotFoundError as error:
        needs = f"The portable backend needs the library {error.name}, which is not installed here."
        raise _missing(needs, "install handiwork[portable].") from None
    except ImportError:  # pynput's word for a session that it can't enter
        raise _missing("pynput finds no session here.", "run this inside a session with a screen.") from None
    if sys.platform != "linux":
        return keyboard, mouse, (OSError,)
    from Xlib.error import ConnectionClosedError, DisplayError, XError

    return keyboard, mouse, (OSError, ConnectionClosedError, DisplayError, XError)


def _telling(
    kind: "type[mouse.Listener]", ends: tuple[type[Exception], ...], ended: Callable[[], None]
) -> "type[mouse.Listener]":
    """That kind of listener, which says when it has ended instead of writing a traceback to the terminal."""

    class Telling(kind):  # type: ignore[misc]
        def run(self) -> None:
            with suppress(*ends):
                super().run()
            ended()

    return Telling


def _missing(what: str, do: str) -> MissingPiece:
    return MissingPiece(what, data="nothing was recorded.", do=do)
