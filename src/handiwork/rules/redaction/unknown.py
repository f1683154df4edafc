# SPDX-License-Identifier: Apache-2.0
"""The keep-list of free content at "balanced": what is not everybody's word is cut, whoever it may name.

Catches persons, firms and places that no list holds. Takes a normalised text; knows nothing of elements.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from handiwork.rules.redaction.detectors.birth import DATE
from handiwork.rules.redaction.lexicon.lookup import COMMON, common, folded, name
from handiwork.rules.redaction.lexicon.places import STREETS_SURE
from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|&")
_NUMBER = re.compile(
    r"(?<![\w.,])[#+(]{0,2}\d(?:[\d ().+/-]{0,3}\d){4,}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?!\w)|"
    r"(?<!\w)(?=\w{0,38}\d\w{0,38}\d\w{0,38}\d)(?=\d{0,38}[A-Za-z])\w{4,40}(?:-\w{1,20}){0,4}(?!\w)"
)
_HARMLESS_NUMBER = re.compile(
    r"(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2}|\d{1,3}(?:[ .,]\d{3})*[.,]\d{1,2}|\d{1,6}\.\d{1,2}|(?:19|20)?\d{2}[-/]\d{2}|"
    r"\d{1,2}\.\d{1,2}(?:\.\d{1,3})?"
)
_DOMAIN = re.compile(
    r"(?<![\w@])(?:[a-z][a-z+.-]{1,12}://)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}(?::\d{1,5})?(?:/[^\s<>\"']*)?(?![\w@])",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|png|jpe?g|gif|zip|html?|js|py|md|json|xml|odt|ods)$", re.IGNORECASE
)
_FIRM_LIST = """
inc llc ltd limited plc corp corporation gmbh ag kg sa srl sarl bv nv ab oy as pty llp lp co company group holdings
partners associates sons bros university college institute foundation church hospital school bank trust
"""
_FIRM = frozenset(_FIRM_LIST.split())
_FIRM_SURE_LIST = """
inc llc ltd plc corp corporation gmbh ag group holdings sons associates partners
"""
_FIRM_SURE = frozenset(_FIRM_SURE_LIST.split())
_MAKE_NAMES = _FIRM_SURE | STREETS_SURE
_JOINS_LIST = """
of and the for & de la le les du des von van der den dem del della di da do dos das e i y et und sur en an am
"""
_JOINS = frozenset(_JOINS_LIST.split())
_MOST_JOINS = 2
_TITLE = re.compile(
    r"(?:D(?<!\wD)(?:r|ame)|F(?<!\wF)rau|H(?<!\wH)(?:on|err)|M(?<!\wM)(?:rs?|s|iss|x|adam|me)|"
    r"P(?<!\wP)rof|R(?<!\wR)ev|S(?<!\wS)(?:ir|ig|ra?))\.?(?!\w)"
)
_PROSE_FROM = 4
_CAPITAL_ANYWAY_LIST = """
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april
may june july august september october november december i i'm i'll i'd i've ok id url pdf csv
"""
_CAPITAL_ANYWAY = frozenset(_CAPITAL_ANYWAY_LIST.split())
_PARTICLES_LIST = """
van von der den de del della da dos das di ten ter zu al bin ibn st san
"""
_PARTICLES = frozenset(_PARTICLES_LIST.split())
_FIRM_TAIL = re.compile(
    r",? ?(?:sp\.? ?[kz]\.?(?: ?o\. ?o\.)?|(?:[a-z]{1,2}\.){2,4}[a-z]?|\.[a-z](?:\.[a-z]?)*)(?![a-z])\.?", re.IGNORECASE
)
_UNIT = (
    r"(?:(?:flat|studio|apt|apartment|unit|suite|ste|level|floor|house|room|door|shop|lot|"
    r"h\. ?no|no|nr|interior|piano|puerta|"
    r"piso|edif|of|depto|dpto|etage|km|box|block|phase|sector|via)\.?\s)"
)
_NUMBER_AFTER = re.compile(
    rf"[,.]?\s{{1,4}}{_UNIT}?\(?\d{{1,4}}[A-Za-z]?\)?(?:/\d{{1,3}})?(?![\w:]|[.,]\d)", re.IGNORECASE
)
_NUMBER_BEFORE = re.compile(rf"(?<![\w.,:/-]){_UNIT}?\d{{1,5}}(?:/\d{{1,4}})?[A-Za-z]?,?\s{{1,4}}$", re.IGNORECASE)
_BEFORE_TOWNS_LIST = """
new old north south east west lake port mount saint upper lower great little fort cape
"""
_BEFORE_TOWNS = frozenset(_BEFORE_TOWNS_LIST.split())

_DIGIT = re.compile(r"\d")
_THREE_DIGITS = re.compile(r"\d\D{0,38}\d\D{0,38}\d")
"""In each number that may be somebody's, and at most so far from where it begins."""
_BEFORE_DIGITS = 40
_DOT_LETTERS = re.compile(r"\.[a-z]{2}", re.IGNORECASE)
"""In each domain."""
_OPENERS = frozenset('.!?:;\n"([|')


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    small: str
    is_capital: bool
    unknown: bool
    opens: bool

    def __repr__(self) -> str:
        return "<_Token (content withheld)>"


def unknown_names(text: str) -> list[Span]:
    """As `unknown_spans`, but small plain words pass unless they name somebody: for what an interface is made of."""
    return _spans(text, strict=False)


def unknown_spans(text: str) -> list[Span]:
    """Names by the keep-list, with what is written together with them; numbers that may be somebody's; domains."""
    return _spans(text, strict=True)


