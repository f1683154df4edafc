# SPDX-License-Identifier: Apache-2.0
"""Searches everything that was stored for words that must not be there: every file as it lies, every segment opened.

Finds text in any encoding it could lie in by accident. It does not read pictures: `handiwork audit leaks` does, where
something that can is installed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handiwork.cli.device import Device
from handiwork.derive.leaks.planted import words_in
from handiwork.model.codec import encode_events
from handiwork.model.segment import OpenSegment
from handiwork.ports.sealed import open_segment, split, unwrap_device_key

_AT_ONCE, _OVERLAP = 16 << 20, 4_096
"""Bytes of a file in memory at once, and how many are read twice."""


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
        for leak in _in_file(path, words, str(path.relative_to(folder)))
    ]


def find(data: bytes, words: Sequence[str], place: str) -> list[Leak]:
    """Planted words in some bytes."""
    return [Leak(word, place) for word in words_in(data, words)]


def _in_file(path: Path, words: Sequence[str], place: str) -> list[Leak]:
    found: dict[Leak, None] = {}
    with path.open("rb") as file:
        tail = b""
        while piece := file.read(_AT_ONCE):
            found |= dict.fromkeys(find(tail + piece, words, place))
            tail = piece[-_OVERLAP:]
    return list(found)
