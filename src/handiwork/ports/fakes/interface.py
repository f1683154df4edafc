# SPDX-License-Identifier: Apache-2.0
"""Programs in memory. Keeps the port's promise by itself: what is not watched is neither asked nor told."""

from collections.abc import Sequence

from handiwork.model.raw import RawActed, RawComposed, RawElement, RawFocusMoved, RawPage, RawWindow
from handiwork.ports.fakes.bell import Bell
from handiwork.ports.interface import RawInterface


class ScriptedInterface:
    """Windows show the elements that a test gave them. Answers at once; can be made mute."""

    def __init__(self) -> None:
        self._bell: Bell[tuple[int, RawInterface]] = Bell()
        self._shown: dict[int, tuple[RawElement, ...]] = {}
        self._windows: tuple[RawWindow, ...] = ()
        self.asked: list[int] = []
        """The windows that were asked something, in order."""
        self.mute = False

    def fileno(self) -> int:
        """See the port."""
        return self._bell.fileno()

    def read(self) -> list[RawInterface]:
        """See the port."""
        watched = self._windows[0].xid if self._windows else 0
        return [told for xid, told in self._bell.take() if xid == watched]

    def watch(self, windows: Sequence[RawWindow]) -> None:
        """See the port."""
        self._windows = tuple(windows)

    def ask(self, time_ms: int, point: tuple[int, int] | None) -> None:
        """See the port."""
        if not self._windows:
            return
        window = self._windows[0]
        self.asked.append(window.xid)
        elements = self._open_elements(window.xid)
        if self.mute or window.xid not in self._shown:
            return
        if point is None:
            self._put(_view(time_ms, window, elements))
            return
        here = [element for element in elements if element.bounds.contains(*point)]
        if here:
            self._put(RawActed(time_ms, "click", min(here, key=lambda one: one.bounds.area)))

    def close(self) -> None:
        """See the port."""
        self._bell.close()

    def show(self, xid: int, elements: Sequence[RawElement]) -> None:
        """A window shows these from now on."""
        self._shown[xid] = tuple(elements)

    def focus(self, xid: int, time_ms: int, element: RawElement) -> None:
        """An element of a window gets the keyboard."""
        self._bell.put((xid, RawFocusMoved(time_ms)))
        if "protected" not in element.states and not self.mute:
            self._bell.put((xid, RawActed(time_ms, "focus", element)))

    def compose(self, xid: int, time_ms: int, text: str, element: RawElement) -> None:
        """An input method puts text into an element."""
        if "protected" not in element.states:
            self._bell.put((xid, RawComposed(time_ms, text, element)))

    def hang_up(self) -> None:
        """The bus goes away for good."""
        self._bell.hang_up()

    def _open_elements(self, xid: int) -> tuple[RawElement, ...]:
        return tuple(one for one in self._shown.get(xid, ()) if "protected" not in one.states)

    def _put(self, told: RawInterface) -> None:
        self._bell.put((self._windows[0].xid, told))


def _view(time_ms: int, window: RawWindow, elements: tuple[RawElement, ...]) -> RawPage:
    focused = next((at for at, element in enumerate(elements) if "focused" in element.states), -1)
    title, bounds = window.title, window.bounds
    return RawPage(time_ms, "", title, bounds, bounds, elements, focused, False, "", time_ms, window.xid)
