# SPDX-License-Identifier: Apache-2.0
"""`handiwork record`: the participant's own commands for the recorder."""

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handiwork.cli import at_login, skipped, told
from handiwork.cli.asking import asked, warn_of_history
from handiwork.cli.backend import BACKENDS, refuse_other_systems
from handiwork.cli.interrupts import interrupts_held
from handiwork.cli.paths import home
from handiwork.model.errors import BadInput, Lost, NotAllowed

if TYPE_CHECKING:
    from handiwork.ports.control import Command
    from handiwork.ports.ended import Ended

EPILOG = """\
A first session:
  handiwork record policy my-policy.toml     which programs and sites, how much, for what
  handiwork browser install                  let the browser's extension speak to the recorder
  handiwork record consent                   read the notice; accept it if you agree
  handiwork record start                     records until you stop it; the Pause key pauses
"""

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `record` and its verbs."""
    top = commands.add_parser(
        "record",
        help="record your own work, within a policy that you agreed to",
        description="Records your own work, within a policy that you agreed to, with a mark on your screen.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)
    _add_setup(verbs)
    _add_control(verbs)
    at_login.add(verbs)
    skipped.add(verbs)
    _add_upload(verbs)


def _add_setup(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    policy = verbs.add_parser("policy", help="check a policy and put it in force, or show the one in force")
    policy.add_argument("file", nargs="?", type=Path, help="a TOML file; without it, shows the policy in force")
    policy.set_defaults(run=_policy)
    consent = verbs.add_parser("consent", help="read the notice, and accept it if you agree")
    consent.add_argument(
        "--accept-as", metavar="NAME", help="accept without a prompt, for scripts; NAME is printed, never stored"
    )
    consent.set_defaults(run=_consent)
    start = verbs.add_parser("start", help="start recording, in the foreground, until Ctrl-C or `record stop`")
    start.add_argument("--json", action="store_true", help="print the final account as JSON")
    start.add_argument(
        "--backend", choices=BACKENDS, default="x11",
        help="what reads input and pixels; portable (pynput and mss) is for experiments: it knows no exact times, so "
        "it keeps only what the scope allowed for over two seconds",
    )  # fmt: skip
    start.set_defaults(run=_start)


def _add_control(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    pause = verbs.add_parser("pause", help="stop recording for a while (30m, 2h) or until `record resume`")
    pause.add_argument("time", nargs="?", default="", help="how long, such as 90s, 30m, 2h; default: until resumed")
    pause.set_defaults(run=_pause)
    note = verbs.add_parser("note", help="asks what you are about to do, in your own words; or says that it is done")
    note.add_argument("text", nargs="?", default="", help="better none: then it is asked for (redacted like all text)")
    note.add_argument("--done", action="store_const", dest="kind", const="done", default="goal", help="it is done")
    note.add_argument("--failed", action="store_const", dest="kind", const="failed", help="it did not work out")
    note.set_defaults(run=_note)
    for verb, words in (
        ("resume", "go on recording"),
        ("stop", "stop the recorder"),
        ("status", "what the recorder is doing, and what it costs"),
    ):
        plain = verbs.add_parser(verb, help=words)
        plain.add_argument("--json", action="store_true", help="as JSON")
        plain.set_defaults(run=_plain, verb=verb)


def _add_upload(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    upload = verbs.add_parser("upload", help="carry sealed segments to your organisation's hub")
    upload.add_argument("--hub", required=True, help="address of the hub, such as https://hub.example.org")
    upload.add_argument("--keeper", required=True, help="address of its key service")
    upload.add_argument("--json", action="store_true", help="print the account as JSON")
    upload.set_defaults(run=_upload)


def _policy(chosen: argparse.Namespace) -> int:
    from handiwork.cli.consent import policy_in_force, put_policy_in_force
    from handiwork.cli.device import open_device
    from handiwork.cli.revising import account_of_change, policy_lines, tell_recorder

    with open_device(home()) as device:
        if chosen.file is not None:
            put_policy_in_force(device.store, _read(chosen.file))
            runs = tell_recorder(home())
        policy = policy_in_force(device.store)
        lines = policy_lines(policy) + (account_of_change(device.store, policy, runs) if chosen.file else [])
    print("\n".join(lines))
    return 0


def _consent(chosen: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from handiwork.cli.consent import accept, keeps_open_words, notice_text, policy_in_force
    from handiwork.cli.device import open_device
    from handiwork.cli.revising import tell_recorder

    with open_device(home()) as device:
        policy = policy_in_force(device.store)
        print(notice_text(policy))
        if chosen.accept_as is None and not _agrees(also_to_open_words=keeps_open_words(policy)):
            raise NotAllowed(
                "The notice was not accepted",
                data="nothing is recorded, and nothing was stored.",
                do="run `handiwork record consent` again in a terminal if you change your mind.",
            )
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        consent = accept(policy, device.person, device.store, now)
        tell_recorder(home())
    by = f" by {chosen.accept_as}" if chosen.accept_as else ""
    print(
        f"Accepted{by} as participant {consent.participant}, consent {consent.consent_id}, version {consent.version}."
    )
    return 0


def _agrees(*, also_to_open_words: bool) -> bool:
    """Asks the person. Only the exact words count; no terminal means that nobody was asked."""
    if not sys.stdin.isatty():
        return False
    try:
        agreed = input("Type I agree to accept, anything else to refuse: ").strip() == "I agree"
        if agreed and also_to_open_words:
            said = input("Words are kept as they stand in some places. Type keep my words to accept that too: ")
            return said.strip() == "keep my words"
        return agreed
    except EOFError:  # Ctrl-D
        print()
        return False


def _start(chosen: argparse.Namespace) -> int:
    import msgspec

    refuse_other_systems(sys.platform)
    with interrupts_held():
        from handiwork.cli.session import record_until_stopped

    account, interrupted = record_until_stopped(home(), chosen.backend)
    if chosen.json:
        print(msgspec.json.encode(account).decode())
    else:
        told.print_status(account)
    from handiwork.cli.auditing import begin_sample

    begin_sample(home())
    return 130 if interrupted else 0


def _pause(chosen: argparse.Namespace) -> int:
    from handiwork.ports.control import Command

    return _tell(Command(do="pause", seconds=seconds_in(chosen.time)))


def _note(chosen: argparse.Namespace) -> int:
    from handiwork.ports.control import Command

    if chosen.text:
        warn_of_history("record note")
    text = chosen.text or (" ".join(asked("What you are about to do: ", most=1)) if chosen.kind == "goal" else "")
    if chosen.kind == "goal" and not text.strip():
        raise BadInput(
            "A goal needs words", data="nothing was noted.", do="run `handiwork record note` again; it asks for them."
        )
    return _tell(Command(do="note", kind=chosen.kind, text=text))


def _plain(chosen: argparse.Namespace) -> int:
    from handiwork.ports.control import Command

    return _tell(Command(do=chosen.verb), chosen.json)


def _tell(command: "Command", as_json: bool = False) -> int:
    import msgspec

    from handiwork.adapters.control.unix_socket import ask

    try:
        status = ask(home().sockets / "control.sock", command)
    except Lost:
        if command.do == "stop" and at_login.call_off(os.environ):
            print("No recorder is running. systemd was about to start one again, and won't until you log in again.")
            return 0
        if ended := _last_end():
            raise told.none_runs(ended) from None
        raise
    if as_json:
        print(msgspec.json.encode(status).decode())
    else:
        told.print_status(status)
        print("\n".join(_from_the_ledger()))
    return 0


def _last_end() -> "Ended | None":
    import time

    from handiwork.adapters.control.unix_socket import is_running
    from handiwork.cli.device import open_device
    from handiwork.ports.ended import last_end, notice_killed

    if not home().journal.exists():  # nothing was ever recorded: nothing is made by asking
        return None
    if is_running(home().sockets / "control.sock"):  # it only doesn't answer
        return None
    with open_device(home()) as device:
        notice_killed(device.store, time.time_ns() // 1_000_000)
        return last_end(device.store)


def _from_the_ledger() -> list[str]:
    """How the recording before ended, and what the last leak audit found: a person hears of it without asking."""
    from handiwork.cli.audit_report import in_a_line
    from handiwork.cli.device import open_device
    from handiwork.ports.ended import last_end

    with open_device(home()) as device:
        ended = last_end(device.store)
        return [*(told.of_the_last_end(ended) if ended else ()), f"  {in_a_line(device.store)}"]


def _upload(chosen: argparse.Namespace) -> int:
    from handiwork.cli.carrying import upload_all

    return upload_all(home(), chosen.hub, chosen.keeper, chosen.json)


def seconds_in(text: str) -> int:
    """90s, 30m, 2h or a plain number of seconds; "" is 0."""
    if not text:
        return 0
    found = re.fullmatch(r"(\d{1,6})([smh]?)", text)
    if found is None:
        raise BadInput(
            f"{text!r} is no length of time", data="the recorder goes on as before.", do="try 90s, 30m or 2h."
        )
    return int(found[1]) * _UNITS[found[2]]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path} can't be read ({type(error).__name__})",
            data="the policy in force is unchanged.",
            do="check the path and that the file is UTF-8 text.",
        ) from None
