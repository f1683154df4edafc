# SPDX-License-Identifier: Apache-2.0
"""Where things stand on a person's device. Everything is readable by its owner only."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """The state folder ($HANDIWORK_HOME, or $XDG_STATE_HOME/handiwork) and what lies in it."""

    root: Path

    @property
    def journal(self) -> Path:
        """Sealed segments, the ledger of skips, receipts, policy and consent: one SQLite file."""
        return self.root / "journal.sqlite"

    @property
    def keys(self) -> Path:
        """device.key (X25519) and person.key (Ed25519), 32 raw bytes each, mode 0600."""
        return self.root / "keys"

    @property
    def sockets(self) -> Path:
        """Folder of the control and browser sockets."""
        return self.root / "run"


def home() -> Home:
    """This person's state folder, made if it is missing, mode 0700."""
    given = os.environ.get("HANDIWORK_HOME")
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    found = Home(Path(given) if given else state / "handiwork")
    for folder in (found.root, found.keys, found.sockets):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found
