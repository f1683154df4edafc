# SPDX-License-Identifier: Apache-2.0
"""Two accounts, two profiles, a denied role: in every stream only what the rule names is kept."""

import msgspec
import pytest
from tests.properties.harness import POLICY, SITE, TEXT_MARK, Life, element, page, streams_with

from handiwork.model.policy import Allow, Deny, Policy

ACCOUNT = "*@work.example"
EVERY_STREAM = {"words", "typed", "keys", "buttons", "moves", "wheel", "clipboard", "pixels"}


def policy(**rule: str) -> Policy:
    """The site, narrowed to an account or a profile."""
    allow = Allow(app="chromium", site=SITE, level="full", words="open", **rule)
    return msgspec.structs.replace(POLICY, allow=(allow, *POLICY.allow[1:]))


def work_as(life: Life, account: str, profile: str, *, allowed: bool) -> None:
    """Signs in as someone, and does one thing on every stream, marked where nothing of it may be kept."""
    life.browser.sign_in(account, profile)
    # To the harness, a page that may not be recorded is one of another site.
    life.become(front="browser", tab="work" if allowed else "other")
    life.browser.show(page(life.clock.now, "heron" if allowed else TEXT_MARK))
    life.pass_time(600)
    for _ in range(3):
        life.work()
        life.screen_changes()
        life.browser.change(page(life.clock.now, "heron" if allowed else TEXT_MARK))
        life.pass_time(400)


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        ({"account": ACCOUNT, "account_in": "#me"}, ("ada@work.example", ""), ("ada@home.example", "")),
        ({"account": ACCOUNT, "account_in": "#me"}, ("ada@work.example", ""), ("", "")),
        ({"profile": "Work"}, ("", "Work"), ("", "Home")),
        ({"profile": "Work"}, ("", "Work"), ("", "")),
    ],
)
def test_of_the_other_account_nothing_is_kept_in_any_stream_and_of_the_right_one_everything(
    rule: dict[str, str], right: tuple[str, str], wrong: tuple[str, str]
) -> None:
    life = Life(policy=policy(**rule))
    life.pass_time(500)
    for who, allowed in ((right, True), (wrong, False), (right, True), (wrong, False)):
        work_as(life, *who, allowed=allowed)
    events = life.finish()
    assert streams_with(events, life.pictures, marked=True) == set()
    assert streams_with(events, life.pictures, marked=False) >= EVERY_STREAM


def test_while_an_element_of_a_denied_role_has_the_keyboard_nothing_is_kept_in_any_stream() -> None:
    life = Life(policy=msgspec.structs.replace(POLICY, deny=(Deny(site=SITE, role="slider"),)))
    life.pass_time(500)
    life.become(front="browser")
    life.pass_time(800)
    shown = page(life.clock.now, TEXT_MARK)
    shown.elements = (element(life.clock.now, f"{TEXT_MARK} amount", "slider"),)
    shown.focused = 0
    life.browser.change(shown)
    life.become(salary=True)  # to the harness: from here on, everything is marked
    life.desktop.read()
    life.pass_time(500)
    life.work()
    life.pass_time(1_000)
    events = life.finish()
    assert streams_with(events, life.pictures, marked=True) == set()
    assert any(reason == "denied by rule" for _, _, reason, _ in life.store.skips())
