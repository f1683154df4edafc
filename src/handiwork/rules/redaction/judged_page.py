# SPDX-License-Identifier: Apache-2.0
"""All elements of a page judged together: what is spread over several, what labels tell, what is being typed in one.

Remembers the verdict on the last page for as long as nothing was learned since: the same page is asked for with each
picture of it. Knows no pixels.
"""

from handiwork.model.event import Element
from handiwork.model.raw import RawElement, RawPage
from handiwork.rules.redaction import code_boxes
from handiwork.rules.redaction.element_text import ElementText
from handiwork.rules.redaction.half_typed import HalfTyped
from handiwork.rules.redaction.known_elements import KnownElements
from handiwork.rules.redaction.memory import Memory
from handiwork.rules.redaction.neighbours import Neighbours
from handiwork.rules.redaction.withheld import Withheld


class JudgedPage(Withheld):
    """The pages of one segment, one after the other."""

    def __init__(self, elements: ElementText, known: KnownElements, memory: Memory) -> None:
        self._known, self._memory = known, memory
        self._neighbours = Neighbours(elements.meant_by)
        self._codes: frozenset[tuple[int, int]] = frozenset()
        self.half = HalfTyped()
        """What is being typed in the last page."""
        self._page: RawPage | None = None
        self._kept: tuple[Element, ...] = ()
        self._known_of = 0

    def judged(self, raw: RawPage) -> tuple[Element, ...]:
        """Its elements as they may be kept."""
        if self._page is not raw or self._known_of != len(self._memory):
            self.half.take(raw)
            self._kept = self._anew(raw)
            self._page, self._known_of = raw, len(self._memory)
        return self._kept

    def being_typed(self, text: str) -> None:
        """What the run of typing under way has written so far."""
        if self.half.run(text):
            self._page = None

    def is_last(self, raw: RawPage) -> bool:
        """Whether it is the page that was judged last."""
        return self._page is raw

    def guarded(self, field: RawElement) -> RawElement:
        """The element, as a protected one if it is part of a code in the last page."""
        return code_boxes.protected(field) if (field.bounds.x, field.bounds.y) in self._codes else field

    def forget(self) -> None:
        """Drops every page."""
        self._page, self._kept, self._known_of = None, (), 0
        self._codes = frozenset()
        self._neighbours.forget()
        self.half.forget()

    def _anew(self, raw: RawPage) -> tuple[Element, ...]:
        elements = code_boxes.guarded(raw.elements)
        self._codes = frozenset(
            (one.bounds.x, one.bounds.y) for one, told in zip(elements, raw.elements, strict=True) if one is not told
        )
        across_names, across_values = self._neighbours.cuts(elements)
        for at, element in enumerate(elements):
            self._known.learn(element, across_names.get(at, ()), across_values.get(at, ()))
        return tuple(
            self._known.element(
                element,
                [*across_names.get(at, ()), *self.half.spans(element.name)],
                [*across_values.get(at, ()), *(self.half.spans(element.value) if at != raw.focused else ())],
            )
            for at, element in enumerate(elements)
        )
