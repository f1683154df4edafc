# SPDX-License-Identifier: Apache-2.0
"""Which words on the screen may be shown, by what was read of them: the same judgement as for any other text.

A word is shown only if it was read with confidence, in a line whose every detector was asked, at the policy's level.
What was cut in any stream is not shown, even where a letter of it was misread. Knows no pixels and no elements.
"""

from collections.abc import Sequence
from typing import NamedTuple

from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.rules.redaction.clearing import Clearing
from handiwork.rules.redaction.element_text import ElementText
from handiwork.rules.redaction.interface import looks_like_interface
from handiwork.rules.redaction.layout import Layout, Word, plain, segments_of, words_of
from handiwork.rules.redaction.misread import Misread
from handiwork.rules.redaction.own_words import own_words
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.withheld import Withheld

LEAST, MEAN = 0.3, 0.8
"""How sure the reader must be of each character of a word, and on average."""

DOUBTFUL = 0.4
"""A line of which so many words are in doubt was not read."""

_LABEL_WORDS = 5

_LEAST_CHARACTERS = 2
"""Of turned text each letter is a line of its own: what is no wider than tall, or a single character, isn't shown."""


_MOST_JUDGED = 4_000


class _Judged(NamedTuple):
    """What came out for a reading, and all that it rested on. Holds the reading, so that its id stays its own."""

    reading: Reading
    rests_on: tuple[object, ...]
    boxes: list[Box]


