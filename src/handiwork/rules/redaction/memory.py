# SPDX-License-Identifier: Apache-2.0
"""What was cut so far, so that the same datum is cut in every copy and bears the same mark. In memory only."""

import re
from itertools import islice

from handiwork.rules.redaction.detectors.birth import DATE
from handiwork.rules.redaction.lexicon.lookup import is_common
from handiwork.rules.redaction.normal import is_plain, lowered, normal
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.withheld import Withheld

LONGEST = 4_000
"""Characters of a datum: what is longer was cut unread."""

MOST = 5_000
"""Data remembered in one segment. Beyond it nothing can be cleared any more, rather than something be forgotten."""

_SUBSTRING_FROM = 4
_SHORTEST = 2
_PARTED_FROM = 6
"""Letters and digits of a datum that is known again with other signs between them, or with none."""
_LOCAL_FROM = 5
_OF_PARTS = frozenset({"person", "name"})
_PART_FROM = 3
_OF_PIECES = frozenset({"password", "secret"})
_PIECE_FROM = 5
_PIECES = re.compile(r"[^\W_]+")
_TOLD_BY_TAIL = frozenset({"password", "secret", "card"})
_TAIL = 4
_DIGITS = re.compile("[0-9]{5,19}")
_FOUR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_UNMARKED = frozenset({"password", "secret", "content", "personal", "unsure", "too long", "pasted"})


class Memory(Withheld):
    """Data by kind, in the order in which they were met."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}
        self._parted: dict[str, tuple[str, str]] = {}
        self._tails: dict[str, str] = {}
        """The last four digits of numbers that are secret: written alone, they tell of them."""
        self._pieces: set[str] = set()
        """Words of secrets."""
        self._whole: dict[str, str] = {}
        self._marks: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._kinds)

    def remember(self, datum: str, kind: str) -> None:
        """From now on this datum is cut wherever it stands. A text too long to be judged is no datum."""
        if len(datum) > LONGEST:
            return
        key = _key(datum)
        if len(key) >= _SHORTEST and key not in self._kinds and len(self._kinds) <= MOST:
            self._kinds[key] = kind
            bare = _bare(key)
            if len(bare) >= _PARTED_FROM and (bare != key or not bare.isalpha()):
                self._parted.setdefault(bare, (key, kind))
            if kind in _TOLD_BY_TAIL and _DIGITS.fullmatch(bare):
                self._tails.setdefault(bare[-_TAIL:], kind)
            if kind in _OF_PARTS:
                self._remember_parts(key, kind)
            elif kind in _OF_PIECES:
                self._remember_pieces(key, kind)
            elif kind == "email":
                self._remember_local_part(key, kind)

    def mark(self, datum: str, kind: str) -> str:
        """The placeholder: the same for the same datum. Secrets bear no number: it would tell two apart."""
        if kind in _UNMARKED:
            return f"<{kind}>"
        key = _key(datum)
        key = self._whole.get(key, key)
        key = _bare(key) or key  # a card number is the same one however it is grouped
        if key not in self._marks:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._marks[key] = f"<{kind} {self._counts[kind]}>"
        return self._marks[key]

    def data(self, since: int = 0) -> list[str]:
        """What is remembered, lowered and in order, from the number `since` on."""
        return list(islice(self._kinds, since, None))

    def spans(self, text: str) -> list[Span]:
        """Where something remembered stands in a normalised text. A detector."""
        if len(self._kinds) > MOST:
            return [Span(0, len(text), "unsure")]
        plain = lowered(text)
        spans = [span for datum, kind in self._kinds.items() if datum in plain for span in _all(plain, datum, kind)]
        if self._tails:
            spans += self._told_by_tail(plain)
        return spans + self._parted_otherwise(plain) if self._parted else spans

    def is_piece(self, text: str) -> bool:
        """Whether it is known only as a word of a secret: the rest of that may stand beside it, misread."""
        return bool(self._pieces) and _key(text) in self._pieces

    def forget(self) -> None:
        """Drops everything."""
        self._kinds.clear()
        self._parted.clear()
        self._tails.clear()
        self._pieces.clear()
        self._whole.clear()
        self._marks.clear()
        self._counts.clear()

    def _parted_otherwise(self, plain: str) -> list[Span]:
        """Data whose letters and digits stand there with other signs between them. Only from a word's beginning on."""
        bare = _bare(plain)
        there = [
            (datum, kind)
            for datum, (key, kind) in self._parted.items()
            if datum in bare and bare.count(datum) > plain.count(key)  # else each was found as it was met
        ]
        if not there:
            return []
        places = [at for at, char in enumerate(plain) if char.isalnum()]
        return [
            Span(places[span.start], places[span.end - 1] + 1, kind)
            for datum, kind in there
            for span in _all(bare, datum, kind)
            if not places[span.start] or not plain[places[span.start] - 1].isalnum()
        ]

    def _told_by_tail(self, plain: str) -> list[Span]:
        """The last four digits of secret numbers, where they stand alone and are not the year of a written date."""
        fours = [match for match in _FOUR.finditer(plain) if match.group() in self._tails]
        if not fours:
            return []
        dates = [match.span() for match in DATE.finditer(plain)]
        return [
            Span(*match.span(), self._tails[match.group()])
            for match in fours
            if not any(start <= match.start() and match.end() <= end for start, end in dates)
        ]

    def _remember_local_part(self, key: str, kind: str) -> None:
        """The name before the @, where it is no plain word: in paths and profiles it means the same."""
        local = key.partition("@")[0].strip()
        if len(local) >= _LOCAL_FROM and "@" in key and not local.isalpha() and local not in self._kinds:
            self._kinds[local] = kind
            self._whole[local] = key

    def _remember_pieces(self, key: str, kind: str) -> None:
        """A double click takes one word of a secret, to be dragged or pasted anywhere; everybody's words stay."""
        for piece in _PIECES.findall(key):
            if len(piece) >= _PIECE_FROM and piece not in self._kinds and not is_common(piece):
                self._kinds[piece] = kind
                self._pieces.add(piece)

    def _remember_parts(self, key: str, kind: str) -> None:
        """After "Anna Berg", "Anna" and "Berg" mean the same; a part of several names means the first of them."""
        for part in key.split():
            if len(part) >= _PART_FROM and part != key and part not in self._kinds and not is_common(part):
                self._kinds[part] = kind
                self._whole[part] = key


def _bare(plain: str) -> str:
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def _key(datum: str) -> str:
    if is_plain(datum):
        return datum.lower().strip()
    return lowered(normal(datum).text).strip()


def _all(plain: str, datum: str, kind: str) -> list[Span]:
    spans, at = [], plain.find(datum)
    while at >= 0:
        end = at + len(datum)
        inside = (at > 0 and plain[at - 1].isalnum()) or (end < len(plain) and plain[end].isalnum())
        if len(datum) >= _SUBSTRING_FROM or not inside:
            spans.append(Span(at, end, kind))
        at = plain.find(datum, at + 1)
    return spans
