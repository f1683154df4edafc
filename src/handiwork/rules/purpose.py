# SPDX-License-Identifier: Apache-2.0
"""Purposes are a closed list, and they stick: what was given for one purpose is never used for another.

There is no word for judging a person's performance, so that no job, dataset or training run can ask for it.
"""

from collections.abc import Iterable
from typing import get_args

from handiwork.model.errors import NotAllowed
from handiwork.model.policy import Purpose

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


def purpose_named(text: str) -> Purpose:
    """The purpose with exactly this name; NotAllowed for anything else."""
    for purpose in PURPOSES:
        if text == purpose:
            return purpose
    raise NotAllowed(
        f"There is no purpose {text[:60]!r}. Data may be used for: {', '.join(PURPOSES)}.",
        data="no key was asked for and nothing was read.",
        do="choose one of these purposes. Others, such as judging how someone works, can't be asked for at all.",
    )


def covers(purposes: Iterable[str], wanted: Purpose) -> bool:
    """Whether what was given for `purposes` may be used for `wanted`: only if it is named, and none is implied."""
    return wanted in PURPOSES and wanted in tuple(purposes)


def require_cover(purposes: Iterable[str], wanted: Purpose, what: str) -> None:
    """NotAllowed unless `purposes` cover `wanted`; `what` says what was asked about, in a few words."""
    if not covers(purposes, wanted):
        raise NotAllowed(
            f"{what} may not be used for {wanted}.",
            data="nothing of it was read for that purpose.",
            do="ask the people whose data it is for consent to that purpose, or use data that was given for it.",
        )
