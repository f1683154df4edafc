# SPDX-License-Identifier: Apache-2.0
"""Postal addresses: an anchor that hardly stands elsewhere (a street with a number, a box, a postcode with a town), and
from there outwards as long as the words can belong to it: house, unit, district, town, state, code, country.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from handiwork.rules.redaction.lexicon.lookup import common, folded
from handiwork.rules.redaction.lexicon.places import (
    CITIES,
    COUNTRIES,
    POST_BOXES,
    STATE_NAMES,
    STATES,
    STREETS_AFTER,
    STREETS_BEFORE,
    STREETS_SURE,
    STREETS_WITHIN,
    UNITS,
)
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[A-Za-z]{1,3}(?![^\W\d_]))?|\n|[^\w\s]")
_HOUSE = r"\d{1,6}(?:\s?[-/–]\s?\d{1,5})?\s?(?:[a-z](?![a-z])|bis|ter)?"
_WORD = r"[^\W\d_][\w'’.-]{0,24}"
_OF = r"(?:(?:de|du|des|da|do|dos|das|del|della|dei|la|le|les|las|los|of|der|den|dem|d')\s?){0,3}"
_BEFORE = re.compile(
    rf"(?:{STREETS_BEFORE})\b\.?\s{{0,2}}(?P<name>{_OF}{_WORD}(?:\s{_WORD}){{0,5}}?)"
    rf"(?P<last>,?\s{{0,2}}(?:n[°ºo.]{{0,2}}\s?|nr\.?\s?|s/n)?{_HOUSE}(?!\w))?(?=[\s,.;)\n]|$)",
    re.IGNORECASE,
)
_FIRST_WORDS = frozenset(re.split(r"\W", kind)[0] for kind in STREETS_BEFORE.split("|"))
_NUMBER_FIRST = re.compile(rf"(?<!\w){_HOUSE},?\s{{1,2}}$", re.IGNORECASE)
_WITHIN = tuple(STREETS_WITHIN.split("|"))
_STREET_WORDS = frozenset(part for kind in STREETS_AFTER | _FIRST_WORDS for part in kind.split("-"))
_PLAIN_WORD = re.compile("[a-z]+")
_HOUSE_HERE = re.compile(rf"{_HOUSE}(?!\w)", re.IGNORECASE)
_BOX_WORDS = (
    "box", "post", "apartado", "apdo", "caixa", "casella", "bag", "p.o", "po b", "bp", "b.p", "b. p", "pmb", "skrytka",
    "pl ",
)  # fmt: skip
_BOX = re.compile(rf"(?<!\w)(?:{POST_BOXES})\s?(?:no\.?|nr\.?|#|:)?\s?[a-z]{{0,2}}\d[\d ]{{0,9}}", re.IGNORECASE)
_CODES = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|"  # GB
    r"[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d|"  # CA
    r"\d{4} ?[A-Z]{2}(?=,? +[^\W\d_])|"  # NL
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]|"
    r"A[AEP]|NSW|VIC|QLD|SA|TAS|ACT|NT),? +\d{4,5}(?:-\d{4})?|"  # US, AU
    r"(?:A|B|CH|D|DK|E|F|FIN|I|L|N|NL|P|PL|S|SE|CZ|HU|LV|LT)-\d{3,5}(?=\s+[A-Z])|"
    r"\d{5}-\d{3}|\d{2}-\d{3}(?=\s+[A-Z])|\d{3} \d{2}(?=\s+[A-Z][a-z])|"
    r"\d{4}-\d{3}(?=\s+[A-Z])|〒?\d{3}-\d{4}(?=\s+[A-Z])"
    r")(?!\w)"
)
_ZIP_CUE = re.compile(
    r"(?<![a-z])(?:zip(?: ?code)?|post(?:al)? ?code|plz|cap|code postal|codigo postal|pin ?code)"
    r"[^\w\n]{0,3}(?:is|=)?\s{0,2}"
    r"(?P<code>(?=[a-z]{0,3}\s?\d)[a-z0-9]{2,8}(?:[ -][a-z0-9]{3,4}(?=\W|$)(?<=\d..))?)",
    re.IGNORECASE,
)
_ZIP_CUES = ("zip", "post", "plz", "cap", "code", "codigo", "pin")
_THREE_DIGITS, _CAPITAL_DIGIT = re.compile(r"\d{3}"), re.compile(r"[A-Z]\d")
_ZIP_WORDS = frozenset(
    ["zip", "zipcode", "post", "postal", "postcode", "postalcode", "plz", "cap", "code", "codigo", "pin", "pincode"]
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_CODE_TOWN = re.compile(r"(?<![\w.,-])\d{4,6}(?=\s{1,2}(?P<town>[A-Z][^\W\d_]{2,30})(?:[\s,.;)-]|$))")
_TOWN_CODE = re.compile(r"(?<!\w)(?P<town>[A-Z][^\W\d_]{2,30}),?\s{1,2}\d{5}(?:-\d{4})?(?!\w)")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,6}[A-Za-z]?")
_SEPARATORS = frozenset(",-/#.\n()º°ª&'")
_INSIDE_LIST = """
de la le les du des del della di da do dos das el los las of the on upon am an der den und y e i et van op do dem
sur sous en bei ob im zum upon by le-
"""
_INSIDE = frozenset(_INSIDE_LIST.split())
_DIRECTIONS_LIST = """
n s e w ne nw se sw north south east west nord sud est ouest northeast northwest southeast southwest
"""
_DIRECTIONS = frozenset(_DIRECTIONS_LIST.split())
_BEFORE_TOWNS_LIST = """
new old north south east west lake port mount saint st san santa upper lower great little fort
"""
_BEFORE_TOWNS = frozenset(_BEFORE_TOWNS_LIST.split())
_BESIDE_NUMBER = re.compile(
    r"(?:page|row|step|line|version|chapter|section|item|figure|table|order|ticket|the|top|first|last|next|over|about)\s*$",
    re.IGNORECASE,
)
_MOST_TOKENS = 40


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    small: str


def may_find(has: Traits) -> bool:
    """Each has a number, and three digits together, a capital before one, or a word that says what it is."""
    if not has.digits:
        return False
    is_code = has.longest > 2 or not has.words.isdisjoint(_ZIP_WORDS) or _CAPITAL_DIGIT.search(has.text) is not None
    return is_code or _names_street(has.text, has.small, has.words)


def detect(text: str) -> list[Span]:
    """All addresses, with what belongs to them."""
    if _DIGIT.search(text) is None:
        return []
    codes = _codes(text)
    lower = text.lower()
    if not codes and not _names_street(text, lower, _PLAIN_WORD.findall(lower)):
        return []
    tokens = [_Token(*m.span(), word := m.group(), folded(word)) for m in _TOKEN.finditer(text)]
    anchors = [*_english(text, tokens), *_others(text, tokens), *codes]
    return [_grown(text, tokens, start, end) for start, end in anchors]


def _names_street(text: str, lower: str, words: Collection[str]) -> bool:
    """Whether a word stands there without which neither a street nor a box is known, by itself or at an end."""
    if not text.isascii():
        return True
    if not _STREET_WORDS.isdisjoint(words) or any(word in lower for word in _BOX_WORDS):
        return True
    return any(word.endswith(_WITHIN) for word in words)


def _english(text: str, tokens: list[_Token]) -> list[tuple[int, int]]:
    """A number, up to five words of which one says "street", in English order."""
    anchors = []
    for at, token in enumerate(tokens):
        if (
            not token.text[0].isdigit()
            or _NUMBER.fullmatch(token.text) is None
            or (end := _street_after(tokens, at)) < 0
        ):
            continue
        if not _BESIDE_NUMBER.search(text[max(0, token.start - 12) : token.start]):
            anchors.append((token.start, tokens[end].end))
    return anchors


def _street_after(tokens: list[_Token], at: int) -> int:
    """The index of the last token of the street that follows the house number at `at`, or -1."""
    named, last, step = 0, -1, at + 1
    while step < len(tokens) and named < 6:
        token = tokens[step]
        if token.text == "." and step > at + 1 and len(tokens[step - 1].text) <= 4:
            step += 1
            continue
        if token.text in "-/&'" and step + 1 < len(tokens):
            step += 1
            continue
        if token.text == "," and step == at + 1:
            step += 1
            continue
        if not token.text[0].isalnum():
            break
        is_capital = token.text[0].isupper() or token.text[0].isdigit()
        if token.small in STREETS_AFTER and named and (is_capital or token.small in STREETS_SURE):
            last = step
        elif (
            (not is_capital and token.small not in _INSIDE | _DIRECTIONS and common(token.small) and last < 0 and named)
            or (last >= 0 and token.small not in _DIRECTIONS)
            or (
                not is_capital
                and common(token.small)
                and token.small not in _DIRECTIONS
                and not _is_named_so(tokens, step)
            )
        ):
            break
        elif last >= 0:
            last = step
        named += 1
        step += 1
    return last


def _is_named_so(tokens: list[_Token], at: int) -> bool:
    """A common word in small letters right before "street": 12 main street."""
    return at + 1 < len(tokens) and tokens[at + 1].small in STREETS_SURE


def _others(text: str, tokens: list[_Token]) -> list[tuple[int, int]]:
    """Streets in the order of other languages, and boxes."""
    lower = text.lower()
    anchors = [m.span() for m in _BOX.finditer(text)] if any(word in lower for word in _BOX_WORDS) else []
    for at, token in enumerate(tokens):
        if token.small in _FIRST_WORDS and (anchor := _street_before(text, token.start)) is not None:
            anchors.append(anchor)
        if token.text[0].isdigit() and (anchor := _street_within(text, tokens, at)) is not None:
            anchors.append(anchor)
    return anchors


def _street_before(text: str, start: int) -> tuple[int, int] | None:
    """From a word like "rue" or "via" on: a name and a number, or a number before."""
    match = _BEFORE.match(text, start)
    if match is None:
        return None
    first = _NUMBER_FIRST.search(text, max(0, start - 20), start)
    words = [word for word in match.group("name").split() if word.lower() not in _INSIDE]
    has_number = first is not None or match.group("last")
    if not has_number or not words or not (words[0][0].isupper() or not common(folded(words[0]))):
        return None
    return (first.start() if first is not None else start), match.end()


def _street_within(text: str, tokens: list[_Token], at: int) -> tuple[int, int] | None:
    """A number after a word that ends like a street: Hauptstrasse 5, Keizersgracht 1."""
    before = at - 1
    while before >= 0 and tokens[before].text in ".,":
        before -= 1
    if before < 0 or at - before > 2 or tokens[at].start - tokens[before].end > 4:
        return None
    street = tokens[before]
    if not street.small.endswith(_WITHIN) or not street.text[0].isalpha():
        return None
    if (number := _HOUSE_HERE.match(text, tokens[at].start)) is None:
        return None
    if not common(street.small):
        return street.start, number.end()
    if before and street.text[0].isupper() and street.small in _WITHIN and tokens[before - 1].text[0].isupper():
        return tokens[before - 1].start, number.end()
    return None


def _codes(text: str) -> list[tuple[int, int]]:
    """Postcodes that prove themselves, or that a town's name stands beside."""
    anchors: list[tuple[int, int]] = []
    if _THREE_DIGITS.search(text) is not None or _CAPITAL_DIGIT.search(text) is not None:
        anchors += [match.span() for match in _CODES.finditer(text)]
    lower = text.lower()
    if any(cue in lower for cue in _ZIP_CUES):
        anchors += [match.span("code") for match in _ZIP_CUE.finditer(text)]
    if _FOUR_DIGITS.search(text) is None:
        return anchors
    for pattern in (_CODE_TOWN, _TOWN_CODE):
        for match in pattern.finditer(text):
            town = folded(match.group("town"))
            if town in CITIES or not common(town):
                anchors.append((min(match.start(), match.start("town")), max(match.end(), match.end("town"))))
    return anchors


