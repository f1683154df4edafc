# SPDX-License-Identifier: Apache-2.0
"""Site patterns match by origin and path, never as text."""

import pytest

from handiwork.rules.site import site_flaw, site_matches


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example/inbox",
        "https://mail.example/inbox/",
        "https://mail.example:443/inbox/42?q=1#top",
        "https://MAIL.example/inbox",
    ],
)
def test_a_url_at_or_below_the_pattern_matches(url: str) -> None:
    assert site_matches("https://mail.example/inbox", url)


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example/inboxes",
        "https://mail.example/",
        "https://mail.example.attacker.test/inbox",
        "https://mail.example@attacker.test/inbox",
        "https://attacker.test/https://mail.example/inbox",
        "https://user:pw@mail.example/inbox",
        "https://mail.example:8443/inbox",
        "http://mail.example/inbox",
        "https://mail.example/inbox/../admin",
        "https://mail.example/inbox/%2e%2e/admin",
        "https://mail.example/inbox\\..\\admin",
        "https://[::1/inbox",
        "javascript:alert(1)",
        "",
    ],
)
def test_a_url_that_only_looks_like_it_does_not_match(url: str) -> None:
    assert not site_matches("https://mail.example/inbox", url)


@pytest.mark.parametrize(
    "pattern",
    [
        "https://",
        "mail.example",
        "https://*.example",
        "https://com",
        "https://.example",
        "file:///home",
        "chrome://password-manager",
        "https://a.example/?q",
        "https://u@a.example",
    ],
)
def test_a_pattern_broader_than_it_looks_is_refused(pattern: str) -> None:
    assert site_flaw(pattern)


@pytest.mark.parametrize("pattern", ["https://mail.example", "http://localhost:8000/x", "http://127.0.0.1:80/a"])
def test_a_plain_pattern_is_accepted(pattern: str) -> None:
    assert site_flaw(pattern) == ""
