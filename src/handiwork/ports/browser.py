# SPDX-License-Identifier: Apache-2.0
"""What allowed pages show, told by the browser extension."""

from collections.abc import Sequence
from typing import Protocol

from handiwork.model.policy import Watched
from handiwork.model.raw import RawActed, RawClipboard, RawComposed, RawOpened, RawPage, RawPageKey, RawTab
from handiwork.model.raw_beside import RawList, RawVouched

RawBrowser = RawTab | RawPage | RawActed | RawOpened | RawComposed | RawClipboard | RawPageKey | RawList | RawVouched


class Browser(Protocol):
    """The far end lives inside the browser; for a page that no rule allows it sends RawTab, rule -1, no more."""

    def filenos(self) -> list[int]:
        """Descriptors that become readable when `read` has something to give; may change after each read."""
        ...

    def read(self) -> list[RawBrowser]:
        """What arrived since the last call, oldest first, without blocking. A browser that went away gives rule -1."""
        ...

    def allow(self, watched: Sequence[Watched], denied: Sequence[str] = ()) -> None:
        """From now on only these may be watched, and never what lies below a `denied` site; [] stops it everywhere.

        An account or profile is judged at the far end, at every look; what doesn't fit, or isn't known, is no entry of
        this list. RawTab.rule is the index of the first entry that fits.
        """
        ...

    def ask(self) -> int:
        """Asks the page in front whether it is as it was told. Never blocks. The question's number; 0: none is asked.

        To be called when a picture of it has just been taken. If it isn't as told, a RawPage comes, whose changed_ms
        lies before the picture if what it shows may be another page than the one that was told of. Then comes
        RawVouched: without it, nobody knows what the picture shows, since a page that is held up tells of nothing.
        By itself a page looks only now and then for changes that announce themselves to nobody (0032).
        """
        ...

    def connected(self) -> int:
        """How many browsers speak to us now."""
        ...

    def close(self) -> None:
        """Tells every browser to stop, and closes. May be called twice."""
        ...