def _grown(text: str, tokens: list[_Token], start: int, end: int) -> Span:
    inside = [at for at, token in enumerate(tokens) if token.start < end and token.end > start]
    if not inside:
        return Span(start, end, "address")
    is_small = text[start:end] == text[start:end].lower()
    last = _grow(tokens, inside[-1], 1, is_small)
    first = _grow(tokens, inside[0], -1, is_small)
    return Span(min(start, tokens[first].start), max(end, tokens[last].end), "address")


def _grow(tokens: list[_Token], at: int, way: int, is_small: bool) -> int:
    """The index of the last token, in one direction, that still belongs to the address."""
    kept, step, breaks = at, at + way, 0
    while 0 <= step < len(tokens) and abs(step - at) <= _MOST_TOKENS:
        token = tokens[step]
        breaks = breaks + 1 if token.text == "\n" else (breaks if token.text in _SEPARATORS else 0)
        if breaks > 1 or _ends_sentence(tokens, step, way):
            break
        if token.text in _SEPARATORS:
            step += way
            continue
        if token.small in _INSIDE and not token.text[0].isupper() and not is_small:
            if not (0 <= step + way < len(tokens) and tokens[step + way].text[0].isupper()):
                break
        elif not _belongs(tokens, step, kept, way, is_small):
            break
        kept = step
        step += way
    return kept


