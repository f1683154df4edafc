# SPDX-License-Identifier: Apache-2.0
"""The one way from raw to kept: every text through every detector, every copy of a datum cut, at the policy's level.

interface  keeps the interface's own words (names of controls and labels of fields); all content is `<content N chars>`.
balanced   keeps everybody's words that the detectors cleared; longer free text only where a language model read it too.
open       keeps all but secrets and identifiers; names of persons stay.

At every level the value of a protected field is cut whole, and with it what was typed into it. Holds one segment's
memory of what was cut; knows nothing of scope, time or storage.
"""

from collections.abc import Sequence

import msgspec

from handiwork.model.event import Acted, Element, Observed, Opened, Skipped
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import MOST_ANCESTORS, RawActed, RawElement, RawFrame, RawOpened, RawPage
from handiwork.rules.redaction.clearing import CONTENT, Cleared, Clearing, Reader, content
from handiwork.rules.redaction.element_text import ElementText
from handiwork.rules.redaction.hints import is_password
from handiwork.rules.redaction.judged_page import JudgedPage
from handiwork.rules.redaction.known_elements import KnownElements
from handiwork.rules.redaction.pixels import MaskedFrame, Masker
from handiwork.rules.redaction.reading import ReadLine
from handiwork.rules.redaction.screen_text import ScreenText
from handiwork.rules.redaction.showing import boxes_of
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.typed_text import TypedText
from handiwork.rules.redaction.urls import cut_url
from handiwork.rules.redaction.withheld import Withheld

__all__ = ["REDACTOR_VERSION", "Cleared", "MaskedFrame", "Reader", "Redactor", "Span"]

REDACTOR_VERSION = "8"
"""In every segment's header. Changes with anything that changes what is cut."""

_DEEDS = frozenset({"click", "focus", "change", "select", "submit"})
_KINDS = frozenset({"menu", "list", "dialog", "tooltip", "window"})


