# SPDX-License-Identifier: Apache-2.0
"""`handiwork redact`: the person's own words that must never be kept."""

import argparse
from typing import TYPE_CHECKING

from handiwork.cli.asking import asked, warn_of_history
from handiwork.cli.paths import home
from handiwork.model.errors import BadInput

if TYPE_CHECKING:
    from handiwork.cli.device import Device

EPILOG = """\
  handiwork redact never        asks for words; from now on they are cut wherever they stand
  handiwork redact list         your words
  handiwork redact forget 2     the second one may be kept again

Words given in the command itself ("Project Heron") would stand in your shell's history; a pipe works too.

The list stays on this computer, sealed. It adds to the words that your organisation's policy names.
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `redact` and its verbs."""
    top = commands.add_parser(
        "redact",
        help="name words that must never be kept",
        description="Names words that must never be kept, in any stream: typed, shown, in titles, addresses, pictures.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)
    never = verbs.add_parser("never", help="add words; a running recorder obeys at once")
    never.add_argument("words", nargs="*", help="better none: then they are asked for, or read from a pipe, one a line")
    never.set_defaults(run=_never)
    listing = verbs.add_parser("list", help="show your words")
    listing.add_argument("--json", action="store_true", help="print JSON")
    listing.set_defaults(run=_list)
    forget = verbs.add_parser("forget", help="take words off the list")
    which = forget.add_mutually_exclusive_group()
    which.add_argument("word", nargs="?", default="", help="its number on the list; none: asked for")
    which.add_argument("--all", action="store_true", help="the whole list, even if it can't be read any more")
    forget.set_defaults(run=_forget)


def _never(chosen: argparse.Namespace) -> int:
    from handiwork.cli.device import open_device
    from handiwork.cli.own_words import listed, replace
    from handiwork.rules.own_words import with_added

    if chosen.words:
        warn_of_history("redact never")
    words = chosen.words or asked("Words that must never be kept, one a line; an empty line ends: ")
    if not words:
        raise BadInput(
            "No words were given.",
            data="your list is unchanged.",
            do="run `handiwork redact never` again; it asks for them, one a line.",
        )
    with open_device(home()) as device:
        before = len(listed(device))
        running = replace(device, lambda known: with_added(known, words))
        added = len(listed(device)) - before
    print(f"{added} added. {_in_force(running)}")
    print("What was kept before is unchanged: `handiwork audit leaks` finds where it holds one of them.")
    return 0


def _list(chosen: argparse.Namespace) -> int:
    import msgspec

    from handiwork.cli.device import open_device
    from handiwork.cli.own_words import listed

    with open_device(home()) as device:
        words = listed(device)
    if chosen.json:
        print(msgspec.json.encode(words).decode())
        return 0
    for number, word in enumerate(words, 1):
        print(f"{number:3}  {_plain(word)}")
    if not words:
        print("No words of your own. Those of your organisation's policy are cut all the same.")
    return 0


def _forget(chosen: argparse.Namespace) -> int:
    from handiwork.cli.device import open_device
    from handiwork.cli.own_words import empty, replace
    from handiwork.rules.own_words import without

    if chosen.word and not chosen.word.isdecimal():
        warn_of_history("redact forget")
    with open_device(home()) as device:
        if chosen.all:
            running = empty(device)
        else:
            given = [chosen.word] if chosen.word else asked("The word, or its number on the list: ", most=1)
            word = _numbered(device, given[0] if given else "")
            running = replace(device, lambda known: without(known, word))
    print(f"Forgotten. {_in_force(running)}")
    return 0


def _numbered(device: "Device", given: str) -> str:
    from handiwork.cli.own_words import listed

    words = listed(device)
    return words[int(given) - 1] if given.isdecimal() and 0 < int(given) <= len(words) else given


def _in_force(running: bool) -> str:
    return "The recorder obeys from now on." if running else "No recorder is running; the next one obeys."


def _plain(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
