# SPDX-License-Identifier: Apache-2.0
"""Site patterns: scheme://host[:port]/path-prefix, compared part by part, never as text."""

import re
from urllib.parse import SplitResult

from handiwork.rules.hosts import is_public_suffix, is_shared, never_host
from handiwork.rules.split_url import split_url

_DEFAULT_PORTS = {"http": 80, "https": 443}


def site_flaw(pattern: str) -> str:
    """Why the pattern is refused, or "" if it is fine."""
    parts = _split(pattern)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return "needs a site such as https://example.org/path (http or https)"
    if "*" in pattern or parts.hostname.endswith(".") or parts.hostname.startswith("."):
        return "has a wildcard in its site: name one host"
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:.]*:[0-9a-f:.]*", parts.hostname):
        return "has a host that is no plain name: write it as the browser does (xn--... for other scripts)"
    if "." not in parts.hostname and parts.hostname != "localhost" and ":" not in parts.hostname:
        return f"names {parts.hostname!r}, which is a whole top-level domain or an intranet short name: name one host"
    if parts.query or parts.fragment or parts.username is not None:
        return "has a query, fragment or user name in its site"
    if _is_odd(parts.path):
        return "has a path with .., \\ or an encoded dot in its site"
    return ""


def breadth_flaw(pattern: str) -> str:
    """Why an allowed site is broader than it looks, or may never be allowed, or "". Asked after site_flaw."""
    parts = _split(pattern)
    host = host_of(pattern)
    if reason := never_host(host):
        return f"allows {host}, which can never be recorded ({reason})"
    if not re.fullmatch(r"[0-9.]+|.*:.*|localhost", host) and is_public_suffix(host):
        return f"names {host!r}, under which anyone can have a site: name one host"
    if is_shared(host) and (parts is None or not parts.path.strip("/")):
        return f"allows all of {host}, which serves many organisations' pages: name a path"
    return ""


def host_of(url: str) -> str:
    """The host, in lower case; "" if there is none."""
    parts = _split(url)
    return (parts.hostname or "") if parts else ""


def site_covers(wide: str, narrow: str) -> bool:
    """Whether every URL that the second pattern matches is matched by the first."""
    return site_matches(wide, narrow)


def sites_meet(one: str, other: str) -> bool:
    """Whether some URL may match both patterns."""
    return site_covers(one, other) or site_covers(other, one)


def site_matches(pattern: str, url: str) -> bool:
    """Whether the URL has the pattern's very origin and lies at or below its path. Anything odd does not match."""
    want, have = _split(pattern), _split(url)
    if want is None or have is None or have.username is not None:
        return False
    return _origin(want) == _origin(have) is not None and _is_below(want.path, have.path)


def _is_below(prefix: str, path: str) -> bool:
    if _is_odd(path):
        return False
    stem = prefix.rstrip("/")
    return path == stem or path.startswith(stem + "/") or (not stem and path == "")


def _is_odd(path: str) -> bool:
    return "\\" in path or "%2e" in path.lower() or "%5c" in path.lower() or "/../" in path + "/"


def _origin(parts: SplitResult) -> tuple[str, str, int] | None:
    try:
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme]


def _split(text: str) -> SplitResult | None:
    try:
        return split_url(text)
    except ValueError:
        return None