class ScreenText(Withheld):
    """Judges what was read, with the memory that all streams of a segment share."""

    def __init__(self, level: Words, clearing: Clearing, elements: ElementText) -> None:
        self._level = level
        self._clearing = clearing
        self._elements = elements
        self._misread = Misread(clearing.memory)
        self._labels: dict[str, str] = {}
        self._judged: dict[int, _Judged] = {}
        self._last: tuple[tuple[ReadLine, ...], int, list[Box]] | None = None

    def learn(self, lines: Sequence[ReadLine]) -> None:
        """Remembers every datum in them, before any of them is judged: a copy may stand in an earlier line."""
        for line in lines:
            self._clearing.learn(plain(line.reading.text))

    def cleared(self, lines: Sequence[ReadLine]) -> list[Box]:
        """Boxes that may be shown."""
        lines = tuple(lines)
        last = self._last
        if last is not None and last[0] == lines and last[1] == len(self._clearing.memory):
            return list(last[2])  # the same lines, and nothing was learned since
        boxes = self._cleared_anew(lines)
        self._last = None if self._clearing.is_read_to else (lines, len(self._clearing.memory), boxes)
        return list(boxes)

    def _cleared_anew(self, lines: Sequence[ReadLine]) -> list[Box]:
        self.learn(lines)
        layout = Layout(lines)
        hidden = self._hidden_by_neighbours(layout)
        boxes: list[Box] = []
        for at, line in enumerate(lines):
            boxes += self._cleared_again(line, tuple(hidden.get(at, ())))
        return boxes

    def forget(self) -> None:
        """Drops what was remembered."""
        self._misread.forget()
        self._labels.clear()
        self._judged.clear()
        self._last = None

    def _cleared_again(self, line: ReadLine, hidden: tuple[tuple[int, int], ...]) -> list[Box]:
        """As `_cleared_in`, from the last judgement if nothing that it rested on has changed."""
        rests_on = (line.box.w, line.box.h, hidden, len(self._clearing.memory))
        last = self._judged.get(id(line.reading))
        if last is None or last.reading is not line.reading or last.rests_on != rests_on or self._clearing.is_read_to:
            at_origin = ReadLine(Box(0, 0, line.box.w, line.box.h), line.reading)
            last = _Judged(line.reading, rests_on, self._cleared_in(at_origin, hidden))
            if len(self._judged) >= _MOST_JUDGED:
                self._judged.clear()
            self._judged[id(line.reading)] = last
        return [Box(line.box.x + box.x, line.box.y + box.y, box.w, box.h) for box in last.boxes]

    def _cleared_in(self, line: ReadLine, hidden: Sequence[tuple[int, int]]) -> list[Box]:
        if line.box.h >= line.box.w or sum(char.isalnum() for char in line.reading.text) < _LEAST_CHARACTERS:
            return []
        text, words = line.reading.text, words_of(line)
        cut = [(span.start, span.end) for span in self._clearing.spans(plain(text))] + list(hidden)
        whole = [place for place in cut if not self._clearing.memory.is_piece(text[slice(*place)])]
        doubtful = sum(_is_doubtful(word) for word in _without_marks_at_the_ends(text, words))
        if not words or doubtful >= max(1, DOUBTFUL * len(words)) or self._misread.recalls(_without(text, whole)):
            return []
        shown: list[Word] = []
        for start, end in segments_of(line):
            inside = [word for word in words if start <= word.start < end]
            shown += self._shown(text, inside, cut)
        return _joined(shown, words)

    def _shown(self, text: str, words: list[Word], cut: Sequence[tuple[int, int]]) -> list[Word]:
        """The words of one segment that may be shown."""
        if self._level == "open":
            return [word for word in words if not _is_doubtful(word) and not _meets(word, cut)]
        words = _without_marks_at_the_ends(text, words)
        if not words:
            return []
        segment = text[words[0].start : words[-1].end]
        if not any(char.isalpha() for char in segment):
            return []  # a few digits say nothing by themselves, and may be the end of a number
        begin = words[0].start
        start, end = own_words(segment)
        own = [word for word in words if start + begin <= word.start and word.end <= end + begin]
        if any(_is_doubtful(word) or _meets(word, cut) for word in own):
            own = []
        if own == words or self._level == "interface" or self._elements.is_cut_as_content(segment):
            return own
        names = [(span.start + begin, span.end + begin) for span in self._clearing.cuts(segment, "all cut")]
        return [word for word in words if not _is_doubtful(word) and not _meets(word, [*cut, *names])]

    def _hidden_by_neighbours(self, layout: Layout) -> dict[int, list[tuple[int, int]]]:
        """What must be hidden in each line because of the lines around it."""
        hidden: dict[int, list[tuple[int, int]]] = {}
        for chain in layout.chains():
            if len(chain) > 1:
                self._hide_what_is_spread(layout, chain, hidden)
        for at, line in enumerate(layout.lines):
            kind = self._label(line.reading.text)
            if not kind:
                continue
            beside = layout.beside(at)
            for other in [*layout.column_below(at), *([] if beside is None else [beside])]:
                text = layout.lines[other].reading.text
                if not looks_like_interface(text, strict=True):
                    start, end = own_words(text) if kind == "personal" else (0, 0)
                    hidden.setdefault(other, []).extend([(0, start), (end, len(text))])
        return hidden

    def _hide_what_is_spread(
        self, layout: Layout, chain: Sequence[int], hidden: dict[int, list[tuple[int, int]]]
    ) -> None:
        texts = [plain(layout.lines[at].reading.text) for at in chain]
        for span in self._clearing.spans(" ".join(texts)):
            begin = 0
            for at, text in zip(chain, texts, strict=True):
                start, end = max(span.start - begin, 0), min(span.end - begin, len(text))
                is_part = start < end and end - start < span.end - span.start
                if is_part and not looks_like_interface(text, strict=True):
                    hidden.setdefault(at, []).append((start, end))
                begin += len(text) + 1

    def _label(self, text: str) -> str:
        """What kind of datum stands beside or below, "" if the text is no label that tells."""
        if len(self._labels) >= _MOST_JUDGED:
            self._labels.clear()
        if text not in self._labels:
            label = text.strip(" :*•|")
            is_short = bool(label) and len(label.split()) <= _LABEL_WORDS
            self._labels[text] = self._elements.meant_by(label) if is_short else ""
        return self._labels[text]


def _without(text: str, cut: Sequence[tuple[int, int]]) -> str:
    for start, end in cut:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _is_doubtful(word: Word) -> bool:
    return word.least < LEAST or word.mean < MEAN


def _meets(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in spans)


def _without_marks_at_the_ends(text: str, words: list[Word]) -> list[Word]:
    """Without single characters before and after: icons and boxes to tick, as a reader sees them."""
    while words and words[0].end - words[0].start == 1 and not text[words[0].start].islower():
        words = words[1:]
    while words and words[-1].end - words[-1].start == 1 and not text[words[-1].start].islower():
        words = words[:-1]
    return words


def _joined(shown: list[Word], words: list[Word]) -> list[Box]:
    """One box for each run of neighbouring words."""
    boxes: list[Box] = []
    chosen = {word.start for word in shown}
    last = None
    for number, word in enumerate(words):
        if word.start not in chosen:
            continue
        if last is not None and last == number - 1:
            before = boxes.pop()
            boxes.append(Box(before.x, before.y, word.box.x + word.box.w - before.x, before.h))
        else:
            boxes.append(word.box)
        last = number
    return boxes
