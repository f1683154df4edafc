# SPDX-License-Identifier: Apache-2.0
"""Names that people have in a network: @handles, and what stands after "username" or "logged in as"."""

import re

from handiwork.rules.redaction.normal import lowered
from handiwork.rules.redaction.span import Span
from handiwork.rules.redaction.traits import Traits

_AT = re.compile(
    r"(?<![\w@.])@(?!(?:media|import|param|returns?|types?|override|property|everyone|here|channel)\b)\w[\w.-]{1,38}\w"
)
_NAMED = re.compile(
    r"(?<![a-z])(?:user ?names?|user ?ids?|log-?in(?: name| id)?|"
    r"screen ?name|nick(?:name)?|handle|skype(?: id)?|telegram|"
    r"instagram|discord|github|logged in as|signed in as|benutzername|nom d'utilisateur|usuario)"
    r"(?:\s?[:=]\s?|\s(?:is|was)\s|\s(?=(?:as\s)?\S*[\d_.]))[\"']?(?P<value>[^\s\"',;<>]{2,64})"
)
_AS = re.compile(r"(?<![a-z])(?:logged|signed) in as\s(?P<value>[^\s\"',;<>]{2,64})")
_CUE_LIST = """
user username usernames userid userids login log screen screenname nick nickname handle skype telegram instagram discord
github logged signed benutzername nom usuario
"""
_CUE_WORDS = frozenset(_CUE_LIST.split())
_PROFILE = re.compile(
    r"(?:twitter|x|github|gitlab|instagram|facebook|linkedin|tiktok|medium|reddit|t|youtube|bsky)\.(?:com|me|app)/"
    r"(?:in/|u/|user/|profile/|@)?(?P<value>[\w.-]{2,64})"
)


def may_find(has: Traits) -> bool:
    """With its sign, a path to it, or a word that calls it so."""
    return "@" in has.text or "/" in has.text or not has.words.isdisjoint(_CUE_WORDS)


def detect(text: str) -> list[Span]:
    """All of them."""
    plain = lowered(text)
    spans = [Span(m.start(), m.end(), "user name") for m in _AT.finditer(plain)] if "@" in plain else []
    for pattern in (_NAMED, _AS, _PROFILE):
        spans += [Span(*match.span("value"), "user name") for match in pattern.finditer(plain)]
    return spans
