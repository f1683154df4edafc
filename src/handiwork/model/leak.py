# SPDX-License-Identifier: Apache-2.0
"""What a leak audit finds and remembers. Nothing here holds content: where, when, which class, and how it was found."""

import msgspec

from handiwork.model.ids import SegmentId


class Leak(msgspec.Struct, frozen=True, order=True):
    """One datum that should have been cut."""

    t: int
    """Of the event that holds it: milliseconds of the device's monotonic clock."""
    stream: str
    """text, element, title, address, notes, keys, pixels, ..."""
    kind: str
    """What it is: the detector's own class (email, card, secret, person, never, ...)."""
    how: str
    """as it stands, across neighbours, spaced out, base64, hexadecimal, reversed."""


class AuditedSegment(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of one segment's audit: counts, never times or content."""

    segment: SegmentId
    at: str
    """When it was read, RFC 3339, UTC."""
    auditor: str
    """Version of what read it."""
    redactor: str
    """Version of what had cut it."""
    lists: str
    """Digest of the (sealed) lists of words that it was read with: another list, another audit."""
    texts: int
    pictures: int
    """How many were read."""
    reader: str
    """Version of what read pictures, "" if nobody did."""
    names: str
    """Version of the language model that looked for people's names wherever they weren't meant to be kept, or ""."""
    found: dict[str, dict[str, int]]
    """Stream, class, how often."""

    @property
    def leaks(self) -> int:
        """How much was found."""
        return sum(sum(kinds.values()) for kinds in self.found.values())
