# SPDX-License-Identifier: Apache-2.0
"""`handiwork record skips`: what was not kept, by reason and stream. Fixed words and counts; there is no content."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from handiwork.cli.paths import home

if TYPE_CHECKING:
    from handiwork.desk.overview import Skip


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb."""
    skips = verbs.add_parser("skips", help="what was not kept, and why: counts only")
    skips.add_argument("--json", action="store_true", help="as JSON")
    skips.set_defaults(run=_skips)


def _skips(chosen: argparse.Namespace) -> int:
    from handiwork.cli.device import open_device
    from handiwork.desk.overview import skips_by_reason
    from handiwork.ports.ended import last_end

    with open_device(home()) as device:
        found, ended = skips_by_reason(device.store.skips()), last_end(device.store)
    if chosen.json:
        print(msgspec.json.encode(found).decode())
    else:
        print("\n".join(as_words(found)) or "Nothing was skipped yet.")
        if ended is not None:
            print(f"A recording has ended by itself: {ended.what} `handiwork record status` says more.")
    return 0


def as_words(skips: Sequence["Skip"]) -> list[str]:
    """One line for each reason."""
    width = max((len(skip.reason) for skip in skips), default=0)
    return [
        f"{skip.total:>9,}  {skip.reason:{width}}  " + ", ".join(f"{name} {n:,}" for name, n in skip.streams.items())
        for skip in skips
    ]
