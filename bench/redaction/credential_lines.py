# SPDX-License-Identifier: Apache-2.0
"""Lines with one secret each, or with none: was the value cut whole, was a harmless line touched?"""

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from bench.redaction.credential_values import Values

_SLOT = re.compile(r"\{([a-z]+\d?)\}")
Cuts = Sequence[tuple[int, int]]


class Line(msgspec.Struct, frozen=True):
    """A line and where in it the value stands; for a harmless line, where the look-alike does (0, 0: anywhere)."""

    text: str
    start: int
    end: int
    is_secret: bool

    @classmethod
    def made(cls, template: str, values: Values, *, is_secret: bool) -> "Line":
        """A template with its slot, if any, filled."""
        slot = _SLOT.search(template)
        if slot is None or not hasattr(values, f"_{slot.group(1)}"):
            return cls(template, 0, 0, is_secret)
        value = values.get(slot.group(1))
        start = slot.start()
        return cls(template[:start] + value + template[slot.end() :], start, start + len(value), is_secret)


class Counted(msgspec.Struct, frozen=True):
    """The share of secrets whose value was cut whole, and of harmless lines in which anything was cut."""

    cut_whole: float
    flagged: float


def covered(line: Line, cuts: Cuts) -> bool:
    """Whether every letter and digit of the value is cut."""
    cut = {at for start, end in cuts for at in range(start, end)}
    return all(at in cut for at in range(line.start, line.end) if line.text[at].isalnum())


def flagged(cuts: Cuts) -> bool:
    """Whether anything of a line is cut."""
    return any(end > start for start, end in cuts)


def score(lines: Iterable[Line], cuts: Callable[[str], Cuts]) -> Counted:
    """Over all lines."""
    found = [(line, cuts(line.text)) for line in lines]
    secrets = [covered(line, cut) for line, cut in found if line.is_secret]
    harmless = [flagged(cut) for line, cut in found if not line.is_secret]
    return Counted(sum(secrets) / len(secrets), sum(harmless) / len(harmless))
