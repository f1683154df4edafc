# SPDX-License-Identifier: Apache-2.0
"""`handiwork hub`: for the organisation. Sets up and serves the blind store and the key service; approves jobs."""

import argparse
import sys
from collections import Counter
from pathlib import Path

import msgspec

from handiwork.cli.hub_folder import HubFolder, make
from handiwork.cli.log_source import LogSource, check_log
from handiwork.model.codec import canonical_json, digest_of, from_json
from handiwork.model.errors import BadInput
from handiwork.model.grant import Approval, Job

HUB_PORT, KEEPER_PORT = 8470, 8471

ABOUT = """\
The organisation's side: a store that can't read what it stores, a key service that releases nothing without a public
log entry and two officers, and the log. There is no command, role or query that shows one person's data.
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `hub` and its verbs."""
    top = commands.add_parser(
        "hub", help="store, log, key service, approvals (organisation)", description=ABOUT
    ).add_subparsers(metavar="VERB", required=True)
    _add_services(top)
    approve = top.add_parser("approve", help="approve a job as an officer")
    approve.add_argument("job", type=Path, metavar="JOB.json")
    approve.add_argument("--officer", required=True, metavar="NAME", help="your name, as the key service knows it")
    approve.add_argument("--key", required=True, type=Path, metavar="FILE", help="your private key (32 bytes)")
    approve.add_argument("--out", type=Path, metavar="FILE", help="default: JOB.NAME.approval.json beside the job")
    approve.set_defaults(run=_approve)
    log = top.add_parser("log", help="list the public log's entries, after checking all of them")
    log.add_argument("where", metavar="URL|DIR")
    log.add_argument("--json", action="store_true")
    log.set_defaults(run=_log)
    status = top.add_parser("status", help="what a hub holds, in counts")
    status.add_argument("where", metavar="URL|DIR")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)


def _add_services(top: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = top.add_parser("init", help="make a hub's folder and keys")
    init.add_argument("dir", type=Path, metavar="DIR")
    init.add_argument(
        "--minimum-people", type=int, default=5, metavar="N", help="a job reaching fewer gets nothing (5)"
    )
    init.add_argument("--officer", action="append", metavar="NAME", help="may be repeated; two are needed")
    init.set_defaults(run=_init)
    for name, other, port, other_port, words, run in (
        ("serve", "keeper", HUB_PORT, KEEPER_PORT, "serve the blind store and the log", _serve),
        ("keeper", "hub", KEEPER_PORT, HUB_PORT, "serve the key service (a process of its own)", _keeper),
    ):
        service = top.add_parser(name, help=words)
        service.add_argument("dir", type=Path, metavar="DIR")
        service.add_argument("--port", type=int, default=port, help=f"default {port}")
        service.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1; put TLS in front of anything else")
        service.add_argument(f"--{other}", default=f"http://127.0.0.1:{other_port}", metavar="URL", dest="other")
        service.set_defaults(run=run)


def _init(arguments: argparse.Namespace) -> int:
    folder = HubFolder(arguments.dir)
    officers = arguments.officer or ["officer-1", "officer-2"]
    identity = make(folder, officers, arguments.minimum_people)
    print(f"Made a hub in {folder.root}. Its log: {identity.origin}")
    print(f"  {folder.identity}: public; give it to people by another way than the network, so that they can compare.")
    print(f"  {folder.root / 'officers'}: private keys of {', '.join(officers)}.")
    print("    For a local trial only! In production each officer makes and keeps a key elsewhere, and the hub's")
    print("    configuration names the public keys alone: whoever holds two of these files can approve any job.")
    print(f"  {folder.root / 'secrets'}: keys of the services. Keep secrets/keeper on the key service's machine only.")
    if arguments.minimum_people < 5:
        print(
            f"  Note: jobs that reach {arguments.minimum_people} people are allowed. Fewer than 5 is for trials only."
        )
    print(f"Next: `handiwork hub keeper {folder.root}` and, in another terminal, `handiwork hub serve {folder.root}`")
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from handiwork.cli.hub_serve import hub

    return hub(HubFolder(arguments.dir), arguments.other, arguments.host, arguments.port)


def _keeper(arguments: argparse.Namespace) -> int:
    from handiwork.cli.hub_serve import keeper

    return keeper(HubFolder(arguments.dir), arguments.other, arguments.host, arguments.port)


def _approve(arguments: argparse.Namespace) -> int:
    from handiwork.adapters.disk import durable
    from handiwork.adapters.keyfiles.files import load
    from handiwork.adapters.sealing.cryptography_ import PrivateSigner
    from handiwork.rules.access import approval_message

    try:
        job = from_json(arguments.job.read_bytes(), Job)
    except (OSError, msgspec.ValidationError, msgspec.DecodeError):
        raise BadInput(
            f"{arguments.job} is not a job that this version knows.",
            data="nothing was approved.",
            do="make it with `handiwork lab`, and read it before you approve it.",
        ) from None
    digest = digest_of(job)
    signature = PrivateSigner(load(arguments.key)).sign(approval_message(digest)).hex()
    out: Path = arguments.out or arguments.job.with_suffix(f".{arguments.officer}.approval.json")
    durable.write(out, canonical_json(Approval(digest, arguments.officer, signature)))
    print(f"You approve: {job.kind} for {job.purpose}, {', '.join(job.epochs) or 'all days'}, read by {job.code}.")
    print(f"Approval of {arguments.officer}: {out}. A second officer's is needed; the release will be in the log.")
    return 0


def _log(arguments: argparse.Namespace) -> int:
    from handiwork.adapters.sealing.cryptography_ import Verifier

    source = LogSource(arguments.where)
    whole = check_log(source, source.identity(), Verifier())
    if arguments.json:
        for index, entry in enumerate(whole.entries):
            line = {"index": index, "kind": entry.kind, "commitment": entry.commitment}
            print(msgspec.json.encode(line).decode())
        return 0
    for index, entry in enumerate(whole.entries):
        print(f"{index:>8}  {entry.kind:<10}  {entry.commitment}")
    print(f"{whole.head.size} entries, all checked against the signed root of {whole.head.origin}.", file=sys.stderr)
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from handiwork.adapters.sealing.cryptography_ import Verifier

    source = LogSource(arguments.where)
    identity = source.identity()
    whole = check_log(source, identity, Verifier())
    kinds = Counter(entry.kind for entry in whole.entries)
    found: dict[str, int | str] = {"origin": identity.origin, "log_entries": whole.head.size}
    found |= {f"log_{kind}": kinds[kind] for kind in ("consent", "segment", "release", "withdrawal")}
    if not source.remote:
        found |= _held(HubFolder(Path(arguments.where)))
    if arguments.json:
        print(msgspec.json.encode(found).decode())
        return 0
    for name, value in found.items():
        print(f"{name.replace('_', ' '):<24} {value}")
    return 0


def _held(folder: HubFolder) -> dict[str, int | str]:
    from handiwork.adapters.database.register import SqlRegister

    config = folder.read_config("hub")
    register = SqlRegister(folder.register)
    found: dict[str, int | str] = {
        "segments_held": len(register.contents()),
        "segments_withdrawn": len(register.withdrawn()),
        "withdrawals_unfinished": len(register.unfinished()),
        "minimum_people": config.minimum_people,
        "officers": ", ".join(sorted(config.officers)),
    }
    register.close()
    return found
