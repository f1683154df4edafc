# SPDX-License-Identifier: Apache-2.0
"""A hand that moves as a person's does: curved pointer paths, short dwells, uneven typing. Same seed: same movements.

Knows no goals and no pages.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from handiwork.model.geometry import Box
from handiwork.ports.actuator import Actuator
from handiwork.ports.environment import Choose, Deed, Write


@dataclass(frozen=True)
class Pace:
    """How fast the hand is. All in milliseconds, but `points`, the least and most moves of one pointer path."""

    points: tuple[int, int] = (10, 24)
    between_points: tuple[int, int] = (8, 10)
    dwell: tuple[int, int] = (30, 70)
    hold: tuple[int, int] = (40, 80)
    key: tuple[int, int] = (15, 40)
    after: tuple[int, int] = (90, 160)
    popup: tuple[int, int] = (220, 320)
    """A list's popup takes a moment to open; a person waits for it, and reads."""


PERSON = Pace()
AGENT = Pace(points=(4, 8), dwell=(30, 40), hold=(30, 40), key=(10, 12), after=(20, 30), popup=(220, 240))


def pointer_path(
    start: tuple[int, int], end: tuple[int, int], points: tuple[int, int], random: Random
) -> list[tuple[int, int]]:
    """A curved way from `start` to `end`: slow, fast, slow (minimum jerk), a little unsteady; ends at `end` exactly."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    distance = math.hypot(dx, dy)
    count = min(points[1], max(points[0], round(distance / 18)))
    bend = random.uniform(-0.15, 0.15)
    path = []
    for step in range(1, count):
        part = step / count
        done = part**3 * (10 - 15 * part + 6 * part**2)
        side = bend * 4 * done * (1 - done)
        unsteady = min(1.0, distance / 60)
        x = start[0] + done * dx - side * dy + random.gauss(0, 0.6) * unsteady
        y = start[1] + done * dy + side * dx + random.gauss(0, 0.6) * unsteady
        path.append((max(0, round(x)), max(0, round(y))))
    return [*path, end]


class Hand:
    """One pointer and one keyboard. `sleep` takes seconds."""

    def __init__(
        self, actuator: Actuator, seed: int, pace: Pace = PERSON, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._actuator, self._random, self._pace, self._sleep = actuator, Random(seed), pace, sleep
        self._at = (40, 40)

    def do(self, deed: Deed) -> None:
        """Does one deed, and rests a moment afterwards."""
        self.click(deed.box)
        if isinstance(deed, Write):
            self.write(deed.text)
        elif isinstance(deed, Choose):
            self._choose(deed)
        self._rest(self._pace.after)

    def move(self, end: tuple[int, int]) -> None:
        """Moves the pointer there."""
        for x, y in pointer_path(self._at, end, self._pace.points, self._random):
            self._actuator.move(x, y)
            self._rest(self._pace.between_points)
        self._at = end

    def click(self, box: Box) -> None:
        """Moves to a place near the middle of `box`, dwells, and clicks."""
        self.move(self._place_in(box))
        self._rest(self._pace.dwell)
        self._actuator.button(1, True)
        self._rest(self._pace.hold)
        self._actuator.button(1, False)

    def write(self, text: str) -> None:
        """Types `text`, each key at its own speed."""
        self._rest(self._pace.hold)
        for character in text:
            self._actuator.write(character, self._random.randint(*self._pace.key))

    def press(self, key: str) -> None:
        """One key, down and up."""
        self._actuator.key(key, True)
        self._rest(self._pace.key)
        self._actuator.key(key, False)
        self._rest(self._pace.key)

    def _choose(self, deed: Choose) -> None:
        """Goes through the open list with the arrow keys, as far as the wanted option, and takes it."""
        self._rest(self._pace.popup)
        for _ in range(abs(deed.wanted - deed.selected)):
            self.press("Down" if deed.wanted > deed.selected else "Up")
        self.press("Return")

    def _place_in(self, box: Box) -> tuple[int, int]:
        x, y = box.centre
        reach_x, reach_y = box.w // 6, box.h // 6
        return x + self._random.randint(-reach_x, reach_x), y + self._random.randint(-reach_y, reach_y)

    def _rest(self, milliseconds: tuple[int, int]) -> None:
        self._sleep(self._random.uniform(*milliseconds) / 1000)
