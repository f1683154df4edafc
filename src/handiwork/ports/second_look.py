# SPDX-License-Identifier: Apache-2.0
"""A leak audit of a sample, beside a recording: in a process of its own, which gives way to whatever else runs."""

from typing import Protocol


class SecondLook(Protocol):
    """One at a time. Nothing is handed to it but the wish to begin; what it finds stands in the ledger, as counts.

    Each segment's result is on disk before the next one is opened, so that it may be ended at any instant. It never
    outlives whoever began it, however that ends.
    """

    def is_due(self, unix_ms: int) -> bool:
        """Whether the person's wish, and what nobody has read again yet, ask for one."""
        ...

    def begin(self) -> None:
        """Begins one. One that can't be begun is due again later."""
        ...

    def rest(self, still: bool) -> None:
        """While `still`, it takes no processor time at all."""
        ...

    def is_running(self) -> bool:
        """Whether it has not ended, resting or not."""
        ...

    def end(self) -> None:
        """Ends it; what it has read so far counts. When this returns, its memory is gone. May be called twice."""
        ...
