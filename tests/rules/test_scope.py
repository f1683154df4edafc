# SPDX-License-Identifier: Apache-2.0
"""The one scope decision: default deny, by app and site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.policy import Allow, Deny, Policy
from handiwork.rules.accounts import watched_of
from handiwork.rules.policy import DRAWS_OVER_PAGES
from handiwork.rules.scope import Surface, decide

POLICY = Policy(
    name="test",
    revision=1,
    purposes=("agent-training",),
    allow=(
        Allow(app="gedit", level="actions"),
        Allow(app="chromium", site="https://work.example/app", level="full", words="open"),
    ),
    deny=(Deny(site="https://work.example/app/payroll"), Deny(title="private")),
)


def surface(app: str = "gedit", title: str = "", url: str | None = "", protected: str = "") -> Surface:
    return Surface(xid=7, app=app, title=title, url=url, protected=protected)


def test_a_listed_app_is_allowed_at_its_rules_level() -> None:
    decision = decide(POLICY, surface())
    assert (decision.allowed, decision.level, decision.rule, decision.xid) == (True, "actions", 0, 7)


def test_a_listed_site_is_allowed_and_named_by_its_pattern_not_by_its_address() -> None:
    decision = decide(POLICY, surface("chromium", url="https://work.example/app/orders?id=4"))
    assert (decision.allowed, decision.site) == (True, "https://work.example/app")


@pytest.mark.parametrize("app", sorted(DRAWS_OVER_PAGES))
def test_where_a_browser_draws_into_the_pages_window_no_rule_opens_pictures_or_paths(app: str) -> None:
    rule = Allow(app=app, site="https://work.example/app", level="full", words="open")
    policy = Policy(name="test", revision=1, purposes=("agent-training",), allow=(rule,))
    shown = surface(app, url="https://work.example/app/orders")
    assert (decide(policy, shown).allowed, decide(policy, shown).level) == (True, "actions+text")
    assert decide(policy, surface(app, url=None)).reason == "uncertain site"


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (surface("xterm"), "unlisted app"),
        (surface(""), "unknown app"),
        (surface("chromium", url=None), "uncertain site"),
        (surface("chromium", url=""), "unlisted site"),
        (surface("chromium", url="https://work.example/application"), "unlisted site"),
        (surface("chromium", url="https://work.example.evil.test/app"), "unlisted site"),
        (surface("chromium", url="http://work.example/app"), "unlisted site"),
        (surface("chromium", url="https://work.example/app/payroll/me"), "denied by rule"),
        (surface(title="My PRIVATE notes"), "denied by rule"),
        (surface(protected="password field"), "password field"),
    ],
)
def test_whatever_is_not_clearly_allowed_is_denied_with_a_fixed_reason(case: Surface, reason: str) -> None:
    decision = decide(POLICY, case)
    assert (decision.allowed, decision.reason) == (False, reason)


@given(st.text(), st.text(), st.one_of(st.none(), st.text()))
def test_an_empty_policy_allows_nothing_at_all(app: str, title: str, url: str | None) -> None:
    empty = Policy(name="empty", revision=1, purposes=("agent-training",))
    assert not decide(empty, surface(app, title, url)).allowed


WORK = Allow(app="chromium", site="https://mail.google.com", account="*@work.example.org", level="full")
LABELLED = Allow(app="chromium", site="https://desk.example", profile="Work", level="actions")
NAMED = Allow(app="code", title=r"shop \[", level="actions")
FINE = Policy(
    name="fine",
    revision=1,
    purposes=("agent-training",),
    allow=(WORK, LABELLED, NAMED, Allow(app="gedit")),
    deny=(Deny(app="gedit", role="table"), Deny(site="https://mail.google.com/chat", role="textbox")),
)


def fine(app: str = "chromium", url: str | None = "", **more: object) -> str:
    found = decide(FINE, Surface(xid=7, app=app, **{"title": "", "url": url, **more}))  # type: ignore[arg-type]
    return "allowed" if found.allowed else found.reason


def test_a_rule_with_an_account_or_profile_counts_only_where_the_browser_says_that_it_fits() -> None:
    mail, desk = "https://mail.google.com/mail/u/1", "https://desk.example/7"
    assert fine(url=mail, vouched=watched_of(WORK)) == "allowed"
    assert fine(url=mail) == "unlisted site"
    assert fine(url=mail, vouched=watched_of(LABELLED)) == "unlisted site"
    assert fine(url=desk, vouched=watched_of(LABELLED)) == "allowed"
    assert fine(url=desk, vouched=watched_of(WORK)) == "unlisted site"


def test_a_rule_with_a_title_counts_only_for_windows_so_named() -> None:
    assert fine("code", title="index.ts - shop [SSH]") == "allowed"
    assert fine("code", title="index.ts - diary") == "unlisted window"
    assert fine("code", title="x" * 1_000 + "shop [") == "unlisted window"


def test_a_denied_role_closes_the_scope_and_so_does_one_that_is_not_known() -> None:
    assert fine("gedit", role="text") == "allowed"
    assert fine("gedit", role="table") == "denied by rule"
    assert fine("gedit", role=None) == "uncertain role"
    assert fine("code", title="shop [", role=None) == "allowed"


@pytest.mark.parametrize(
    ("app", "url", "reason"),
    [
        ("chromium", "https://accounts.google.com/v3", "sign-in"),
        ("chromium", "https://acme.okta.com/", "sign-in"),
        ("chromium", "https://vault.bitwarden.com/", "password manager"),
        ("chromium", "https://www.paypal.com/checkout", "payment"),
        ("keepassxc", "", "password manager"),
    ],
)
def test_no_policy_can_open_sign_in_hosts_and_password_managers(app: str, url: str, reason: str) -> None:
    policy = Policy(name="p", revision=1, purposes=("agent-training",), allow=(Allow(app=app, site=url),))
    assert decide(policy, surface(app, url=url)).reason == reason
