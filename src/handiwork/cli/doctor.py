# SPDX-License-Identifier: Apache-2.0
"""`handiwork doctor`: says what this machine lacks, and whether recording can work here."""

import argparse
import os
import sys
from collections.abc import Sequence

import msgspec

from handiwork.cli.finding import Finding
from handiwork.cli.paths import home
from handiwork.model.errors import MissingPiece

_MARKS = {"ok": ("✓", "32"), "warning": ("!", "33"), "missing": ("✗", "31")}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `doctor`."""
    parser = commands.add_parser(
        "doctor",
        help="check what this machine has of what recording needs",
        description="Checks screen, browser, libraries and state folder, and says what to do about what is missing. "
        "Records nothing. Exit status: 0 recording can work here, 3 it can't.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for scripts")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the findings; 0 if recording can work here."""
    from handiwork.cli.checkup import findings  # loads half the recorder, which no other command need wait for

    found = list(findings(home(), os.environ))
    works = not any(finding.needed and finding.state == "missing" for finding in found)
    if arguments.json:
        print(msgspec.json.encode({"recording_can_work": works, "findings": found}).decode())
    else:
        print(as_words(found, works, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return 0 if works else MissingPiece.exit_code


def as_words(found: Sequence[Finding], works: bool, colour: bool) -> str:
    """One line for each finding, under its group; what to do below what is not well."""
    width = max(len(finding.name) for finding in found)
    lines: list[str] = []
    group = ""
    for finding in found:
        if finding.group != group:
            group = finding.group
            lines += ["", group]
        mark, code = _MARKS[finding.state]
        shown = f"\x1b[{code}m{mark}\x1b[0m" if colour else mark
        lines.append(f"  {shown} {finding.name:{width}}  {finding.says}")
        if finding.do:
            lines.append(f"    {'':{width}}  -> {finding.do}")
    verdict = "Recording can work here." if works else "Recording can't work here until what is marked ✗ is mended."
    return "\n".join([*lines[1:], "", verdict])
