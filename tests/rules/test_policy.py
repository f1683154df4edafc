# SPDX-License-Identifier: Apache-2.0
"""Policies are read strictly, and refused where they allow more than they seem to."""

import pytest

from handiwork.model.errors import BadInput
from handiwork.rules.policy import parse_policy

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
