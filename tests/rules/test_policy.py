# SPDX-License-Identifier: Apache-2.0
"""Policies are read strictly, and refused where they allow more than they seem to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.errors import BadInput
from handiwork.rules.accounts import account_fits
from handiwork.rules.policy import parse_policy
from handiwork.rules.site import breadth_flaw, site_flaw, site_matches

GOOD = """
name = "support desk"
revision = 3
purposes = ["agent-training"]
[[allow]]
app = "chromium"
site = "https://desk.example/tickets"
level = "full"
words = "balanced"
[[deny]]
title = "salary"
"""


def test_a_good_policy_is_read_as_written() -> None:
    policy = parse_policy(GOOD)
    assert (policy.name, policy.revision, policy.allow[0].words) == ("support desk", 3, "balanced")


def test_what_is_not_said_is_the_strict_choice() -> None:
    policy = parse_policy('name="x"\nrevision=1\npurposes=["agent-training"]\n[[allow]]\napp="gedit"\n')
    assert (policy.allow[0].level, policy.allow[0].words) == ("actions", "interface")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("revision = 3", "revision = 3\ncolour = 4"), "unknown field `colour`"),
        (('words = "balanced"', 'words = "everything"'), "Invalid enum value"),
        (('purposes = ["agent-training"]', 'purposes = ["performance-review"]'), "Invalid enum value"),
        (('purposes = ["agent-training"]', "purposes = []"), "no purpose"),
        (('site = "https://desk.example/tickets"', ""), "allows every site"),
        (('app = "chromium"', 'app = "*"'), "must name one application"),
        (('site = "https://desk.example/tickets"', 'site = "https://*.example"'), "wildcard"),
        (('title = "salary"', 'title = "("'), "no regular expression"),
        (('title = "salary"', 'title = "(a+)+$"'), "may take for ever"),
        (('title = "salary"', 'role = "scroll"'), "which no element has"),
        (('app = "chromium"', 'app = "libreoffice-calc"'), "no browser"),
        (('app = "chromium"\nsite = "https://desk.example/tickets"', 'app = "keepassxc"'), "password manager"),
        (("https://desk.example/tickets", "https://co.uk"), "anyone can have a site"),
        (("https://desk.example/tickets", "https://github.io"), "anyone can have a site"),
        (("https://desk.example/tickets", "https://sites.google.com"), "name a path"),
        (("https://desk.example/tickets", "https://accounts.google.com/o"), "sign-in"),
        (("https://desk.example/tickets", "https://acme.okta.com"), "sign-in"),
        (("https://desk.example/tickets", "https://vault.bitwarden.com/x"), "password manager"),
        (("https://desk.example/tickets", "https://desk.example/a/%2e%2e/b"), "encoded dot"),
        (("https://desk.example/tickets", "https://münchen.example"), "no plain name"),
        (('title = "salary"', ""), "is empty"),
        (("revision = 3", "revision = 0"), "1 or more"),
        (("revision = 3", "revision = = 3"), "can't be read"),
    ],
)
def test_a_bad_policy_is_refused_with_the_reason_and_nothing_is_recorded(
    change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_policy(GOOD.replace(*change))
    assert complaint in str(refusal.value)
    assert "nothing is recorded" in str(refusal.value)


def with_allow(line: str, site: str = "https://desk.example/tickets") -> str:
    return GOOD.replace('site = "https://desk.example/tickets"', f'site = "{site}"\n{line}')


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('title = ".*"', "nearly every title"),
        ('title = ""\ntitle = "^"', "can't be read"),
        ('title = "^"', "nearly every title"),
        ('title = "."', "nearly every title"),
        ('title = "e"', "nearly every title"),
        ('title = "[a-z ]{4,}"', "nothing in common"),
        ('account = "*"', "every account"),
        ('account = "*@"', "every account"),
        ('account = "*@*.org"', "wildcard"),
        ('account = "a*@work.example.org"', "wildcard"),
        ('account = "*@org"', "wildcard"),
        ('account = "*@co.uk"', "anyone can have one"),
        ('account = "*@gmail.com"', "anyone can have one"),
        ('account = "ada@work.example.org"', "give account_in"),
        ('account_in = "#me"', "but not which one"),
        ('profile = "*"', "no wildcards"),
    ],
)
def test_a_rule_broader_than_it_looks_is_refused(line: str, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint.replace("*", ".")):
        parse_policy(with_allow(line))


@pytest.mark.parametrize(
    ("line", "site"),
    [
        ('title = "invoice \\\\d+"', "https://desk.example/tickets"),
        ('account = "*@work.example.org"', "https://mail.google.com"),
        ('account = "ada@gmail.com"', "https://docs.google.com"),
        ('account = "ada-work"', "https://github.com/acme"),
        ('account = "ada"\naccount_in = "#me"\naccount_attribute = "data-user"', "https://desk.example"),
        ('profile = "Work"', "https://desk.example"),
        ("", "https://sites.google.com/acme.example/plan"),
        ("", "http://127.0.0.1:8000/x"),
        ("", "http://localhost:8000"),
        ("", "https://bbc.co.uk"),
    ],
)
def test_a_rule_that_says_what_it_means_is_read(line: str, site: str) -> None:
    assert parse_policy(with_allow(line, site)).allow[0].site == site


HOSTS = st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){0,3}", fullmatch=True)


@given(HOSTS, st.sampled_from(["", "/", "/a"]))
def test_an_accepted_site_never_covers_another_host(host: str, path: str) -> None:
    pattern = f"https://{host}{path}"
    if site_flaw(pattern) or breadth_flaw(pattern):
        return
    assert not site_matches(pattern, f"https://other.{host}{path}")
    assert "." in host or host == "localhost"


@given(st.text(max_size=12), st.text(max_size=12))
def test_an_accepted_account_of_a_domain_fits_nobody_outside_it(name: str, other: str) -> None:
    assert not account_fits("*@work.example.org", f"{name}@{other}work.example.org") or other == ""
    assert not account_fits("*@work.example.org", f"{name}@work.example.org{other}") or not other.strip()
    assert not account_fits("*@work.example.org", f"{name}{other}")  # no domain at all
