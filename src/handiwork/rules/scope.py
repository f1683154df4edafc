# SPDX-License-Identifier: Apache-2.0
"""The one scope decision: whether anything of a surface may be kept, and how much.

Every stream (pointer, keys, text, element, title, URL, pixels) asks this and nothing else. Unlisted, unknown and
uncertain are all "no". Knows nothing of time: `gate` does.
"""

import re

import msgspec

from handiwork.model.policy import Level, Policy, Words
from handiwork.rules.policy import BROWSERS
from handiwork.rules.site import site_matches


class Surface(msgspec.Struct, frozen=True, kw_only=True):
    """What is in front. `url` is "" outside a browser, None where a browser has not told us for certain."""

    xid: int
    app: str
    title: str
    url: str | None = ""
    protected: str = ""
    """Why nothing may be kept whatever the rules say: "password field", "sign-in", "locked"; or ""."""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a surface may be kept. `reason` is a fixed word for the ledger, "" when allowed."""

    allowed: bool
    reason: str = ""
    rule: int = -1
    xid: int = 0
    app: str = ""
    site: str = ""
    level: Level = "counts"
    words: Words = "interface"


def keeps_text(level: Level) -> bool:
    """Whether typed text may survive at this level, in any copy: as typing, as a field's value, as page text."""
    return level in ("actions+text", "full")


def denied(reason: str) -> Decision:
    """A no, with the fixed word that the ledger counts."""
    return Decision(allowed=False, reason=reason)


def decide(policy: Policy, surface: Surface) -> Decision:
    """The decision for what is in front now."""
    if surface.protected:
        return denied(surface.protected)
    if not surface.app:
        return denied("unknown app")
    if surface.app in BROWSERS and surface.url is None:
        return denied("uncertain site")
    if _is_denied(policy, surface):
        return denied("denied by rule")
    for number, rule in enumerate(policy.allow):
        if rule.app == surface.app and (not rule.site or site_matches(rule.site, surface.url or "")):
            return Decision(
                allowed=True,
                rule=number,
                xid=surface.xid,
                app=rule.app,
                site=rule.site,
                level=rule.level,
                words=rule.words,
            )
    return denied("unlisted site" if _lists_app(policy, surface.app) else "unlisted app")


def _is_denied(policy: Policy, surface: Surface) -> bool:
    return any(
        (not rule.app or rule.app == surface.app)
        and (not rule.site or site_matches(rule.site, surface.url or ""))
        and (not rule.title or re.search(rule.title, surface.title, re.IGNORECASE) is not None)
        for rule in policy.deny
    )


def _lists_app(policy: Policy, app: str) -> bool:
    return any(rule.app == app for rule in policy.allow)
