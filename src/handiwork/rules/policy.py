# SPDX-License-Identifier: Apache-2.0
"""Reads a policy and refuses one that allows more than it seems to."""

import re

import msgspec

from handiwork.model.errors import BadInput
from handiwork.model.policy import Allow, Deny, Policy
from handiwork.rules.site import site_flaw

BROWSERS = frozenset(
    {
        "brave-browser",
        "chromium",
        "chromium-browser",
        "epiphany",
        "firefox",
        "firefox-esr",
        "google-chrome",
        "microsoft-edge",
        "navigator",
        "opera",
        "vivaldi-stable",
    }
)
"""WM_CLASS classes of programs that show many sites: an app rule alone would allow all of them."""


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
    return flaws


def _allow_flaws(rule: Allow) -> list[str]:
    flaws = []
    if not re.fullmatch(r"[a-z0-9][a-z0-9._+-]*", rule.app):
        flaws.append("must name one application by its window class, in lower case, without wildcards")
    if rule.app in BROWSERS and not rule.site:
        flaws.append(f"allows every site in {rule.app}: name a site")
    if rule.site and (flaw := site_flaw(rule.site)):
        flaws.append(flaw)
    return flaws


def _deny_flaws(rule: Deny) -> list[str]:
    flaws = []
    if not (rule.app or rule.site or rule.title):
        flaws.append("is empty")
    if rule.site and (flaw := site_flaw(rule.site)):
        flaws.append(flaw)
    try:
        re.compile(rule.title)
    except re.error as error:
        flaws.append(f"has a title pattern that is no regular expression ({error})")
    return flaws


def _refused(what: str) -> BadInput:
    return BadInput(
        what,
        data="nothing is recorded under it; what was recorded under an earlier policy is unchanged.",
        do="correct the policy file and start again.",
    )
