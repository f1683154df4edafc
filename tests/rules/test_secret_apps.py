# SPDX-License-Identifier: Apache-2.0
"""Programs that keep or ask for secrets can be allowed by no policy, and nothing of them gets past a decision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.harness import CHAR, Life
from tests.recorder.test_person import write

from handiwork.model.errors import BadInput
from handiwork.model.policy import Allow, Policy
from handiwork.model.raw import RawDesktop, RawWindow
from handiwork.rules.participation import PROTECTED
from handiwork.rules.policy import parse_policy
from handiwork.rules.scope import Surface, decide
from handiwork.rules.secret_apps import _WHY, never_app

NAMED = (
    "1password", "bitwarden", "enpass", "gcr-prompter", "keepass2", "keepassxc", "pinentry-gnome3", "pinentry-gtk-2",
    "pinentry-qt", "polkit-gnome-authentication-agent-1", "polkit-kde-authentication-agent-1", "lxqt-policykit-agent",
    "seahorse", "ssh-askpass",
)  # fmt: skip
"""As the programs themselves set WM_CLASS, by their own sources and desktop files."""


@pytest.mark.parametrize("app", NAMED)
def test_they_are_known(app: str) -> None:
    assert never_app(app)


@pytest.mark.parametrize("app", sorted(_WHY))
def test_no_policy_that_allows_one_is_accepted_and_none_that_slipped_by_is_obeyed(app: str) -> None:
    with pytest.raises(BadInput):
        parse_policy(f'name = "x"\nrevision = 1\npurposes = ["agent-training"]\n[[allow]]\napp = "{app}"\n')
    policy = Policy(name="x", revision=1, purposes=("agent-training",), allow=(Allow(app=app, level="full"),))
    decision = decide(policy, Surface(xid=1, app=app, title="Vault", url=""))
    assert not decision.allowed
    assert decision.reason == never_app(app)
    assert decision.reason in PROTECTED


@given(st.sampled_from(sorted(_WHY)), st.text(max_size=20))
def test_whatever_its_window_is_called(app: str, title: str) -> None:
    policy = Policy(name="x", revision=1, purposes=("agent-training",), allow=(Allow(app=app, level="full"),))
    assert not decide(policy, Surface(xid=1, app=app, title=title, url="https://work.example/")).allowed


def test_a_prompt_that_comes_over_allowed_work_shows_as_sign_in_and_nothing_typed_into_it_is_kept() -> None:
    life = Life()
    life.pass_time(500)
    write(life, CHAR * 3)
    life.pass_time(400)
    now = life.clock.now
    prompt = RawWindow(now, 9, "pinentry-qt", "Passphrase", 9, life.screen.size(), False)
    notes = RawWindow(now, 2, "notes", "heron", 6, life.screen.size(), False)
    life.desktop.tell(RawDesktop(now, (notes, prompt), 9, False))
    life.pass_time(20)
    assert life.indicator.history[-1] == "sign-in"
    write(life, "ψ" * 8)
    life.tell_desktop()
    life.pass_time(4_000)
    write(life, CHAR * 3)
    text = "".join(getattr(event, "text", "") for event in life.finish())
    assert text.count(CHAR) == 6
    assert "ψ" not in text
