# SPDX-License-Identifier: Apache-2.0
"""REDACTOR_VERSION is raised with whatever changes what is cut: segments say by it which redactor they went through.

What comes out for a fixed set of texts, elements, lines and pictures, and the lists of words, is pinned as a digest
beside the version that it belongs to.
"""

import hashlib
from collections.abc import Iterator
from typing import get_args

import numpy as np

from handiwork.model.geometry import Box
from handiwork.model.policy import Words
from handiwork.model.raw import RawElement, RawFrame
from handiwork.rules.redaction.lexicon.english import ENGLISH
from handiwork.rules.redaction.lexicon.people import FAMILY, GIVEN
from handiwork.rules.redaction.reading import Reading, ReadLine
from handiwork.rules.redaction.redactor import REDACTOR_VERSION, Redactor
from handiwork.rules.redaction.vocabulary import WORDS

PINNED = ("8", "4f26b4577d4bf12c")
"""(version, digest). Belong together: never put a new digest beside an old version that was ever released or landed."""

TEXTS = """
Save changes|Recent orders|Suppliers|Deleted invoices|Overvlew|Sent to: Karen Whitfield|Total 1,240.00|472 items
Inbox (1284)|May 1987|Masters|Anna Berg|Dr. Quarrington|assigned to carol|write to anna.berg@example.org now
ann [at] example [dot] org|4111 1111 1111 1111|4111-1111-1111-1112|DE89 3704 0044 0532 0130 00|078-05-1120
+49 30 5550 1234|(415) 555-0132|0113 496 0123|1200 Market Street, Springfield|Lindenallee 4, 10115 Berlin|LS6 2AB
password: correct horse 9|token = "abcdefgh12345678"|api_key=9f8e7d6c5b4a39281706|commit 9f8e7d6c5b4a39281706f5e4
born 12 May 1987|aged 41|born on 3/4/71|192.0.2.17|fe80::1ff:fe23:4567:890a|@annaberg|/home/annaberg/report.pdf
https://anna:pw@example.org/users/anna?token=abc#x|http://example.org/orders/10217|B-AB 1234|invoice 10217
please send two boxes on monday|The meeting with Anna is on Monday|Project Heron|quarrington falls|Überweisung an Jörg
ａｎｎ＠ｅｘａｍｐｌｅ．ｏｒｇ|a\u200bnn@exam\u00adple.org|Аnna Berg|x\ud800y|12345|123456
Müller GmbH & Co. KG|see figure 12|h3r0n|noreh|PIN: 73914820|ends in 4820
""".strip("\n")


def test_the_version_is_raised_with_whatever_changes_what_is_cut() -> None:
    digest = hashlib.sha256("\n".join(_outcomes()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    assert (REDACTOR_VERSION, digest) == PINNED, (
        "What the redactor cuts has changed, or its version: raise REDACTOR_VERSION (rules/redaction/redactor.py) "
        f'above {PINNED[0]!r}, unless you just did, and write PINNED = ("{REDACTOR_VERSION}", "{digest}") here.'
    )


def _outcomes() -> Iterator[str]:
    texts = [text for line in TEXTS.split("\n") for text in line.split("|")]
    for words in (WORDS, ENGLISH, GIVEN, FAMILY):
        yield " ".join(sorted(words))
    for level in get_args(Words):
        for text in texts:
            yield from _of_text(level, text)
        yield str(_of_page(level, texts))
    yield _of_picture()


def _of_text(level: Words, text: str) -> Iterator[str]:
    """Each alone, so that what one is cut for says nothing of the next."""
    for judge in ("title", "words", "url"):
        cleared = getattr(Redactor(level, ("Heron",)), judge)(text)
        yield f"{level} {judge} {cleared.text} {cleared.cuts}"
    field = _element("textbox", "", "Subject")
    yield str(Redactor(level).typed(text, None)) + str(Redactor(level).typed(text, field))
    for role in ("button", "tab", "menuitem", "link", "heading", "dialog", "option", "text"):
        yield str(Redactor(level).element(_element(role, text)))
    for label in ("Portal password", "Full name", "Subject"):
        yield str(Redactor(level).element(_element("textbox", "", label, text)))


def _of_page(level: Words, texts: list[str]) -> list[Box]:
    """All as lines of one screen, with what they say of one another."""
    even = [tuple((at + 0.5) / len(text) for at in range(len(text))) for text in texts]
    lines = [
        ReadLine(Box(20, 30 * row, 10 * len(text), 16), Reading(text, (1.0,) * len(text), places))
        for row, (text, places) in enumerate(zip(texts, even, strict=True))
    ]
    return Redactor(level)._screen.cleared(lines)


def _of_picture() -> str:
    rows, columns = np.mgrid[0:200, 0:300]
    pixels = np.full((200, 300, 4), 250, dtype=np.uint8)
    pixels[40:60, 40:120, 0] = (rows * columns)[40:60, 40:120] % 251
    frame = RawFrame(1, Box(0, 0, 300, 200), pixels.tobytes())
    masked = Redactor("interface").frame(frame, [frame.region], None, ())
    return hashlib.sha256(masked.pixels.tobytes()).hexdigest()


def _element(role: str, name: str, label: str = "", value: str = "") -> RawElement:
    return RawElement(0, role, name, value, Box(0, 0, 90, 20), frozenset(), -1, label, ())
