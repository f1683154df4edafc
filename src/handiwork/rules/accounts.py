# SPDX-License-Identifier: Apache-2.0
"""Which of several accounts of a site may be recorded, and how its pages tell which one is signed in.

A reader says where in a page the account's name stands. The reading is done in the page, at every look, and only "fits"
or "doesn't" leaves it. A page in which the name isn't found, or is found in two versions, is one of an unknown account:
denied. A reader that has gone stale therefore records nothing, rather than too much.
"""

import re

import msgspec

from handiwork.model.policy import Allow, Watched
from handiwork.rules.hosts import is_mail_provider, is_public_suffix
from handiwork.rules.site import host_of

_ADDRESS = r"([^\s()<>]+@[^\s()<>]+)"


class Reader(msgspec.Struct, frozen=True):
    """Where the name stands: an element, its attribute ("" for its text), and what of that is the name."""

    selector: str
    attribute: str = ""
    cut: str = ""


# The link in the account button is the same in every language; its label is "Google Account: Ada (ada@example.org)".
_GOOGLE = Reader('a[href^="https://accounts.google.com/SignOutOptions"]', "aria-label", _ADDRESS)
_GITHUB = Reader('meta[name="user-login"]', "content")
_ATLASSIAN = Reader('meta[name="ajs-remote-user"]', "content")
_WIKIPEDIA = Reader("#pt-userpage a, #pt-userpage-2 a")
_BUILT_IN = {
    "mail.google.com": _GOOGLE,
    "chat.google.com": _GOOGLE,
    "docs.google.com": _GOOGLE,
    "drive.google.com": _GOOGLE,
    "calendar.google.com": _GOOGLE,
    "meet.google.com": _GOOGLE,
    "github.com": _GITHUB,
    "gist.github.com": _GITHUB,
    # The workspace, by the picture of the signed-in person: T0123ABCD.
    "app.slack.com": Reader('[data-qa="user-button"] img', "src", r"/(T[A-Z0-9]+)-[UW][A-Z0-9]+-"),
    # The name as the person gave it there: LinkedIn shows no address.
    "www.linkedin.com": Reader("img.global-nav__me-photo", "alt"),
    "outlook.office.com": Reader("#mectrl_currentAccount_secondary"),
    "outlook.office365.com": Reader("#mectrl_currentAccount_secondary"),
}
_BUILT_IN_BELOW = {"atlassian.net": _ATLASSIAN, "wikipedia.org": _WIKIPEDIA}


def built_in_reader(host: str) -> Reader | None:
    """The reviewed reader of a well-known site."""
    below = (reader for domain, reader in _BUILT_IN_BELOW.items() if host.endswith("." + domain))
    return _BUILT_IN.get(host) or next(below, None)


def reader_of(rule: Allow) -> Reader | None:
    """How the account is read for this rule: as the policy says, else as built in."""
    if rule.account_in:
        return Reader(rule.account_in, rule.account_attribute)
    return built_in_reader(host_of(rule.site))


def account_flaw(rule: Allow) -> str:
    """Why the rule's account can't be accepted, or ""."""
    if not rule.account:
        return "says where the account stands, but not which one" if rule.account_in or rule.account_attribute else ""
    if not rule.site:
        return "names an account but no site"
    if flaw := _breadth(rule.account):
        return flaw
    if reader_of(rule) is None:
        return (
            f"names an account, but how {host_of(rule.site)} tells it isn't built in: give account_in, a CSS selector"
        )
    return ""


def account_fits(pattern: str, name: str) -> bool:
    """Whether the account of that name is meant. Pages decide by the extension's own copy of this rule."""
    wanted, found = _normal(pattern), _normal(name)
    if not wanted or not found:
        return False
    if not wanted.startswith("*@"):
        return wanted == found
    local, _, domain = found.partition("@")
    return bool(local and domain) and domain == wanted[2:] and " " not in local


def watched_of(rule: Allow) -> Watched:
    """What a browser is told of the rule."""
    reader = reader_of(rule) if rule.account else None
    return Watched(
        site=rule.site,
        account=rule.account,
        selector=reader.selector if reader else "",
        attribute=reader.attribute if reader else "",
        cut=reader.cut if reader else "",
        profile=rule.profile,
    )


def _breadth(account: str) -> str:
    plain = _normal(account)
    if not plain.strip("*@. "):
        return "allows every account"
    if "*" not in plain:
        return ""
    found = re.fullmatch(r"\*@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", plain)
    if found is None:
        return "has a wildcard in its account: name one account, or everyone of one domain as *@work.example.org"
    if is_public_suffix(found[1]) or is_mail_provider(found[1]):
        return f"allows every account of {found[1]}, where anyone can have one"
    return ""


def _normal(text: str) -> str:
    return " ".join(text.split()).lower()
