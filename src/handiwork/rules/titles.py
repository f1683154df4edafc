# SPDX-License-Identifier: Apache-2.0
"""Title patterns: regular expressions searched in a window's title, and which of them are broader than they look."""

import re

MOST_OF_A_TITLE = 300
"""Characters of a title that are searched: titles are the web's, and a pattern may take its time."""

_LONGEST = 200
_REPEATED = re.compile(r"\([^()]*[+*}][^()]*\)[+*{]")  # (a+)+ and the like may take for ever
_UNRELATED = (
    "Inbox (3) - ada@work.example.org - Mail",
    "Q3 budget.ods — LibreOffice Calc",
    "Пример документа",
    "東京の天気",
    "index.ts - shop - Code",
    "New Tab",
    "#42 Fix: login fails! | tracker",
    "~/notes/2026-01-03.md",
)
_SHORT = tuple(text for code in range(32, 127) for text in (chr(code), chr(code) * 2))


def title_matches(pattern: str, title: str) -> bool:
    """Whether the pattern is found in the title."""
    return re.search(pattern, title[:MOST_OF_A_TITLE], re.IGNORECASE) is not None


def pattern_flaw(pattern: str) -> str:
    """Why this is no pattern that may be searched, or ""."""
    if len(pattern) > _LONGEST:
        return f"has a title pattern of more than {_LONGEST} characters"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"has a title pattern that is no regular expression ({error})"
    return "has a title pattern that repeats a repetition, which may take for ever" if _REPEATED.search(pattern) else ""


def breadth_flaw(pattern: str) -> str:
    """Why a title pattern allows more than it seems to, or ""."""
    if title_matches(pattern, "") or any(title_matches(pattern, text) for text in _SHORT):
        return f"has the title pattern {pattern!r}, which is found in nearly every title"
    if sum(title_matches(pattern, title) for title in _UNRELATED) > 1:
        return f"has the title pattern {pattern!r}, which is found in titles that have nothing in common"
    return ""
