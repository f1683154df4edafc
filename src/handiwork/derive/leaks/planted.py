# SPDX-License-Identifier: Apache-2.0
"""Finds known words in bytes, in any encoding in which they could lie there by accident."""

import base64
from collections.abc import Iterator, Sequence

_SHORTEST_PART = 6


def holds(data: bytes, word: str) -> bool:
    """Whether the word or a half of it lies in the bytes."""
    held = data.lower()
    return any(form in held for form in _forms(word))


def words_in(data: bytes, words: Sequence[str]) -> Iterator[int]:
    """Places (in the list) of the words that the bytes hold."""
    held = data.lower()
    yield from (place for place, word in enumerate(words) if any(form in held for form in _forms(word)))


def _forms(word: str) -> set[bytes]:
    """The word and its halves as they might lie in a file: UTF-8, UTF-16, hexadecimal, base64 at each alignment."""
    middle = len(word) // 2
    parts = {word, *(part for part in (word[:middle], word[middle:]) if len(part.strip()) >= _SHORTEST_PART)}
    forms: set[bytes] = set()
    for part in parts:
        plain = part.lower().encode()
        forms |= {plain, part.lower().encode("utf-16-le"), plain.hex().encode()}
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + word.encode())
        # The first and last characters also depend on the neighbours: what is left is the word's own.
        forms.add(coded[4 if lead else 0 : -4].lower())
    return {form for form in forms if len(form) >= _SHORTEST_PART}
