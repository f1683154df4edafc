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
    title: str = ""
    """Only windows in whose title this case-insensitive regular expression is found."""
    account: str = ""
    """Only pages whose signed-in account is this one, or of this domain: "*@work.example.org". Judged in the page."""
    account_in: str = ""
    """A CSS selector of the element that names the account, for sites that aren't built in (rules/accounts.py)."""
    account_attribute: str = ""
    """The attribute of that element that holds the name; "" for its text."""
    profile: str = ""
    """Only browser profiles that their person, or who manages the browser, labelled so."""
    level: Level = "actions"
    words: Words = "interface"


class Deny(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One surface that may never be recorded, whatever is allowed. Empty fields match anything; one is needed."""

    app: str = ""
    site: str = ""
    title: str = ""
    """A case-insensitive regular expression searched in the window title."""
    role: str = ""
    """The role of the element that has the keyboard; while one of that role has it, nothing at all is kept."""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser is told of one allow rule: where to look, and by what it may know that account and profile fit."""

    site: str
    account: str = ""
    selector: str = ""
    attribute: str = ""
    cut: str = ""
    """A regular expression whose one group is the account's name in what was read; "" for all of it."""
    profile: str = ""


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many pictures may be taken."""

    min_interval_ms: int = 150
    per_hour: int = 3600


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What recording may cost the person's machine. Beyond it, frames are left out first, then pointer paths."""

    cpu_percent: float | None = None
    """Of one core, over half a minute. None: 3, or 8 where pixels have to be read (rules/cost.py)."""
    delay_ms: float = 5.0
    """What copying a frame may add to another program's events."""


class Audit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the policy asks of the leak audit that runs by itself. The person may wish otherwise: it is their key."""

    every: str = ""
    """Such as "12h" or "7d", or "never"; "": once a day."""


Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Hours(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"start": "from", "end": "to"}
):
    """Working hours, by the clock on the person's wall ("HH:MM"). Outside of them nothing is kept, whatever else holds.

    `to` before `from` is a night shift: it ends on the day after the one named. "24:00" is a day's end.
    """

    days: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")
    start: str = "00:00"
    end: str = "24:00"


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
    hours: Hours | None = None
    """None: at any hour."""
    cost: Cost = Cost()
    audit: Audit = Audit()
