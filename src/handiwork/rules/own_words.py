# SPDX-License-Identifier: Apache-2.0
"""The words that a person never wants kept, added to and taken from. Knows nothing of where they are stored.

No error repeats a word: it is what must not be told.
"""

from collections.abc import Sequence

from handiwork.model.errors import BadInput
from handiwork.rules.redaction.normal import lowered, normal

SHORTEST, LONGEST, MOST = 3, 120, 500
"""Letters and digits; characters; words. Shorter ones would cut half of everything, more would slow every text down."""


def with_added(words: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Both, in order, each once whatever its case and spacing. BadInput for one that can't be used."""
    known = {key(word) for word in words}
    found = list(words)
    for word in (" ".join(one.split()) for one in more):
        _check(word)
        if key(word) not in known:
            known.add(key(word))
            found.append(word)
    if len(found) > MOST:
        raise _refused(f"more than {MOST} words can't be kept", "forget some first, with `handiwork redact forget`.")
    return tuple(found)


def without(words: Sequence[str], gone: str) -> tuple[str, ...]:
    """All but that one. BadInput if it is not among them."""
    left = tuple(word for word in words if key(word) != key(gone))
    if len(left) == len(words):
        raise _refused("the word to forget is not on your list", "see the list with `handiwork redact list`.")
    return left


def key(word: str) -> str:
    """What makes two words the same one."""
    return "".join(char for char in lowered(normal(word).text) if char.isalnum())


def _check(word: str) -> None:
    if len(word) > LONGEST:
        raise _refused(f"a word is longer than {LONGEST} characters", "give the part that is telling.")
    if len(key(word)) < SHORTEST:
        raise _refused(f"a word has fewer than {SHORTEST} letters", "give more of it: so few would cut everything.")


def _refused(why: str, do: str) -> BadInput:
    return BadInput(f"That can't be done: {why}.", data="your list is unchanged and in force.", do=do)
