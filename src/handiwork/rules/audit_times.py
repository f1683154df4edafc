# SPDX-License-Identifier: Apache-2.0
"""How often a sample is read again by itself: what a policy may ask for. The person's own wish comes before it."""

import re

from handiwork.model.policy import Audit

DAY_S = 86_400
"""Where nobody says anything."""

_TIME = re.compile(r"([1-9]\d{0,3})([hd])")
_NEVER = "never"


def seconds_of(given: str) -> int | None:
    """The length of time in words such as 12h or 7d; 0 for never, None for what is none."""
    if given == _NEVER:
        return 0
    found = _TIME.fullmatch(given)
    return int(found[1]) * (3600 if found[2] == "h" else DAY_S) if found else None


def asked_s(audit: Audit) -> int:
    """So often by the policy, in seconds; 0: never."""
    seconds = seconds_of(audit.every)
    return DAY_S if seconds is None else seconds


def audit_flaws(audit: Audit) -> list[str]:
    """What is wrong with it, in words; empty if nothing is."""
    fits = not audit.every or seconds_of(audit.every) is not None
    return [] if fits else [f"its audit can't be made every {audit.every!r}: say a time such as 12h or 7d, or never"]


def is_seldomer(before: Audit, after: Audit) -> bool:
    """Whether less is read again than before."""
    return (asked_s(after) or float("inf")) > (asked_s(before) or float("inf"))


def audit_line(audit: Audit) -> str:
    """What a policy asks for, in words; "" if it asks for nothing."""
    if not audit.every:
        return ""
    seconds = asked_s(audit)
    often = f"every {seconds // 3600} hours" if seconds else "never"
    return f"leak audit of a sample, by itself: {often}, unless you wish otherwise (`handiwork audit every`)"
