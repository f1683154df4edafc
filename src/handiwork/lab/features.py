# SPDX-License-Identifier: Apache-2.0
"""An observation and a goal as arrays. Knows no model, and nothing that redaction has cut.

What carries most is how an element's name lies in the goal: behaviour cloning from a few dozen demonstrations learns
to point at what the goal names, not what words mean (docs/decisions/0007). `acted` are the elements that were acted
on earlier in the same episode.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handiwork.derive.targets import find
from handiwork.model.event import Element
from handiwork.model.step import Observation
from handiwork.ports.policy_model import Codes, Floats, Scene

ROLES = (
    *("button", "link", "textbox", "checkbox", "radio", "combobox", "listbox", "option", "tab", "menuitem"),
    *("slider", "spinbutton", "heading", "dialog", "text", "image"),
)
STATES = ("checked", "selected", "disabled", "expanded", "focused", "editable", "required", "readonly", "protected")
NAME_WORDS, WORD_CHARACTERS, MOST_WORDS = 4, 12, 48
_MATCH_FEATURES = 9
_OTHER_FEATURES = 12
ELEMENT_FEATURES = len(ROLES) + len(STATES) + _MATCH_FEATURES + _OTHER_FEATURES
WORD_FEATURES = 7
_QUOTES = frozenset("\"'“”„«»")
_PIECE = r"(?:<[a-z][a-z ]*(?: \d+)?>|\w)"
_WORD = re.compile(rf"{_PIECE}+(?:['’.@-]{_PIECE}+)*|\S")
_CUT = re.compile(r"<[a-z][a-z ]*(?: \d+(?: chars)?)?>")


@dataclass(frozen=True)
class Word:
    """One word or mark of a text, and where it stands."""

    text: str
    start: int
    end: int


def has_cut(text: str) -> bool:
    """Whether redaction left its mark in the text: such words may be compared, but never typed."""
    return _CUT.search(text) is not None


def words_of(text: str, most: int = MOST_WORDS) -> tuple[Word, ...]:
    """Words and punctuation in order. What redaction left ("<name 3>") is one word, or part of one."""
    found = (Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text))
    return tuple(word for word, _ in zip(found, range(most), strict=False))


def span_of(text: str, goal: str) -> tuple[int, int] | None:
    """The first and last word of the goal that together read exactly `text`, or None."""
    words = words_of(goal)
    for first, word in enumerate(words):
        if goal.startswith(text, word.start) and text:
            ends = [last for last in range(first, len(words)) if words[last].end == word.start + len(text)]
            if ends:
                return first, ends[0]
    return None


def copied(goal: str, first: int, last: int) -> str:
    """The goal's own text from its `first` to its `last` word."""
    words = words_of(goal)
    return goal[words[first].start : words[last].end]


def scene(observation: Observation, goal: str, acted: Sequence[Element]) -> Scene:
    """The arrays of one moment."""
    elements = observation.elements
    said = _Goal(goal)
    touched = [find(elements, element) for element in acted]
    rows = [
        [*_kind(element), *said.match(element), *_situation(element, index, observation, touched)]
        for index, element in enumerate(elements)
    ]
    names = [_name_codes(element) for element in elements]
    return Scene(
        elements=np.array(rows, np.float32).reshape(len(elements), ELEMENT_FEATURES),
        names=np.array(names, np.int64).reshape(len(elements), NAME_WORDS, WORD_CHARACTERS),
        goal=said.features(elements),
        words=said.codes(),
    )


def _kind(element: Element) -> list[float]:
    return [*(float(element.role == role) for role in ROLES), *(float(state in element.states) for state in STATES)]


def _situation(element: Element, index: int, observation: Observation, touched: list[int]) -> list[float]:
    """Where the element lies, what it holds, and whether it was acted on before."""
    window, box = observation.bounds, element.bounds
    x, y = box.centre
    shape = [
        _part(x - window.x, window.w),
        _part(y - window.y, window.h),
        _part(box.w, window.w),
        _part(box.h, window.h),
    ]
    parent = observation.elements[element.parent] if 0 <= element.parent < len(observation.elements) else None
    return [
        *shape,
        index / len(observation.elements),
        float(bool(element.value)),
        float(parent is not None and parent.value == element.name),
        float(bool(element.name)),
        min(1.0, len(element.name) / 60),
        float(index in touched),
        float(touched[-1:] == [index]),
        min(1.0, len(touched) / 6),
    ]


def _part(length: int, whole: int) -> float:
    return length / whole if whole > 0 else 0.0


class _Goal:
    """A goal, taken apart."""

    def __init__(self, goal: str) -> None:
        self._words = words_of(goal)
        self._exact = [word.text for word in self._words]
        self._folded = [word.text.casefold() for word in self._words]
        self._quoted = _in_quotes(self._exact)

    def match(self, element: Element) -> list[float]:
        """How the element's name, and what it holds, lie in the goal."""
        name = [word.text for word in words_of(element.name)]
        folded = [word.casefold() for word in name]
        exact_at, folded_at = _place(name, self._exact), _place(folded, self._folded)
        known = sum(word in self._folded for word in folded)
        covered = sum(word in folded for word in self._folded)
        value = [word.text for word in words_of(element.value)]
        return [
            float(exact_at >= 0),
            float(folded_at >= 0),
            float(exact_at >= 0 and self._quoted[exact_at]),
            known / len(name) if name else 0.0,
            covered / len(self._words) if self._words else 0.0,
            float(bool(name) and name == self._exact),
            (max(exact_at, folded_at) + 1) / (MOST_WORDS + 1),
            float(_place(value, self._exact) >= 0),
            float(bool(value) and value == name),
        ]

    def features(self, elements: Sequence[Element]) -> Floats:
        """W x G."""
        names = [[word.text for word in words_of(element.name)] for element in elements if element.role != "text"]
        named = {word for name in names if _place(name, self._exact) >= 0 for word in name}
        rows = [
            [
                float(word[:1].isalnum()),
                float(quoted),
                float(word in _QUOTES),
                float(word[:1].isupper()),
                float(word.isdigit()),
                float(word in named),
                index / MOST_WORDS,
            ]
            for index, (word, quoted) in enumerate(zip(self._exact, self._quoted, strict=True))
        ]
        return np.array(rows, np.float32).reshape(len(rows), WORD_FEATURES)

    def codes(self) -> Codes:
        """W x C."""
        return np.array([_codes(word) for word in self._exact], np.int64).reshape(-1, WORD_CHARACTERS)


def _in_quotes(words: Sequence[str]) -> list[bool]:
    inside, found = False, []
    for word in words:
        inside ^= word in _QUOTES
        found.append(inside and word not in _QUOTES)
    return found


def _place(part: Sequence[str], whole: Sequence[str]) -> int:
    """Where `part` begins within `whole`, or -1."""
    if not part:
        return -1
    size = len(part)
    return next((i for i in range(len(whole) - size + 1) if list(whole[i : i + size]) == list(part)), -1)


def _name_codes(element: Element) -> list[list[int]]:
    words = [_codes(word.text) for word in words_of(element.name, NAME_WORDS)]
    return words + [[0] * WORD_CHARACTERS] * (NAME_WORDS - len(words))


def _codes(word: str) -> list[int]:
    """A number below 128 for each of the first characters; 0 for none."""
    codes = [ord(c) - 31 if 32 <= ord(c) < 127 else 96 + ord(c) % 32 for c in word[:WORD_CHARACTERS]]
    return codes + [0] * (WORD_CHARACTERS - len(codes))
