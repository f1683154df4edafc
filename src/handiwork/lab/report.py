# SPDX-License-Identifier: Apache-2.0
"""Writes the report of a run: one HTML file that loads nothing, runs nothing, and can be kept for years."""

import os
import secrets
from importlib.resources import files
from pathlib import Path

from handiwork.lab.report_page import agent, opening, safeguards
from handiwork.lab.report_page.markup import Markup, element, join, style_sheet
from handiwork.lab.summary import Pictures, Summary
from handiwork.model.codec import digest_of
from handiwork.model.ids import Digest

ORDER = (
    agent.results,
    agent.film,
    safeguards.recorded,
    safeguards.skips,
    safeguards.cuts,
    safeguards.consent,
    safeguards.log,
    agent.dataset,
    agent.training,
    safeguards.withdrawal,
    safeguards.cost,
    safeguards.limits,
)
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The browser itself is told that the page may load nothing."""


def write_report(summary: Summary, pictures: Pictures, out: Path, source: Digest | None = None) -> None:
    """Writes the page whole, or leaves what was there. ValueError if a picture is none.

    `source` is the SHA-256 of summary.json as it lies; left out, that of its canonical JSON.
    """
    text = page(summary, pictures, source)
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("x", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def page(summary: Summary, pictures: Pictures, source: Digest | None = None) -> str:
    """The page."""
    body = element(
        "body",
        element("p", "Sample: every figure on this page is made up", class_="sample") if summary.sample else None,
        opening.top(summary),
        element("main", *(section(summary, pictures) for section in ORDER)),
        opening.bottom(summary, source or digest_of(summary)),
    )
    return "<!doctype html>\n" + element("html", _head(), body, lang="en") + "\n"


def _head() -> Markup:
    css = files("handiwork.lab.report_page").joinpath("style.css").read_text("utf-8")
    return element(
        "head",
        join(
            [
                element("meta", charset="utf-8"),
                element("meta", http_equiv="Content-Security-Policy", content=POLICY),
                element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                element("meta", name="robots", content="noindex"),
                element("title", "Handiwork: report of one run"),
                style_sheet(css),
            ]
        ),
    )
