# SPDX-License-Identifier: Apache-2.0
"""The head of the page, with its headline, and its foot."""

from collections.abc import Mapping

from handiwork.lab.report_page.figures import count, share, size, times
from handiwork.lab.report_page.markup import Markup, element
from handiwork.lab.statistics import wilson
from handiwork.lab.summary import Policy, Rate, Summary


def pooled(tasks: Mapping[str, Mapping[Policy, Rate]], policy: Policy) -> Rate | None:
    """All episodes of all tasks together, with their interval."""
    rates = [task[policy] for task in tasks.values() if policy in task]
    episodes = sum(rate.episodes for rate in rates)
    if not episodes:
        return None
    successes = sum(round(rate.rate * rate.episodes) for rate in rates)
    low, high = wilson(successes, episodes)
    return Rate(rate=successes / episodes, low=low, high=high, episodes=episodes)


def overall(summary: Summary) -> dict[Policy, Rate]:
    """The run’s own pooled rates where it gives them, else pooled here."""
    found: dict[Policy, Rate] = {}
    for policy in ("trained", "untrained", "random"):
        rate = summary.overall.get(policy) or pooled(summary.tasks, policy)
        if rate is not None:
            found[policy] = rate
    return found


def top(summary: Summary) -> Markup:
    """Headline, standfirst and four figures."""
    about = element(
        "p",
        element("b", "Handiwork"),
        element("span", "Report of one run"),
        element("span", summary.made_at[:10]),
        element("span", f"{summary.machine.processor}, {times(summary.machine.cores, 'core')}"),
        class_="eyebrow",
    )
    return element("header", about, *_headline(summary), _strip(summary), class_="top")


def _headline(summary: Summary) -> list[Markup]:
    rates = overall(summary)
    trained = rates.get("trained")
    steps = times(summary.steps, "recorded step")
    if trained is None:
        return [element("h1", f"{steps}, sealed, logged, and given for a purpose.")]
    title = element(
        "h1", f"From {steps} of work, an agent learned to do ", element("em", share(trained.rate)), " of fresh tasks."
    )
    others = [f"{_others(policy)} {share(rates[policy].rate)}" for policy in ("untrained", "random") if policy in rates]
    compared = f"; {' and '.join(others)}" if others else ""
    interval = (
        f"{times(trained.episodes, 'episode')}, {share(0.95)} interval {share(trained.low)} to {share(trained.high)}"
    )
    words = element("p", f"Measured in {interval}{compared}. ", _leak_words(summary), class_="standfirst")
    return [title, words]


def _others(policy: Policy) -> str:
    return {"trained": "", "untrained": "the same network before training does", "random": "a random choice"}[policy]


def _leak_words(summary: Summary) -> str:
    if summary.leaks:
        return f"But {times(summary.leaks, 'private word')} leaked into what was stored: this run failed its audit."
    if summary.audit is None or not summary.audit.planted:
        return ""
    return "Of what was typed in private meanwhile, not one word was stored."


def _strip(summary: Summary) -> Markup:
    cost = summary.recorder
    log = sum(summary.log.entries.values()) if summary.log else None
    audited = summary.leaks or (summary.audit is not None and summary.audit.planted)
    items = [
        (count(summary.leaks), "private words found in anything that was stored")
        if audited
        else (count(summary.steps), "steps recorded"),
        (count(cost.lost), f"input events lost, of {count(cost.events + cost.lost)}"),
        (share(cost.cpu_share, 1), "of one core, for recording all of it"),
        (count(log), "entries in a public log that anyone can check")
        if log is not None
        else (count(summary.segments), "segments sealed on the person’s own machine"),
    ]
    return element(
        "ul", *(element("li", element("b", b), element("span", words)) for b, words in items), class_="strip"
    )


def bottom(summary: Summary, digest: str) -> Markup:
    """Where and with what it was made."""
    machine = summary.machine
    versions = ", ".join(f"{name} {version}" for name, version in sorted(summary.versions.items()))
    cores, memory = times(machine.cores, "core"), size(machine.memory_bytes)
    where = f"{machine.system}; {machine.processor}, {cores}, {memory} of memory."
    words = (
        "Every figure on this page stands in summary.json "
        f"(SHA-256 {digest[:16]}…). The page loads nothing and runs nothing: it is one file, and can be kept."
    )
    inner = element(
        "div",
        element("p", f"Made {summary.made_at} on {where}"),
        element("p", versions),
        element("p", words),
        class_="inner",
    )
    return element("footer", inner)
