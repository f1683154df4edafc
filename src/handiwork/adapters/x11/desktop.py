# SPDX-License-Identifier: Apache-2.0
"""Which windows an X11 session shows, and which one has the keyboard, since when by the server's own clock.

The keyboard is a window's only if the window manager and the server agree that it is, and nobody grabs it, or if that
window is known to grab it; otherwise `active` is 0. `locked` is true while the server's screen saver is on or an
unmanaged window that fills the screen has grabbed the keyboard, which is what X11 lockers do; a locker that does
neither shows as a window like any other.
"""

from handiwork.adapters.x11.changes import Changes
from handiwork.adapters.x11.extensions import saver_query, saver_select
from handiwork.adapters.x11.grabs import NOBODY, UNGRAB, KeyboardGrab
from handiwork.adapters.x11.requests import (
    EVENT_MASK,
    PROPERTY_CHANGE,
    STRUCTURE,
    SUBSTRUCTURE,
    WM_CLASS,
    WM_NAME,
    change_attributes,
    get_geometry,
    get_input_focus,
    get_property,
    intern_atom,
    query_tree,
    read_atom,
    read_geometry,
    read_input_focus,
    read_number,
    read_tree,
)
from handiwork.adapters.x11.timed import Batch, Timed, TimedEvents
from handiwork.adapters.x11.windows import Top, WindowTable
from handiwork.adapters.x11.wire import Connection, ProtocolError, monotonic_ms
from handiwork.model.geometry import Box
from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.rules.visible import window_by_id

_FOCUS_IN, _FOCUS_OUT, _PROPERTY = 9, 10, 28
_CREATED, _DESTROYED, _UNMAPPED, _MAPPED, _REPARENTED, _CONFIGURED, _GRAVITY, _CIRCULATED = (
    16,
    17,
    18,
    19,
    21,
    22,
    24,
    26,
)
_DETAIL_POINTER = 5
_SAVER_ON = 1
_MAX_CLIMB = 8
_MAX_LOOKS = 5


