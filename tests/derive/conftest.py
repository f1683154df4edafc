# SPDX-License-Identifier: Apache-2.0
"""A scripted person: writes down the events that a recorder would keep of a hand-listed script."""

import pytest

from handiwork.model.event import (
    Acted,
    Button,
    Element,
    Event,
    Foreground,
    Gap,
    Key,
    Moved,
    Note,
    Observed,
    Typed,
    Wheel,
)
from handiwork.model.geometry import Box

WINDOW = Box(100, 50, 800, 600)


def element(role: str, name: str, bounds: Box, value: str = "", states: tuple[str, ...] = ()) -> Element:
    return Element(role, name, value, bounds, states, -1)


class Scribe:
    """Each call is one deed; time passes between deeds. `shown` is the page as it stands."""

    def __init__(self, start: int = 1000) -> None:
        self.t = start
        self.events: list[Event] = []
        self.shown: list[Element] = []
        self.focus = -1
        self.events.append(Foreground(t=self.t, app="shop", site="http://shop", title="Shop", bounds=WINDOW))

    def rest(self, ms: int) -> "Scribe":
        self.t += ms
        return self

    def show(self, *elements: Element, focus: int = -1) -> "Scribe":
        self.shown, self.focus = list(elements), focus
        self.events.append(
            Observed(
                t=self.t,
                url="http://shop/",
                title="Shop",
                bounds=WINDOW,
                elements=tuple(elements),
                focused=focus,
                truncated=False,
            )
        )
        return self

    def note(self, kind: str, text: str = "") -> "Scribe":
        self.events.append(Note(t=self.t, kind=kind, text=text))
        return self.rest(5)

    def move(self, x: int, y: int, points: int = 8, every: int = 15) -> "Scribe":
        path = tuple((i * every, x - 8 * (points - 1 - i), y) for i in range(points))
        self.events.append(Moved(t=self.t, path=path))
        return self.rest(points * every)

    def press(self, x: int, y: int, button: int = 1, hold: int = 60, told: Element | None = None) -> "Scribe":
        self._button(x, y, button, True)
        self.rest(hold)._button(x, y, button, False)
        if told is not None:
            self.events.append(Acted(t=self.t + 3, what="click", element=told))
        return self

    def click(self, target: Element, count: int = 1, told: bool = True) -> "Scribe":
        x, y = target.bounds.centre
        self.move(x, y).rest(40)
        for _ in range(count):
            self.press(x, y, told=target if told else None).rest(80)
        return self

    def drag(self, x: int, y: int, x2: int, y2: int) -> "Scribe":
        self._button(x, y, 1, True)
        self.rest(200)._button(x2, y2, 1, False)
        return self.rest(50)

    def _button(self, x: int, y: int, button: int, pressed: bool) -> None:
        self.events.append(Button(t=self.t, x=x, y=y, button=button, pressed=pressed, synthetic=False))

    def focused(self, target: Element) -> "Scribe":
        self.events.append(Acted(t=self.t, what="focus", element=target))
        return self

    def type(self, text: str, cuts: tuple[str, ...] = ()) -> "Scribe":
        self.events.append(Typed(t=self.t, t_end=self.t + 90 * len(text), text=text, keystrokes=len(text), cuts=cuts))
        return self.rest(90 * len(text) + 50)

    def key(self, name: str, *modifiers: str) -> "Scribe":
        self.events.append(Key(t=self.t, name=name, modifiers=modifiers, pressed=True))
        self.events.append(Key(t=self.t + 40, name=name, modifiers=modifiers, pressed=False))
        return self.rest(120)

    def wheel(self, x: int, y: int, dy: int, notches: int = 3) -> "Scribe":
        for _ in range(notches):
            self.events.append(Wheel(t=self.t, x=x, y=y, dx=0, dy=dy))
            self.rest(70)
        return self

    def chosen(self, target: Element) -> "Scribe":
        self.events.append(Acted(t=self.t, what="select", element=target))
        return self.rest(30)

    def front(self, app: str, site: str = "") -> "Scribe":
        self.events.append(Foreground(t=self.t, app=app, site=site, title=app, bounds=WINDOW))
        return self.rest(20)

    def gap(self, ms: int) -> "Scribe":
        self.events.append(Gap(t=self.t, t_end=self.t + ms, reason="paused"))
        return self.rest(ms)

    def told(self) -> tuple[Event, ...]:
        return tuple(sorted(self.events, key=lambda event: event.t))


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def make() -> object:
    """`element`, for tests that build pages."""
    return element
