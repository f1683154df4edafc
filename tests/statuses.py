# SPDX-License-Identifier: Apache-2.0
"""What a recorder may say of itself, for tests that need some account and care for a field or two of it."""

import msgspec

from handiwork.ports.control import Status

_SHORT = Status(
    state="recording",
    reason="",
    segment="",
    events=0,
    lost=0,
    skipped=0,
    stored_bytes=0,
    seconds=1.0,
    cpu_seconds=0.0,
    peak_memory_bytes=0,
    browsers=0,
)


def status(**fields: object) -> Status:
    """A short recording of nothing, but for these fields."""
    return msgspec.structs.replace(_SHORT, **fields)
