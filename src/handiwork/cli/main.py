# SPDX-License-Identifier: Apache-2.0
"""`handiwork`: parses arguments, runs one command, and turns errors into words and an exit status."""

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Sequence

from handiwork import __version__
from handiwork.model.errors import BadInput, HandiworkError, MissingPiece, NoSpace

COMMANDS = ("record", "browser", "desk", "redact", "audit", "hub", "lab", "verify", "doctor")

INTRODUCTION = """\
Records how work is really done on a computer, under safeguards that a stranger can check,
and trains computer-use agents from it.

  participant   handiwork record, browser, desk, redact, audit
  engineer      handiwork lab
  officer       handiwork hub
  anyone        handiwork verify, doctor
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
    try:
        chosen = parser().parse_args(arguments)
        status = int(chosen.run(chosen))
        sys.stdout.flush()  # here, where a full disk can still be told
    except HandiworkError as error:
        return _told(error)
    except BrokenPipeError:  # whoever read what was printed has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _told(_refused_by_system(error))
    except ModuleNotFoundError as error:
        return _told(_missing_library(error))
    except KeyboardInterrupt:
        # Raised within an exec() of a library's, it makes `python -m` kill itself at its end, obeyed or not:
        exec("")  # the only thing that makes Python forget it
        print("handiwork: stopped. What was already on disk is whole; nothing half-written was kept.", file=sys.stderr)
        return 130
    return status


def _told(error: HandiworkError) -> int:
    print(f"handiwork: {error}", file=sys.stderr)
    return error.exit_code


def _refused_by_system(error: OSError) -> HandiworkError:
    """What no adapter had a better word for. Names files only: no error of the system's holds what is in them."""
    reason = error.strerror or type(error).__name__
    where = f"{error.filename}: {reason}" if error.filename else reason
    kept = "what was being written was not kept; everything that was there before is unchanged."
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoSpace(f"There is no space left on the disk ({where}).", data=kept, do="make room, then try again.")
    return BadInput(
        f"The system refused a file, folder or address ({where}).",
        data=kept,
        do="check that it is there, that it belongs to you, and that HANDIWORK_HOME is a folder of yours.",
    )


def _missing_library(error: ModuleNotFoundError) -> MissingPiece:
    return MissingPiece(
        f"This command needs the library {error.name}, which is not installed here.",
        data="nothing was read or changed.",
        do="see `handiwork doctor` for what is installed; `make setup` installs everything.",
    )


if __name__ == "__main__":
    sys.exit(main())
