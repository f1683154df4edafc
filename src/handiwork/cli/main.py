# SPDX-License-Identifier: Apache-2.0
"""`handiwork`: parses arguments, runs one command, and turns errors into words and an exit status."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from handiwork import __version__
from handiwork.model.errors import HandiworkError

COMMANDS = ("record", "desk", "hub", "lab", "verify", "doctor")

INTRODUCTION = """\
Records how work is really done on a computer, under safeguards that a stranger can check,
and trains computer-use agents from it.

  participant   handiwork record ...   handiwork desk ...   handiwork verify ...
  engineer      handiwork lab ...
  officer       handiwork hub ...
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line. Each command's module adds its own part, and imports its shell only when it runs."""
    top = argparse.ArgumentParser(
        prog="handiwork", description=INTRODUCTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"handiwork {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"handiwork.cli.{name}").add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit status: 0 done, 1 to 6 see model/errors.py, 130 stopped by Ctrl-C."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except HandiworkError as error:
        print(f"handiwork: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("handiwork: stopped. What was already on disk is whole; nothing half-written was kept.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
