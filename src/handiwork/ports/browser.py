# SPDX-License-Identifier: Apache-2.0
"""What allowed pages show, told by the browser extension."""

from collections.abc import Sequence
from typing import Protocol

from handiwork.model.raw import RawActed, RawPage, RawTab

RawBrowser = RawTab | RawPage | RawActed


class Browser(Protocol):
    """The far end lives inside the browser; for a page that no rule allows it sends RawTab, rule -1, no more."""

    def filenos(self) -> list[int]:
        """Descriptors that become readable when `read` has something to give; may change after each read."""
        ...

    def read(self) -> list[RawBrowser]:
        """What arrived since the last call, oldest first, without blocking. A browser that went away gives rule -1."""
        ...

    def allow(self, sites: Sequence[str]) -> None:
        """From now on only these sites (scheme://host[:port]/prefix) may be watched; [] stops it everywhere."""
        ...

    def connected(self) -> int:
        """How many browsers speak to us now."""
        ...

    def close(self) -> None:
        """Tells every browser to stop, and closes. May be called twice."""
        ...
