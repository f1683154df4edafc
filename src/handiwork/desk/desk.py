# SPDX-License-Identifier: Apache-2.0
"""What the person's own page stands on: their store, their keys, and ways out that the command line hands in.

The desk itself speaks to no other address than its own loopback server: pausing and withdrawing are callables.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from handiwork.model.errors import BadInput
from handiwork.model.ids import SegmentId
from handiwork.ports.control import Status
from handiwork.ports.journal import Store
from handiwork.ports.pictures import Pictures
from handiwork.ports.sealing import Sealing
from handiwork.ports.signing import Verifying

Wish = Literal["status", "pause", "resume"]


@dataclass(frozen=True)
class OwnWords:
    """The person's own words never to be kept. A change is in force, in a running recorder too, when it returns."""

    listed: Callable[[], tuple[str, ...]]
    add: Callable[[str], None]
    forget: Callable[[str], None]


@dataclass(frozen=True)
class Auditing:
    """A leak audit beside the desk."""

    begin: Callable[[], None]
    is_running: Callable[[], bool]


@dataclass(frozen=True)
class Desk:
    """One person's desk. Its repr shows no key."""

    store: Store
    sealing: Sealing
    verifier: Verifying
    pictures: Pictures
    device_key: bytes = field(repr=False)
    participant: str
    notice: str
    """The words of the notice in force, "" if there is no policy yet."""
    scope: tuple[str, ...]
    """The policy in force: its name, then a line for each rule. () if there is no policy yet."""
    tell: Callable[[Wish], Status | None]
    """Asks a running recorder; None if none runs."""
    withdraw: Callable[[], None]
    """Withdraws the consent everywhere; raises in plain words what it could not reach."""
    words: OwnWords
    auditing: Auditing

    def named(self, beginning: str) -> SegmentId:
        """The one segment whose id begins so; raises BadInput if there is none, or more than one."""
        found = [s.header.segment_id for s in self.store.segments() if s.header.segment_id.startswith(beginning)]
        if len(found) != 1 or not beginning:
            raise BadInput(
                f"{len(found)} segments have an id that begins so.",
                data="Nothing was changed.",
                do="See `handiwork desk list`, and give more of the id.",
            )
        return found[0]

    def delete(self, segments: list[SegmentId]) -> int:
        """Deletes those segments on this device, and says how many there were to delete."""
        kept = [s.header.segment_id for s in self.store.segments() if s.state != "deleted"]
        doomed = [segment for segment in segments if segment in kept]
        for segment in doomed:
            self.store.delete(segment)
        return len(doomed)

    def delete_all(self) -> int:
        """Deletes every segment on this device, the one being written included."""
        return self.delete([stored.header.segment_id for stored in self.store.segments()])
