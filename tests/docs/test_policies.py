# SPDX-License-Identifier: Apache-2.0
"""The example policies are accepted, cover what they say, and the second revision narrows the first."""

from pathlib import Path

from handiwork.model.policy import Policy
from handiwork.rules.policy import parse_policy
from handiwork.rules.revision import narrowings, widenings
from handiwork.rules.scope import Surface, decide

FOLDER = Path(__file__).parents[2] / "docs" / "policies"
FIRST, SECOND = (parse_policy((FOLDER / f"everyday-tools-{number}.toml").read_text("utf-8")) for number in (1, 2))
CHATS = ("https://chatgpt.com", "https://claude.ai", "https://gemini.google.com", "https://copilot.microsoft.com")


def sites(policy: Policy) -> set[str]:
    return {rule.site for rule in policy.allow if rule.site}


def test_every_example_is_named_in_this_test() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.toml")) == ["everyday-tools-1.toml", "everyday-tools-2.toml"]


def test_the_first_covers_the_tools_that_it_names() -> None:
    hosts = ("mail.google", "chat.google", "docs.google", "github", "app.slack", "atlassian", "linkedin", "wikipedia")
    for host in (*hosts, "threads", "assistant"):
        assert any(host in site for site in sites(FIRST)), host
    assert any(rule.app == "code" for rule in FIRST.allow)
    assert set(CHATS) <= sites(FIRST)


def test_the_second_takes_the_ai_chat_tools_out_and_only_narrows() -> None:
    assert (FIRST.name, FIRST.revision, SECOND.revision) == (SECOND.name, 1, 2)
    assert sites(FIRST) - sites(SECOND) == set(CHATS)
    assert widenings(FIRST, SECOND) == []
    assert narrowings(FIRST, SECOND) == [
        f"no longer allowed: chromium {site} (level actions+text, words interface)" for site in CHATS
    ]
    assert [one for one in widenings(SECOND, FIRST) if "chatgpt.com" in one]
    before, after = (
        decide(policy, Surface(xid=1, app="chromium", title="", url="https://claude.ai/new"))
        for policy in (FIRST, SECOND)
    )
    assert (before.allowed, after.allowed, after.reason) == (True, False, "unlisted site")
