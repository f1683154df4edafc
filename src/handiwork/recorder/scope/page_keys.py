# SPDX-License-Identifier: Apache-2.0
"""Which keys came to the allowed page while no field of it had the keyboard. Knows times only, no key.

A browser's window has the keyboard for its address bar, find bar, dialogs and tools as well. Of a key that no field of
the page took, only the page's own word that it came there says that it did: silence, or a late word, drops it.
"""

from collections import deque

from handiwork.model.raw import RawElement, RawPageKey

NEAR_MS = 3
"""Window system and page stamp a key alike, but for rounding and the way from one clock to the other."""

_KEPT = 256


class PageKeys:
    """What pages said. Each word vouches for one key: the next one, right after, may have gone elsewhere."""

    def __init__(self) -> None:
        self._times: deque[int] = deque(maxlen=_KEPT)

    def told(self, key: RawPageKey) -> None:
        """A page says that a key came."""
        self._times.append(key.time_ms)

    def take(self, time_ms: int) -> bool:
        """Whether the key of that time came to the page."""
        nearest = min(self._times, key=lambda one: abs(one - time_ms), default=None)
        if nearest is None or abs(nearest - time_ms) > NEAR_MS:
            return False
        self._times.remove(nearest)
        return True

    def clear(self) -> None:
        """Forgets everything."""
        self._times.clear()


def takes_text(field: RawElement | None) -> bool:
    """Whether the page's own focus says where a key went: then it doesn't tell of each."""
    return field is not None and "editable" in field.states
