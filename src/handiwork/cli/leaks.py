# SPDX-License-Identifier: Apache-2.0
"""Searches everything that was stored for words that must not be there: every file as it lies, every segment opened.

Finds text in any encoding it could lie in by accident. It does not read pictures: masking is attacked by tests.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handiwork.cli.device import Device
from handiwork.model.codec import encode_events
from handiwork.model.segment import OpenSegment
from handiwork.ports.sealed import open_segment, split, unwrap_device_key

_SHORTEST_PART = 6


@dataclass(frozen=True)
class Leak:
    """Where a planted word (by its place in the list, not by its text) was found."""

    word: int
    place: str


def opened_segments(device: Device) -> Iterator[OpenSegment]:
    """Every closed segment on this device, opened in memory with the person's own key."""
    for stored in device.store.segments():
        if stored.state in ("closed", "uploaded"):
            content = device.store.content(stored.header.segment_id)
            key = unwrap_device_key(device.sealing, device.device_key, split(content)[0])
            yield open_segment(device.sealing, key, content)


def leaks_in_segments(device: Device, words: Sequence[str]) -> list[Leak]:
    """Planted words in what the person's own key opens: events, headers, closings."""
    return [
        leak
        for segment in opened_segments(device)
        for leak in find(encode_events(list(segment.events)), words, f"segment {segment.header.segment_id}")
    ]


def leaks_in_files(folder: Path, words: Sequence[str]) -> list[Leak]:
    """Planted words in the bytes of every file below a folder, as they lie there."""
    return [
        leak
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for leak in find(path.read_bytes(), words, str(path.relative_to(folder)))
    ]


def find(data: bytes, words: Sequence[str], place: str) -> list[Leak]:
    """Planted words in some bytes."""
    held = data.lower()
    return [Leak(n, place) for n, word in enumerate(words) if any(form in held for form in _forms(word))]


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
