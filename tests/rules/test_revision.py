# SPDX-License-Identifier: Apache-2.0
"""What narrows applies at once; what widens needs a new consent. Judged wrongly, people would be recorded unasked."""

from itertools import product
from typing import get_args

import msgspec
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from handiwork.model.policy import Allow, Cost, Deny, Frames, Hours, Level, Policy, Words
from handiwork.rules.accounts import account_fits
from handiwork.rules.policy import is_browser, watch_list
from handiwork.rules.revision import narrowings, widenings
from handiwork.rules.scope import Decision, Surface, decide
from handiwork.rules.site import site_matches

SITES = ("https://a.example", "https://a.example/x", "https://a.example/x/y", "https://b.example")
LEVELS, WORDS = get_args(Level), get_args(Words)
ACCOUNT = {"account_in": "#me"}

limits = st.fixed_dictionaries({"level": st.sampled_from(LEVELS), "words": st.sampled_from(WORDS)})
pages = st.builds(
    lambda site, account, profile, rest: Allow(
        app="chromium", site=site, profile=profile, **({"account": account, **ACCOUNT} if account else {}), **rest
    ),
    st.sampled_from(SITES),
    st.sampled_from(["", "", "ada@w.example.org", "*@w.example.org"]),
    st.sampled_from(["", "", "work"]),
    limits,
)
windows = st.builds(
    lambda app, title, rest: Allow(app=app, title=title, **rest),
    st.sampled_from(["code", "calc"]),
    st.sampled_from(["", "shop", "plan"]),
    limits,
)
denials = st.builds(
    Deny,
    app=st.sampled_from(["", "chromium", "code"]),
    site=st.sampled_from(["", *SITES[1:3]]),
    title=st.sampled_from(["", "", "shop"]),
    role=st.sampled_from(["", "table"]),
).filter(lambda rule: bool(rule.app or rule.site or rule.title or rule.role))
policies = st.builds(
    lambda allow, deny: Policy(
        name="p", revision=1, purposes=("agent-training",), allow=tuple(allow), deny=tuple(deny)
    ),
    st.lists(st.one_of(pages, windows), max_size=4),
    st.lists(denials, max_size=2),
)


def everything() -> list[tuple[str, str, str, str, str, str]]:
    """Every surface of a small world: app, url, title, account, profile, role."""
    urls = ("https://a.example/", "https://a.example/x", "https://a.example/x/y", "https://b.example/")
    people = ("", "ada@w.example.org", "bob@w.example.org", "ada@home.example.net")
    found = [
        ("chromium", *rest)
        for rest in product(urls, ("", "shop"), people, ("", "work", "home"), ("", "table"))
    ]  # fmt: skip
    native = product(("code", "calc"), ("",), ("", "shop", "plan", "shop plan"), ("",), ("",), ("", "table"))
    return found + list(native)


WORLD = everything()


def decided(policy: Policy, seen: tuple[str, str, str, str, str, str]) -> Decision:
    """As a browser would tell it and the recorder judge it."""
    app, url, title, account, profile, role = seen
    fitting = (
        entry
        for entry in watch_list(policy)
        if site_matches(entry.site, url)
        and (not entry.account or account_fits(entry.account, account))
        and entry.profile in ("", profile)
    )
    vouched = next(fitting, None) if is_browser(app) else None
    return decide(policy, Surface(xid=1, app=app, url=url, title=title, vouched=vouched, role=role))


def keeps_more(before: Decision, after: Decision) -> bool:
    if not after.allowed:
        return False
    return (
        not before.allowed
        or LEVELS.index(after.level) > LEVELS.index(before.level)
        or WORDS.index(after.words) > WORDS.index(before.words)
    )


