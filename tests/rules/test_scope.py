# SPDX-License-Identifier: Apache-2.0
"""The one scope decision: default deny, by app and site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handiwork.model.policy import Allow, Deny, Policy
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
