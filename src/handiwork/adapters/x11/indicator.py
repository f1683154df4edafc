# SPDX-License-Identifier: Apache-2.0
"""The recorder's mark on an X11 screen: a thin always-raised strip that says in words and colour what is going on.

Clicks go through it. A thread of its own paints it again when it was covered, moved or hidden by anyone.
"""

import os
import select
import threading
import time
from contextlib import suppress

from handiwork.adapters.x11.extensions import shape_bounds, shape_input_nothing
from handiwork.adapters.x11.looks import HEIGHT, mark, rounded
from handiwork.adapters.x11.paint import Painter
from handiwork.adapters.x11.randr import Randr
from handiwork.adapters.x11.requests import (
    ABOVE,
    ATOM,
    BACK_PIXEL,
    CARDINAL,
    EVENT_MASK,
    EXPOSURE,
    OVERRIDE_REDIRECT,
    STACK_MODE,
    STRING,
    STRUCTURE,
    VISIBILITY,
    WIDTH,
    WM_CLASS,
    WM_NAME,
    X,
    Y,
    change_attributes,
    change_property,
    configure_window,
    create_window,
    destroy_window,
    intern_atom,
    map_window,
    read_atom,
)
from handiwork.adapters.x11.wire import Connection, ProtocolError, server_lost
from handiwork.model.errors import Lost
from handiwork.ports.indicator import State

_MARGIN = 6
_EXPOSE, _VISIBILITY, _DESTROYED, _UNMAPPED, _CONFIGURED = 12, 15, 17, 18, 22
_RAISE_SECONDS = 0.2
"""Two programs that both insist on being on top would otherwise keep the server busy."""


class X11Indicator:
    """Indicator on `display` ($DISPLAY if None); on screen from the first `show` on."""

    def __init__(self, display: str | None = None) -> None:
        self._link = Connection(display)
        self._lock, self._randr = threading.Lock(), Randr(self._link)
        self._window = self._link.new_id()
        self._picture = mark("stopped", "")
        self._shown = False
        self._gone: Lost | None = None
        self._raised_at = 0.0
        self._make_window()
        self._painter = Painter(self._link, self._window)
        self._wake, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._keep, name="handiwork-indicator", daemon=True)
        self._thread.start()

    def show(self, state: State, why: str = "") -> None:
        """Draws the state on top of all windows; call it now and then to learn whether the mark still stands."""
        with self._lock:
            if self._gone is not None:
                raise self._gone
            try:
                picture = mark(state, why)
                if self._shown and picture == self._picture:
                    self._link.sync()  # it stands unless events say otherwise
                else:
                    self._picture, self._shown = picture, True
                    self._title(f"Handiwork: {state} ({why})" if why else f"Handiwork: {state}")
                    self._place()
                    self._link.send(map_window(self._window))
                    self._paint_on_top()
                self._attend()
            except (ProtocolError, Lost) as failure:
                raise self._note_gone() from failure

    def close(self) -> None:
        """Takes the mark away."""
        if not self._thread.is_alive() and self._waker < 0:
            return
        with suppress(OSError):
            os.write(self._waker, b"x")
        self._thread.join()
        with suppress(Lost, ProtocolError):
            if self._gone is None:
                self._link.send(destroy_window(self._window))
                self._link.sync()
        self._link.close()
        os.close(self._wake)
        os.close(self._waker)
        self._waker = -1
        self._gone = server_lost("The mark on the screen was closed.")

    def _make_window(self) -> None:
        link, root = self._link, self._link.screen.root
        mask = EXPOSURE | VISIBILITY | STRUCTURE
        attributes = (BACK_PIXEL, 0), (OVERRIDE_REDIRECT, 1), (EVENT_MASK, mask)
        link.send(create_window(self._window, root, (0, 0, self._picture.width, HEIGHT), attributes))
        link.send(change_attributes(root, [(EVENT_MASK, STRUCTURE)]))  # to follow changes of screen and monitors
        link.send(change_property(self._window, WM_CLASS, STRING, b"handiwork\0Handiwork\0"))
        link.send(change_property(self._window, self._atom("_NET_WM_PID"), CARDINAL, [os.getpid()]))
        kind = self._atom("_NET_WM_WINDOW_TYPE_NOTIFICATION")
        link.send(change_property(self._window, self._atom("_NET_WM_WINDOW_TYPE"), ATOM, [kind]))
        self._net_name, self._utf8 = self._atom("_NET_WM_NAME"), self._atom("UTF8_STRING")
        self._shape = (link.extension("SHAPE") or (0, 0, 0))[0]
        if self._shape:
            link.send(shape_input_nothing(self._shape, self._window))
        link.sync()

    def _atom(self, name: str) -> int:
        return read_atom(self._link.ask(intern_atom(name)))

    def _title(self, words: str) -> None:
        self._link.send(change_property(self._window, WM_NAME, STRING, words.encode()))
        self._link.send(change_property(self._window, self._net_name, self._utf8, words.encode()))

    def _place(self) -> None:
        """At the top right of the first monitor: the screen's own corner may lie on none."""
        first, width = self._randr.monitors()[0], self._picture.width
        place = (X, first.x + first.w - width - _MARGIN), (Y, first.y + _MARGIN), (WIDTH, width)
        self._link.send(configure_window(self._window, place))
        if self._shape:
            self._link.send(shape_bounds(self._shape, self._window, rounded(0, 0, width, HEIGHT, HEIGHT // 2)))

    def _paint_on_top(self) -> None:
        """When this returns, it is drawn."""
        self._raised_at = time.monotonic()
        self._link.send(configure_window(self._window, [(STACK_MODE, ABOVE)]))
        self._painter.paint(self._picture)
        self._link.sync()

    def _attend(self) -> None:
        """Answers what happened to the window since the last look."""
        covered = hidden = moved = exposed = False
        for packet in self._link.events():
            kind, about = packet[0] & 0x7F, int.from_bytes(packet[4:8], "little")
            if about != self._window:
                moved = moved or kind == _CONFIGURED  # the screen or its monitors changed
            elif kind == _DESTROYED:
                raise server_lost("Another program destroyed the mark on the screen.")
            covered = covered or (kind == _VISIBILITY and packet[8] != 0)
            hidden = hidden or (kind == _UNMAPPED and about == self._window)
            exposed = exposed or kind == _EXPOSE
        if self._shown and (hidden or moved):
            self._place()
            self._link.send(map_window(self._window))
        if self._shown and (covered or hidden or moved or exposed):
            self._paint_on_top()

    def _keep(self) -> None:
        """The thread: as long as the mark is meant to stand, it stands."""
        poll = select.poll()
        poll.register(self._link, select.POLLIN)
        poll.register(self._wake, select.POLLIN)
        while self._gone is None:
            ready = [descriptor for descriptor, _ in poll.poll()]
            if self._wake in ready:
                return
            pause = self._raised_at + _RAISE_SECONDS - time.monotonic()
            if pause > 0 and select.select([self._wake], [], [], pause)[0]:
                return
            with self._lock:
                try:
                    self._attend()
                except (ProtocolError, Lost):
                    self._note_gone()

    def _note_gone(self) -> Lost:
        self._gone = server_lost("The mark on the screen can't be shown.")
        return self._gone