class Redactor(Withheld):
    """One segment's redactor. Everything it returns may be kept; nothing that it was given may."""

    def __init__(self, words: Words, never: Sequence[str] = (), reader: Reader | None = None) -> None:
        self._level = words
        self._clearing = Clearing(never, personal=words != "open", reader=reader)
        self._elements = ElementText(words, self._clearing)
        settled = words == "interface" or reader is None  # at "interface" no language model is asked
        self._known = KnownElements(self._elements, self._clearing.memory, settled=settled)
        self._typing = TypedText(words, self._clearing, self._elements)
        self._screen = ScreenText(words, self._clearing, self._elements)
        self._masker = Masker()
        self._pages = JudgedPage(self._elements, self._known, self._clearing.memory)

    def typed(self, text: str, field: RawElement | None, *, finished: bool = False) -> Cleared:
        """A run of typing, judged with the field it went into (None: unknown, which never helps).

        `finished`: whether a key ended it that says so (Enter, Tab); else it may have been left amid a word.
        """
        return self._typing.clear(text, None if field is None else self._pages.guarded(field), finished=finished)

    def being_typed(self, text: str) -> None:
        """What somebody is typing, until told otherwise ("": nobody is): it may be half of something."""
        self._pages.being_typed(text)

    def words(self, text: str) -> Cleared:
        """The person's own words about the work, which they wrote to be kept."""
        return self._clearing.clear(text, "kept" if self._level == "open" else "cut")

    def spans(self, text: str) -> list[Span]:
        """Where a text would be cut if it were free content; remembers nothing."""
        return self._elements.spans(text)

    def title(self, text: str) -> Cleared:
        """A window's or document's title: content."""
        return self._elements.content(text, self._pages.half.spans(text))

    def url(self, text: str) -> Cleared:
        """An address: its place, without user, query, fragment and identifiers."""
        cut = cut_url(text, self._level, self._wrong_in)
        return Cleared(cut.text, cut.cuts)

    def element(self, raw: RawElement) -> Element:
        """One element. Its value is learned before its name is judged."""
        raw, half = self._pages.guarded(raw), self._pages.half
        self._elements.learn(raw)
        is_open = "focused" in raw.states
        in_value = half.of_run(raw.value) if is_open else half.spans(raw.value)
        return self._elements.element(raw, half.spans(raw.name), in_value)

    def acted(self, raw: RawActed) -> Acted | Skipped:
        """What was acted on; nothing at all of a password field."""
        if is_password(raw.element):
            return Skipped("element", "password field")
        if raw.what not in _DEEDS:
            return Skipped("element", "unknown deed")
        ancestry = tuple(self.element(one) for one in raw.ancestry[:MOST_ANCESTORS])
        return Acted(t=raw.time_ms, what=raw.what, element=self.element(raw.element), ancestry=ancestry)

    def opened(self, raw: RawOpened) -> Opened | Skipped:
        """What came up; nothing at all of a password field."""
        if raw.element is not None and is_password(raw.element):
            return Skipped("element", "password field")
        if raw.kind not in _KINDS:
            return Skipped("element", "unknown kind")
        element = None if raw.element is None else self.element(raw.element)
        return Opened(t=raw.time_ms, kind=raw.kind, bounds=raw.bounds, element=element)

    def page(self, raw: RawPage) -> Observed | Skipped:
        """What the page shows; nothing at all of a page that holds a password field."""
        if reason := _sensitive(raw):
            self._pages.forget()
            return Skipped("element", reason)
        kept = _without_open_value(self._pages.judged(raw), raw.focused)
        return Observed(
            t=raw.time_ms,
            url=self.url(raw.url).text,
            title=self.title(raw.title).text,
            bounds=raw.bounds,
            elements=kept,
            focused=raw.focused if 0 <= raw.focused < len(kept) else -1,
            truncated=raw.truncated,
        )

    def frame(
        self, raw: RawFrame, visible: Sequence[Box], page: RawPage | None, lines: Sequence[ReadLine] = ()
    ) -> MaskedFrame:
        """The picture, filled wherever it may show what was not read and cleared.

        `visible` are the parts of the window that no other covers. `page` is what it showed when the picture was
        taken; without one, or if it began only afterwards, it clears nothing. `lines` is what was read of the picture
        itself, where no page tells what it shows. What must be filled is filled whatever either of them says.
        """
        if page is not None and not self._pages.is_last(page) and _sensitive(page):  # the last page judged was not
            return self._masker.mask(raw, (), (), ())
        if page is None or page.time_ms > raw.time_ms:
            return self._masker.mask(raw, visible, self._screen.cleared(lines), ())
        clear, fill = boxes_of(page, self._pages.judged(page))
        return self._masker.mask(raw, visible, [*clear, *self._screen.cleared(lines)], fill)

    def newly_unread(self) -> int:
        """How many texts more than the last time were cut whole since no language model has read them."""
        return self._clearing.newly_unread()

    def forget(self) -> None:
        """Drops all memory of what was cut: call it when the segment ends."""
        self._clearing.forget()
        self._known.forget()
        self._typing.forget()
        self._screen.forget()
        self._masker.forget()
        self._pages.forget()

    def _wrong_in(self, part: str) -> tuple[str, ...]:
        """The kinds of what a part of an address may not show."""
        kinds = self._clearing.learn(part)
        return (*kinds, CONTENT) if self._pages.half.spans(part) else kinds


def _without_open_value(kept: tuple[Element, ...], focused: int) -> tuple[Element, ...]:
    """The field that has the keyboard may hold half of something that only the whole would give away."""
    if not 0 <= focused < len(kept):
        return kept
    field = kept[focused]
    if "editable" not in field.states or not field.value or field.cuts:
        return kept
    shown = content(field.value)
    hidden = msgspec.structs.replace(field, value=shown.text, cuts=shown.cuts)
    return (*kept[:focused], hidden, *kept[focused + 1 :])


def _sensitive(raw: RawPage) -> str:
    if raw.sensitive:
        return raw.sensitive
    return "password field" if any(is_password(element) for element in raw.elements) else ""
