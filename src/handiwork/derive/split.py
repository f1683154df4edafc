# SPDX-License-Identifier: Apache-2.0
"""Which part of the data is held out: decided by a hash alone, so that it never changes when data is added."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handiwork.model.step import Episode

MANY_PEOPLE = 20
"""From this many on, whole people are held out: that is what generalizing to others means."""


@dataclass(frozen=True)
class Split:
    """What to learn from and what to judge by. `by` says what was held out: "person" or "episode"."""

    train: tuple[Episode, ...]
    held_out: tuple[Episode, ...]
    by: str


def split(units: Mapping[str, Sequence[Episode]], share: float = 0.1) -> Split:
    """Holds out about `share` of the people, or of the episodes while people are few. Keys are units of privacy."""
    by_person = len(units) >= MANY_PEOPLE
    train: list[Episode] = []
    held_out: list[Episode] = []
    for unit, episodes in sorted(units.items()):
        for episode in episodes:
            name = unit if by_person else episode.episode_id
            (held_out if is_held_out(name, share) else train).append(episode)
    return Split(tuple(train), tuple(held_out), "person" if by_person else "episode")


def is_held_out(name: str, share: float) -> bool:
    """Whether the thing with this name is among the held-out `share`."""
    number = int.from_bytes(hashlib.sha256(f"split|{name}".encode()).digest()[:8], "big")
    return number < share * (1 << 64)
