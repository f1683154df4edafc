# SPDX-License-Identifier: Apache-2.0
"""`handiwork desk`: the person's own page, and the same from a terminal: see, delete, withdraw."""

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from handiwork.cli.paths import Home, home

if TYPE_CHECKING:
    from handiwork.cli.device import Device
    from handiwork.desk.desk import Desk, OwnWords, Wish
    from handiwork.desk.server import DeskServer
    from handiwork.ports.control import Status

EPILOG = """\
  handiwork desk                    serve your own page to this computer, and print its address
  handiwork desk list               what is kept here
  handiwork desk show SEGMENT       everything in one segment, as a story
  handiwork desk delete SEGMENT     overwrite it on this computer (--all: everything)
  handiwork desk withdraw --hub URL take your agreement back, here and at the hub
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `desk` and its verbs."""
    top = commands.add_parser(
        "desk",
        help="see, replay, delete and withdraw what was recorded of you",
        description="Your own desk. It is served by your computer to itself and speaks to no other address.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1; default: a free one")
    top.add_argument("--open", action="store_true", help="open the page in your browser as well")
    top.add_argument("--hub", default="", metavar="URL", help="the hub, so that you can withdraw on the page")
    top.set_defaults(run=_serve)
    _add_verbs(top.add_subparsers(metavar="VERB"))


def _add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listing = verbs.add_parser("list", help="list the segments kept on this computer")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    show = verbs.add_parser("show", help="tell what is in a segment, decrypted in memory with your own key")
    show.add_argument("segment", help="its id, or the beginning of it")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(run=_show)
    delete = verbs.add_parser("delete", help="overwrite segments and their keys on this computer")
    which = delete.add_mutually_exclusive_group(required=True)
    which.add_argument("segment", nargs="?", help="its id, or the beginning of it")
    which.add_argument("--all", action="store_true", help="all of them, the one being written included")
    delete.set_defaults(run=_delete)
    withdraw = verbs.add_parser(
        "withdraw", help="take your agreement back: keys destroyed, data deleted, with a receipt"
    )
    withdraw.add_argument("--hub", default="", metavar="URL", help="the hub; not needed if nothing was uploaded")
    withdraw.add_argument("--keeper", default="", metavar="URL", help="accepted for symmetry; the hub tells its keeper")
    withdraw.set_defaults(run=_withdraw)


def _serve(chosen: argparse.Namespace) -> int:
    import webbrowser

    with desk_server(home(), chosen.hub, chosen.port) as server:
        print(f"Your desk: {server.url}\nIt is there until you press Ctrl-C. Keep the address to yourself.", flush=True)
        if chosen.open:
            webbrowser.open(server.url)
        server.serve_forever()
    return 0


def _list(chosen: argparse.Namespace) -> int:
    import msgspec

    from handiwork.cli.device import open_device
    from handiwork.desk.overview import rows

    with open_device(home()) as device:
        found = rows(device.store)
    if chosen.json:
        print(msgspec.json.encode(found).decode())
        return 0
    for row in found:
        print(f"{row.id}  {row.state:8}  {row.opened_at}  {row.size / 1024:8.0f} KiB  {row.policy}")
    if not found:
        print("Nothing is kept on this computer.")
    return 0


def _show(chosen: argparse.Namespace) -> int:
    import msgspec

    from handiwork.desk.reading import Reader
    from handiwork.desk.timeline import timeline

    with opened_desk(home(), "") as desk:
        moments = timeline(Reader(desk).open(desk.named(chosen.segment)))
    if chosen.json:
        print(msgspec.json.encode(moments).decode())
        return 0
    for moment in moments:
        print(f"{_clock(moment.t)}  {moment.verb} {_plain(moment.words)}  {_plain(moment.detail)}".rstrip())
    return 0


def _delete(chosen: argparse.Namespace) -> int:
    with opened_desk(home(), "") as desk:
        deleted = desk.delete_all() if chosen.all else desk.delete([desk.named(chosen.segment)])
    print(f"Deleted {deleted} from this computer: bytes and keys are overwritten. What a hub holds is not touched;")
    print("`handiwork desk withdraw` deletes it there.")
    return 0


def _withdraw(chosen: argparse.Namespace) -> int:
    from handiwork.cli.device import open_device

    with open_device(home()) as device:
        segments = withdraw_everywhere(device, chosen.hub)
    print("Withdrawn. Recording has ended, and everything recorded under the agreement is deleted here.")
    if segments is not None:
        print(
            f"The hub signed that {segments} segments and their keys are gone there; the receipt is verified and kept."
        )
    return 0