@st.composite
def revised(draw: st.DrawFn, before: Policy) -> Policy:
    """A revision such as people make: rules taken out, moved, changed and added."""
    rules = draw(st.permutations(before.allow)) if draw(st.booleans()) else list(before.allow)
    rules = [rule for rule in rules if draw(st.integers(0, 4))]
    for at, rule in enumerate(rules):
        if not draw(st.integers(0, 2)):
            rules[at] = msgspec.structs.replace(rule, **draw(limits))
        if not draw(st.integers(0, 4)):
            rules[at] = msgspec.structs.replace(rules[at], title="", account="", account_in="", profile="")
        if rule.site and not draw(st.integers(0, 3)):
            rules[at] = msgspec.structs.replace(rules[at], site=draw(st.sampled_from(SITES)))
    rules += draw(st.lists(st.one_of(pages, windows), max_size=1)) if not draw(st.integers(0, 3)) else []
    deny = [rule for rule in before.deny if draw(st.integers(0, 3))] + draw(st.lists(denials, max_size=1))
    return msgspec.structs.replace(before, allow=tuple(rules), deny=tuple(deny))


@settings(max_examples=200)
@given(policies, st.data())
def test_where_nothing_widens_nothing_anywhere_is_kept_that_was_not_kept_before(
    one: Policy, data: st.DataObject
) -> None:
    other = data.draw(revised(one))
    if widenings(one, other):
        event("widens")
    else:
        assert [seen for seen in WORLD if keeps_more(decided(one, seen), decided(other, seen))] == []


@settings(max_examples=200)
@given(policies, st.data())
def test_a_policy_with_rules_taken_out_or_lowered_where_order_allows_it_only_narrows(
    policy: Policy, data: st.DataObject
) -> None:
    kept = data.draw(st.integers(0, len(policy.allow)))
    assert widenings(policy, policy) == []
    assert widenings(policy, msgspec.structs.replace(policy, allow=policy.allow[:kept])) == []
    quiet = tuple(msgspec.structs.replace(rule, level="counts", words="interface") for rule in policy.allow)
    assert widenings(policy, msgspec.structs.replace(policy, allow=quiet)) == []


BASE = Policy(
    name="desk",
    revision=1,
    purposes=("agent-training",),
    retention_days=90,
    allow=(Allow(app="chromium", site="https://a.example/x", level="actions"), Allow(app="code", level="full")),
    deny=(Deny(title="salary"),),
    never=("Heron",),
    hours=Hours(start="08:00", end="18:00"),
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "other"}, "another policy"),
        ({"purposes": ("agent-training", "interface-research")}, "adds the purpose"),
        ({"retention_days": 91}, "keeps data for 91 days"),
        ({"never": ()}, "no longer cuts"),
        ({"frames": Frames(per_hour=9_999)}, "more pictures"),
        ({"hours": None}, "more hours"),
        ({"hours": Hours(start="08:00", end="18:01")}, "more hours"),
        ({"hours": Hours(days=("sun",), start="09:00", end="10:00")}, "more hours"),
        ({"deny": ()}, "no longer denies title 'salary'"),
        ({"allow": (*BASE.allow, Allow(app="calc"))}, "adds calc"),
        ({"allow": (Allow(app="chromium", site="https://a.example"),)}, "adds chromium https://a.example"),
        ({"allow": (Allow(app="chromium", site="https://a.example/x", level="full"),)}, "keeps more of"),
        ({"allow": (Allow(app="chromium", site="https://a.example/x", words="open"),)}, "keeps more of"),
    ],
)
def test_each_way_to_widen_is_said(change: dict[str, object], said: str) -> None:
    revised = msgspec.structs.replace(BASE, **change)
    assert any(said in one for one in widenings(BASE, revised)), widenings(BASE, revised)


@pytest.mark.parametrize(
    "change",
    [
        {"revision": 2},
        {"retention_days": 30},
        {"hours": Hours(days=("mon",), start="09:00", end="17:00")},
        {"cost": Cost(cpu_percent=1.0)},
        {"never": ("Heron", "Crane")},
        {"allow": BASE.allow[:1]},
        {"allow": (Allow(app="chromium", site="https://a.example/x/y", profile="work"),)},
        {"deny": (*BASE.deny, Deny(app="code"))},
        {"frames": Frames(per_hour=10)},
    ],
)
def test_what_asks_for_less_narrows(change: dict[str, object]) -> None:
    assert widenings(BASE, msgspec.structs.replace(BASE, **change)) == []


def test_what_a_revision_gives_up_is_listed_for_people() -> None:
    assert narrowings(BASE, msgspec.structs.replace(BASE, allow=BASE.allow[:1])) == [
        "no longer allowed: code (level full, words interface)"
    ]