def _belongs(tokens: list[_Token], at: int, kept: int, way: int, is_small: bool) -> bool:
    token = tokens[at]
    if token.text[0].isdigit():
        return len(token.text) <= 6 and (way > 0 or abs(at - kept) <= 2)
    if token.small in UNITS or token.small in COUNTRIES or token.small in CITIES or token.small in STATE_NAMES:
        return token.text[0].isupper() or is_small or _number_beside(tokens, at)
    if token.text.isupper() and len(token.text) <= 3:
        return True
    if is_small and (token.small in STATES or not common(token.small)):
        return way > 0
    if not token.text[0].isupper():
        return False
    if token.small in _BEFORE_TOWNS:
        return True
    return not common(token.small) or (way > 0 and not _opens_prose(tokens, at)) or _number_beside(tokens, at)


def _number_beside(tokens: list[_Token], at: int) -> bool:
    return any(0 <= near < len(tokens) and tokens[near].text[0].isdigit() for near in (at - 1, at + 1, at + 2))


def _opens_prose(tokens: list[_Token], at: int) -> bool:
    """A capitalised common word with small common words after it begins a sentence."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.text[0].islower() and after.small not in _INSIDE


def _ends_sentence(tokens: list[_Token], at: int, way: int) -> bool:
    """A full stop after a longer word ends the address; after "St", "N" or "Apt" it doesn't."""
    token = tokens[at]
    if token.text != ".":
        return False
    before = tokens[at - 1] if at else None
    if before is None or before.small in STREETS_AFTER | UNITS | _DIRECTIONS or len(before.text) <= 2:
        return False
    return way > 0 or not before.text.isupper()
