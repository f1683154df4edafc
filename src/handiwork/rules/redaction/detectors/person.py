# SPDX-License-Identifier: Apache-2.0
"""Names of persons: what lists of names know, what titles and greetings announce, and what stands beside either.

Reads English best. It finds the named; what no list knows is left to the keep-list of the level "balanced".
"""

import re
from typing import NamedTuple

from handiwork.rules.redaction.lexicon.lookup import AMBIGUOUS, COMMON, common, family, folded, given, name
from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+){0,4}")
_TITLES_LIST = """
mr mrs ms miss mx dr prof professor doctor sir madam madame dame lord lady rev reverend father sister herr frau
monsieur mme mlle signor signora senor senora sr sra srta don dona capt captain sgt sergeant lt lieutenant col
colonel officer judge senator president hon fr pastor rabbi imam sheikh uncle aunt auntie grandma grandpa
"""
_TITLES = frozenset(_TITLES_LIST.split())
_FIRM_TITLES_LIST = """
mr mrs ms mx dr prof herr frau mme mlle signora senora srta
"""
_FIRM_TITLES = frozenset(_FIRM_TITLES_LIST.split())
"""Titles that make a name even of a common word or of one in small letters."""
_PARTICLES_LIST = """
van von der den de del della di da dos das la le el al bin ibn ben ter ten du st san zu af
"""
_PARTICLES = frozenset(_PARTICLES_LIST.split())
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"])
_MONTHS = frozenset(["april", "august", "june", "may", "jan", "jun", "dec", "march"])
_BEFORE_MONTHS_LIST = """
in since until till by of from during early late next last this mid on through and to
"""
_BEFORE_MONTHS = frozenset(_BEFORE_MONTHS_LIST.split())
_CUE = re.compile(
    r"(?:\b(?:my name is|name's|my name's|i am called|named|dear|hi|hello|hey|attn:?|attention:|c/o|yours truly,?|"
    r"sincerely,?|regards,?|cheers,|thanks,|thank you,|signed,?|signed by|written by|posted by|created by|assigned to|"
    r"reported by|approved by|requested by|speaking with|spoke (?:to|with)|ask for|in care of|on behalf of|full name:?|"
    r"first name:?|last name:?|surname:?|given name:?|family name:?|name:|recipient:|contact:|"
    r"customer:|patient:|client:|employee:|"
    r"owner:|author:|manager:|attendees?:|participants?:|from:|to:|cc:|je m'appelle|ich hei(?:ss|s)e|mein name ist|"
    r"me llamo|mi chiamo|meu nome e)\s{1,3})"
)  # fmt: skip
_CUE_LIST = """
name named called dear hi hello hey attn attention c yours sincerely regards cheers thanks thank signed written posted
created assigned reported approved requested speaking spoke ask care behalf surname heisse heise llamo chiamo nome
"""
_CUE_WORDS = frozenset(_CUE_LIST.split())
_COLON_LIST = """
recipient contact customer patient client employee owner author manager attendee attendees participant participants from
to cc
"""
_WITH_COLON = _CUE_WORDS.union(_COLON_LIST.split())
"""A word of each cue; the last of them only before a colon."""
_FIRM_CUE = re.compile(
    r"(?:name|heise|heisse|appelle|llamo|chiamo|meu nome e|called|named|dear)\W*\s*(?:is|ist)?\s*$", re.IGNORECASE
)
_MOST = 6
_NEVER_A_NAME = frozenset(word for word in COMMON - _TITLES if len(word) > 1 and not name(word))

_OPENERS = frozenset('.!?:;\n"([|')


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    small: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or not (self.text[0].islower() or self.text[0].isupper())

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper()


def detect(text: str) -> list[Span]:
    """All names of persons, with their titles."""
    words = [_Word(*match.span(), word := match.group(), folded(word)) for match in _WORD.finditer(text)]
    cued = _cued(text, words)
    spans: list[Span] = []
    at = 0
    while at < len(words):
        if words[at].start not in cued and _is_plain(words[at]):  # most words are: told at once
            at += 1
            continue
        end = _name_from(text, words, at, cued)
        if end > at:
            spans.append(Span(words[at].start, words[end - 1].end, "person"))
        at = max(end, at + 1)
    return spans


def _cued(text: str, words: list[_Word]) -> dict[int, bool]:
    """Where names are announced, and whether firmly."""
    if "'" not in text and "-" not in text:
        cues = _WITH_COLON if ":" in text else _CUE_WORDS
        if cues.isdisjoint([word.small for word in words]):
            return {}
    return {match.end(): _FIRM_CUE.search(match.group().rstrip()) is not None for match in _CUE.finditer(lowered(text))}


def _is_plain(word: _Word) -> bool:
    """Whether nothing in a word that is not announced can begin a name."""
    if word.small in _NEVER_A_NAME:
        return True
    return word.text[0].islower() and not (word.small in _TITLES or given(word.small))


