# SPDX-License-Identifier: Apache-2.0
"""What the recorder says of itself: state, counts and cost. No content."""

from handiwork.ports.control import Status
from handiwork.recorder.kept.keeping import Keeping
from handiwork.recorder.shedding import Shedding
from handiwork.recorder.world import World
from handiwork.rules.participation import Participation, shown_reason, shown_state


def account(
    world: World, person: Participation, keeping: Keeping, shedding: Shedding, skipped: int, lost: int, since_ms: int
) -> Status:
    """As it is now, while recording since `since_ms`."""
    decision = keeping.watch.timeline.now()
    return Status(
        state=shown_state(person, decision),
        reason=decision.reason,
        segment=keeping.segment_id(),
        events=keeping.events,
        lost=lost,
        skipped=skipped,
        stored_bytes=sum(segment.size for segment in world.store.segments()),
        seconds=(world.clock.monotonic_ms() - since_ms) / 1000,
        cpu_seconds=world.meter.cpu_seconds(),
        peak_memory_bytes=world.meter.peak_memory_bytes(),
        browsers=world.browser.connected(),
        unlocked=world.meter.unlocked(),
        tray=world.tray.is_docked(),
        why=shown_reason(person, decision),
        shed=shedding.words(),
        percent=round(shedding.load.percent, 2),
        delay=world.delay.delay(),
    )
