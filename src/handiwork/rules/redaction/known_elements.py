# SPDX-License-Identifier: Apache-2.0
"""Judges again only what is new: from one page to the next, most elements are as they were.

An element's verdict follows from the element, the level and the memory alone, so while the memory has not grown, the
same element gets the same verdict. A language model's opinion may come later; where one is asked, verdicts are not
held. What is held is forgotten with the segment's memory.
"""

from collections.abc import Sequence

import msgspec

from handiwork.model.event import Element
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.element_text import ElementText
from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.withheld import Withheld

_MOST = 4_000

Key = tuple[object, ...]


class KnownElements(Withheld):
    """ElementText with a memory of its verdicts. `settled`: whether a verdict can't change by itself."""

    def __init__(self, elements: ElementText, memory: Memory, *, settled: bool) -> None:
        self._elements, self._memory, self._settled = elements, memory, settled
        self._learned: set[Key] = set()
        self._verdicts: dict[Key, Element] = {}
        self._verdicts_of = 0

    def learn(self, raw: RawElement, in_name: Sequence[Span] = (), in_value: Sequence[Span] = ()) -> None:
        """As ElementText: what was learned once needs no second time."""
        key = _key(raw, in_name, in_value)
        if key in self._learned:
            return
        if len(self._learned) >= _MOST:
            self._learned.clear()
        self._elements.learn(raw, in_name, in_value)
        self._learned.add(key)

    def element(self, raw: RawElement, in_name: Sequence[Span] = (), in_value: Sequence[Span] = ()) -> Element:
        """As ElementText; only its place may differ from what was said before."""
        if not self._settled:
            return self._elements.element(raw, in_name, in_value)
        if self._verdicts_of != len(self._memory) or len(self._verdicts) >= _MOST:
            self._verdicts.clear()
            self._verdicts_of = len(self._memory)
        key = _key(raw, in_name, in_value)
        known = self._verdicts.get(key)
        if known is not None:
            return _moved(known, raw)
        judged = self._elements.element(raw, in_name, in_value)
        self._verdicts[key] = judged
        return judged

    def forget(self) -> None:
        """Drops everything: to be called whenever the memory is forgotten."""
        self._learned.clear()
        self._verdicts.clear()


def _key(raw: RawElement, in_name: Sequence[Span], in_value: Sequence[Span]) -> Key:
    """Everything of an element that its verdict depends on: all but its place and its time."""
    what = raw.role, raw.name, raw.value, raw.label, raw.hints, raw.states, raw.among_files
    return (*what, tuple(in_name), tuple(in_value))


def _moved(known: Element, raw: RawElement) -> Element:
    if known.bounds == raw.bounds and known.parent == raw.parent:
        return known
    return msgspec.structs.replace(known, bounds=raw.bounds, parent=raw.parent)
