# SPDX-License-Identifier: Apache-2.0
"""Site patterns: scheme://host[:port]/path-prefix, compared part by part, never as text."""

from urllib.parse import SplitResult, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def site_flaw(pattern: str) -> str:
    """Why the pattern is refused, or "" if it is fine."""
    parts = _split(pattern)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return "needs a site such as https://example.org/path (http or https)"
    if "*" in pattern or parts.hostname.endswith(".") or parts.hostname.startswith("."):
        return "has a wildcard in its site: name one host"
    if "." not in parts.hostname and parts.hostname != "localhost" and ":" not in parts.hostname:
        return f"names {parts.hostname!r}, which is a whole top-level domain or an intranet short name: name one host"
    if parts.query or parts.fragment or parts.username is not None:
        return "has a query, fragment or user name in its site"
    return ""


def site_matches(pattern: str, url: str) -> bool:
    """Whether the URL has the pattern's very origin and lies at or below its path. Anything odd does not match."""
    want, have = _split(pattern), _split(url)
    if want is None or have is None or have.username is not None:
        return False
    return _origin(want) == _origin(have) is not None and _is_below(want.path, have.path)


def _is_below(prefix: str, path: str) -> bool:
    if "\\" in path or "%2e" in path.lower() or "/../" in path + "/":
        return False
    stem = prefix.rstrip("/")
    return path == stem or path.startswith(stem + "/") or (not stem and path == "")


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
        return urlsplit(text)
    except ValueError:
        return None
