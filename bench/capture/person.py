# SPDX-License-Identifier: Apache-2.0
"""The scripted person, a process of its own: works on form, text and notes as people do, and says what was done.

Reads a Plan from stdin, works through XTEST, prints what it did as JSON lines. Same seed: same deeds, same movements.
"""

import sys
import time
from random import Random

import msgspec

from bench.capture.pages import PLACES
from handiwork.adapters.x11 import X11Actuator
from handiwork.lab.hand import Hand, Pace
from handiwork.model.geometry import Box

PACE = Pace(points=(12, 45), between_points=(7, 12), dwell=(60, 180), hold=(50, 110), key=(60, 170), popup=(350, 600))
"""A mouse that reports about a hundred times a second; some 100 keys in ten seconds while typing."""

SENTENCES = (
    "please send two boxes on monday",
    "the second list is ready to check",
    "waiting for a new label from the office",
    "call back before noon about the weight",
    "moved to the next shelf and counted again",
)


class Plan(msgspec.Struct, frozen=True):
    """Where the person works, and how long. Boxes and places are root-window pixels."""

    display: str
    seed: int
    seconds: float
    origin: tuple[int, int]
    notes: Box


class Did(msgspec.Struct, frozen=True):
    """One deed, as the person meant it; times in monotonic milliseconds."""

    kind: str
    t: int
    t_end: int
    text: str = ""


def _now() -> int:
    return time.monotonic_ns() // 1_000_000


class Person:
    """One pair of hands with a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._random = plan, Random(plan.seed)
        self._actuator = X11Actuator(plan.display)
        self._hand = Hand(self._actuator, plan.seed, PACE)
        self._sentence = 0
        self.done: list[Did] = []

    def work(self) -> None:
        """Form, text, notes, guide and back, over and over, until the time is over at the end of a whole round."""
        until = time.monotonic() + self._plan.seconds
        deeds = (
            self._fill_form, self._choose, self._mark, self._save, self._read, self._to_other, self._take_notes,
            self._to_other, self._look_up, self._select_text, self._visit_guide,
        )  # fmt: skip
        while True:
            for deed in deeds:
                deed()
                self._pause(0.3, 1.0)
            if time.monotonic() > until:
                return

    def close(self) -> None:
        """Lets go."""
        self._actuator.close()

    # Deeds

    def _fill_form(self) -> None:
        self._click("customer")
        self._write(self._next_sentence())
        self._press("Tab")
        self._write(f"order {self._random.randint(10, 99)}")
        self._press("ctrl", "a")

    def _choose(self) -> None:
        began = _now()
        self._hand.click(self._box("status"))
        self._pause(0.4, 0.7)
        self._hand.press("Down")
        self._hand.press("Return")
        self._did("select", began)

    def _mark(self) -> None:
        self._click("urgent")

    def _save(self) -> None:
        self._click("save")

    def _read(self) -> None:
        self._hand.move(self._box("text").centre)
        began = _now()
        for _ in range(self._random.randint(3, 7)):
            self._tap(5)
            self._pause(0.03, 0.09)
        self._did("scroll", began)
        self._pause(1.2, 2.0)

    def _look_up(self) -> None:
        began = _now()
        self._hand.click(self._box("text"))
        self._pause(0.08, 0.14)
        self._tap(1)
        self._did("double click", began)

    def _select_text(self) -> None:
        box = self._box("text")
        self._hand.move((box.x + 60, box.y + 120))
        began = _now()
        self._actuator.button(1, True)
        self._hand.move((box.x + 300, box.y + 126))
        self._pause(0.05, 0.1)
        self._actuator.button(1, False)
        self._did("drag", began)
        self._pause(0.2, 0.5)
        self._press("ctrl", "c")

    def _to_other(self) -> None:
        began = _now()
        self._actuator.key("Alt_L", True)
        self._pause(0.06, 0.1)
        self._hand.press("Tab")
        self._actuator.key("Alt_L", False)
        self._did("switch", began)
        self._pause(0.6, 0.9)

    def _take_notes(self) -> None:
        box = self._plan.notes
        began = _now()
        self._hand.click(Box(box.x + box.w // 4, box.y + box.h // 2, box.w // 2, box.h // 4))
        self._did("click", began)
        self._write(self._next_sentence() + " ")
        self._press("ctrl", "s")

    def _visit_guide(self) -> None:
        self._click("other page")
        self._pause(0.8, 1.2)
        self._read()
        self._click("other page")
        self._pause(0.8, 1.2)

    # Their parts

    def _click(self, name: str) -> None:
        began = _now()
        self._hand.click(self._box(name))
        self._did("click", began)
        self._pause(0.1, 0.3)

    def _write(self, text: str) -> None:
        """Types with a slip now and then, which is corrected."""
        began = _now()
        middle = self._random.randint(1, len(text) - 1)
        if self._random.random() < 0.5:
            self._hand.write(text[:middle] + self._random.choice("qxz"))
            self._pause(0.2, 0.4)
            self._hand.press("BackSpace")
            self._hand.write(text[middle:])
        else:
            self._hand.write(text)
        self._did("type", began, text)

    def _press(self, *keys: str) -> None:
        began = _now()
        named = [{"ctrl": "Control_L"}.get(key, key) for key in keys]
        for key in named[:-1]:
            self._actuator.key(key, True)
            self._pause(0.04, 0.08)
        self._hand.press(named[-1])
        for key in reversed(named[:-1]):
            self._actuator.key(key, False)
        self._did("hotkey", began, "+".join(keys))
        self._pause(0.1, 0.3)

    def _tap(self, button: int) -> None:
        self._actuator.button(button, True)
        self._pause(0.02, 0.05)
        self._actuator.button(button, False)

    def _box(self, name: str) -> Box:
        place, (x, y) = PLACES[name], self._plan.origin
        return Box(x + place.x, y + place.y, place.w, place.h)

    def _next_sentence(self) -> str:
        self._sentence += 1
        return SENTENCES[self._sentence % len(SENTENCES)]

    def _pause(self, least: float, most: float) -> None:
        time.sleep(self._random.uniform(least, most))

    def _did(self, kind: str, began: int, text: str = "") -> None:
        self.done.append(Did(kind, began, _now(), text))


def main() -> int:
    """Works; then tells what was done."""
    person = Person(msgspec.json.decode(sys.stdin.buffer.read(), type=Plan))
    try:
        person.work()
    finally:
        person.close()
    print(msgspec.json.encode(person.done).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