def _spans(text: str, *, strict: bool) -> list[Span]:
    tokens = _tokens(text, strict=strict)
    spans = [_with_number(text, tokens[a:b]) for a, b in _runs(text, tokens)]
    if (three := _THREE_DIGITS.search(text)) is not None:
        found = _NUMBER.finditer(text, max(0, three.start() - _BEFORE_DIGITS))
        spans += [Span(m.start(), m.end(), "number") for m in found if not _HARMLESS_NUMBER.fullmatch(m.group())]
    if strict and (digit := _DIGIT.search(text)) is not None:
        dates = DATE.finditer(lowered(text), max(0, digit.start() - _BEFORE_DIGITS))
        spans += [Span(m.start(), m.end(), "date") for m in dates]
    if strict:
        spans += [Span(m.start(), m.end(), "person") for m in _TITLE.finditer(text)]
    if _DOT_LETTERS.search(text) is not None:
        spans += [Span(m.start(), m.end(), "domain") for m in _DOMAIN.finditer(text) if _is_domain(m.group())]
    return spans


def _tokens(text: str, *, strict: bool) -> list[_Token]:
    tokens: list[_Token] = []
    last = capitals = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        between = text[last:start]
        opens = last == 0 or (between != " " and not _OPENERS.isdisjoint(between))
        if word in COMMON:  # as most are: in small letters, and everybody's
            tokens.append(_Token(start, end, word, word, False, False, opens))
        else:
            is_capital = not word[0].islower() and word != "&"
            small = folded(word)
            unknown = small not in COMMON and _is_unknown(small, word.isascii(), is_capital or strict)
            tokens.append(_Token(start, end, word, small, is_capital, unknown, opens))
            capitals += is_capital
        last = end
    # Where most words are small, a capital says something.
    if strict and capitals and len(tokens) >= _PROSE_FROM and 2 * capitals < len(tokens):
        tokens = [tokens[0], *(_amid_prose(a, b) if b.is_capital else b for a, b in pairwise(tokens))]
    if _MAKE_NAMES.isdisjoint([token.small for token in tokens]):
        return tokens
    return [_as_firm(text, tokens, at) for at in range(len(tokens))]


def _amid_prose(before: _Token, token: _Token) -> _Token:
    """A common word with a capital after a small one is part of a name: "at Best Buy"."""
    is_name_like = token.is_capital and not token.opens and len(token.text) > 1 and not before.is_capital
    if is_name_like and token.small not in _CAPITAL_ANYWAY and before.text != "&":
        return token._replace(unknown=True)
    return token


def _as_firm(text: str, tokens: list[_Token], at: int) -> _Token:
    """Common words are a firm's name before "Ltd", and a street's before "Road"; and so is that itself."""
    for suffix in (at, at + 1):
        if 0 < suffix < len(tokens) and tokens[suffix].small in _MAKE_NAMES:
            before, firm = tokens[suffix - 1], tokens[suffix]
            if before.is_capital and firm.is_capital and _touches(text, before, firm):
                return tokens[at]._replace(unknown=True)
    return tokens[at]


def _is_unknown(small: str, is_ascii: bool, must_be_known: bool) -> bool:
    """Letters beyond plain ones must be known always; plain ones that needn't be must still be nobody's name."""
    if small == "&" or common(small):
        return False
    return must_be_known or not is_ascii or name(small)


def _runs(text: str, tokens: list[_Token]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        if not tokens[at].unknown:
            at += 1
            continue
        first = _reach(text, tokens, at, -1, runs[-1][1] if runs else 0)
        last = _reach(text, tokens, at, 1, len(tokens) - 1)
        runs.append((first, last + 1))
        at = last + 1
    return runs


def _with_number(text: str, run: list[_Token]) -> Span:
    """The run; with two words and more also a number, a unit or an abbreviation that touches it."""
    start, end = run[0].start, run[-1].end
    if (tail := _FIRM_TAIL.match(text, end)) is not None:
        end = tail.end()
    if run[-1].is_capital and (number := _NUMBER_AFTER.match(text, end)) is not None:
        end = number.end()
    before = max(0, start - 20)
    if len(run) > 1 and _DIGIT.search(text, before, start) is not None:
        number = _NUMBER_BEFORE.search(text, before, start)
        start = start if number is None else number.start()
    return Span(start, end, "name")


def _reach(text: str, tokens: list[_Token], at: int, way: int, limit: int) -> int:
    """How far the name goes on: over capitals, unknown words, and a joining word between two of those."""
    kept, step, joins = at, at + way, 0
    while step <= limit if way > 0 else step >= limit:
        token = tokens[step]
        near = tokens[step - way]
        if not _touches(text, *((near, token) if way > 0 else (token, near))):
            break
        if (
            token.unknown
            or (token.is_capital and (way > 0 or not token.opens or token.small in _BEFORE_TOWNS))
            or token.small in _FIRM
        ):
            kept, joins = step, 0
        elif way < 0 and token.small in _PARTICLES and step + 1 == kept:
            kept = step
        elif token.small in _JOINS and joins < _MOST_JOINS:
            joins += 1
        else:
            break
        step += way
    return kept


def _touches(text: str, a: _Token, b: _Token) -> bool:
    return text[a.end : b.start] in (" ", "-", "/") or (b.is_capital and text[a.end : b.start] in (". ", " - "))


def _is_domain(written: str) -> bool:
    if "://" in written or written.lower().startswith("www."):
        return True
    labels = re.split(r"[:/]", written.lower())[0].split(".")
    return _FILE.search(written) is None and labels[-1].isalpha() and len(labels[-2]) > 1