def _name_from(text: str, words: list[_Word], at: int, cued: dict[int, bool]) -> int:
    """One past the last word of the name that begins at this word; `at` if none does."""
    word = words[at]
    if word.small in _TITLES and at + 1 < len(words) and _touches(text, word, words[at + 1]):
        firm = word.small in _FIRM_TITLES
        end = _run(text, words, at + 1, firm=firm)
        if end > at + 1:
            return end
    if word.start in cued and (end := _run(text, words, at, firm=cued[word.start])) > at:
        return end
    if word.is_capital and not word.is_initial:
        return _capital(text, words, at)
    if given(word.small):
        return _small(text, words, at)
    return _initials(text, words, at) if word.is_initial else at


def _capital(text: str, words: list[_Word], at: int) -> int:
    word = words[at]
    if not name(word.small):
        nxt = words[at + 1] if at + 1 < len(words) else None
        beside = nxt is not None and nxt.is_capital and name(nxt.small) and nxt.small not in AMBIGUOUS
        if not (beside and nxt is not None and _touches(text, word, nxt)) or common(word.small):
            return at
        return _run(text, words, at, firm=False)
    if word.small in AMBIGUOUS and not _is_meant(text, words, at):
        return at
    return max(at + 1, _run(text, words, at, firm=False))


def _is_meant(text: str, words: list[_Word], at: int) -> bool:
    """Whether a word that is a name too is one here: by a surname after it, or by its capital amid small letters."""
    word = words[at]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) and _touches(text, word, words[at + 1]) else None
    if after is not None and after.is_capital and given(word.small) and (family(after.small) or after.is_initial):
        return word.text != word.text.upper()
    if after is not None and after.is_capital and not common(after.small):
        return True
    if before is None or not before.text.islower() or word.text.isupper() or _opens(text, before, word):
        return False
    if word.small in _MONTHS:
        near = text[word.end : word.end + 4] + text[max(0, word.start - 4) : word.start]
        return not (before.small in _BEFORE_MONTHS or any(char.isdigit() for char in near))
    return not (after is not None and after.is_capital)


def _opens(text: str, before: _Word, word: _Word) -> bool:
    """Whether it is the first of its sentence or line."""
    return not _OPENERS.isdisjoint(text[before.end : word.start])


def _small(text: str, words: list[_Word], at: int) -> int:
    """A given name in small letters. One that is a word too counts only with a surname that is none after it."""
    after = words[at + 1] if at + 1 < len(words) and _touches(text, words[at], words[at + 1]) else None
    if common(words[at].small):
        return at + 2 if after is not None and family(after.small) and not common(after.small) else at
    if after is not None and (name(after.small) or not common(after.small)):
        return max(at + 1, _run(text, words, at, firm=True))
    return at + 1


def _initials(text: str, words: list[_Word], at: int) -> int:
    """J. R. Smith: initials before a capitalised word that is no common one."""
    end = at
    while end < len(words) and words[end].is_initial and end - at < 3:
        end += 1
    if end == len(words) or "." not in text[words[at].end : words[end].start]:
        return at
    last = words[end]
    is_surname = last.is_capital and len(last.text) > 1 and not common(last.small)
    return _run(text, words, end, firm=False) if is_surname and last.start - words[at].start < 12 else at


def _run(text: str, words: list[_Word], at: int, *, firm: bool) -> int:
    """One past the last of the words from here that can be one name. `firm`: common and small words may begin it."""
    end = at
    while end < len(words) and end - at < _MOST and (end == at or _touches(text, words[end - 1], words[end])):
        word = words[end]
        if (
            _leads_on(words, end, begins=end == at and not firm)
            or word.is_initial
            or word.small in _SUFFIXES
            or _is_part(word, firm=firm, first=end == at)
        ):
            end += 1
        else:
            break
    while end > at and (words[end - 1].small in _PARTICLES and end - at > 1):
        end -= 1
    if end - at == 1 and words[at].is_initial:
        return at
    return end


def _leads_on(words: list[_Word], at: int, *, begins: bool) -> bool:
    """A particle with a capital, or one more particle, after it: "van der Berg"."""
    if begins or words[at].small not in _PARTICLES or at + 1 == len(words):
        return False
    return words[at + 1].is_capital or words[at + 1].small in _PARTICLES


def _is_part(word: _Word, *, firm: bool, first: bool) -> bool:
    if word.is_capital:
        return not common(word.small) or name(word.small) or (firm and first)
    return (name(word.small) or (firm and first)) and not common(word.small)


def _touches(text: str, a: _Word, b: _Word) -> bool:
    between = text[a.end : b.start]
    if between in (" ", "  ", "\t"):
        return True
    return between in (". ", ".") and (a.is_initial or a.small in _TITLES or a.small in _SUFFIXES)
