# SPDX-License-Identifier: Apache-2.0
"""Reads a policy and refuses one that allows more than it seems to."""

import re

import msgspec

from handiwork.model.errors import BadInput
from handiwork.model.policy import Allow, Deny, Policy, Watched
from handiwork.rules.accounts import account_flaw, watched_of
from handiwork.rules.audit_times import audit_flaws
from handiwork.rules.cost import cost_flaws
from handiwork.rules.hours import hours_flaws
from handiwork.rules.redaction.element_text import ROLES
from handiwork.rules.secret_apps import never_app
from handiwork.rules.site import breadth_flaw, site_flaw
from handiwork.rules.titles import breadth_flaw as title_breadth_flaw
from handiwork.rules.titles import pattern_flaw

BROWSERS = frozenset(
    {
        "brave-browser",
        "chromium",
        "chromium-browser",
        "epiphany",
        "falkon",
        "firefox",
        "firefox-esr",
        "google-chrome",
        "google-chrome-beta",
        "google-chrome-unstable",
        "konqueror",
        "librewolf",
        "microsoft-edge",
        "microsoft-edge-beta",
        "microsoft-edge-dev",
        "midori",
        "navigator",
        "opera",
        "org.gnome.epiphany",
        "qutebrowser",
        "tor browser",
        "vivaldi-stable",
        "waterfox",
    }
)
"""WM_CLASS classes of programs that show many sites: an app rule alone would allow all of them."""

DRAWS_OVER_PAGES = frozenset({"firefox", "firefox-esr", "librewolf", "navigator", "tor browser", "waterfox"})
"""Firefox and its kin: sign-in and other dialogs, and the addresses of links, stand in the page's own window."""


def is_browser(app: str) -> bool:
    """Whether this window class shows many sites. `crx_...` is a site installed as a program: it can go elsewhere."""
    return app in BROWSERS or app.startswith("crx_")


def watch_list(policy: Policy) -> tuple[Watched, ...]:
    """What browsers may look at: each allowed site, with account and profile, once. Browsers answer by index."""
    return tuple(dict.fromkeys(watched_of(rule) for rule in policy.allow if rule.site))


def denied_sites(policy: Policy) -> tuple[str, ...]:
    """Sites that no rule may open, in any program: browsers needn't even look at them."""
    return tuple(rule.site for rule in policy.deny if rule.site and not (rule.app or rule.title or rule.role))


def parse_policy(text: str) -> Policy:
    """The policy in a TOML file. Raises BadInput for unknown keys, wrong types and rules broader than they look."""
    try:
        policy = msgspec.toml.decode(text, type=Policy)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _refused(f"The policy can't be read: {error}") from None
    if flaws := policy_flaws(policy):
        raise _refused("The policy is refused: " + "; ".join(flaws))
    return policy


def policy_flaws(policy: Policy) -> list[str]:
    """What is wrong with it, in words; empty if nothing is."""
    flaws = [] if policy.name.strip() else ["it has no name"]
    flaws += [] if policy.purposes else ["it names no purpose"]
    flaws += [] if policy.revision > 0 else ["its revision must be 1 or more"]
    for number, allow in enumerate(policy.allow, 1):
        flaws += [f"allow rule {number} {flaw}" for flaw in _allow_flaws(allow)]
    for number, deny in enumerate(policy.deny, 1):
        flaws += [f"deny rule {number} {flaw}" for flaw in _deny_flaws(deny)]
    flaws += hours_flaws(policy.hours) if policy.hours else []
    flaws += cost_flaws(policy.cost) + audit_flaws(policy.audit)
    return flaws


def _allow_flaws(rule: Allow) -> list[str]:
    flaws = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9._+-]*", rule.app):
        flaws.append("must name one application by its window class, in lower case, without wildcards")
    if reason := never_app(rule.app):
        flaws.append(f"allows {rule.app}, which can never be recorded ({reason})")
    if is_browser(rule.app) and not rule.site:
        flaws.append(f"allows every site in {rule.app}: name a site")
    if rule.site and not is_browser(rule.app):
        flaws.append(f"names a site, but {rule.app} is no browser that tells of sites: leave the site out")
    if rule.site and (flaw := site_flaw(rule.site) or breadth_flaw(rule.site)):
        flaws.append(flaw)
    if rule.title and (flaw := pattern_flaw(rule.title) or title_breadth_flaw(rule.title)):
        flaws.append(flaw)
    if flaw := account_flaw(rule):
        flaws.append(flaw)
    if rule.profile and not rule.site:
        flaws.append("names a browser profile but no site")
    if rule.profile and not re.fullmatch(r"[\w][\w .-]{0,39}", rule.profile):
        flaws.append("must name one browser profile by its label (letters, digits, spaces, at most 40), no wildcards")
    return flaws


def _deny_flaws(rule: Deny) -> list[str]:
    flaws = []
    if not (rule.app or rule.site or rule.title or rule.role):
        flaws.append("is empty")
    if rule.site and (flaw := site_flaw(rule.site)):
        flaws.append(flaw)
    if rule.role and rule.role not in ROLES:
        flaws.append(f"names the role {rule.role!r}, which no element has")
    if rule.title and (flaw := pattern_flaw(rule.title)):
        flaws.append(flaw)
    return flaws


def _refused(what: str) -> BadInput:
    return BadInput(
        what,
        data="nothing is recorded under it; what was recorded under an earlier policy is unchanged.",
        do="correct the policy file and start again.",
    )
