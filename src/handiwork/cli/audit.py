# SPDX-License-Identifier: Apache-2.0
"""`handiwork audit leaks`: reads what was kept once more, and says what should have been cut. Class and place only."""

import argparse
import sys
from typing import TYPE_CHECKING

import msgspec

from handiwork.cli.paths import home
from handiwork.model.errors import BadInput

if TYPE_CHECKING:
    from handiwork.cli.audit_report import Report, Shown
    from handiwork.cli.device import Device
    from handiwork.desk.audit import LeakAudit

EPILOG = """\
  handiwork audit leaks             read everything that was not yet found clean
  handiwork audit leaks --again     read everything
  handiwork audit leaks --show      show you, in this terminal, what was found
  handiwork audit leaks --delete    offer to delete the segments that hold it
  handiwork audit leaks --last      what earlier audits found, without reading anything
  handiwork audit every             how often a sample is read by itself while you record; 12h, 7d or never: so often;
                                    policy: as the policy asks

Exit status: 0 nothing found, 1 something found, 2 something could not be read.
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `audit` and its verbs."""
    top = commands.add_parser(
        "audit",
        help="read your own recordings again, for what should have been cut",
        description="Reads your own recordings again, with your own key, on this computer alone.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)
    leaks = verbs.add_parser(
        "leaks", help="look for what should have been cut", epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    leaks.add_argument("--json", action="store_true", help="print JSON")
    leaks.add_argument("--again", action="store_true", help="read also what was found clean before")
    leaks.add_argument("--segment", default="", metavar="ID", help="read one segment only")
    how = leaks.add_mutually_exclusive_group()
    how.add_argument("--show", action="store_true", help="show what was found, to you, in this terminal")
    how.add_argument("--delete", action="store_true", help="offer to delete the segments in which something was found")
    how.add_argument("--last", action="store_true", help="what earlier audits found")
    how.add_argument("--sample", action="store_true", help="what fits into 20 s at the lowest priority; newest first")
    leaks.add_argument("--with", dest="parent", type=int, default=0, metavar="PID", help="end when that process ends")
    leaks.set_defaults(run=_leaks)
    every = verbs.add_parser("every", help="how often a sample is read by itself, while nobody works")
    every.add_argument("time", nargs="?", default="", help="12h, 7d or the like, never, or policy: as that asks")
    every.set_defaults(run=_every)


def _leaks(chosen: argparse.Namespace) -> int:
    from handiwork.adapters.system.memory import forbid_dumps
    from handiwork.adapters.system.parent import end_with
    from handiwork.cli.audit_report import as_words, last_report
    from handiwork.cli.auditing import helpers, leak_audit
    from handiwork.cli.device import open_device
    from handiwork.ports.leak_audit import have_told

    if (chosen.show or chosen.delete) and (chosen.json or not (sys.stdin.isatty() and sys.stdout.isatty())):
        raise BadInput(
            "--show and --delete ask you first, so they need a terminal",
            data="nothing was read, shown or deleted.",
            do="run it in a terminal, without --json and without a pipe.",
        )
    forbid_dumps()
    if chosen.parent:
        end_with(chosen.parent)
    with open_device(home()) as device:
        shown: Shown = []
        if chosen.last:
            report = last_report(device)
        else:
            with helpers(chosen.sample) as more, leak_audit(device, more) as audit:
                report, shown = _read(device, audit, chosen)
        if not chosen.sample:
            have_told(device.store)
        if chosen.json:
            print(msgspec.json.encode(report).decode())
        else:
            print(as_words(report))
        if chosen.show and shown:
            _show(shown)
        if chosen.delete and report.leaks:
            _delete(device, report)
    return report.exit_code


def _every(chosen: argparse.Namespace) -> int:
    from handiwork.cli.auditing import audit_every_s
    from handiwork.cli.device import open_device
    from handiwork.ports.leak_audit import wish_audit_every, wished_every_s

    with open_device(home()) as device:
        if chosen.time:
            wish_audit_every(device.store, _seconds(chosen.time))
        hours, wished = audit_every_s(device.store) // 3600, wished_every_s(device.store)
    if hours:
        print(f"While you record, a sample is read again every {hours} hours, when nobody works, for 20 s at most.")
    else:
        print("Nothing is read again by itself. `handiwork audit leaks` reads when you say so.")
    print("That is as the policy asks, or once a day." if wished is None else "That is your own wish.")
    return 0


def _seconds(given: str) -> int | None:
    from handiwork.rules.audit_times import seconds_of

    if given == "policy":
        return None
    seconds = seconds_of(given)
    if seconds is None:
        raise BadInput(
            f"{given!r} is no length of time", data="nothing was changed.", do="try 12h, 7d, never or policy."
        )
    return seconds


def _read(device: "Device", audit: "LeakAudit", chosen: argparse.Namespace) -> "tuple[Report, Shown]":
    from handiwork.cli.audit_report import gathered
    from handiwork.cli.auditing import SAMPLE_SECONDS, read_all, step_back
    from handiwork.cli.progress import with_bar
    from handiwork.ports.leak_audit import audited

    wanted = [stored.header.segment_id for stored in audit.to_read(chosen.again or chosen.show or bool(chosen.segment))]
    if chosen.segment:
        wanted = [segment for segment in wanted if segment.startswith(chosen.segment)]
        if len(wanted) != 1:
            raise BadInput(
                f"{len(wanted)} closed segments have an id that begins so.",
                data="nothing was read.",
                do="see `handiwork desk list`, and give more of the id.",
            )
    budget = float("inf")
    if chosen.sample:  # what nobody has read comes first: one with a find is read again each time
        wanted.sort(key=lambda segment: segment in audited(device.store))
        step_back()
        budget = SAMPLE_SECONDS
    return gathered(device, read_all(audit, with_bar(wanted, "segments read"), budget))


def _show(shown: "Shown") -> None:
    """Only after the person has said so: somebody may be looking over their shoulder."""
    print("\nWhat was found can be shown here. It will stand in your terminal's history of lines.")
    if not _says("show"):
        print("Nothing was shown.")
        return
    for row, texts in shown:
        print(f"  {row.segment[:8]}  {row.stream:10} {row.kind:12} {row.how}")
        for text in texts:
            print(f"      {''.join(char if char.isprintable() else ' ' for char in text)[:200]}")


def _delete(device: "Device", report: "Report") -> None:
    doomed = sorted({row.segment for row in report.leaks})
    print(f"\n{len(doomed)} segments hold what was found. Deleting overwrites their bytes and keys on this computer;")
    print("what a hub holds is not touched: `handiwork desk withdraw` deletes it there.")
    if not _says("delete"):
        print("Nothing was deleted.")
        return
    for segment in doomed:
        device.store.delete(segment)
    print(f"Deleted {len(doomed)}.")


def _says(word: str) -> bool:
    try:
        return input(f"Type {word} to do so, anything else not to: ").strip() == word
    except EOFError:  # Ctrl-D
        print()
        return False
