# SPDX-License-Identifier: Apache-2.0
"""Questions about the elements of a window (answers.Question).

Every question is bounded in calls, depth and breadth, and asks nothing inside a password field. Knows no sockets, no
time and no scope: whoever runs them decides whom they reach.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handiwork.adapters.atspi import roles, wire
from handiwork.adapters.atspi.answers import Answer, Question
from handiwork.adapters.atspi.places import Place
from handiwork.adapters.atspi.wire import Ref
from handiwork.model.geometry import Box
from handiwork.model.raw import MOST_ANCESTORS

MOST_TELLING = 120
"""Elements in one view."""
MOST_CALLS = 900
MOST_CHILDREN = 48
"""Of one thing. A list of files may hold thousands, a window shows some dozens."""
MOST_LEVELS = 20
LONGEST_VALUE = 400


@dataclass
class Node:
    """One thing, as far as it was asked."""

    ref: Ref
    role: int
    bits: int
    box: Box
    name: str
    value: str = ""
    label: str = ""
    parent: int = -1

    @property
    def word(self) -> str:
        """Its role in words."""
        return roles.word_of(self.role)


@dataclass
class View:
    """What a window shows. `roles` are all that were met, told or not."""

    nodes: list[Node] = field(default_factory=list)
    roles: set[int] = field(default_factory=set)
    truncated: bool = False


def hit(place: Place, x: int, y: int) -> Question[list[Node] | None]:
    """The thing at the point and what it lies in, innermost first; None for nothing, or for a password field."""
    path = yield from _path_to(place, x, y)
    if len(path) == 1:
        return None
    chain = yield from lineage(place, path[-1])
    if chain == []:  # LibreOffice's parts name parents that nobody knows: then what was come through counts
        chain = yield from _described(place, path)
    if chain is None:
        return None
    start = next((i for i, node in enumerate(chain[:3]) if node.word in roles.ACTED_ON), 0)
    yield from complete(chain[start : start + 1])
    return chain[start:]


def _path_to(place: Place, x: int, y: int) -> Question[list[Ref]]:
    """From the window to the innermost thing at the point, as far as toolkits tell what lies between."""
    at, path = place.ref, [place.ref]
    for _ in range(MOST_LEVELS):
        answers = yield [wire.at_point(at, x - place.dx, y - place.dy), wire.role(at)]
        below = answers[0].ref()
        if below is None or below == at:
            below = yield from _in_tabs(place, at, x, y) if answers[1].number() == roles.TABS else _nothing()
        if below is None:
            break
        at = below
        path.append(at)
    return path


def _described(place: Place, path: Sequence[Ref]) -> Question[list[Node] | None]:
    chain = []
    for ref in reversed(path):
        node = yield from _node(place, ref)
        if node is None:
            return None
        chain.append(node)
    return chain


def _node(place: Place, ref: Ref) -> Question[Node | None]:
    """One thing; None if it doesn't say what it is, or is a password field, of which nothing more is asked."""
    (kind,) = yield [wire.role(ref)]
    if kind.number() in (None, roles.PASSWORD):
        return None
    answers = yield [wire.states(ref), wire.extents(ref), wire.name(ref)]
    box = place.box(answers[1]) or _NOWHERE
    return Node(ref, kind.number() or 0, answers[0].bits(), box, named(answers[2]))


def _nothing() -> Question[Ref | None]:
    yield from ()
    return None


def _in_tabs(place: Place, tabs: Ref, x: int, y: int) -> Question[Ref | None]:
    """GTK 3 finds nothing in a row of tabs: neither the tab at the point, nor what the open one shows."""
    (answer,) = yield [wire.children(tabs)]
    leaves = answer.refs(MOST_CHILDREN)
    answers = yield [call for ref in leaves for call in (wire.extents(ref), wire.states(ref))]
    for ref, extents in zip(leaves, answers[::2], strict=True):
        box = place.box(extents)
        if box is not None and box.contains(x, y):
            return ref
    opened = [ref for ref, bits in zip(leaves, answers[1::2], strict=True) if bits.bits() & roles.SELECTED]
    for ref in opened[:1]:
        (answer,) = yield [wire.children(ref)]
        inner = answer.refs(MOST_CHILDREN)
        boxes = yield [wire.extents(one) for one in inner]
        for one, extents in zip(inner, boxes, strict=True):
            box = place.box(extents)
            if box is not None and box.contains(x, y):
                return one
    return None


def lineage(place: Place, ref: Ref) -> Question[list[Node] | None]:
    """A thing and what it lies in, up to the window; [] if that isn't this window; None for a password field."""
    chain: list[Node] = []
    at: Ref | None = ref
    for _ in range(MOST_LEVELS + MOST_ANCESTORS):
        if at is None:
            break
        node = yield from _node(place, at)
        if node is None:
            return None
        chain.append(node)
        if at == place.ref:
            return chain
        (above,) = yield [wire.parent(at)]
        at = above.ref()
    return []