class X11Desktop:
    """Desktop for `display` ($DISPLAY if None)."""

    def __init__(self, display: str | None = None) -> None:
        self._link = link = Connection(display)
        self._root = link.screen.root
        saver = link.extension("MIT-SCREEN-SAVER")
        self._saver, self._saver_event = (saver[0], saver[1]) if saver else (0, 0)
        self._events = TimedEvents(link, lambda: Connection(display), max(_PROPERTY, self._saver_event))
        names = ("_NET_ACTIVE_WINDOW", "_NET_SUPPORTING_WM_CHECK", "_NET_CLIENT_LIST_STACKING")
        self._net_active, self._net_check, self._net_stacking = [read_atom(link.ask(intern_atom(n))) for n in names]
        self._table = WindowTable(link)
        self._titles = {self._table.net_wm_name, WM_NAME, WM_CLASS}
        link.send(change_attributes(self._root, [(EVENT_MASK, SUBSTRUCTURE | PROPERTY_CHANGE | STRUCTURE)]))
        if self._saver:
            link.send(saver_select(self._saver, self._root))
        link.sync()
        self._grab = KeyboardGrab(link.id_mask)
        self._unsettled = False
        self._later = Changes()
        """What came while the state was last read, and is still to be looked at."""
        self._wake()
        self._last: RawDesktop | None = None
        self._closed = False

    def fileno(self) -> int:
        """An epoll descriptor."""
        return self._events.ready.fileno()

    def now_ms(self) -> int:
        """CLOCK_MONOTONIC in milliseconds: what the X server stamps events with."""
        return monotonic_ms()

    def close(self) -> None:
        """Stops observing."""
        if not self._closed:
            self._closed = True
            self._events.close()
            self._link.close()

    def read(self) -> list[RawDesktop]:
        """Changes since the last call. Where several came at once, nothing is certain from the first to the last."""
        if self._closed:
            return []
        changes, self._later = self._later, Changes()
        if self._last is None or self._unsettled:
            changes.note(monotonic_ms(), flicker=True)
        if not changes.are_claims:
            self._digest(self._events.read(), changes)
        if changes.first is None:
            return []
        now, changes = self._look(changes)
        if self._last is not None and not changes.flickered and _same(self._last, now):
            return []
        found = [*self._transition(self._last, now, changes), now]
        self._last = now
        return found

    def _look(self, changes: Changes) -> tuple[RawDesktop, Changes]:
        """The state, read again until nothing changed meanwhile: so it holds from the last change on. And all changes.

        A window manager may say at each click what it holds true, faster than anyone can look. Where it said only what
        was told already, that is all there is to tell, and what it said meanwhile is looked at the next time.
        """
        for _ in range(_MAX_LOOKS):
            self._table.refresh()
            state = self._state(changes.last, self._active())
            meanwhile = Changes()
            self._digest(self._events.read(), meanwhile)
            nothing_new = changes.are_claims and self._last is not None and _same(self._last, state)
            if meanwhile.first is None or (nothing_new and meanwhile.are_claims):
                self._unsettled, self._later = False, meanwhile
                if meanwhile.first is not None:
                    self._wake()
                return state, changes
            if nothing_new:
                changes = meanwhile
            else:
                changes.add(meanwhile)
        self._unsettled = True
        self._wake()
        return RawDesktop(changes.last, state.windows, 0, state.locked), changes

    def _transition(self, before: RawDesktop | None, now: RawDesktop, changes: Changes) -> list[RawDesktop]:
        """What is to be assumed from the first change to the last: old windows and new, the keyboard with nobody.

        With one exception: a popup that grabbed it gave it back to its own program's window, and nothing else happened.
        """
        if changes.first is None or changes.first == changes.last or before is None:
            return []
        kept = {_content(window) for window in now.windows}
        gone = [window for window in before.windows if _content(window) not in kept and window.xid != now.active]
        if not gone and not changes.keyboard:
            now.time_ms = changes.first  # windows only came, or titles changed: from the first change on, to be safe
            return []
        if changes.keyboard:
            active = before.active if changes.only_let_go and _is_same_program(before, now) else 0
        else:
            active = now.active
        return [RawDesktop(changes.first, (*now.windows, *gone), active, now.locked or before.locked)]

    def _wake(self) -> None:
        """Makes the descriptor readable: the reply to this is on its way."""
        self._link.send(get_input_focus())
        self._link.flush()

    def _digest(self, batch: Batch, changes: Changes) -> None:
        for event in batch.events:
            if isinstance(event, Timed):
                self._take(event, changes)
            elif self._grab.asked(event):
                changes.note(event.time_ms, keyboard=True, flicker=True)
        if not batch.whole:
            self._table.forget_all()
            self._grab.forget()
            changes.note(batch.since, keyboard=True, flicker=True)
            changes.note(monotonic_ms(), keyboard=True)

    def _take(self, event: Timed, changes: Changes) -> None:
        kind = event.packet[0] & 0x7F
        if kind in (_FOCUS_IN, _FOCUS_OUT):
            self._take_focus(event, changes)
        elif kind == _PROPERTY:
            self._take_property(event, changes)
        elif kind == self._saver_event and self._saver:
            changes.note(event.time_ms, flicker=True)
        elif kind == _CREATED:
            self._table.created(_window(event.packet, 8))
            self._link.flush()
        elif kind in (_DESTROYED, _UNMAPPED, _MAPPED, _REPARENTED, _CONFIGURED, _GRAVITY, _CIRCULATED):
            self._take_structure(kind, event, changes)

    def _take_focus(self, event: Timed, changes: Changes) -> None:
        detail, mode = event.packet[1], event.packet[8]
        if detail == _DETAIL_POINTER:
            return
        entered = event.packet[0] & 0x7F == _FOCUS_IN
        self._grab.focus(_window(event.packet, 4), mode, entered, event.time_ms)
        changes.note(event.time_ms, keyboard=True, flicker=True, let_go=mode == UNGRAB)

    def _take_property(self, event: Timed, changes: Changes) -> None:
        window, name = _window(event.packet, 4), _window(event.packet, 8)
        if window == self._root:
            if name in (self._net_active, self._net_stacking, self._net_check):
                changes.note(event.time_ms, keyboard=name != self._net_stacking, claim=True)
        elif name in self._titles:
            if window in self._table.about:  # what is not on screen is read when it comes there
                self._table.about[window].stale = True
                changes.note(event.time_ms)
        elif name == self._table.wm_state:
            changes.note(event.time_ms)

    def _take_structure(self, kind: int, event: Timed, changes: Changes) -> None:
        """Windows that never were on screen change nothing that anyone could see."""
        window = _window(event.packet, 8)
        top = self._table.top_of(window)
        if top is None and window != self._root and kind not in (_MAPPED, _REPARENTED):
            return
        if top is not None:
            seen = top.viewable or kind == _MAPPED
            top.stale = True
            if kind in (_REPARENTED, _DESTROYED):
                top.client, top.managed = top.xid, False
            if not seen:
                return
        changes.note(event.time_ms, flicker=kind in (_MAPPED, _UNMAPPED))

    def _active(self) -> int:
        """The client that has the keyboard for certain, or 0."""
        if self._grab.window != NOBODY:
            return self._client_with(self._grab.window)
        asked = [
            get_input_focus(),
            get_property(self._root, self._net_check),
            get_property(self._root, self._net_active),
        ]
        focus, check, claimed = self._link.ask_all(asked)
        holder = self._client_with(read_input_focus(focus)) if focus else 0
        if not read_number(check):
            return holder
        return holder if holder == read_number(claimed) else 0

    def _client_with(self, window: int) -> int:
        """The client in which this window lies; 0 for nobody, or for "the window under the pointer"."""
        for _ in range(_MAX_CLIMB):
            if window in (0, 1, self._root):
                return 0
            top = self._table.top_of(window)
            if top is not None:
                return top.client
            try:
                window = read_tree(self._link.ask(query_tree(window)))[0]
            except ProtocolError:
                return 0
        return 0

    def _state(self, time_ms: int, active: int) -> RawDesktop:
        asked = [get_geometry(self._root)] + [saver_query(self._saver, self._root)] * bool(self._saver)
        root, *saver = self._link.ask_all(asked)
        size = read_geometry(root) if root else None
        screen = Box(0, 0, size.width, size.height) if size else Box(0, 0, 0, 0)
        shown = [top for top in self._table.shown() if top.bounds.intersection(screen).area]
        windows = tuple(self._window(time_ms, top) for top in shown)
        saved = any(answer is not None and answer[1] == _SAVER_ON for answer in saver)
        return RawDesktop(time_ms, windows, active, saved or self._is_grabbed_by_cover(screen))

    def _window(self, time_ms: int, top: Top) -> RawWindow:
        about = self._table.about[top.client]
        app = self._table.app_of(top)
        seen = app, about.title, about.pid, top.bounds, top.override, about.kind, about.owner
        return RawWindow(time_ms, top.client, *seen)

    def _is_grabbed_by_cover(self, screen: Box) -> bool:
        top = self._table.top_of(self._grab.window) if self._grab.window > 0 else None
        return top is not None and top.override and top.bounds.intersection(screen) == screen


def _window(packet: bytes, at: int) -> int:
    return int.from_bytes(packet[at : at + 4], "little")


def _same(one: RawDesktop, other: RawDesktop) -> bool:
    return (
        one.active == other.active
        and one.locked == other.locked
        and [_content(window) for window in one.windows] == [_content(window) for window in other.windows]
    )


def _is_same_program(before: RawDesktop, now: RawDesktop) -> bool:
    """Whether the keyboard was certainly with windows of one process, before and after."""
    one, other = window_by_id(before, before.active), window_by_id(now, now.active)
    return one is not None and other is not None and one.pid == other.pid != 0


def _content(window: RawWindow) -> tuple[int, str, str, int, Box, bool]:
    return window.xid, window.app, window.title, window.pid, window.bounds, window.override_redirect
