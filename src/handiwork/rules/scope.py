# SPDX-License-Identifier: Apache-2.0
"""The one scope decision: whether anything of a surface may be kept, and how much.

Every stream (pointer, keys, text, element, title, URL, pixels) asks this and nothing else. Unlisted, unknown and
uncertain are all "no". Knows nothing of time: `gate` does.
"""

import msgspec

from handiwork.model.policy import Allow, Deny, Level, Policy, Watched, Words
from handiwork.rules.accounts import watched_of
from handiwork.rules.hosts import never_host
from handiwork.rules.policy import DRAWS_OVER_PAGES, is_browser
from handiwork.rules.secret_apps import never_app
from handiwork.rules.site import host_of, site_matches
from handiwork.rules.titles import title_matches


class Surface(msgspec.Struct, frozen=True, kw_only=True):
    """What is in front. `url` is "" outside a browser, None where a browser has not told us for certain."""

    xid: int
    app: str
    title: str
    url: str | None = ""
    untold: str = ""
    """Why the browser can't tell for certain (a fixed word), if that is known."""
    unaided: bool = False
    """Whether the browser told without our extension: then no more than MOST_UNAIDED is kept."""
    vouched: Watched | None = None
    """What the browser says fits this page: for rules that ask for an account or a profile, nothing else counts."""
    role: str | None = ""
    """Role of the element that has the keyboard, "" if none has it, None if that isn't known."""
    protected: str = ""
    """Why nothing may be kept whatever the rules say: "password field", "sign-in", "payment", "locked"; or ""."""


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


def at_most(level: Level, most: Level) -> Level:
    """The lower of two levels."""
    return min(level, most, key=_LEVELS.index)


_LEVELS: tuple[Level, ...] = ("counts", "actions", "actions+text", "full")

MOST_UNAIDED: Level = "actions"
"""Without the page's own word nothing is known of where a key went, nor of what pixels show."""


MOST_UNDER_CHROME: Level = "actions+text"
"""Where the browser draws its own dialogs and addresses into the page's window, no picture of a page is the page's."""


def denied(reason: str) -> Decision:
    """A no, with the fixed word that the ledger counts."""
    return Decision(allowed=False, reason=reason)


def decide(policy: Policy, surface: Surface) -> Decision:
    """The decision for what is in front now."""
    if surface.protected:
        return denied(surface.protected)
    if not surface.app:
        return denied("unknown app")
    if is_browser(surface.app) and surface.url is None:
        return denied(surface.untold or "uncertain site")
    if reason := never_app(surface.app) or never_host(host_of(surface.url or "")):
        return denied(reason)
    if reason := _denial(policy, surface):
        return denied(reason)
    for number, rule in enumerate(policy.allow):
        if _fits(rule, surface):
            return Decision(
                allowed=True,
                rule=number,
                xid=surface.xid,
                app=rule.app,
                site=rule.site,
                level=_level(rule, surface),
                words=rule.words,
            )
    return denied(_why_unlisted(policy, surface.app))


def _level(rule: Allow, surface: Surface) -> Level:
    """The rule's, or less where the browser leaves more unknown than the rule can know."""
    level = at_most(rule.level, MOST_UNAIDED) if surface.unaided else rule.level
    return at_most(level, MOST_UNDER_CHROME) if surface.app in DRAWS_OVER_PAGES else level


def _fits(rule: Allow, surface: Surface) -> bool:
    if rule.app != surface.app or (is_browser(rule.app) and not rule.site):
        return False
    if rule.site and not site_matches(rule.site, surface.url or ""):
        return False
    if rule.title and not title_matches(rule.title, surface.title):
        return False
    return not (rule.account or rule.profile) or watched_of(rule) == surface.vouched


def _denial(policy: Policy, surface: Surface) -> str:
    """Why a deny rule closes the scope. A role that isn't known may be the denied one."""
    for rule in policy.deny:
        if _names(rule, surface) and rule.role in ("", surface.role):
            return "denied by rule"
        if _names(rule, surface) and surface.role is None:
            return "uncertain role"
    return ""


def _names(rule: Deny, surface: Surface) -> bool:
    """Whether the rule is about this surface, its role set aside."""
    return (
        (not rule.app or rule.app == surface.app)
        and (not rule.site or site_matches(rule.site, surface.url or ""))
        and (not rule.title or title_matches(rule.title, surface.title))
    )


def _why_unlisted(policy: Policy, app: str) -> str:
    listed = [rule for rule in policy.allow if rule.app == app]
    if not listed:
        return "unlisted app"
    return "unlisted site" if is_browser(app) else "unlisted window"
