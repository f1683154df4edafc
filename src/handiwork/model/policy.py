# SPDX-License-Identifier: Apache-2.0
"""What an organisation allows to be recorded: default-deny rules, as a signed-off file would carry them."""

from typing import Literal

import msgspec

Level = Literal["counts", "actions", "actions+text", "full"]
"""How much is kept. counts: totals only; actions: what was clicked or pressed; full: pointer paths and frames too."""

Words = Literal["interface", "balanced", "open"]
"""Which words survive. interface: the interface's own only; balanced: what every detector cleared; open: same as
balanced, but for content that the consent names as public."""

Purpose = Literal["agent-training", "interface-research", "accessibility-research"]
"""The closed list of purposes. Judging a person's performance is not on it and can't be expressed."""


class Allow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One surface that may be recorded. `app` is the window's WM_CLASS class, lower case, compared whole."""

    app: str
    site: str = ""
    """For a browser: scheme://host[:port]/path-prefix. A browser without a site is refused as too broad."""
    level: Level = "actions"
    words: Words = "interface"


class Deny(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One surface that may never be recorded, whatever is allowed. Empty fields match anything; one is needed."""

    app: str = ""
    site: str = ""
    title: str = ""
    """A case-insensitive regular expression searched in the window title."""


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many pictures may be taken."""

    min_interval_ms: int = 150
    per_hour: int = 3600


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A revision of the rules. Its digest is in every segment recorded under it."""

    name: str
    revision: int
    purposes: tuple[Purpose, ...]
    retention_days: int = 365
    allow: tuple[Allow, ...] = ()
    deny: tuple[Deny, ...] = ()
    never: tuple[str, ...] = ()
    """Words of the organisation that are cut wherever they stand (project names, customers)."""
    frames: Frames = Frames()
