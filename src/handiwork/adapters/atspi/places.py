# SPDX-License-Identifier: Apache-2.0
"""Which of the bus's windows is the window system's one, and how its coordinates are to be read."""

from dataclasses import dataclass

from handiwork.adapters.atspi import roles, wire
from handiwork.adapters.atspi.answers import Answer, Question
from handiwork.adapters.atspi.wire import ROOT, Ref
from handiwork.model.geometry import Box
from handiwork.model.raw import RawWindow

MOST_WINDOWS = 24
FRAME_PX = 64
"""What a window manager may put round a window on one side."""


@dataclass(frozen=True)
class Place:
    """A window as the bus knows it. `dx`, `dy` bring its coordinates to root pixels: GTK 4 counts from the window.

    It also says of nothing but the window itself that it is showing: there, what is visible counts.
    """

    ref: Ref
    dx: int
    dy: int
    role: int = 0

    @property
    def shown(self) -> int:
        """The state of what can be seen."""
        return roles.VISIBLE if self.dx or self.dy else roles.SHOWING

    def box(self, answer: Answer) -> Box | None:
        """The extents, in root pixels."""
        told = answer.box()
        return None if told is None else Box(told.x + self.dx, told.y + self.dy, told.w, told.h)


def find_window(owner: str, window: RawWindow) -> Question[Place | None]:
    """The window on the bus that is this one: by place and title, and if that is not enough, by having the keyboard.

    AT-SPI knows neither X windows nor what lies above what. Two that can't be told apart are none. The only one of its
    program may have no name, but not another: that of which the program tells may not be the window in front.
    """
    (tops,) = yield [wire.children(Ref(owner, ROOT))]
    refs = tops.refs(MOST_WINDOWS)
    answers = yield [
        call for ref in refs for call in (wire.role(ref), wire.name(ref), wire.states(ref), wire.extents(ref))
    ]
    found = []
    for ref, kind, name, bits, extents in zip(refs, *(answers[i::4] for i in range(4)), strict=True):
        shift = _shift(extents.box(), window.bounds)
        if shift is not None and bits.bits() & roles.SHOWING:
            found.append((Place(ref, *shift, kind.number() or 0), name.string(), bits.bits()))
    if not window.override_redirect:
        nameless = [one for one in found if len(refs) == 1 and not one[1]]
        found = [one for one in found if _same_title(one[1], window.title)] or nameless
    if len(found) > 1:
        found = [one for one in found if one[2] & roles.ACTIVE]
    return found[0][0] if len(found) == 1 else None


def _shift(told: Box | None, seen: Box) -> tuple[int, int] | None:
    if told is None or not told.area:
        return None
    if told.is_near(seen, FRAME_PX):
        return 0, 0
    is_own = abs(told.x) <= FRAME_PX and abs(told.y) <= FRAME_PX
    near = is_own and Box(seen.x, seen.y, told.w, told.h).is_near(seen, FRAME_PX)
    return (seen.x, seen.y) if near else None


def _same_title(name: str, title: str) -> bool:
    return bool(name) and (name == title or title.startswith(name) or name.startswith(title)) if title else not name
