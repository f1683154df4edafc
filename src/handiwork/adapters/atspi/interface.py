# SPDX-License-Identifier: Apache-2.0
"""Elements of ordinary programs over AT-SPI 2: what lies under a press, what has the keyboard, what a window shows.

Asks only the process of the window that it was told to watch: signals are matched by that process's own name on the
bus, and everything under way is dropped when the window changes. Which process a name belongs to says the bus itself.
A tree is never walked whole: see the bounds in `elements`.
"""

from collections.abc import Sequence
from functools import partial

from handiwork.adapters.atspi import elements, roles, wire
from handiwork.adapters.atspi.answers import Question, event_of
from handiwork.adapters.atspi.bus import accessibility_address, now_ms
from handiwork.adapters.atspi.conversation import Conversation
from handiwork.adapters.atspi.elements import Node, View
from handiwork.adapters.atspi.places import Place, find_window
from handiwork.adapters.atspi.processes import Processes
from handiwork.adapters.atspi.wire import Message, Ref
from handiwork.model.geometry import Box
from handiwork.model.raw import (
    MOST_ANCESTORS,
    RawActed,
    RawComposed,
    RawElement,
    RawFocusMoved,
    RawPage,
    RawWindow,
)
from handiwork.ports.interface import RawInterface

HIT_MS = 250
"""So long a press waits for its element: less than the hold, so that both are judged together."""
LOOK_MS = 300
FOCUS_MS = 250
_LONGEST_COMPOSED = 64
_MOST_COMPOSED = 16
_EVENTS = ("object:state-changed:focused", "object:text-changed:insert")
_OBJECT = "type='signal',interface='org.a11y.atspi.Event.Object',sender='{}',member='{}'"


