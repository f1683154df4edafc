# SPDX-License-Identifier: Apache-2.0
"""`handiwork verify`: checks by anyone, offline, that need nothing but the file and the hub's public keys.

Exit status 0: proven. 2: the check failed, or a file can't be read. Ed25519 comes from `cryptography`; all else from
the standard library and the pure rules.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from handiwork.cli.files import bytes_of
from handiwork.cli.log_source import LogSource, check_log
from handiwork.model.codec import from_json
from handiwork.model.errors import HandiworkError
from handiwork.model.grant import Receipt, WithdrawalReceipt
from handiwork.model.logged import ReleaseNotice
from handiwork.ports.hub import HubIdentity
from handiwork.ports.signing import Verifying
from handiwork.rules.checkpoint import opened
from handiwork.rules.merkle import nodes_over, root
from handiwork.rules.proof import (
    damaged,
    unhex,
    verify_receipt,
    verify_release,
    verify_withdrawal_receipt,
)

T = TypeVar("T", bound=msgspec.Struct)
Facts = dict[str, str | int | list[str]]
_UNCHECKED = "nothing was checked"
Check = Callable[[argparse.Namespace], tuple[str, Facts]]

ABOUT = """\
Checks that need no trust in whoever gave you the file. Take the identity file (--identity) from a source other than
the hub, or compare it with what your device pinned: with the wrong keys, a check proves nothing.
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `verify` and its verbs."""
    top = commands.add_parser(
        "verify", help="check receipts, withdrawals, releases, segments and the log, offline", description=ABOUT
    ).add_subparsers(metavar="WHAT", required=True)
    _add_file(top, "receipt", "that a segment was stored and logged", _receipt).add_argument(
        "--content", type=Path, metavar="SEGMENT", help="the sealed bytes; checks that the receipt is for them"
    )
    _add_file(top, "withdrawal", "that a withdrawal was carried out and logged", _withdrawal)
    _add_file(top, "release", "that a key's release was logged", _release)
    segment = top.add_parser("segment", help="that a segment file is laid out as one, and what it says in the clear")
    segment.add_argument("file", type=Path, metavar="FILE")
    _finish(segment, _segment)
    log = top.add_parser("log", help="the whole log: signature, every entry, every hash")
    log.add_argument("where", metavar="DIR|URL")
    log.add_argument("--identity", type=Path, metavar="FILE", help="else the keys that the hub itself gives")
    log.add_argument("--since", type=Path, metavar="FILE", help="a checkpoint from earlier, which it must contain")
    _finish(log, _log)


def _add_file(
    top: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str, check: Check
) -> argparse.ArgumentParser:
    parser = top.add_parser(name, help=words)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--identity", type=Path, required=True, metavar="FILE", help="the hub's public keys (JSON)")
    _finish(parser, check)
    return parser


def _finish(parser: argparse.ArgumentParser, check: Check) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, failures too")
    parser.set_defaults(run=lambda arguments: _run(check, arguments))


def _run(check: Check, arguments: argparse.Namespace) -> int:
    try:
        words, facts = check(arguments)
    except HandiworkError as error:
        if not arguments.json:
            raise
        failed = {"ok": False, "what": error.what, "data": error.data, "do": error.do}
        print(msgspec.json.encode(failed).decode())
        return error.exit_code
    if arguments.json:
        print(msgspec.json.encode({"ok": True, **facts}).decode())
        return 0
    print(f"Proven: {words}")
    for name, value in facts.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        print(f"  {name.replace('_', ' '):<14} {shown}")
    return 0


def _receipt(arguments: argparse.Namespace) -> tuple[str, Facts]:
    receipt = _read(arguments.file, Receipt)
    content = bytes_of(arguments.content, _UNCHECKED) if arguments.content else None
    head = verify_receipt(receipt, _read(arguments.identity, HubIdentity), _verifier(), content)
    facts: Facts = {"segment": receipt.segment_id, "content": receipt.content, "size": receipt.size}
    words = "the hub signed that it holds this segment, and that is in its log."
    return words, facts | {"log": head.origin, "log_size": head.size, "log_entry": receipt.proof.index}


def _withdrawal(arguments: argparse.Namespace) -> tuple[str, Facts]:
    receipt = _read(arguments.file, WithdrawalReceipt)
    head = verify_withdrawal_receipt(receipt, _read(arguments.identity, HubIdentity), _verifier())
    facts: Facts = {
        "consent": receipt.consent_id,
        "withdrawn_at": receipt.withdrawn_at,
        "segments": list(receipt.segments),
        "log": head.origin,
        "log_size": head.size,
        "log_entry": receipt.proof.index,
    }
    words = (
        "the withdrawal is in the log, and the hub signed that these segments are deleted and their keys destroyed.\n"
        "  Models that were trained before are not undone by it."
    )
    return words, facts


def _release(arguments: argparse.Namespace) -> tuple[str, Facts]:
    notice = _read(arguments.file, ReleaseNotice)
    head = verify_release(notice, _read(arguments.identity, HubIdentity), _verifier())
    details = notice.details
    facts: Facts = {
        "segment": details.segment_id,
        "purpose": details.job.purpose,
        "code": details.job.code,
        "officers": list(details.officers),
        "log": head.origin,
        "log_size": head.size,
        "log_entry": notice.proof.index,
    }
    return "this release of a segment's key is in the log.", facts


def _segment(arguments: argparse.Namespace) -> tuple[str, Facts]:
    from handiwork.ports.sealed import split

    content = bytes_of(arguments.file, _UNCHECKED)
    header, _, chunks = split(content)
    if not chunks:
        raise damaged("The segment was never closed.")
    facts: Facts = {
        "segment": header.segment_id,
        "content": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "chunks": len(chunks),
        "day": header.epoch,
        "consent": header.consent_id,
        "purposes": list(header.purposes),
        "policy": f"{header.policy_name}, revision {header.policy_revision}",
        "recorder": header.recorder_version,
        "redactor": header.redactor_version,
        "models": f"screen: {header.ocr_model or 'not told'}; sentences: {header.language_model or 'not told'}",
    }
    words = "this file is laid out as a whole segment. What is inside can be checked only by opening it with its key."
    return words, facts


def _log(arguments: argparse.Namespace) -> tuple[str, Facts]:
    source = LogSource(arguments.where)
    identity = _read(arguments.identity, HubIdentity) if arguments.identity else source.identity()
    if not arguments.identity:
        print("Note: these are the keys that the log's own holder gives. --identity uses yours.", file=sys.stderr)
    whole = check_log(source, identity, _verifier())
    if arguments.since:
        text = bytes_of(arguments.since, _UNCHECKED).decode(errors="replace")
        old = opened(text, unhex(identity.log_key, "the log's key"), _verifier())
        if old.size > whole.head.size or root(nodes_over(whole.hashes), old.size) != old.root:
            raise damaged("The log was rewritten: it does not contain what it had signed in that checkpoint.")
    facts: Facts = {"log": whole.head.origin, "entries": whole.head.size, "root": whole.head.root.hex()}
    return "every entry of the log is under the root that its key signed.", facts


def _read(path: Path, kind: type[T]) -> T:
    try:
        return from_json(bytes_of(path, _UNCHECKED), kind)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        raise damaged(f"{path} is not a {kind.__name__} as this version knows it.") from None


def _verifier() -> Verifying:
    from handiwork.adapters.sealing.cryptography_ import Verifier

    return Verifier()