def look(place: Place, clips: Sequence[Box], is_spent: Callable[[], bool]) -> Question[View]:
    """What the window shows within `clips`, level by level, until all was seen or a bound is reached."""
    view, calls = View(), 0
    level: list[tuple[Ref, int]] = [(place.ref, -1)]
    for _ in range(MOST_LEVELS):
        if not level:
            break
        if is_spent() or calls + 5 * len(level) > MOST_CALLS or len(view.nodes) > MOST_TELLING:
            view.truncated = True
            break
        answers = yield [call for ref, _ in level for call in (wire.role(ref), wire.states(ref))]
        kinds = [
            (ref, parent, role.number(), bits.bits())
            for (ref, parent), role, bits in zip(level, answers[::2], answers[1::2], strict=True)
        ]
        view.roles |= {kind for _, _, kind, _ in kinds if kind is not None}
        shown = [
            (ref, parent, kind, bits)
            for ref, parent, kind, bits in kinds
            if kind not in (None, roles.PASSWORD) and bits & place.shown
        ]
        answers = yield [call for ref, _, _, _ in shown for call in (wire.extents(ref), wire.name(ref))]
        calls += 2 * len(level) + 3 * len(shown)
        opened = []
        for (ref, parent, kind, bits), extents, name in zip(shown, answers[::2], answers[1::2], strict=True):
            node = Node(ref, kind or 0, bits, place.box(extents) or _NOWHERE, named(name), parent=parent)
            if _is_within(node, clips):
                opened += _taken_in(view, node)
        level = yield from _below(opened, view)
    yield from complete(view.nodes[:MOST_TELLING])
    view.truncated = view.truncated or bool(level) or len(view.nodes) > MOST_TELLING
    del view.nodes[MOST_TELLING:]
    return view


_NOWHERE = Box(0, 0, 0, 0)
_OPEN = roles.EXPANDED | roles.SELECTED | roles.FOCUSED
"""Toolkits say in different ways that a menu is open. What is closed after all holds nothing that is showing."""


def named(answer: Answer) -> str:
    """The name; GTK 4 gives the class of what has none."""
    name = answer.string()
    return "" if name.startswith("Gtk") and name.isidentifier() else name


def _is_within(node: Node, clips: Sequence[Box]) -> bool:
    if not node.box.area:
        return node.word not in roles.TOLD  # a bar of no height may hold a menu that has some
    return any(node.box.intersection(clip).area for clip in clips)


def _taken_in(view: View, node: Node) -> list[tuple[Ref, int]]:
    """Adds it to the view if it tells something; gives what to look into: nothing where it is closed or whole."""
    at = node.parent
    if node.word in roles.TOLD and node.box.area and (node.name or node.word in roles.ACTED_ON):
        view.nodes.append(node)
        at = len(view.nodes) - 1
    is_closed = node.word in ("menuitem", "combobox") and not node.bits & _OPEN
    return [] if node.word in roles.LEAVES or is_closed else [(node.ref, at)]


def _below(opened: list[tuple[Ref, int]], view: View) -> Question[list[tuple[Ref, int]]]:
    answers = yield [wire.children(ref) for ref, _ in opened]
    found = []
    for (_, at), answer in zip(opened, answers, strict=True):
        refs = answer.refs(MOST_CHILDREN + 1)
        view.truncated = view.truncated or len(refs) > MOST_CHILDREN
        found += [(ref, at) for ref in refs[:MOST_CHILDREN]]
    return found


def complete(nodes: Sequence[Node]) -> Question[None]:
    """What fields hold, and what labels them. Of documents and long texts nothing is read."""
    fields = [node for node in nodes if node.word in roles.FIELDS or node.word == "combobox"]
    short = [node for node in fields if node.word in roles.FIELDS and not node.bits & roles.MULTI_LINE]
    answers = yield [wire.text(node.ref, LONGEST_VALUE) for node in short]
    for node, answer in zip(short, answers, strict=True):
        node.value = answer.string()
    for node in fields:
        if node.word == "combobox":  # GTK and Qt name it by what is chosen in it
            node.name, node.value = "", node.name
    nameless = [node for node in fields if not node.name]
    answers = yield [wire.relations(node.ref) for node in nameless]
    labelled = [(node, answer.labels()[0]) for node, answer in zip(nameless, answers, strict=True) if answer.labels()]
    answers = yield [wire.name(ref) for _, ref in labelled]
    for (node, _), answer in zip(labelled, answers, strict=True):
        node.name = node.label = answer.string()


def under(view: View, within: Box, x: int, y: int) -> list[Node] | None:
    """The smallest thing at the point that lies within a popup, with what it lies in as far as the view knows.

    What the popup covers is told as well; of that, only what is part of something opened could lie within it.
    """
    here = [node for node in view.nodes if node.box.contains(x, y) and node.box.intersection(within) == node.box]
    node = min(here, key=lambda one: one.box.area, default=None)
    chain = []
    while node is not None:
        chain.append(node)
        node = view.nodes[node.parent] if node.parent >= 0 else None
    return chain if any(one.word in ("menuitem", "combobox", "option", "menu") for one in chain) else None


def is_of_files(place: Place, view: View) -> bool:
    """Whether the window asks for a file: it says so, or is a dialog with a list, a dropdown, a field and buttons.

    Qt's says nothing. Taking another dialog for one costs the names in it; the other way round, names of files stay.
    """
    if view.roles & {roles.FILE_CHOOSER}:
        return True
    words = {roles.word_of(role) for role in view.roles}
    shape = {"combobox", "textbox", "button"} <= words and bool(words & {"list", "listbox", "table", "tree"})
    return roles.word_of(place.role) == "dialog" and (shape or view.truncated)
