# SPDX-License-Identifier: Apache-2.0
"""A line on the terminal that tells how far something has come. Silent where nobody looks."""

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

T = TypeVar("T", covariant=True)

_WIDTH = 28


class _Counted(Sized, Iterable[T], Protocol[T]):
    pass


def with_bar(things: _Counted[T], what: str) -> Iterator[T]:
    """The same things, one after the other; the line is gone when they are."""
    shown = sys.stderr.isatty()
    total = len(things)
    try:
        for done, thing in enumerate(things):
            if shown:
                filled = _WIDTH * done // max(1, total)
                bar = "█" * filled + "░" * (_WIDTH - filled)
                sys.stderr.write(f"\r{bar} {done} of {total} {what}")
                sys.stderr.flush()
            yield thing
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
