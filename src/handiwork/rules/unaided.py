# SPDX-License-Identifier: Apache-2.0
"""Browsers without our extension: which site a window shows, if everything that it says of itself agrees.

Three words of the browser's own process, each late or early at its own moment: the address bar has a typed address
already while the former page is still shown; a page can give itself any title; a document goes on existing after its
tab was left. Only together they count. Accounts, profiles and private windows can't be told this way. Knows no time.
"""

import re
from urllib.parse import SplitResult, unquote

from handiwork.model.policy import Policy
from handiwork.model.raw import RawBrowserWindow
from handiwork.rules.policy import denied_sites, watch_list
from handiwork.rules.site import site_matches
from handiwork.rules.split_url import split_url

SUFFIXES = {"chromium": "Chromium", "google-chrome": "Google Chrome"}
"""What the browser adds to the page's title in its window's."""

NO_RULE = "account or profile not told"
"""Of a browser without the extension, neither can be told."""

_SIGN_IN_PATH = re.compile(
    r"(^|[/._#!-])(log-?in|log-?on|sign-?in|sign-?on|signup|sign-up|register|auth|authorize|oauth2?|sso|saml|2fa|mfa|otp|"
    r"totp|passwords?|passwd|passwort|credentials?|anmelden|connexion|einloggen)([/._?&=#-]|$)",
    re.IGNORECASE,
)
"""As in extension/content/sensitive.js; tests hold them to each other."""


def shown_url(told: RawBrowserWindow, app: str, window_title: str) -> str | None:
    """The address of the page in front; None unless address bar, document and the window's title agree."""
    if told.edited or not told.url or not told.title.strip() or not _is_shown_as(told.url, told.bar):
        return None
    suffix = SUFFIXES.get(app)
    return told.url if suffix and _plain(window_title) == f"{_plain(told.title)} - {suffix}" else None


def rule_of(policy: Policy, url: str) -> int:
    """The index in `watch_list` of the first entry that fits, -1 for none: never one with account or profile."""
    if any(site_matches(site, url) for site in denied_sites(policy)):
        return -1
    entries = enumerate(watch_list(policy))
    return next((i for i, one in entries if not one.account and not one.profile and site_matches(one.site, url)), -1)


def is_covered(policy: Policy, app: str) -> bool:
    """Whether some rule for this browser could be judged without the extension."""
    return any(rule.app == app and rule.site and not (rule.account or rule.profile) for rule in policy.allow)


def is_sign_in(url: str) -> bool:
    """Whether the address is that of a sign-in page."""
    parts = _split(url)
    return (
        parts is None or _SIGN_IN_PATH.search(parts.path + (f"#{parts.fragment}" if parts.fragment else "")) is not None
    )


def _is_shown_as(url: str, bar: str) -> bool:
    """Whether the bar shows this address: Chromium leaves out http(s)://, www. and a lone slash at the end."""
    want, have = _split(url), _split(url[: url.index(":") + 3] + bar if "://" in url and "://" not in bar else bar)
    if want is None or have is None or want.scheme not in ("http", "https") or want.scheme != have.scheme:
        return False
    hosts = _host(want), _host(have)
    return hosts[0] is not None and hosts[0] == hosts[1] and _rest(want) == _rest(have)


def _host(parts: SplitResult) -> tuple[str, int | None] | None:
    """The host as browsers write it, and the port; None for what is no host."""
    try:
        name, port = (parts.hostname or "").removeprefix("www."), parts.port
        if parts.username is not None or not name:
            return None
        return (name if name.isascii() else name.encode("idna").decode("ascii")), port
    except (UnicodeError, ValueError):
        return None


def _rest(parts: SplitResult) -> tuple[str, str, str]:
    return unquote(parts.path) or "/", unquote(parts.query), unquote(parts.fragment)


def _split(text: str) -> SplitResult | None:
    try:
        return split_url(text)
    except ValueError:
        return None


def _plain(text: str) -> str:
    return " ".join(text.split())
