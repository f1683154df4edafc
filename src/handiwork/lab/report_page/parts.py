# SPDX-License-Identifier: Apache-2.0
"""What every section of the page is made of: a head with the command that repeats it, and lists of facts."""

from collections.abc import Mapping

from handiwork.lab.report_page.markup import Child, Markup, element, join
from handiwork.lab.summary import Summary

COMMANDS: Mapping[str, str] = {
    "results": "handiwork lab evaluate --checkpoint CKPT --json",
    "recorded": "handiwork desk list --json",
    "skips": "handiwork desk --open",
    "cuts": "handiwork desk show SEGMENT",
    "consent": "handiwork desk show SEGMENT --json",
    "log": "handiwork verify log URL --identity FILE",
    "dataset": "handiwork lab build --job JOB.json --approval A --approval B --hub URL --keeper URL --token FILE "
    "--out DIR",
    "training": "handiwork lab train --data DIR --purpose agent-training --out CKPT",
    "film": "handiwork lab evaluate --policy trained --checkpoint CKPT --film DIR",
    "withdrawal": "handiwork lab sweep --hub URL --data DIR --checkpoint CKPT --json",
    "cost": "handiwork record status --json",
    "limits": "",
}


def section(summary: Summary, name: str, title: str, *body: Child) -> Markup:
    """A section with its title and the command that repeats it in the margin."""
    command = summary.commands.get(name, COMMANDS[name])
    repeat = element(
        "div", element("p", "Repeat this", class_="eyebrow"), element("code", _unbroken(command)), class_="repeat"
    )
    head = element("div", element("h2", title), repeat if command else None, class_="head")
    return element("section", head, element("div", *body, class_="body"), id=name)


def _unbroken(command: str) -> Markup:
    """Breaks between words alone: an option torn at its hyphens can't be read."""
    words = command.split()
    spaced = [word for pair in zip(words, [" "] * len(words), strict=True) for word in pair]
    return join([element("span", word, class_="word") if word != " " else word for word in spaced])


def facts_list(facts: Mapping[str, Child]) -> Markup:
    """Names and values."""
    rows: list[Child] = []
    for name, value in facts.items():
        rows += [element("dt", name), element("dd", value)]
    return element("dl", *rows, class_="facts")


def code(text: str) -> Markup:
    """Digests and ids."""
    return element("code", text)