def withdraw_everywhere(device: "Device", hub: str) -> int | None:
    """Here, and at the hub if one is given: how many segments it says it deleted."""
    from datetime import UTC, datetime

    from handiwork.adapters.sealing.cryptography_ import Verifier
    from handiwork.model.errors import Lost
    from handiwork.uploader.device import Device as Uploading
    from handiwork.uploader.withdraw import withdraw, withdraw_here

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not hub:
        withdraw_here(device.store, device.person, now)
        return None  # needs no network client: who has only the recorder can take everything back as well
    from handiwork.adapters.hubclient.http import HttpHub

    uploading = Uploading(device.store, device.sealing, Verifier(), device.device_key)
    try:
        with closing(HttpHub(hub)) as reached:
            return len(withdraw(uploading, reached, device.person, None, now).segments)
    except Lost as error:
        raise Lost(
            error.what,
            data="your agreement has ended on this device: nothing more is recorded or uploaded under it. "
            "What was recorded is still here, and at the hub, until the hub answers.",
            do=f"run `handiwork desk withdraw --hub {hub}` again later; it goes on where it stopped.",
        ) from None


@contextmanager
def desk_server(where: Home, hub: str = "", port: int = 0) -> Iterator["DeskServer"]:
    """A desk's server, not yet serving: call `serve_forever` (in a thread, for a screenshot) and open its `url`."""
    from handiwork.desk.server import DeskServer

    with opened_desk(where, hub) as desk:
        server = DeskServer(desk, port)
        try:
            yield server
        finally:
            server.server_close()


@contextmanager
def opened_desk(where: Home, hub: str) -> Iterator["Desk"]:
    """The desk of this state folder."""
    from handiwork.adapters.pictures.webp import WebpPictures
    from handiwork.adapters.sealing.cryptography_ import Verifier
    from handiwork.cli.auditing import begin, is_running
    from handiwork.cli.consent import pseudonym
    from handiwork.cli.device import open_device
    from handiwork.desk.desk import Auditing, Desk

    def withdraw() -> None:
        withdraw_everywhere(device, hub)

    with open_device(where) as device:
        yield Desk(
            store=device.store,
            sealing=device.sealing,
            verifier=Verifier(),
            pictures=WebpPictures(),
            device_key=device.device_key,
            participant=pseudonym(device.person.public_key()),
            notice=_notice(device),
            scope=_scope(device),
            tell=lambda wish: _tell(where, wish),
            withdraw=withdraw,
            words=_own_words(device),
            auditing=Auditing(begin=lambda: begin(where), is_running=lambda: is_running(where)),
        )


def _own_words(device: "Device") -> "OwnWords":
    from handiwork.cli.own_words import listed, replace
    from handiwork.desk.desk import OwnWords
    from handiwork.rules.own_words import with_added, without

    def add(word: str) -> None:
        replace(device, lambda known: with_added(known, [word]))

    def forget(word: str) -> None:
        replace(device, lambda known: without(known, word))

    return OwnWords(listed=lambda: listed(device), add=add, forget=forget)


def _notice(device: "Device") -> str:
    """The words that the person agreed to, while they cover the policy in force; else those that wait for an answer."""
    from handiwork.cli.consent import accepted_policy, flaw_of, notice_text, policy_in_force
    from handiwork.model.errors import BadInput
    from handiwork.ports.journal import consent_in_force

    try:
        policy = policy_in_force(device.store)
    except BadInput:  # no policy yet: the page says so
        return ""
    signed = consent_in_force(device.store)
    if signed is not None and not flaw_of(device.store, signed.consent, policy):
        policy = accepted_policy(device.store, signed.consent) or policy
    return notice_text(policy)


def _scope(device: "Device") -> tuple[str, ...]:
    from handiwork.cli.consent import policy_in_force
    from handiwork.cli.revising import policy_lines
    from handiwork.model.errors import BadInput

    try:
        return tuple(line.strip() for line in policy_lines(policy_in_force(device.store)))
    except BadInput:  # no policy yet: the page says so
        return ()


def _tell(where: Home, wish: "Wish") -> "Status | None":
    from handiwork.adapters.control.unix_socket import ask
    from handiwork.model.errors import Lost
    from handiwork.ports.control import Command

    try:
        return ask(where.sockets / "control.sock", Command(do=wish))
    except Lost:  # no recorder is running, which the page says
        return None


def _clock(unix_ms: int) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(unix_ms / 1000).astimezone().strftime("%H:%M:%S")


def _plain(text: str) -> str:
    """Recorded words may hold anything; a terminal gets printable characters only."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
