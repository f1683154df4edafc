# SPDX-License-Identifier: Apache-2.0
"""Names and values of elements, by role and level. Knows nothing of pages as a whole."""

from collections.abc import Sequence

from handiwork.model.event import Element
from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement
from handiwork.rules.redaction.clearing import CONTENT, Cleared, Clearing, content
from handiwork.rules.redaction.files import is_standard_button
from handiwork.rules.redaction.hints import FIELDS, is_personal, protection
from handiwork.rules.redaction.interface import looks_like_file, looks_like_interface
from handiwork.rules.redaction.memory import LONGEST
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.withheld import Withheld

CONTROLS = frozenset(
    {"button", "tab", "menuitem", "checkbox", "radio", "textbox", "combobox", "listbox", "slider", "spinbutton"}
)
"""Roles whose names belong to the interface."""

DOORS = frozenset({"tab", "menuitem"})
"""Of the controls, those that may be called after what they open: an editor's tabs, recent files, bookmarks, people."""

PLACES = frozenset({"link", "heading", "dialog"})
"""Roles whose names are the interface's words in one page and content in the next."""

CONTAINERS = frozenset(
    {"application", "banner", "cell", "document", "form", "frame", "group", "list", "main", "menu", "menubar"}
    | {"navigation", "region", "row", "table", "tablist", "toolbar", "tooltip", "tree", "treeitem", "window"}
)
"""Roles of what other elements lie in. Their names are content, unless each word is the interface's own."""

ROLES = CONTROLS | PLACES | CONTAINERS | {"option", "text", "image"}
STATES = frozenset(
    {"checked", "selected", "disabled", "expanded", "focused", "editable", "required", "readonly", "protected"}
)
SHORT_CONTENT = 3
"""So many words of free content may stay at "balanced" where no language model has read them; more is cut whole."""

_REMEMBERED_FROM = 4
_NOWHERE = Box(0, 0, 0, 0)


class ElementText(Withheld):
    """Judges elements one by one, with a shared memory."""

    def __init__(self, level: Words, clearing: Clearing) -> None:
        self._level = level
        self._clearing = clearing

    def learn(self, raw: RawElement, in_name: Sequence[Span] = (), in_value: Sequence[Span] = ()) -> None:
        """Remembers what must be cut of this element, before any text of the same page is judged."""
        for text, spans in ((raw.name, in_name), (raw.value, in_value)):
            for span in spans:
                self._clearing.memory.remember(text[span.start : span.end], span.kind)
        if kind := self.whole(raw):
            self._clearing.memory.remember(raw.value, kind)
        elif raw.role in FIELDS and self.is_cut_as_content(raw.value) and is_worth_remembering(raw.value):
            self._clearing.memory.remember(raw.value, "content")
        if raw.among_files and not is_standard_button(raw) and is_worth_remembering(raw.name):
            self._clearing.memory.remember(raw.name, CONTENT)
        self._clearing.learn(raw.value)
        self._clearing.learn(raw.name)

    def element(self, raw: RawElement, in_name: Sequence[Span] = (), in_value: Sequence[Span] = ()) -> Element:
        """The element as it may be kept."""
        name, value = self._name(raw, in_name), self._value(raw, in_value)
        return Element(
            role=raw.role if raw.role in ROLES else "text",
            name=name.text,
            value=value.text,
            bounds=raw.bounds,
            states=tuple(sorted(raw.states & STATES)),
            parent=raw.parent,
            cuts=tuple(sorted({*name.cuts, *value.cuts})),
        )

    def whole(self, raw: RawElement) -> str:
        """The kind as which this element's value is cut whole, "" if it may be judged by its text."""
        if kind := protection(raw):
            return kind
        return CONTENT if raw.among_files else ("personal" if self._level != "open" and is_personal(raw) else "")

    def meant_by(self, label: str) -> str:
        """The kind as which what this label belongs to is cut whole, "" if it announces nothing."""
        return self.whole(RawElement(0, "textbox", "", "", _NOWHERE, frozenset(), -1, label, ()))

    def content(self, text: str, also: Sequence[Span] = ()) -> Cleared:
        """Free content at this level."""
        if self._level == "open":
            return self._clearing.clear(text, "kept", also)
        kinds = self._clearing.learn(text)
        if self.is_cut_as_content(text):
            cleared = content(text)
            return Cleared(cleared.text, tuple(sorted({*cleared.cuts, *kinds})))
        return self._clearing.clear(text, "all cut", also)

    def spans(self, text: str) -> list[Span]:
        """Where free content is cut at this level."""
        if text and self.is_cut_as_content(text):
            return [Span(0, len(text), "content")]
        return self._clearing.cuts(text, "kept" if self._level == "open" else "all cut")

    def is_cut_as_content(self, text: str) -> bool:
        """Whether free text is cut as a whole, whatever it says."""
        if self._level == "balanced":
            return len(text.split(None, SHORT_CONTENT)) > SHORT_CONTENT and not self._clearing.has_read(text)
        return self._level == "interface"

    def _name(self, raw: RawElement, also: Sequence[Span]) -> Cleared:
        if raw.among_files and not is_standard_button(raw):
            return content(raw.name)
        is_control, is_place = raw.role in CONTROLS, raw.role in PLACES or raw.role in CONTAINERS
        if self._level == "interface" and (is_control or is_place) and not also:
            if raw.role in DOORS and looks_like_file(raw.name):
                return content(raw.name)
            return self._clearing.interface(raw.name, strict=is_place or raw.role in DOORS)
        if self._level == "balanced" and is_control:
            return self._clearing.clear(raw.name, "cut", also)
        return self.content(raw.name, also)

    def _value(self, raw: RawElement, also: Sequence[Span]) -> Cleared:
        if not raw.value:
            return Cleared("")
        if kind := self.whole(raw):
            return content(raw.value) if kind == CONTENT else Cleared(f"<{kind}>", (kind,))
        return self.content(raw.value, also)


def is_worth_remembering(text: str) -> bool:
    """Whether content is so particular that it is cut from other texts too: "Anna Berg" is, "open" isn't."""
    text = text.strip()
    if not _REMEMBERED_FROM <= len(text) <= LONGEST or looks_like_interface(text, strict=True):
        return False
    return not text.islower() or " " in text or any(char.isdigit() for char in text)