class AtspiInterface:
    """ports.interface over AT-SPI 2. Raises MissingPiece if this machine has no accessibility bus."""

    def __init__(self, session_bus_address: str | None = None) -> None:
        self._bus = Conversation(accessibility_address(session_bus_address))
        self._windows: tuple[RawWindow, ...] = ()
        self._listened: tuple[str, ...] = ()
        self._place: Place | None = None
        self._focus: Node | None = None
        self._focusing: Ref | None = None
        self._composed: list[tuple[int, str]] = []
        self._looking = False
        self._files: dict[int, bool] = {}
        self._news: list[RawInterface] = []
        self._processes = Processes(self._bus, came=self._listen)

    def fileno(self) -> int:
        """See the port."""
        return self._bus.fileno()

    def read(self) -> list[RawInterface]:
        """See the port."""
        for message in self._bus.arrived():
            self._signal(message)
        news, self._news = self._news, []
        return news

    def watch(self, windows: Sequence[RawWindow]) -> None:
        """See the port."""
        before, self._windows = self._windows, tuple(windows)
        if [_identity(window) for window in before[:1]] == [_identity(window) for window in windows[:1]]:
            return
        self._bus.forget()
        self._news.clear()
        self._place = self._focus = self._focusing = None
        self._composed.clear()
        self._looking = False
        self._listen()

    def ask(self, time_ms: int, point: tuple[int, int] | None) -> None:
        """See the port."""
        if not self._windows:
            return
        window = self._windows[0]
        if point is not None:
            self._bus.ask(self._hit(window, point), partial(self._was_hit, window, time_ms), HIT_MS)
        elif not self._looking:
            self._looking = True
            began = now_ms()
            question = self._look(window, began + LOOK_MS // 2)
            self._bus.ask(question, partial(self._was_seen, window, began), LOOK_MS)

    def close(self) -> None:
        """See the port."""
        self._bus.close()

    # Whom to hear.

    def _owners(self) -> tuple[str, ...]:
        return self._processes.names_of(self._windows[0].pid) if self._windows else ()

    def _listen(self) -> None:
        """Hears the watched process, and no other any more."""
        owners = self._owners()
        if owners == self._listened:
            return
        rules = [wire.bus_call("RemoveMatch", rule) for owner in self._listened for rule in _rules(owner)]
        rules += [wire.bus_call("AddMatch", rule) for owner in owners for rule in _rules(owner)]
        rules += [wire.register(event, owner) for owner in owners for event in _EVENTS]
        self._listened = owners
        self._bus.ask_bus(_told(rules), _ignored)

    def _signal(self, message: Message) -> None:
        self._processes.signal(message)
        if message.sender not in self._listened or not self._windows:
            return
        elif message.member == "StateChanged":
            detail, on, _, _ = event_of(message)
            if detail == "focused" and on:
                self._focused(Ref(message.sender, message.path))
        elif message.member == "TextChanged":
            self._text_changed(message)

    # What has the keyboard.

    def _focused(self, ref: Ref) -> None:
        if ref == self._focusing or (self._focus is not None and ref == self._focus.ref):
            return  # Qt says so again at each move over a menu
        self._focus, self._focusing = None, ref
        self._composed.clear()
        window, time_ms = self._windows[0], now_ms()
        self._news.append(RawFocusMoved(time_ms))  # until the program says where to, if it does
        self._bus.ask(self._lineage(window, ref), partial(self._has_focus, window, ref, time_ms), FOCUS_MS)

    def _has_focus(self, window: RawWindow, ref: Ref, time_ms: int, chain: list[Node] | None) -> None:
        if self._focusing != ref:
            return
        self._focusing = None
        composed, self._composed = self._composed, []
        if chain:
            self._focus = chain[0]
            self._news.append(self._acted(window, time_ms, "focus", chain))
            for at, text in composed:
                self._news.append(RawComposed(at, text, self._element(window, at, chain[0], chain)))

    def _text_changed(self, message: Message) -> None:
        """Plain ASCII is what keys write; what else comes into the focused field may be an input method's.

        While it isn't known yet what kind of field that is, it waits; in a password field it is dropped.
        """
        detail, _, _, text = event_of(message)
        if detail.split(":")[0] != "insert" or not text or text.isascii() or len(text) > _LONGEST_COMPOSED:
            return
        ref, node = Ref(message.sender, message.path), self._focus
        if ref == self._focusing and len(self._composed) < _MOST_COMPOSED:
            self._composed.append((now_ms(), text))
        elif node is not None and node.ref == ref:
            self._news.append(RawComposed(now_ms(), text, self._element(self._windows[0], now_ms(), node)))

    # What is asked.

    def _found(self, window: RawWindow) -> Question[Place | None]:
        """The window on the bus; looked for once, and again after it has moved."""
        if self._place is not None and window.bounds == self._windows[0].bounds:
            return self._place
        for owner in self._owners():
            self._place = yield from find_window(owner, window)
            if self._place is not None:
                return self._place
        return None

    def _hit(self, window: RawWindow, point: tuple[int, int]) -> Question[list[Node] | None]:
        place = yield from self._found(window)
        if place is None:
            return None
        popup = next((one.bounds for one in reversed(self._windows[1:]) if one.bounds.contains(*point)), None)
        if popup is None:
            return (yield from elements.hit(place, *point))
        view = yield from elements.look(place, [window.bounds, popup], lambda: False)
        return elements.under(view, popup, *point)

    def _lineage(self, window: RawWindow, ref: Ref) -> Question[list[Node] | None]:
        place = yield from self._found(window)
        chain = None if place is None else (yield from elements.lineage(place, ref))
        yield from elements.complete(chain[:1] if chain else [])
        return chain

    def _look(self, window: RawWindow, spent_ms: int) -> Question[View | None]:
        place = yield from self._found(window)
        if place is None:
            return None
        clips = [one.bounds for one in self._windows]
        view = yield from elements.look(place, clips, lambda: now_ms() > spent_ms)
        self._files[window.xid] = elements.is_of_files(place, view)
        return view

    # What is told.

    def _was_hit(self, window: RawWindow, time_ms: int, chain: list[Node] | None) -> None:
        if chain:
            self._news.append(self._acted(window, time_ms, "click", chain))

    def _was_seen(self, window: RawWindow, began_ms: int, view: View | None) -> None:
        self._looking = False
        if view is None:
            return
        now = now_ms()
        told = tuple(self._element(window, now, node) for node in view.nodes)
        focused = next((i for i, node in enumerate(view.nodes) if node.bits & roles.FOCUSED), -1)
        if self._focus is None and focused >= 0:
            self._focus = view.nodes[focused]
        self._news.append(
            RawPage(
                now,
                "",
                window.title,
                window.bounds,
                window.bounds,
                told,
                focused,
                view.truncated,
                "",
                began_ms,
                window.xid,
            )
        )

    def _acted(self, window: RawWindow, time_ms: int, what: str, chain: list[Node]) -> RawActed:
        told, *around = (self._element(window, time_ms, node, chain) for node in chain)
        return RawActed(
            time_ms, what, told, tuple(one for one in around if one.role != "group" or one.name)[:MOST_ANCESTORS]
        )

    def _element(self, window: RawWindow, time_ms: int, node: Node, chain: Sequence[Node] = ()) -> RawElement:
        unseen = window.kind in ("dialog", "files")
        among_files = self._files.get(window.xid, unseen) or any(one.role == roles.FILE_CHOOSER for one in chain)
        return RawElement(
            time_ms,
            node.word,
            node.name,
            node.value,
            node.box,
            roles.states_of(node.bits),
            node.parent,
            node.label,
            (),
            among_files,
        )


def _identity(window: RawWindow) -> tuple[int, int, Box]:
    return window.xid, window.pid, window.bounds


def _rules(owner: str) -> list[str]:
    return [_OBJECT.format(owner, "StateChanged") + ",arg0='focused'", _OBJECT.format(owner, "TextChanged")]


def _told(calls: list[wire.Call]) -> Question[None]:
    yield calls


def _ignored(_: None) -> None:
    """Nothing hangs on the answer."""
