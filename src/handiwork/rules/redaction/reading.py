# SPDX-License-Identifier: Apache-2.0
"""What a line of text on the screen says, as far as it could be read; when to read at all."""

from dataclasses import dataclass

from handiwork.model.geometry import Box
from handiwork.model.raw import RawPage
from handiwork.rules.scope import Decision


@dataclass(frozen=True, repr=False)
class Reading:
    """The text of one line. For each character how sure the reader is (0 to 1) and where its middle is (0 to 1)."""

    text: str = ""
    sure: tuple[float, ...] = ()
    places: tuple[float, ...] = ()


@dataclass(frozen=True, repr=False)
class ReadLine:
    """A line and where it stands, in the coordinates of whoever asked."""

    box: Box
    reading: Reading


def is_worth_reading(decision: Decision, page: RawPage | None) -> bool:
    """Whether pixels must be read to know what they say: not where a page tells all of it.

    Of a browser that tells of no page nothing is read: its tabs and address bar belong to other sites.
    """
    if not decision.allowed or decision.level != "full":
        return False
    return page.truncated if page is not None else not decision.site


def may_be_shown(line: ReadLine, decision: Decision, page: RawPage | None) -> bool:
    """Whether the line belongs to what is allowed: in a browser, only if it lies in the page."""
    if not decision.site:
        return True
    return page is not None and line.box.intersection(page.bounds) == line.box
