# SPDX-License-Identifier: Apache-2.0
"""A browser's window on the bus: its address bar and the document in it, as questions. Asks nothing inside documents.

The browser's own parts are walked once for each window, what is showing only, and remembered by their paths; after that
a window is asked a dozen things. Chromium alone: its address bar is told by its class, which no language changes.
"""

from dataclasses import dataclass, field

from handiwork.adapters.atspi import roles, wire
from handiwork.adapters.atspi.answers import Question
from handiwork.adapters.atspi.places import find_window
from handiwork.adapters.atspi.wire import Ref
from handiwork.model.geometry import Box
from handiwork.model.raw import RawBrowserWindow, RawWindow

ENTRY = 79
ADDRESS_BAR = "OmniboxViewViews"
MOST_PARTS = 400
MOST_LEVELS = 16
LONGEST_ADDRESS = 8_192
_NOWHERE = Box(0, 0, 0, 0)


@dataclass
class Parts:
    """Of one window: the address bar, what documents hang on, and the roles of what hangs there: no path is reused."""

    frame: Ref
    bar: Ref
    holder: Ref
    roles: dict[Ref, int] = field(default_factory=dict)


def find_parts(owner: str, window: RawWindow) -> Question[Parts | None]:
    """The one window of that place and title, its one address bar and one document; None if any isn't one."""
    place = yield from find_window(owner, window)
    if place is None or place.dx or place.dy:
        return None
    entries: list[Ref] = []
    holders: list[Ref] = []
    level: list[tuple[Ref, Ref]] = [(place.ref, place.ref)]
    seen = 0
    for _ in range(MOST_LEVELS):
        seen += len(level)
        if not level or seen > MOST_PARTS:
            break
        answers = yield [call for ref, _ in level for call in (wire.role(ref), wire.states(ref))]
        inner = []
        for (ref, above), kind, bits in zip(level, answers[::2], answers[1::2], strict=True):
            if not bits.bits() & roles.SHOWING:
                continue
            if kind.number() == roles.DOCUMENT_WEB:
                holders.append(above)
            elif kind.number() == ENTRY:
                entries.append(ref)
            else:
                inner.append(ref)
        below = yield [wire.children(ref) for ref in inner]
        level = [(child, ref) for ref, answer in zip(inner, below, strict=True) for child in answer.refs(MOST_PARTS)]
    kinds = yield [wire.attributes(ref) for ref in entries]
    bars = [ref for ref, told in zip(entries, kinds, strict=True) if told.pairs().get("class") == ADDRESS_BAR]
    return Parts(place.ref, bars[0], holders[0]) if len(bars) == len(holders) == 1 and seen <= MOST_PARTS else None


def told_by(parts: Parts, window: RawWindow, time_ms: int) -> Question[RawBrowserWindow | None]:
    """What bar and document say; None if the bar is gone, or the window isn't the one that the person works in."""
    bar, bits, frame, children = yield [
        wire.text(parts.bar, LONGEST_ADDRESS), wire.states(parts.bar), wire.states(parts.frame),
        wire.children(parts.holder),
    ]  # fmt: skip
    if not (bits.bits() & roles.SHOWING and frame.bits() & roles.ACTIVE):
        return None
    held = children.refs(MOST_PARTS)
    documents = yield from _documents(parts, held)
    edited = bool(bits.bits() & roles.FOCUSED)
    if len(documents) != 1:
        return RawBrowserWindow(time_ms, window.xid, bar.string(), edited, "", "", _NOWHERE)
    (document,) = documents
    address, title, extents, again = yield [
        wire.document_attributes(document), wire.name(document), wire.extents(document),
        wire.text(parts.bar, LONGEST_ADDRESS),
    ]  # fmt: skip
    url = address.pairs().get("URI", "") if again.string() == bar.string() else ""
    box = extents.box() or _NOWHERE
    return RawBrowserWindow(time_ms, window.xid, bar.string(), edited, url, title.string(), box)


def _documents(parts: Parts, held: list[Ref]) -> Question[list[Ref]]:
    """Which of the holder's children are documents: of a tab that was left it holds none."""
    unknown = [ref for ref in held if ref not in parts.roles]
    answers = yield [wire.role(ref) for ref in unknown]
    parts.roles = {ref: parts.roles[ref] for ref in held if ref in parts.roles}
    parts.roles.update(
        {ref: kind for ref, answer in zip(unknown, answers, strict=True) if (kind := answer.number()) is not None}
    )
    if len(parts.roles) != len(set(held)):
        return []
    return [ref for ref in held if parts.roles[ref] == roles.DOCUMENT_WEB]
